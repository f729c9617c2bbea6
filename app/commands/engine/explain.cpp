#include <fmt/format.h>

#include <algorithm>

#include "app/commands/command.h"
#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/nn/blocks/threads.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/heatmap.h"
#include "core/workflow/exchange/export.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;
using nlohmann::json;

struct ExplainArguments {
    std::string project, run, model, post, out, device = "cpu", boxes;
    int index = -1, word = -1, layer = 0;
    bool replace = false;
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

int explainPost(const ExplainArguments& a, Context& context) {
    workflow::requireFreeFiles({a.out}, a.replace);
    const fs::path folder = fs::absolute(a.project);
    const fs::path run = chosenRun(folder, a.run, a.model).folder;
    const auto project =
        project::Project::open(folder, project::OpenMode::ReadOnly, "mnerva-cli explain", context.stop);
    const Post post = findPost(*project, a);
    if (post.words.empty()) throw Error(ErrorCode::OptionInvalid, {"--post", post.externalId, "a post with words"});
    const BoxUse boxes = boxUseOption(a.boxes.empty() ? boxesOfRun(run) : a.boxes);
    const models::PostInput input = postInput(*project, post, boxes);
    const project::PostFiles files = project->files(post.id);
    if (!files.images.empty() && files.images.front().outside)
        throw Error(ErrorCode::ImageOutside, {files.images.front().file, "the picture folder"});
    if (input.imagePath.empty()) throw Error(ErrorCode::ImageUnreadable, {"of post " + post.externalId});
    vision::Picture picture = vision::requirePicture(input.imagePath);
    nn::chooseThreads();
    const auto predictor = models::Predictor::load(run, a.device);
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

}  // namespace

void addExplain(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("explain", "Draw where in the picture a word looks, as a PNG");
    auto a = std::make_shared<ExplainArguments>();
    command->add_option("project", a->project, "Project folder")->type_name("FOLDER")->required();
    command->add_option("--run", a->run, "Name of the run")->type_name("RUN");
    command->add_option("--model", a->model, "Folder of a run of any project, instead of a run of this one")
        ->type_name("FOLDER");
    auto* id = command->add_option("--post", a->post, "Id of the post");
    auto* index = command->add_option("--index", a->index, "Number of the post in the project, from 0")
                      ->check(CLI::NonNegativeNumber);
    id->excludes(index);
    command->add_option("--word", a->word, "Word of the post, from 0 (default: the first predicted entity)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--layer", a->layer, "Fusion layer from 1 (default: the last)")->check(CLI::PositiveNumber);
    command->add_option("--device", a->device, "cpu, cuda or cuda:N")->type_name("cpu|cuda")->capture_default_str();
    addBoxesOption(*command, a->boxes);
    command->add_option("--out", a->out, "PNG file to write")->type_name("FILE")->required();
    command->add_flag("--force", a->replace, "Replace a file that is there already");
    command->callback([&context, a, id, index] {
        if (id->count() == 0 && index->count() == 0) throw CLI::RequiredError("--post or --index");
        context.run = [&context, a] { return explainPost(*a, context); };
    });
}

}  // namespace mnerva::app
