#include <algorithm>

#include "core/base/printable.h"
#include "core/domain/attribution.h"
#include "core/protocol/finding_json.h"
#include "core/protocol/post_json_internal.h"

namespace mnerva::protocol {
namespace {

using nlohmann::json;

constexpr int kCells = 49;

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
    if (!picture.bytes.empty()) out["bytes"] = binaryJson(picture.bytes);
    if (picture.seconds) out["seconds"] = *picture.seconds;
    return out;
}

}  // namespace

json binaryJson(std::string_view bytes) {
    return json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

std::vector<Finding> findingsOf(const Fields& fields, const std::string& field) {
    std::vector<Finding> out;
    fields.each(field, [&](const json& item, const std::string& what) {
        const Fields finding(item, what);
        out.push_back({finding.text("code"), finding.text("file", {}), 0, finding.text("text", {})});
    });
    return out;
}

std::vector<int> cellsOf(const Fields& fields, const std::string& field) {
    std::vector<int> cells = fields.integers(field);
    for (const int cell : cells)
        if (cell < 0 || cell >= kCells)
            throw Error(ErrorCode::ProtocolInvalid,
                        {field + " has cell " + std::to_string(cell) + ", wanted 0 to " + std::to_string(kCells - 1)});
    return cells;
}

std::string baselineOf(const Fields& fields, const std::string& field, const std::string& fallback) {
    std::string name = fields.text(field, fallback);
    const auto& known = attributionBaselines();
    if (std::find(known.begin(), known.end(), name) == known.end())
        throw Error(ErrorCode::ProtocolInvalid, {field + " is " + excerpt(name) + ", wanted mean, zeros or grey"});
    return name;
}

json postToJson(const PostInput& post) {
    json out{{"words", post.words},
             {"imagePath", post.imagePath},
             {"cropPaths", post.cropPaths},
             {"regions", regionsToJson(post.regions)}};
    for (const PictureInput& picture : post.morePictures) out["morePictures"].push_back(pictureToJson(picture));
    if (!post.imageBytes.empty()) out["imageBytes"] = binaryJson(post.imageBytes);
    if (post.seconds) out["seconds"] = *post.seconds;
    for (const AuxiliaryText& text : post.auxiliary)
        out["auxiliary"].push_back({{"source", text.source}, {"words", text.words}});
    for (const Finding& finding : post.oddPictures) out["oddPictures"].push_back(toJson(finding));
    return out;
}

PostInput postFromFields(const Fields& fields) {
    fields.require("words", "a list of texts");
    PostInput post;
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
    return post;
}

}  // namespace mnerva::protocol
