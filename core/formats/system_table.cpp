#include <algorithm>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/translatable.h"
#include "core/formats/prediction_files.h"
#include "core/text/utf8.h"

// JSON of posts with the tags of gold and of any number of systems side by side, as the authors of MGCMT publish them:
// {"71293.jpg": ["71293.jpg", "text", "gold tags", "tags of the first system", "tags of the second", ...], ...}

namespace mnerva::formats {
namespace {

constexpr std::size_t kFirstSystem = 3, kMaxSystems = 64;
constexpr std::size_t kMostTableBytes = std::size_t{256} << 20;

bool isEntry(const nlohmann::json& entry) {
    return entry.is_array() && entry.size() > kFirstSystem && entry.size() <= kFirstSystem + kMaxSystems &&
           std::all_of(entry.begin(), entry.end(), [](const nlohmann::json& part) { return part.is_string(); });
}

PredictionFile read(const std::filesystem::path& path) {
    JsonLimits limits;
    limits.maxBytes = kMostTableBytes;
    const nlohmann::json body = readJson(path, limits);
    if (!body.is_object())
        throw Error(ErrorCode::FormatInvalid,
                    {path.string(), "JSON that is no object", "an object with a post a member"});
    PredictionFile file;
    int number = 0;  // there are no lines to name: the member's place
    for (const auto& [key, entry] : body.items()) {
        ++number;
        const auto find = [&](const char* code, std::string what) {
            file.findings.add({code, path.string(), 0, key + (what.empty() ? "" : ": " + std::move(what))});
        };
        if (!isEntry(entry)) {
            find("malformed-block", {});
            continue;
        }
        PredictionBlock block;
        block.line = number;
        block.image = entry[0].get<std::string>();
        block.text = entry[1].get<std::string>();
        block.gold = splitTags(entry[2].get_ref<const std::string&>());
        for (std::size_t system = kFirstSystem; system < entry.size(); ++system)
            block.systems.push_back(splitTags(entry[system].get_ref<const std::string&>()));
        const bool fits = std::all_of(block.systems.begin(), block.systems.end(),
                                      [&](const auto& tags) { return tags.size() == block.gold.size(); });
        if (!fits) {
            find("tag-count-mismatch", std::to_string(block.gold.size()) + " gold");
            continue;
        }
        for (const std::string& tag : block.gold)
            if (!isKnownPrediction(tag)) find("unknown-tag", tag);
        for (const auto& tags : block.systems)
            for (const std::string& tag : tags)
                if (!isKnownPrediction(tag)) find("unknown-tag", tag);
        block.predicted = block.systems.front();
        file.blocks.push_back(std::move(block));
    }
    if (number == 0) file.findings.add({"empty-file", path.string(), 0, {}});
    return file;
}

/// An object whose first member is a list.
bool isTable(const Candidate& candidate) {
    std::string_view head = candidate.head;
    const auto skipSpace = [&] {
        while (!head.empty() && (head[0] == ' ' || head[0] == '\n' || head[0] == '\r' || head[0] == '\t'))
            head.remove_prefix(1);
    };
    if (head.substr(0, 3) == "\xEF\xBB\xBF") head.remove_prefix(3);
    skipSpace();
    if (head.empty() || head[0] != '{') return false;
    head.remove_prefix(1);
    skipSpace();
    return !head.empty() && (head[0] == '"' || head[0] == '}');
}

}  // namespace

Format systemsFormat() {
    Format format;
    format.name = "systems";
    format.title = MNERVA_TEXT("Format", "Predictions of several systems (JSON)");
    format.filesTitle = MNERVA_TEXT("Format", "JSON files");
    format.help = "predictions of several systems in JSON (MGCMT), of which --system takes one";
    format.files = {{".json", {}}};
    format.sniff = isTable;
    format.lossyFindings = {"malformed-block", "tag-count-mismatch", "unknown-tag", "empty-file"};
    PredictionKind kind;
    kind.namesPictures = true;
    kind.isByPicture = true;
    kind.block = "picture, text, gold tags, tags of each system";
    kind.read = read;
    format.kind = kind;
    return format;
}

}  // namespace mnerva::formats
