#include "core/protocol/held_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/file.h"
#include "core/protocol/lines_internal.h"

namespace mnerva::protocol {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::uint64_t kMostBytes = std::uint64_t{2} << 30;
constexpr std::size_t kMostTags = 4096;
constexpr float kLeast = 1e-6f;
constexpr double kFarthestSum = 0.01;  // of a row of rounded numbers from 1

/// "[[0.9981,0.0012],[..]]": written by hand, as a JSON library would give the digits that a float32 does not have.
std::string rowsText(const std::vector<float>& probabilities, std::size_t tags) {
    std::string out = "[";
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        if (i % tags == 0) out += i == 0 ? "[" : ",[";
        if (probabilities[i] < kLeast)
            out += '0';
        else
            fmt::format_to(std::back_inserter(out), "{:.4g}", probabilities[i]);
        out += (i + 1) % tags == 0 ? ']' : ',';
    }
    return out + "]";
}

std::string lineOf(const HeldOutPost& post, std::size_t tags) {
    json entities = json::array();
    for (const Entity& e : post.entities) {
        entities.push_back({{"type", e.type}, {"first", e.first}, {"last", e.last}});
        if (e.confidence) entities.back()["confidence"] = *e.confidence;
    }
    std::string line = detail::jsonLine({{"id", post.id},
                                         {"number", post.number.value},
                                         {"fold", post.fold},
                                         {"entities", entities},
                                         {"tags", post.tags}});
    line.resize(line.size() - 2);  // "}" and the line feed
    return line + ",\"p\":" + rowsText(post.probabilities, tags) + "}\n";
}

void readHeader(const json& body, HeldOut& out) {
    if (wholeNumber<int>(body.at("format")) != kFormat) throw Error(ErrorCode::Internal, {"another format"});
    out.folds = wholeNumber<int>(body.at("folds"));
    out.seed = wholeNumber<std::uint64_t>(body.at("seed"));
    out.layer = body.at("layer").get<std::string>();
    out.tags = body.at("tags").get<std::vector<std::string>>();
    const bool hasOutside = std::find(out.tags.begin(), out.tags.end(), "O") != out.tags.end();
    if (out.folds < 1 || !hasOutside || out.tags.size() > kMostTags)
        throw Error(ErrorCode::Internal, {"folds or tags"});
}

std::vector<float> rowOf(const json& row, std::size_t tags) {
    if (!row.is_array() || row.size() != tags) throw Error(ErrorCode::Internal, {"a row of another length"});
    std::vector<float> out;
    double sum = 0;
    for (const json& value : row) {
        const double p = value.get<double>();
        if (!value.is_number() || !(p >= 0 && p <= 1)) throw Error(ErrorCode::Internal, {"no probability"});
        out.push_back(static_cast<float>(p));
        sum += p;
    }
    if (std::abs(sum - 1) > kFarthestSum) throw Error(ErrorCode::Internal, {"no distribution"});
    for (float& p : out) p = static_cast<float>(static_cast<double>(p) / sum);
    return out;
}

HeldOutPost postFromJson(const json& body, const HeldOut& file) {
    HeldOutPost post;
    post.id = body.at("id").get<std::string>();
    post.number = PostId{detail::postNumber(body)};
    post.fold = wholeNumber<int>(body.at("fold"));
    post.tags = body.at("tags").get<std::vector<std::string>>();
    const int words = static_cast<int>(post.tags.size());
    if (post.fold < 0 || post.fold > file.folds || body.at("p").size() != post.tags.size())
        throw Error(ErrorCode::Internal, {"fold or words"});
    for (const json& row : body.at("p")) {
        const std::vector<float> values = rowOf(row, file.tags.size());
        post.probabilities.insert(post.probabilities.end(), values.begin(), values.end());
    }
    int free = 0;
    for (const json& item : body.at("entities")) {
        Entity entity{item.at("type").get<std::string>(),
                      wholeNumber<int>(item.at("first")),
                      wholeNumber<int>(item.at("last")),
                      {}};
        if (item.contains("confidence")) entity.confidence = item.at("confidence").get<double>();
        const bool isSure = !entity.confidence || (*entity.confidence >= 0 && *entity.confidence <= 1);
        if (entity.first < free || entity.last < entity.first || entity.last >= words || entity.type.empty() || !isSure)
            throw Error(ErrorCode::Internal, {"entity"});
        free = entity.last + 1;
        post.entities.push_back(std::move(entity));
    }
    return post;
}

}  // namespace

std::string heldOutText(const HeldOut& heldOut) {
    std::string out = detail::jsonLine({{"format", kFormat},
                                        {"folds", heldOut.folds},
                                        {"seed", heldOut.seed},
                                        {"layer", heldOut.layer},
                                        {"tags", heldOut.tags}});
    for (const HeldOutPost& post : heldOut.posts) out += lineOf(post, heldOut.tags.size());
    return out;
}

HeldOut readHeldOut(std::string_view content, const fs::path& file) {
    HeldOut out;
    bool hasHeader = false;
    auto posts = detail::readLines<std::optional<HeldOutPost>>(
        content, file, "probabilities of a post's words", [&](const json& body, int) -> std::optional<HeldOutPost> {
            if (hasHeader) return postFromJson(body, out);
            readHeader(body, out);
            hasHeader = true;
            return std::nullopt;
        });
    if (!hasHeader) throw Error(ErrorCode::FormatInvalid, {file.string(), "nothing", "probabilities of posts"});
    for (auto& post : posts)
        if (post) out.posts.push_back(std::move(*post));
    return out;
}

HeldOut readHeldOutFile(const fs::path& runFolder) {
    return readHeldOut(readFile(runFolder / kHeldOutFile, kMostBytes), runFolder / kHeldOutFile);
}

}  // namespace mnerva::protocol
