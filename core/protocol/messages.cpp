#include "core/protocol/messages.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/printable.h"
#include "core/protocol/finding_json.h"
#include "core/protocol/post_json_internal.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;

static_assert(std::endian::native == std::endian::little,
              "tensors travel as little-endian float32, copied as they lie");

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

}  // namespace

json toJson(const FloatArray& tensor) {
    const auto* bytes = reinterpret_cast<const char*>(tensor.values.data());
    return {{"shape", tensor.shape},
            {"dtype", "f32"},
            {"bytes", binaryJson({bytes, tensor.values.size() * sizeof(float)})}};
}

json toJson(const LoadRequest& request) {
    return {{"runFolder", request.runFolder},
            {"device", request.device},
            {"dtype", request.dtype},
            {"weights", request.weights}};
}

json toJson(const PredictRequest& request) {
    json out = postToJson(request.post);
    out["wantMarginals"] = request.wantMarginals;
    out["wantAttention"] = request.wantAttention;
    if (!request.cover.isNothing())
        out["cover"] = {{"cells", request.cover.cells}, {"replacement", request.cover.replacement}};
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
    if (!request.imageBytes.empty()) out["imageBytes"] = binaryJson(request.imageBytes);
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
    return {fields.text("runFolder"), fields.text("device", "cpu"), fields.text("dtype", "f32"),
            fields.text("weights", "best")};
}

PredictRequest predictRequestFromJson(const json& value) {
    const Fields fields(value, "predict");
    PredictRequest request;
    request.post = postFromFields(fields);
    request.wantMarginals = fields.flag("wantMarginals");
    request.wantAttention = fields.flag("wantAttention");
    if (const json* cover = fields.find("cover")) {
        const Fields of(*cover, "predict.cover");
        request.cover.cells = cellsOf(of, "cells");
        request.cover.replacement = baselineOf(of, "replacement", request.cover.replacement);
    }
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

json partMessage(std::int64_t id, json part) {
    return {{"id", id}, {"part", std::move(part)}};
}

json progressMessage(std::int64_t id, const Progress& progress) {
    return {{"id", id}, {"progress", {{"stage", progress.stage}, {"done", progress.done}, {"total", progress.total}}}};
}

}  // namespace mnerva::protocol
