#include <fmt/format.h>

#include <chrono>
#include <map>
#include <unordered_map>

#include "app/commands/command.h"
#include "app/commands/engine/picture_detector.h"
#include "app/commands/engine/run_support.h"
#include "app/commands/progress_lines.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/project/question.h"
#include "core/protocol/detection_lines.h"
#include "core/workflow/exchange/export.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;

struct DetectArguments {
    std::string project, split, output;
    DetectorChoice choice;
    bool replace = false;
};

/// What a pass over the posts found.
struct Pass {
    std::vector<std::pair<PostId, std::vector<Region>>> regions;  ///< of every post with a picture
    std::map<std::string, int> labels;
    int pictures = 0, boxes = 0, unusable = 0;
    Findings findings;
};

void writeBoxes(const fs::path& file, const std::vector<Post>& posts, const Pass& pass) {
    std::unordered_map<std::int64_t, const Post*> postOf;
    for (const Post& post : posts) postOf[post.id.value] = &post;
    std::string lines;
    for (const auto& [post, regions] : pass.regions)
        lines += protocol::lineOf(protocol::DetectionLine{postOf.at(post.value)->externalId, post, regions});
    writeFileAtomic(file, lines);
}

Pass detectIn(const project::Project& project, const std::vector<Post>& posts, PictureDetector& detector,
              const ProgressSink& progress, const std::stop_token& stop) {
    Pass pass;
    std::unordered_map<std::string, std::optional<FoundInPicture>> seen;  // one picture may belong to several posts
    std::int64_t done = 0;
    for (const Post& post : posts) {
        std::vector<Region> regions;
        bool readable = false;
        const project::PostFiles files = project.files(post.id);
        project::addUnaskedPictures({files.images, {}}, pass.findings);
        for (std::size_t i = 0; i < files.images.size(); ++i) {
            if (stop.stop_requested()) throw Cancelled{};
            const std::string& path = files.images[i].path;
            if (path.empty()) {
                ++pass.unusable;
                continue;
            }
            auto known = seen.find(path);
            if (known == seen.end()) {
                known = seen.emplace(path, detector.ofFile(path, pass.findings)).first;
                ++(known->second ? pass.pictures : pass.unusable);
            }
            if (!known->second) continue;
            readable = true;
            for (Region& region : detector.regionsOf(*known->second, static_cast<int>(i)))
                regions.push_back(std::move(region));
        }
        for (const Region& region : regions) ++pass.labels[region.label];
        pass.boxes += static_cast<int>(regions.size());
        // A post whose pictures cannot be read now keeps what was found in them before.
        if (readable) pass.regions.emplace_back(post.id, std::move(regions));
        report(progress, "detecting", ++done, static_cast<std::int64_t>(posts.size()));
    }
    return pass;
}

int detectAll(DetectArguments& a, Context& context) {
    workflow::requireFreeFiles({a.output}, a.replace);
    const fs::path folder = fs::absolute(a.project);
    const std::optional<Split> split = splitOption(a.split);
    const bool stores = a.output.empty();
    const auto mode = stores ? project::OpenMode::ReadWrite : project::OpenMode::ReadOnly;
    const auto project = project::Project::open(folder, mode, "mnerva-cli detect", context.stop);
    const std::vector<Post> posts = project->posts(split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {a.split.empty() ? "(any)" : a.split});
    const auto begin = std::chrono::steady_clock::now();
    const fs::path cache = folder / "cache" / "detections";
    requirePlainBelow(folder, cache);
    PictureDetector detector(a.choice, cache);
    const ProgressSink progress = stores ? context.progress() : progressLines();
    const Pass pass = detectIn(*project, posts, detector, progress, context.stop);
    if (context.stop.stop_requested()) throw Cancelled{};
    if (stores)
        project->storeDetections(detector.name(), detector.settings(), pass.regions);
    else
        writeBoxes(a.output, posts, pass);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::string text = fmt::format("{}: {} boxes in {} pictures ({} of them looked at now); {:.1f} s\n",
                                   detector.name(), pass.boxes, pass.pictures, detector.computed(), seconds);
    for (const auto& [label, count] : pass.labels) text += fmt::format("  {} {}\n", label, count);
    protocol::DetectionReport told{detector.name(),
                                   detector.fingerprint(),
                                   tryParseJson(detector.settings()),
                                   static_cast<int>(posts.size()),
                                   pass.pictures,
                                   pass.unusable,
                                   detector.computed(),
                                   pass.boxes,
                                   {pass.labels.begin(), pass.labels.end()},
                                   seconds,
                                   pass.findings.list(),
                                   {}};
    for (const auto& [code, count] : pass.findings.counts()) told.findingCounts[code] = count;
    context.print(protocol::toJson(told), text + findingsText(pass.findings));
    return 0;
}

}  // namespace

void addDetect(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand(
        "detect", "Look for things in the pictures; stores boxes, replacing those this detector found");
    auto a = std::make_shared<DetectArguments>();
    command->add_option("project", a->project, "Project folder")->type_name("FOLDER")->required();
    command->add_option("--detector", a->choice.detector, "faces, or the ONNX file of a YOLO detector")
        ->type_name("faces|FILE")
        ->capture_default_str();
    command->add_option("--names", a->choice.namesFile, "Class names, one a line; absent: those in the ONNX file")
        ->type_name("FILE");
    command->add_option("--split", a->split, "train, valid or test; all posts without it")
        ->type_name("train|valid|test");
    command->add_option("--min-score", a->choice.options.minScore, "Leave out boxes that are less sure than this")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0));
    command
        ->add_option("--output", a->output,
                     "Write the boxes as JSON lines to this file instead of storing them; needs no lock")
        ->type_name("FILE");
    command->add_flag("--force", a->replace, "Replace a file that is there already");
    command->callback([&context, a] { context.run = [&context, a] { return detectAll(*a, context); }; });
}

}  // namespace mnerva::app
