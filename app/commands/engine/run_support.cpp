#include "app/commands/engine/run_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "app/commands/report_json.h"
#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/run_name.h"
#include "core/project/question.h"

namespace mnerva::app {
namespace fs = std::filesystem;
namespace {

constexpr const char* kHuman = "human";
constexpr const char* kFile = "file";

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

void addPrecisionOption(CLI::App& command, std::string& precision) {
    command
        .add_option("--precision", precision,
                    "Numbers that matrix products multiply: fp32, or bf16 where the processor has it, fp16 on a "
                    "graphics card; absent: those "
                    "that the run was trained with")
        ->type_name("fp32|bf16|fp16")
        ->check(CLI::IsMember({"fp32", "bf16", "fp16"}));
}

std::string boxesOfRun(const fs::path& runFolder) {
    const auto record = tryParseJson(readFile(runFolder / "run.json"));
    return record.is_object() && record.contains("boxes") && record["boxes"].is_string()
               ? record["boxes"].get<std::string>()
               : "all";
}

PostInput seenBy(PostInput question, BoxUse boxes, std::vector<int>* kept) {
    std::vector<RegionInput> all = std::move(question.regions);
    question.regions.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!mayBeSeen(all[i].origin, boxes)) continue;
        if (kept) kept->push_back(static_cast<int>(i));
        question.regions.push_back(std::move(all[i]));
    }
    return question;
}

PostInput postInput(const project::Project& project, const Post& post, BoxUse boxes) {
    const project::PostFiles files = project.files(post.id);
    PostInput input = seenBy(project::questionOf(post, files, project.regions(post.id)), boxes);
    Findings unasked;
    project::addUnaskedPictures(files, unasked);
    input.oddPictures = unasked.list();
    return input;
}

std::vector<PostInput> postInputs(const project::Project& project, std::span<const Post> posts, BoxUse boxes,
                                  const std::stop_token& stop) {
    std::vector<PostInput> inputs;
    for (const Post& post : posts) {
        if (stop.stop_requested()) throw Cancelled{};
        inputs.push_back(postInput(project, post, boxes));
    }
    return inputs;
}

std::vector<train::EntityBoxes> entityBoxes(const project::Project& project, const Post& post,
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
            boxes.boxes.push_back(project::regionInputOf(region));
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
    requireRunName(run);
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

void noteCut(const std::string& post, const std::vector<std::string>& words, const models::Prediction& prediction,
             Findings& findings) {
    if (prediction.cutWords > 0)
        findings.add({"words-cut", post, 0,
                      fmt::format("{} of {} words, from \"{}\" on", prediction.cutWords, words.size(),
                                  words[words.size() - static_cast<std::size_t>(prediction.cutWords)])});
    if (prediction.cutAuxiliary > 0)
        findings.add({"auxiliary-cut", post, 0, fmt::format("{} words", prediction.cutAuxiliary)});
}

void printFindings(const Findings& findings) {
    std::cerr << findingsText(findings);
}

RunChoice chosenRun(const fs::path& project, const std::string& run, const std::string& model) {
    if (run.empty() && model.empty())
        throw Error(ErrorCode::OptionInvalid,
                    {"--run", "nothing", "a run of this project, or --model and a run's folder"});
    if (model.empty()) return {run, existingRunFolder(project, run)};
    fs::path folder = fs::absolute(model).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    std::error_code failed;
    if (!fs::is_regular_file(folder / "run.json", failed))
        throw Error(ErrorCode::FormatInvalid, {folder.string(), "a folder without run.json", "the folder of a run"});
    RunChoice choice{run.empty() ? folder.filename().string() : run, folder};
    const fs::path own = runFolder(project, choice.layer);
    // Its layer would be taken for that of the project's own run.
    if (fs::exists(own / "run.json", failed) && !fs::equivalent(own, folder, failed))
        throw Error(ErrorCode::RunExists, {choice.layer});
    return choice;
}

fs::path safeFeatureCache(const fs::path& project) {
    const fs::path cache = featureCache(project);
    requirePlainBelow(project, cache);
    return cache;
}

}  // namespace mnerva::app
