#include "core/protocol/messages.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/printable.h"
#include "core/protocol/finding_json.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little,
              "tensors travel as little-endian float32, copied as they lie");

/// Reads the fields of one map; what does not fit is named with its path.
class Fields {
public:
    Fields(const json& map, std::string what) : m_map(map), m_what(std::move(what)) {
        if (!map.is_object()) refuse({}, map, "a map");
    }

    [[noreturn]] void refuse(const std::string& field, const json& found, const std::string& wanted) const {
        const std::string where = field.empty() ? m_what : m_what + "." + field;
        throw Error(ErrorCode::ProtocolInvalid, {where + " is " + found.type_name() + ", wanted " + wanted});
    }

    const json* find(const std::string& field) const {
        const auto found = m_map.find(field);
        return found == m_map.end() || found->is_null() ? nullptr : &*found;
    }
    const json& require(const std::string& field, const std::string& wanted) const {
        const json* found = find(field);
        if (!found) throw Error(ErrorCode::ProtocolInvalid, {m_what + "." + field + " is missing, wanted " + wanted});
        return *found;
    }

    std::string text(const std::string& field) const { return asText(field, require(field, "text")); }
    std::string text(const std::string& field, std::string fallback) const {
        const json* found = find(field);
        return found ? asText(field, *found) : fallback;
    }
    std::string bytes(const std::string& field) const {
        const json* found = find(field);
        if (!found) return {};
        if (!found->is_binary()) refuse(field, *found, "bytes");
        const auto& binary = found->get_binary();
        return {reinterpret_cast<const char*>(binary.data()), binary.size()};
    }
    bool flag(const std::string& field) const {
        const json* found = find(field);
        if (!found) return false;
        if (!found->is_boolean()) refuse(field, *found, "true or false");
        return found->get<bool>();
    }
    int integer(const std::string& field) const { return asInteger(field, require(field, "a whole number")); }
    double number(const std::string& field, double fallback) const {
        const json* found = find(field);
        return found ? asNumber(field, *found) : fallback;
    }
    double number(const std::string& field) const { return asNumber(field, require(field, "a number")); }
    std::vector<std::string> texts(const std::string& field) const { return list<std::string>(field, &Fields::asText); }
    std::vector<double> numbers(const std::string& field) const { return list<double>(field, &Fields::asNumber); }
    std::vector<int> integers(const std::string& field) const { return list<int>(field, &Fields::asInteger); }

    /// Items of a list (absent: none), each with the name it has in messages.
    template <class Use>
    void each(const std::string& field, Use use) const {
        const json* found = find(field);
        if (!found) return;
        if (!found->is_array()) refuse(field, *found, "a list");
        for (std::size_t i = 0; i < found->size(); ++i)
            use((*found)[i], m_what + "." + field + "[" + std::to_string(i) + "]");
    }

private:
    std::string asText(const std::string& field, const json& value) const {
        if (!value.is_string()) refuse(field, value, "text");
        return value.get<std::string>();
    }
    double asNumber(const std::string& field, const json& value) const {
        if (!value.is_number()) refuse(field, value, "a number");
        return value.get<double>();
    }
    int asInteger(const std::string& field, const json& value) const {
        if (!value.is_number_integer()) refuse(field, value, "a whole number");
        const bool fits = value.is_number_unsigned()
                              ? value.get<std::uint64_t>() <= 0x7fffffffu
                              : value.get<std::int64_t>() >= -0x7fffffffll && value.get<std::int64_t>() <= 0x7fffffffll;
        if (!fits) refuse(field, value, "a whole number of at most 31 bits");
        return value.get<int>();
    }
    template <class T>
    std::vector<T> list(const std::string& field, T (Fields::*as)(const std::string&, const json&) const) const {
        std::vector<T> out;
        const json* found = find(field);
        if (!found) return out;
        if (!found->is_array()) refuse(field, *found, "a list");
        out.reserve(found->size());
        for (std::size_t i = 0; i < found->size(); ++i)
            out.push_back((this->*as)(field + "[" + std::to_string(i) + "]", (*found)[i]));
        return out;
    }

    const json& m_map;
    std::string m_what;
};

/// Values a shape asks for; nothing when a side is negative or the product is larger than a frame.
std::optional<std::size_t> countOf(const std::vector<int>& shape) {
    std::size_t count = 1;
    for (int side : shape) {
        if (side < 0) return std::nullopt;
        count *= static_cast<std::size_t>(side);
        if (count > kMaxFrameBytes) return std::nullopt;
    }
    return count;
}

FloatArray tensorNamed(const json& value, const std::string& what) {
    const Fields fields(value, what);
    FloatArray tensor;
    tensor.shape = fields.integers("shape");
    const std::string dtype = fields.text("dtype");
    if (dtype != "f32")
        throw Error(ErrorCode::ProtocolInvalid, {what + ".dtype is " + excerpt(dtype) + ", wanted f32"});
    const std::string bytes = fields.bytes("bytes");
    const auto count = countOf(tensor.shape);
    const bool empty = tensor.shape.empty() && bytes.empty();  // "none", where a scalar would have four bytes
    if (!empty && (!count || *count * sizeof(float) != bytes.size()))
        throw Error(ErrorCode::ProtocolInvalid,
                    {what + ".bytes has " + std::to_string(bytes.size()) + " bytes, which do not fit its shape"});
    tensor.values.resize(bytes.size() / sizeof(float));
    if (!bytes.empty()) std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
    return tensor;
}

std::vector<FloatArray> tensorsOf(const Fields& fields, const std::string& field) {
    std::vector<FloatArray> out;
    fields.each(field, [&](const json& item, const std::string& what) { out.push_back(tensorNamed(item, what)); });
    return out;
}

json tensorsToJson(const std::vector<FloatArray>& tensors) {
    json out = json::array();
    for (const FloatArray& tensor : tensors) out.push_back(toJson(tensor));
    return out;
}

json binary(std::string_view bytes) {
    return json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

json regionsToJson(const std::vector<RegionInput>& regions) {
    json out = json::array();
    for (const RegionInput& r : regions)
        out.push_back({{"left", r.left},
                       {"top", r.top},
                       {"right", r.right},
                       {"bottom", r.bottom},
                       {"label", r.label},
                       {"origin", r.origin},
                       {"score", r.score}});
    return out;
}

/// Its path, where there is nothing else to tell.
json pictureToJson(const PictureInput& picture) {
    if (picture.bytes.empty() && picture.cropPaths.empty() && !picture.seconds) return picture.path;
    json out{{"path", picture.path}, {"cropPaths", picture.cropPaths}};
    if (!picture.bytes.empty()) out["bytes"] = binary(picture.bytes);
    if (picture.seconds) out["seconds"] = *picture.seconds;
    return out;
}

std::vector<Finding> findingsOf(const Fields& fields, const std::string& field) {
    std::vector<Finding> out;
    fields.each(field, [&](const json& item, const std::string& what) {
        const Fields finding(item, what);
        out.push_back({finding.text("code"), finding.text("file", {}), 0, finding.text("text", {})});
    });
    return out;
}

}  // namespace

json toJson(const FloatArray& tensor) {
    const auto* bytes = reinterpret_cast<const char*>(tensor.values.data());
    return {
        {"shape", tensor.shape}, {"dtype", "f32"}, {"bytes", binary({bytes, tensor.values.size() * sizeof(float)})}};
}

json toJson(const LoadRequest& request) {
    return {{"runFolder", request.runFolder}, {"device", request.device}, {"dtype", request.dtype}};
}

json toJson(const PredictRequest& request) {
    const PostInput& post = request.post;
    json out{{"words", post.words},
             {"imagePath", post.imagePath},
             {"cropPaths", post.cropPaths},
             {"regions", regionsToJson(post.regions)},
             {"wantMarginals", request.wantMarginals},
             {"wantAttention", request.wantAttention}};
    for (const PictureInput& picture : post.morePictures) out["morePictures"].push_back(pictureToJson(picture));
    if (!post.imageBytes.empty()) out["imageBytes"] = binary(post.imageBytes);
    if (post.seconds) out["seconds"] = *post.seconds;
    for (const AuxiliaryText& text : post.auxiliary)
        out["auxiliary"].push_back({{"source", text.source}, {"words", text.words}});
    for (const Finding& finding : post.oddPictures) out["oddPictures"].push_back(toJson(finding));
    return out;
}

json toJson(const PredictResult& result) {
    json entities = json::array();
    for (const Entity& e : result.entities)
        entities.push_back(
            {{"type", e.type}, {"first", e.first}, {"last", e.last}, {"confidence", e.confidence.value_or(0)}});
    json groundings = json::array();
    for (const Grounding& g : result.groundings) {
        const bool shown = g.region >= 0;
        groundings.push_back({{"shown", shown},
                              {"region", shown ? result.regions.at(static_cast<std::size_t>(g.region)) : -1},
                              {"regions", result.regions},
                              {"weights", g.weights}});
    }
    json findings = json::array();
    for (const Finding& f : result.findings) findings.push_back(toJson(f));
    return {{"tags", result.tags},
            {"entities", std::move(entities)},
            {"pictureOf", result.pictureOf},
            {"hasPicture", result.hasPicture},
            {"relevance", result.relevance},
            {"levelGates", result.levelGates},
            {"visualGate", result.visualGate},
            {"groundings", std::move(groundings)},
            {"cropRegions", result.cropRegions},
            {"textToImage", tensorsToJson(result.textToImage)},
            {"imageToText", tensorsToJson(result.imageToText)},
            {"marginals", toJson(result.marginals)},
            {"tagNames", result.tagNames},
            {"cutWords", result.cutWords},
            {"cutAuxiliary", result.cutAuxiliary},
            {"findings", std::move(findings)}};
}

json toJson(const DetectRequest& request) {
    json out{{"imagePath", request.imagePath},
             {"detector", request.detector},
             {"namesFile", request.namesFile},
             {"minScore", request.minScore}};
    if (!request.imageBytes.empty()) out["imageBytes"] = binary(request.imageBytes);
    return out;
}

json toJson(const DetectResult& result) {
    json boxes = json::array();
    for (const DetectedBox& b : result.boxes)
        boxes.push_back({{"left", b.left},
                         {"top", b.top},
                         {"width", b.width},
                         {"height", b.height},
                         {"label", b.label},
                         {"score", b.score}});
    return {{"detector", result.detector},
            {"fingerprint", result.fingerprint},
            {"width", result.width},
            {"height", result.height},
            {"boxes", std::move(boxes)}};
}

FloatArray tensorFromJson(const json& value) {
    return tensorNamed(value, "tensor");
}

LoadRequest loadRequestFromJson(const json& value) {
    const Fields fields(value, "load");
    return {fields.text("runFolder"), fields.text("device", "cpu"), fields.text("dtype", "f32")};
}

PredictRequest predictRequestFromJson(const json& value) {
    const Fields fields(value, "predict");
    fields.require("words", "a list of texts");
    PredictRequest request;
    PostInput& post = request.post;
    post.words = fields.texts("words");
    post.imagePath = fields.text("imagePath", {});
    post.imageBytes = fields.bytes("imageBytes");
    post.cropPaths = fields.texts("cropPaths");
    if (fields.find("seconds")) post.seconds = fields.number("seconds");
    fields.each("morePictures", [&](const json& item, const std::string& what) {
        if (item.is_string()) return post.morePictures.push_back({item.get<std::string>(), {}, {}, {}});
        const Fields picture(item, what);
        post.morePictures.push_back({picture.text("path", {}), picture.bytes("bytes"), picture.texts("cropPaths"), {}});
        if (picture.find("seconds")) post.morePictures.back().seconds = picture.number("seconds");
    });
    fields.each("auxiliary", [&](const json& item, const std::string& what) {
        const Fields text(item, what);
        post.auxiliary.push_back({text.text("source", {}), text.texts("words")});
    });
    fields.each("regions", [&](const json& item, const std::string& what) {
        const Fields region(item, what);
        const auto edge = [&](const char* name) { return static_cast<float>(region.number(name)); };
        post.regions.push_back({edge("left"), edge("top"), edge("right"), edge("bottom"), region.text("label", {}),
                                region.number("score", 1), region.text("origin", {})});
    });
    post.oddPictures = findingsOf(fields, "oddPictures");
    request.wantMarginals = fields.flag("wantMarginals");
    request.wantAttention = fields.flag("wantAttention");
    return request;
}

PredictResult predictResultFromJson(const json& value) {
    const Fields fields(value, "result");
    PredictResult result;
    fields.require("tags", "a list of texts");
    result.tags = fields.texts("tags");
    fields.each("entities", [&](const json& item, const std::string& what) {
        const Fields entity(item, what);
        result.entities.push_back(
            {entity.text("type"), entity.integer("first"), entity.integer("last"), entity.number("confidence")});
    });
    result.pictureOf = fields.integers("pictureOf");
    result.pictures = std::max<int>(1, static_cast<int>(result.pictureOf.size()));
    result.hasPicture = !fields.find("hasPicture") || fields.flag("hasPicture");
    if (fields.find("cutWords")) result.cutWords = fields.integer("cutWords");
    if (fields.find("cutAuxiliary")) result.cutAuxiliary = fields.integer("cutAuxiliary");
    result.relevance = fields.numbers("relevance");
    fields.each("levelGates", [&](const json& item, const std::string& what) {
        const json layer{{"weights", item}};
        result.levelGates.push_back(Fields(layer, what).numbers("weights"));
    });
    result.visualGate = fields.numbers("visualGate");
    fields.each("groundings", [&](const json& item, const std::string& what) {
        const Fields grounding(item, what);
        // All choose from the same regions.
        if (result.regions.empty()) result.regions = grounding.integers("regions");
        const int region = grounding.integer("region");
        const std::vector<double> weights = grounding.numbers("weights");
        Grounding& out = result.groundings.emplace_back();
        out.weights.assign(weights.begin(), weights.end());
        if (!grounding.flag("shown")) return;
        const auto row = std::find(result.regions.begin(), result.regions.end(), region);
        out.region = static_cast<int>(row - result.regions.begin());
        if (row == result.regions.end()) result.regions.push_back(region);
    });
    result.cropRegions = fields.integers("cropRegions");
    result.textToImage = tensorsOf(fields, "textToImage");
    result.imageToText = tensorsOf(fields, "imageToText");
    if (const json* marginals = fields.find("marginals"))
        result.marginals = tensorNamed(*marginals, "result.marginals");
    result.tagNames = fields.texts("tagNames");
    result.findings = findingsOf(fields, "findings");
    return result;
}

DetectRequest detectRequestFromJson(const json& value) {
    const Fields fields(value, "detect");
    const DetectRequest defaults;
    DetectRequest request{fields.text("imagePath", {}), fields.bytes("imageBytes"),
                          fields.text("detector", defaults.detector), fields.text("namesFile", {}),
                          fields.number("minScore", defaults.minScore)};
    if (request.imagePath.empty() && request.imageBytes.empty())
        throw Error(ErrorCode::ProtocolInvalid, {"detect.imagePath and detect.imageBytes are missing, wanted one"});
    return request;
}

DetectResult detectResultFromJson(const json& value) {
    const Fields fields(value, "result");
    DetectResult result{
        fields.text("detector"), fields.text("fingerprint"), fields.integer("width"), fields.integer("height"), {}};
    fields.require("boxes", "a list");
    fields.each("boxes", [&](const json& item, const std::string& what) {
        const Fields box(item, what);
        result.boxes.push_back({box.integer("left"), box.integer("top"), box.integer("width"), box.integer("height"),
                                box.text("label"), box.number("score")});
    });
    return result;
}

json resultMessage(std::int64_t id, json result) {
    return {{"id", id}, {"result", std::move(result)}};
}

json errorMessage(std::int64_t id, const Error& error) {
    return {{"id", id}, {"error", {{"code", std::string(errorName(error.code()))}, {"args", error.args()}}}};
}

json cancelledMessage(std::int64_t id) {
    return {{"id", id}, {"cancelled", true}};
}

json progressMessage(std::int64_t id, const Progress& progress) {
    return {{"id", id}, {"progress", {{"stage", progress.stage}, {"done", progress.done}, {"total", progress.total}}}};
}

}  // namespace mnerva::protocol
