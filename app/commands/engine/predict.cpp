#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "app/commands/command.h"
#include "app/commands/engine/influence.h"
#include "app/commands/engine/run_support.h"
#include "app/commands/engine/train_folds.h"
#include "app/commands/progress_lines.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/entity_boxes.h"
#include "core/nn/blocks/threads.h"
#include "core/project/entity_boxes.h"
#include "core/protocol/prediction_lines.h"
#include "core/workflow/exchange/export.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

struct PredictArguments {
    std::string project, run, model, split, device = "cpu", boxes, precision, details, output;
    bool rawConfidence = false, replace = false, influence = false;
};

/// One line of --details: what the model did with a post, for scripts.
json detailOf(const Post& post, const models::Prediction& prediction) {
    json words = json::array();
    const bool attends = !prediction.textToImage.empty();
    for (std::size_t w = 0; attends && w < post.words.size(); ++w)
        words.push_back(meanOverHeads(prediction.textToImage.back(), static_cast<int>(w)));
    return {{"id", post.externalId},
            {"tags", prediction.tags},
            {"relevance", prediction.relevance},
            {"levelGates", prediction.levelGates},
            {"visualGate", prediction.visualGate},
            {"pictures", prediction.pictures},
            {"attention", words},
            {"groundings", groundingsJson(prediction)},
            {"hasPicture", prediction.hasPicture}};
}

std::string lineOf(const json& body) {
    return body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

/// A file that the window asks for lies in the run folder, and no link may lead it elsewhere.
void writeOutput(const fs::path& project, const std::string& file, const std::string& content) {
    const fs::path path = fs::absolute(file).lexically_normal();
    if (staysInside(path.lexically_relative(project))) requirePlainBelow(project, path);
    writeFileAtomic(path, content);
}

/// One finding for each type that the run knows and the project's labels lack; its entities are kept as they are.
void noteForeignTypes(const std::vector<std::string>& tagNames, const LabelSet& labels, const std::string& run,
                      Findings& findings) {
    std::set<std::string> types;
    for (const std::string& tag : tagNames)
        if (const std::size_t dash = tag.find('-'); dash != std::string::npos) types.insert(tag.substr(dash + 1));
    for (const std::string& type : types)
        if (!labels.contains(type)) findings.add({"label-unknown", run, 0, type});
}

/// A run over folds has no model that could be asked; what its models said of the posts is its layer.
int storeFolds(const PredictArguments& a, const fs::path& project, const Context& context) {
    if (!a.split.empty()) throw Error(ErrorCode::OptionInvalid, {"--split", a.split, "none, for a run over folds"});
    if (!storeHeldOut(project, a.run, context.stop)) throw Error(ErrorCode::ProjectReadOnly, {project.string()});
    context.print({{"run", a.run}, {"folds", true}},
                  "what the run's models said of posts they had not seen is layer " + a.run);
    return 0;
}

/// What pictures do for a run's answers: a file of the run, no layer.
int tellInfluence(const PredictArguments& a, Context& context) {
    if (!a.model.empty() || !a.output.empty() || !a.details.empty())
        throw Error(ErrorCode::OptionInvalid, {"--influence", "beside --model, --output or --details", "a run alone"});
    const fs::path folder = fs::absolute(a.project), run = existingRunFolder(folder, a.run);
    const auto opened = project::Project::open(folder, project::OpenMode::ReadOnly, "mnerva-cli predict", context.stop);
    nn::chooseThreads({0, false});  // not measured: the same sums each time, so the same file
    const auto predictor = models::Predictor::load(run, a.device);
    predictor->usePrecision(a.precision);
    predictor->useCache(safeFeatureCache(folder));
    InfluenceRequest request{a.run, "gold", splitOption(a.split), 1};
    const std::vector<Post> posts = opened->posts(request.split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {a.split.empty() ? "(any)" : a.split});
    const BoxUse boxes = boxUseOption(a.boxes.empty() ? boxesOfRun(run) : a.boxes);
    const std::vector<models::PostInput> inputs = postInputs(*opened, posts, boxes, context.stop);
    const protocol::Influence found =
        influenceOf(*predictor, *opened, posts, inputs, request, context.progress(), context.stop);
    const json body = protocol::toJson(found);
    requirePlainBelow(folder, run / protocol::kInfluenceFile);
    writeFileAtomic(run / protocol::kInfluenceFile, body.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
    json summary = body;
    summary.erase("list");
    context.print(summary, influenceText(found));
    return 0;
}

int predictRun(const PredictArguments& a, Context& context) {
    if (a.influence) return tellInfluence(a, context);
    workflow::requireFreeFiles({a.output, a.details}, a.replace);
    const fs::path folder = fs::absolute(a.project);
    const std::optional<Split> split = splitOption(a.split);
    const auto [layerName, run] = chosenRun(folder, a.run, a.model);
    const bool stores = a.output.empty();
    if (a.model.empty() && stores && foldsOfRun(run) > 0) return storeFolds(a, folder, context);
    const auto mode = stores ? project::OpenMode::ReadWrite : project::OpenMode::ReadOnly;
    const auto project = project::Project::open(folder, mode, "mnerva-cli predict", context.stop);
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(run, a.device);
    predictor->usePrecision(a.precision);
    predictor->useCache(safeFeatureCache(folder));
    const std::vector<Post> posts = project->posts(split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {a.split.empty() ? "(any)" : a.split});
    const BoxUse boxes = boxUseOption(a.boxes.empty() ? boxesOfRun(run) : a.boxes);
    const std::vector<models::PostInput> inputs = postInputs(*project, posts, boxes, context.stop);
    const auto begin = std::chrono::steady_clock::now();
    const models::Wanted wanted{false, !a.details.empty(), a.rawConfidence};
    const auto predictions =
        predictor->predictMany(inputs, wanted, stores ? context.progress() : progressLines(), context.stop);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();

    const std::vector<std::string> explains = predictor->explains();
    const bool grounds = std::find(explains.begin(), explains.end(), "regions") != explains.end();
    std::vector<std::pair<PostId, std::vector<Entity>>> layer;
    project::RawTags rawTags;
    project::EntityBoxes entityBoxes;
    std::size_t entities = 0;
    int cutWords = 0, cutAuxiliary = 0;
    std::string lines;
    Findings findings;
    for (std::size_t i = 0; i < posts.size(); ++i) {
        noteCut(posts[i].externalId, posts[i].words, predictions[i], findings);
        layer.emplace_back(posts[i].id, predictions[i].entities);
        rawTags[posts[i].id] = predictions[i].tags;
        entities += predictions[i].entities.size();
        if (grounds)
            entityBoxes[posts[i].id] = models::entityBoxesOf(inputs[i], predictions[i].entities,
                                                             predictions[i].groundings, predictions[i].regions);
        cutWords += predictions[i].cutWords;
        cutAuxiliary += predictions[i].cutAuxiliary;
        if (!a.details.empty()) lines += lineOf(detailOf(posts[i], predictions[i]));
    }
    if (stores) {
        project->storePredictions(layerName, layer, rawTags);
        if (grounds) project::storeEntityBoxes(*project, layerName, entityBoxes);
    } else {
        std::string rows;
        for (std::size_t i = 0; i < posts.size(); ++i) {
            protocol::PredictionLine line{posts[i].externalId, posts[i].id, layer[i].second, predictions[i].tags};
            if (grounds) line.boxes = entityBoxes[posts[i].id];
            rows += protocol::lineOf(line);
        }
        writeOutput(folder, a.output, rows);
    }
    if (!a.details.empty()) writeOutput(folder, a.details, lines);
    findings.append(predictor->takeFindings());
    noteForeignTypes(predictor->tagNames(), project->labels(), layerName, findings);
    printFindings(findings);
    context.print(
        {{"run", layerName},
         {"posts", posts.size()},
         {"entities", entities},
         {"cutWords", cutWords},
         {"calibrated", predictor->isCalibrated() && !a.rawConfidence},
         {"cutAuxiliary", cutAuxiliary},
         {"findings", findings.counts()},
         {"findingList", findingsJson(findings)},
         {"seconds", seconds}},
        fmt::format("{} posts, {} entities in layer {}; {:.1f} s", posts.size(), entities, layerName, seconds));
    return 0;
}

}  // namespace

void addPredict(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("predict", "Store a run's predictions as its layer, replacing earlier ones");
    auto a = std::make_shared<PredictArguments>();
    command->add_option("project", a->project, "Project folder")->type_name("FOLDER")->required();
    command->add_option("--run", a->run, "Name of the run; with --model: what its layer is called here")
        ->type_name("RUN");
    command->add_option("--model", a->model, "Folder of a run of any project, instead of a run of this one")
        ->type_name("FOLDER");
    command->add_option("--split", a->split, "train, valid or test; all posts without it")
        ->type_name("train|valid|test");
    command->add_option("--device", a->device, "cpu, cuda or cuda:N")->type_name("cpu|cuda")->capture_default_str();
    addBoxesOption(*command, a->boxes);
    addPrecisionOption(*command, a->precision);
    command->add_option("--details", a->details, "Also write tags, relevance and attention of each post as JSON lines")
        ->type_name("FILE");
    command->add_flag(
        "--influence", a->influence,
        "Say what the pictures do: answers with a post's picture, without it and with those of three other posts, into "
        "influence.json of the run; nothing is stored in the project");
    command->add_flag("--raw-confidence", a->rawConfidence,
                      "Keep the model's own confidences, without the run's calibration");
    command
        ->add_option("--output", a->output,
                     "Write the predictions as JSON lines to this file instead of storing them; needs no lock")
        ->type_name("FILE");
    command->add_flag("--force", a->replace, "Replace files that are there already");
    command->callback([&context, a] { context.run = [&context, a] { return predictRun(*a, context); }; });
}

}  // namespace mnerva::app
