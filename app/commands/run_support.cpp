#include "app/commands/run_support.h"

#include <algorithm>
#include <iostream>
#include <map>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"

namespace mnerva::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kHuman = "human";
constexpr const char* kFile = "file";

models::RegionInput inputOf(const Region& region) {
    models::RegionInput input;
    input.left = static_cast<float>(region.left);
    input.top = static_cast<float>(region.top);
    input.right = static_cast<float>(region.right());
    input.bottom = static_cast<float>(region.bottom());
    input.label = region.label;
    input.score = region.score.value_or(1);
    switch (region.origin) {
        case RegionOrigin::Human:
            input.origin = kHuman;
            break;
        case RegionOrigin::Xml:
        case RegionOrigin::CropList:
            input.origin = kFile;
            break;
        case RegionOrigin::Detector:
            input.origin = region.detector;
            break;
    }
    return input;
}

}  // namespace

BoxUse boxUseOption(const std::string& name) {
    if (name == "all") return BoxUse::All;
    if (name == "detected") return BoxUse::Detected;
    if (name == "none") return BoxUse::None;
    throw Error(ErrorCode::OptionInvalid, {"--boxes", name, "all, detected or none"});
}

void addBoxesOption(CLI::App& command, std::string& boxes) {
    command
        .add_option(
            "--boxes", boxes,
            "Boxes the model sees: all, detected (not those of files), none; absent: those the run was trained with")
        ->check(CLI::IsMember({"all", "detected", "none"}));
}

bool mayBeSeen(const std::string& origin, BoxUse boxes) {
    return boxes == BoxUse::All || (boxes == BoxUse::Detected && origin != kHuman && origin != kFile);
}

std::string boxesOfRun(const fs::path& runFolder) {
    const auto record = readJson(runFolder / "run.json");
    return record.is_object() ? record.value("boxes", "all") : "all";
}

models::PostInput postInput(const workflow::Project& project, const Post& post, BoxUse boxes) {
    models::PostInput input;
    input.words = post.words;
    input.auxiliary = post.auxiliary;
    const auto pathOr = [](const workflow::PostImage& image, const std::string& name) {
        return image.path.empty() ? name : image.path;
    };
    for (std::size_t i = 0; i < post.images.size(); ++i) {
        const std::string path = pathOr(project.resolveImage(post.images[i]), post.images[i]);
        if (i == 0)
            input.imagePath = path;
        else
            input.morePictures.push_back({path, {}, {}, {}});
    }
    for (const std::string& crop : post.crops) input.cropPaths.push_back(pathOr(project.resolveCrop(crop), crop));
    if (boxes == BoxUse::None) return input;
    for (const Region& region : project.regions(post.id).regions) {
        models::RegionInput found = inputOf(region);
        if (region.image == 0 && mayBeSeen(found.origin, boxes)) input.regions.push_back(std::move(found));
    }
    return input;
}

std::vector<train::EntityBoxes> entityBoxes(const workflow::Project& project, const Post& post,
                                            const std::string& layer) {
    const PostRegions all = project.regions(post.id, layer);
    std::map<std::pair<int, int>, train::EntityBoxes> found;
    for (const Region& region : all.regions) {  // best first
        if (region.image != 0) continue;
        for (const RegionLink& link : all.links) {
            if (link.region != region.id) continue;
            train::EntityBoxes& boxes = found[{link.entity.first, link.entity.last}];
            boxes.first = link.entity.first;
            boxes.last = link.entity.last;
            boxes.boxes.push_back(inputOf(region));
        }
    }
    std::vector<train::EntityBoxes> out;
    for (auto& [span, boxes] : found) out.push_back(std::move(boxes));
    return out;
}

std::vector<std::string> runNames(const fs::path& project) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator it(project / "runs", failed), end; !failed && it != end; it.increment(failed))
        if (fs::exists(it->path() / "run.json", failed)) names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path runFolder(const fs::path& project, const std::string& run) {
    if (!staysInside(run) || run == "." || run.find('/') != std::string::npos)
        throw Error(ErrorCode::OptionInvalid, {"--run", run, "a name that can be a folder's name"});
    return project / "runs" / run;
}

fs::path existingRunFolder(const fs::path& project, const std::string& run) {
    const fs::path folder = runFolder(project, run);
    std::error_code failed;
    if (fs::exists(folder / "run.json", failed)) return folder;
    std::string known;
    for (const std::string& name : runNames(project)) known += (known.empty() ? "" : ", ") + name;
    throw Error(ErrorCode::RunMissing, {run, known.empty() ? "none" : known});
}

fs::path featureCache(const fs::path& project) {
    return project / "cache" / "features";
}

std::optional<Split> splitOption(const std::string& name) {
    if (name.empty()) return std::nullopt;
    const auto split = splitFromName(name);
    if (!split) throw Error(ErrorCode::OptionInvalid, {"--split", name, "train, valid or test"});
    return split;
}

std::vector<float> meanOverHeads(const models::FloatArray& attention, int row) {
    MNERVA_CHECK(attention.shape.size() == 3 && row >= 0 && row < attention.shape[1]);
    const auto heads = static_cast<std::size_t>(attention.shape[0]),
               rows = static_cast<std::size_t>(attention.shape[1]);
    const auto columns = static_cast<std::size_t>(attention.shape[2]);
    std::vector<float> out(columns, 0.0f);
    for (std::size_t h = 0; h < heads; ++h)
        for (std::size_t c = 0; c < columns; ++c)
            out[c] +=
                attention.values[(h * rows + static_cast<std::size_t>(row)) * columns + c] / static_cast<float>(heads);
    return out;
}

nlohmann::json groundingsJson(const models::Prediction& prediction) {
    nlohmann::json out = nlohmann::json::array();
    for (const models::Grounding& grounding : prediction.groundings) {
        const bool none = grounding.region < 0;
        out.push_back({{"shown", !none},
                       {"region", none ? -1 : prediction.regions[static_cast<std::size_t>(grounding.region)]},
                       {"regions", prediction.regions},
                       {"weights", grounding.weights}});
    }
    return out;
}

void printFindings(const Findings& findings) {
    for (const auto& [code, count] : findings.counts()) {
        std::cerr << code << ": " << count;
        for (const Finding& finding : findings.list())
            if (finding.code == code) {
                std::cerr << ", first " << finding.file << " (" << finding.text << ")";
                break;
            }
        std::cerr << "\n";
    }
}

}  // namespace mnerva::app
