#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "app/commands/command.h"
#include "app/commands/engine/explain_bench.h"
#include "app/commands/engine/explain_maps.h"
#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/options.h"
#include "core/nn/blocks/threads.h"
#include "core/project/name_exchange.h"
#include "core/protocol/run_record.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/heatmap.h"
#include "core/workflow/exchange/export.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

struct ExplainArguments {
    std::string project, run, model, post, out, device = "cpu", boxes, precision, target, baseline = "mean", split,
                                                weights = "best", similar, sharpest;
    std::vector<std::string> methods;
    int index = -1, word = -1, layer = 0, head = 0, posts = 50, entity = 1;
    std::uint64_t seed = 1;
    bool replace = false, bench = false, imageToText = false, maps = false;

    bool searches() const { return maps || !similar.empty() || !sharpest.empty(); }
};

Post findPost(const project::Project& project, const ExplainArguments& a) {
    const std::vector<Post> posts = project.posts(std::nullopt);
    if (a.index >= 0) {
        if (a.index >= static_cast<int>(posts.size()))
            throw Error(ErrorCode::OptionInvalid, {"--index", std::to_string(a.index),
                                                   fmt::format("0 to {}", static_cast<int>(posts.size()) - 1)});
        return posts[static_cast<std::size_t>(a.index)];
    }
    for (const Post& post : posts)
        if (post.externalId == a.post) return post;
    throw Error(ErrorCode::OptionInvalid, {"--post", a.post, "the id of a post of this project"});
}

/// The word asked for, else the first word of the first predicted entity, else the first word.
int chosenWord(const ExplainArguments& a, const Post& post, const models::Prediction& prediction) {
    if (a.word < 0) return prediction.entities.empty() ? 0 : prediction.entities.front().first;
    if (a.word >= static_cast<int>(post.words.size()))
        throw Error(ErrorCode::OptionInvalid, {"--word", std::to_string(a.word),
                                               fmt::format("0 to {}", static_cast<int>(post.words.size()) - 1)});
    return a.word;
}

/// The layer asked for from 1, else the last.
const models::FloatArray& chosenLayer(const ExplainArguments& a, const models::Prediction& prediction) {
    const int layers = static_cast<int>(prediction.textToImage.size());
    if (layers == 0)
        throw Error(ErrorCode::OptionInvalid,
                    {"--run", a.run, "a run whose words attend to the picture (cf=true, with pictures)"});
    if (a.layer > layers)
        throw Error(ErrorCode::OptionInvalid, {"--layer", std::to_string(a.layer), fmt::format("1 to {}", layers)});
    return prediction.textToImage[static_cast<std::size_t>(a.layer > 0 ? a.layer - 1 : layers - 1)];
}

/// What both ways of explaining start from.
struct AskedPost {
    fs::path folder, run;
    std::unique_ptr<project::Project> project;
    Post post;
    BoxUse boxes{};
    models::PostInput input;
};
/// Errors: OptionInvalid for a post without words, ImageOutside.
AskedPost askedPost(const ExplainArguments& a, const Context& context) {
    AskedPost asked;
    asked.folder = fs::absolute(a.project);
    asked.run = chosenRun(asked.folder, a.run, a.model).folder;
    asked.project =
        project::Project::open(asked.folder, project::OpenMode::ReadOnly, "mnerva-cli explain", context.stop);
    asked.post = findPost(*asked.project, a);
    if (asked.post.words.empty())
        throw Error(ErrorCode::OptionInvalid, {"--post", asked.post.externalId, "a post with words"});
    asked.boxes = boxUseOption(a.boxes.empty() ? boxesOfRun(asked.run) : a.boxes);
    asked.input = postInput(*asked.project, asked.post, asked.boxes);
    const project::PostFiles files = asked.project->files(asked.post.id);
    if (!files.images.empty() && files.images.front().outside)
        throw Error(ErrorCode::ImageOutside, {files.images.front().file, "the picture folder"});
    return asked;
}

models::Weights weightsOf(const ExplainArguments& a) {
    return a.weights == "last" ? models::Weights::Last : models::Weights::Best;
}

/// Without a method or a target: where one word looks, drawn over the picture.
int explainWord(const ExplainArguments& a, Context& context) {
    workflow::requireFreeFiles({a.out}, a.replace);
    const auto [folder, run, project, post, boxes, input] = askedPost(a, context);
    if (input.imagePath.empty()) throw Error(ErrorCode::ImageUnreadable, {"of post " + post.externalId});
    vision::Picture picture = vision::requirePicture(input.imagePath);
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(run, a.device, weightsOf(a));
    predictor->usePrecision(a.precision);
    const models::Prediction prediction = predictor->predict(input, {false, true});
    printFindings(predictor->takeFindings());
    const int word = chosenWord(a, post, prediction);
    std::vector<float> weights = meanOverHeads(chosenLayer(a, prediction), word);
    weights.resize(vision::kGridCells);
    const auto hottest = static_cast<int>(std::max_element(weights.begin(), weights.end()) - weights.begin());
    vision::blendHeat(picture.rgb, picture.width, picture.height, weights, 0, {});
    vision::writePicture(a.out, picture);

    const std::string cell(vision::cellName(hottest).data());
    const std::string tag = prediction.tags[static_cast<std::size_t>(word)];
    context.print(
        {{"id", post.externalId},
         {"word", word},
         {"text", post.words[static_cast<std::size_t>(word)]},
         {"tag", tag},
         {"weights", weights},
         {"hottest", cell},
         {"relevance", prediction.relevance},
         {"visualGate", prediction.visualGate},
         {"file", a.out}},
        fmt::format("{}: word {} \"{}\" ({}) looks most at {} ({:.3f}); relevance {:.2f}; {}", post.externalId, word,
                    post.words[static_cast<std::size_t>(word)], tag, cell, weights[static_cast<std::size_t>(hottest)],
                    prediction.relevance.empty() ? 0.0 : prediction.relevance.front(), a.out));
    return 0;
}

/// "FIRST-LAST:TYPE", "FIRST:TYPE", "FIRST-LAST" or "FIRST"; words from 0, both ends included.
void readTarget(const std::string& text, AttributionQuery& query) {
    if (text.empty()) return;
    const std::size_t colon = text.find(':');
    const std::string span = text.substr(0, colon);
    const std::size_t dash = span.find('-');
    const auto number = [&](const std::string& digits) {
        int value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size() || value < 0)
            throw Error(ErrorCode::OptionInvalid, {"--target", text, "FIRST-LAST:TYPE, words from 0"});
        return value;
    };
    query.first = number(span.substr(0, dash));
    query.last = dash == std::string::npos ? query.first : number(span.substr(dash + 1));
    if (query.last < query.first)
        throw Error(ErrorCode::OptionInvalid, {"--target", text, "FIRST-LAST:TYPE with FIRST up to LAST"});
    if (colon != std::string::npos) query.type = text.substr(colon + 1);
}

/// What stands for "nothing there" is learned once from the training posts of the project.
void learnMeanCell(models::Predictor& predictor, const project::Project& project, BoxUse boxes, const fs::path& cache,
                   const Context& context) {
    constexpr std::size_t kMostPosts = 400;
    if (predictor.knowsMeanCell()) return;
    std::vector<Post> posts = project.posts(Split::Train);
    posts.resize(std::min<std::size_t>(posts.size(), kMostPosts));
    const std::vector<models::PostInput> inputs = postInputs(project, posts, boxes, context.stop);
    predictor.useCache(cache);
    predictor.learnMeanCell(inputs, context.progress(), context.stop);
    predictor.useCache({});  // covered pictures are nothing to keep
}

/// Draws a map over the post's picture: hot where it speaks for the target.
void drawMap(const ExplainArguments& a, const std::string& image, std::vector<float> cells) {
    vision::Picture picture = vision::requirePicture(image);
    for (float& value : cells) value = std::max(0.0F, value);
    vision::blendHeat(picture.rgb, picture.width, picture.height, cells, 0, {});
    vision::writePicture(a.out, picture);
}

std::string lineOf(const Attribution& of) {
    if (!of.isServed()) return fmt::format("{:22} {}\n", of.method, of.unavailable);
    std::string text = fmt::format("{:22} ", of.method);
    if (!of.cells.empty()) {
        const auto hottest = static_cast<int>(std::max_element(of.cells.begin(), of.cells.end()) - of.cells.begin());
        text += fmt::format("hottest {} ({:+.4f})", vision::cellName(hottest).data(),
                            of.cells[static_cast<std::size_t>(hottest)]);
    } else if (!of.words.empty()) {
        const auto most = std::max_element(of.words.begin(), of.words.end()) - of.words.begin();
        text += fmt::format("word {} ({:+.4f})", most, of.words[static_cast<std::size_t>(most)]);
    }
    if (of.gap) text += fmt::format(", gap {:.4f} of {:+.4f}", *of.gap, of.change.value_or(0));
    if (!of.baseline.empty()) text += ", against " + of.baseline;
    text += fmt::format(", {:.2f} s\n", of.seconds);
    for (const WordExchange& exchange : of.exchanges) {
        Post name;
        name.words = exchange.words;
        name.join = guessJoinRule(name.words);
        text +=
            fmt::format("{:22} with {} ({}) in its place {:+.4f}\n", "", textOf(name), exchange.type, exchange.change);
    }
    return text;
}

/// When did it decide (explanation.md 2): y after each fusion layer, as if it were the last.
std::string layersText(const Target& target, bool readsPicture) {
    if (!readsPicture) return "when did it decide: this run reads no picture\n";
    if (target.byLayer.empty())
        return "when did it decide: this cannot be seen, the run fuses words and picture in one step\n";
    std::string text = "when did it decide: y after each fusion layer";
    for (const double y : target.byLayer) text += fmt::format(" {:.4f}", y);
    return text + "\n";
}

/// What is explained, as the page says it.
std::string targetText(const Post& post, const Target& target) {
    Post part;
    part.join = post.join;
    part.words.assign(post.words.begin() + target.first, post.words.begin() + target.last + 1);
    return fmt::format("{}: {} (words {}-{}) as {}, y = {:.4f}\n", targetFormText(target.form), textOf(part),
                       target.first, target.last, target.type, target.logProbability);
}

/// Maps of a whole split: computed, kept, searched.
int searchRun(const ExplainArguments& a, Context& context) {
    if (!a.model.empty() || !a.out.empty() || !a.target.empty() || a.imageToText)
        throw Error(ErrorCode::OptionInvalid, {a.maps              ? "--maps"
                                               : a.similar.empty() ? "--sharpest"
                                                                   : "--similar",
                                               "beside --model, --out, --target or --image-to-text", "a run alone"});
    const std::string method = a.methods.empty() ? "attention" : a.methods.front();
    if (a.methods.size() > 1 || (method != "attention" && method != "relevancy"))
        throw Error(ErrorCode::OptionInvalid,
                    {"--method", method + (a.methods.size() > 1 ? ", ..." : ""), "attention or relevancy"});
    return searchMaps({a.project, a.run, method, a.split, a.device, a.boxes, a.similar, a.sharpest, a.entity, a.layer,
                       a.head, a.maps},
                      context);
}

/// Names of the project for word-out to try in the place of the entity's, where the target is one.
void addOtherNames(const project::Project& project, const Post& post, const models::PostInput& input,
                   models::Predictor& predictor, AttributionQuery& query) {
    const std::vector<std::string>& methods = query.methods;
    if (!methods.empty() && std::find(methods.begin(), methods.end(), "word-out") == methods.end()) return;
    const Target target = predictor.explaining(input, query)->target();
    query.first = target.first;
    query.last = target.last;
    query.type = target.type;
    query.exchanges =
        project::exchangesFor(project::entityNames(project),
                              {post.words.begin() + target.first, post.words.begin() + target.last + 1}, target.type);
}

int explainPost(const ExplainArguments& a, Context& context) {
    if (!a.out.empty()) workflow::requireFreeFiles({a.out}, a.replace);
    const auto [folder, run, project, post, boxes, input] = askedPost(a, context);
    if (!a.out.empty() && input.imagePath.empty())
        throw Error(ErrorCode::ImageUnreadable, {"of post " + post.externalId});
    AttributionQuery query;
    query.first = query.last = a.word;
    readTarget(a.target, query);
    query.methods = a.methods;
    query.baseline = a.baseline;
    query.layer = a.layer;
    query.head = a.head;
    query.imageToText = a.imageToText;
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(run, a.device, weightsOf(a));
    predictor->usePrecision(a.precision);
    if (a.model.empty() && query.baseline == "mean" && weightsOf(a) == models::Weights::Best)
        learnMeanCell(*predictor, *project, boxes, safeFeatureCache(folder), context);
    addOtherNames(*project, post, input, *predictor, query);
    const models::Explained found = predictor->explain(input, query, context.progress(), context.stop);
    printFindings(predictor->takeFindings());
    const auto drawn = std::find_if(found.attributions.begin(), found.attributions.end(),
                                    [](const Attribution& of) { return of.isServed() && !of.cells.empty(); });
    if (!a.out.empty()) {
        if (drawn == found.attributions.end())
            throw Error(ErrorCode::OptionInvalid,
                        {"--run", a.run, "a run that serves the method: " + found.attributions.front().unavailable});
        drawMap(a, input.imagePath, drawn->cells);
    }
    const Target& target = found.target;
    json body = protocol::toJson(protocol::ExplainResult{target, found.attributions, {}});
    body.erase("findings");
    body["id"] = post.externalId;
    body["words"] = post.words;
    if (!a.out.empty()) {
        const auto hottest = std::max_element(drawn->cells.begin(), drawn->cells.end()) - drawn->cells.begin();
        body["file"] = a.out;
        body["drawn"] = drawn->method;
        body["hottest"] = std::string(vision::cellName(static_cast<int>(hottest)).data());
    }
    const auto record = protocol::readRunRecord(run);
    const bool readsPicture = !record || models::readsPictures(record->system, record->variant, record->options);
    body["fusesInOneStep"] = readsPicture && target.byLayer.empty();
    std::string text =
        fmt::format("{}: ", post.externalId) + targetText(post, target) + layersText(target, readsPicture);
    for (const Attribution& of : found.attributions) text += lineOf(of);
    if (!a.out.empty()) text += fmt::format("{} drawn: {}", drawn->method, a.out);
    context.print(body, text);
    return 0;
}

/// Whether the maps of a run can be believed: explanation.json of the run (explanation.md 3).
int measureRun(const ExplainArguments& a, Context& context) {
    if (!a.model.empty() || !a.out.empty() || !a.target.empty())
        throw Error(ErrorCode::OptionInvalid, {"--bench", "beside --model, --out or --target", "a run alone"});
    const fs::path folder = fs::absolute(a.project), run = existingRunFolder(folder, a.run);
    const auto project =
        project::Project::open(folder, project::OpenMode::ReadOnly, "mnerva-cli explain", context.stop);
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(run, a.device);
    predictor->usePrecision(a.precision);
    BenchRequest request;
    request.run = a.run;
    request.split = splitOption(a.split);
    request.methods = a.methods;
    request.baseline = a.baseline;
    request.posts = a.posts;
    request.seed = a.seed;
    const std::vector<Post> posts = project->posts(request.split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {a.split.empty() ? "(any)" : a.split});
    const BoxUse boxes = boxUseOption(a.boxes.empty() ? boxesOfRun(run) : a.boxes);
    const std::vector<models::PostInput> inputs = postInputs(*project, posts, boxes, context.stop);
    if (request.baseline == "mean") learnMeanCell(*predictor, *project, boxes, safeFeatureCache(folder), context);
    predictor->useCache(safeFeatureCache(folder));
    const protocol::Explanation found =
        measuredMaps(*predictor, *project, posts, inputs, request, context.progress(), context.stop);
    printFindings(predictor->takeFindings());
    const json body = protocol::toJson(found);
    requirePlainBelow(folder, run / protocol::kExplanationFile);
    writeFileAtomic(run / protocol::kExplanationFile, body.dump(1, ' ', false, json::error_handler_t::replace) + "\n");
    json summary = body;
    summary.erase("list");
    context.print(summary, explanationText(found));
    return 0;
}

}  // namespace

void addExplain(CLI::App& app, Context& context) {
    CLI::App* command =
        app.add_subcommand("explain", "Say where an answer comes from, by several methods, and measure their maps");
    auto a = std::make_shared<ExplainArguments>();
    command->add_option("project", a->project, "Project folder")->type_name("FOLDER")->required();
    command->add_option("--run", a->run, "Name of the run")->type_name("RUN");
    command->add_option("--model", a->model, "Folder of a run of any project, instead of a run of this one")
        ->type_name("FOLDER");
    auto* id = command->add_option("--post", a->post, "Id of the post");
    auto* index = command->add_option("--index", a->index, "Number of the post in the project, from 0")
                      ->check(CLI::NonNegativeNumber);
    id->excludes(index);
    auto* word =
        command->add_option("--word", a->word, "Word of the post, from 0 (default: the first predicted entity)")
            ->check(CLI::NonNegativeNumber);
    command
        ->add_option("--target", a->target,
                     "FIRST-LAST:TYPE, words from 0: the entity that is explained, found or not; without a type the "
                     "likeliest one")
        ->type_name("TARGET")
        ->excludes(word);
    std::vector<std::string> known;
    std::string names;
    for (const AttributionMethod& method : attributionMethods()) {
        known.emplace_back(method.id);
        names += (names.empty() ? "" : "|") + known.back();
    }
    command
        ->add_option("--method,--methods", a->methods,
                     "How it is explained, one or several (default: all; with neither --method nor --target the "
                     "attention of a word is drawn)")
        ->type_name(names)
        ->check(CLI::IsMember(known))
        ->delimiter(',');
    command->add_option("--baseline", a->baseline, "What stands for nothing: mean, zeros or grey")
        ->type_name("mean|zeros|grey")
        ->check(CLI::IsMember({"mean", "zeros", "grey"}))
        ->capture_default_str();
    command->add_option("--layer", a->layer, "Fusion layer of the attention, from 1 (default: the last)")
        ->check(CLI::PositiveNumber);
    command->add_option("--head", a->head, "Head of the attention, from 1 (default: the mean of all)")
        ->check(CLI::PositiveNumber);
    command->add_flag("--image-to-text", a->imageToText, "The attention by which cells read words");
    auto* weights = command
                        ->add_option("--weights", a->weights,
                                     "best: of the run's best epoch; last: of its last one, out of its checkpoint")
                        ->type_name("best|last")
                        ->check(CLI::IsMember({"best", "last"}))
                        ->capture_default_str();
    command->add_option("--device", a->device, "cpu, cuda or cuda:N")->type_name("cpu|cuda")->capture_default_str();
    addBoxesOption(*command, a->boxes);
    addPrecisionOption(*command, a->precision);
    command->add_option("--out", a->out, "PNG file to write: the first map over the picture")->type_name("FILE");
    command->add_flag("--force", a->replace, "Replace a file that is there already");
    auto* bench = command->add_flag("--bench", a->bench,
                                    "Measure the maps of the run on entities that it finds right, into "
                                    "explanation.json of the run");
    bench->excludes(id)->excludes(index)->excludes(word)->excludes(weights);
    auto* similar = command->add_option("--similar", a->similar,
                                        "Id of a post: the posts whose map is most alike that of its entity");
    auto* sharpest = command
                         ->add_option("--sharpest", a->sharpest,
                                      "The posts where this head is sharpest: LAYER:HEAD, from 1; head 0: the mean")
                         ->type_name("HEAD");
    auto* maps = command->add_flag("--maps", a->maps,
                                   "Compute the maps of all entities that the run finds, and keep them with the run "
                                   "for --similar and --sharpest, which do it where there are none that hold");
    for (CLI::Option* one : {similar, sharpest, maps})
        one->excludes(id)->excludes(index)->excludes(word)->excludes(weights)->excludes(bench);
    command->add_option("--entity", a->entity, "With --similar: number of the entity that the run finds, from 1")
        ->check(CLI::PositiveNumber)
        ->capture_default_str()
        ->needs(similar);
    command
        ->add_option("--split", a->split,
                     "With --bench, --similar, --sharpest and --maps: train, valid or test; all posts without it")
        ->type_name("train|valid|test");
    command->add_option("--posts", a->posts, "With --bench: most posts that are measured; 0: all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command->add_option("--seed", a->seed, "With --bench: of what is drawn")->capture_default_str();
    command->callback([&context, a, id, index] {
        if (a->searches()) {
            context.run = [&context, a] { return searchRun(*a, context); };
            return;
        }
        if (!a->bench && id->count() == 0 && index->count() == 0) throw CLI::RequiredError("--post or --index");
        const bool ofWord = !a->bench && a->methods.empty() && a->target.empty();
        if (ofWord && a->out.empty()) throw CLI::RequiredError("--out, --method or --target");
        context.run = [&context, a, ofWord] {
            return a->bench ? measureRun(*a, context) : ofWord ? explainWord(*a, context) : explainPost(*a, context);
        };
    });
}

}  // namespace mnerva::app
