#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/score_answer.h"
#include "core/base/error.h"
#include "core/formats/all.h"
#include "core/formats/prediction_files.h"

namespace mnerva::app {
namespace {

struct ScoreCommand {
    std::string file, format, against;
    ScoreOptions options;

    int run(const Context& context);
};

std::string nameOf(const std::string& file, const std::string& other) {
    const std::string name = std::filesystem::path(file).filename().string();
    return name != other ? name : file;
}

int ScoreCommand::run(const Context& context) {
    const formats::Format* known = formats::find(format);
    const formats::PredictionFile predictions = formats::readFittingPredictions(file, known);
    workflow::ScoreQuestion question;
    question.layers = {nameOf(file, "gold")};
    workflow::ScoreSource source = workflow::scoreSourceOf(predictions, question.layers.front());
    if (!against.empty()) {
        question.layers.push_back(nameOf(against, question.layers.front()));
        if (question.layers[0] == question.layers[1]) question.layers[1] += " (2)";
        workflow::addPredictions(source, formats::readFittingPredictions(against, known), question.layers[1]);
        options.significance = {{question.layers[0], question.layers[1]}};
    }
    if (context.stop.stop_requested()) throw Cancelled{};
    ScoreAnswer answer = scoreAnswer(source, question, options, context);
    answer.body["posts"] = predictions.blocks.size();
    answer.body["findings"] = findingsJson(predictions.findings);
    answer.text += fmt::format("{} posts\n", predictions.blocks.size());
    if (options.rules().front() == eval::Rule::ConllStrict) {
        const auto scheme = [&](const std::string& layer) {
            return text::schemeName(source.layer(layer).tags.tags().scheme);
        };
        answer.body["schemes"] = {{"gold", scheme("gold")}, {"predicted", scheme(question.layers.front())}};
        answer.text += fmt::format("gold tags read as {}, predicted ones as {}\n", scheme("gold"),
                                   scheme(question.layers.front()));
    }
    answer.text += findingsText(predictions.findings);
    printAnswer(answer, options, context);
    return 0;
}

}  // namespace

void addScore(CLI::App& app, Context& context) {
    auto command = std::make_shared<ScoreCommand>();
    CLI::App* sub = app.add_subcommand("score", "Scores a published prediction file");
    sub->add_option("file", command->file, "File of predictions")->type_name("FILE")->required();
    const std::vector<const formats::Format*> known = formats::ofKind<formats::PredictionKind>();
    std::vector<std::string> names;
    for (const formats::Format* format : known) names.emplace_back(format->name);
    sub->add_option("--format", command->format, formats::helpOf(known) + "; absent: recognised")
        ->check(CLI::IsMember(names));
    sub->add_option("--against", command->against,
                    "Predictions of another system for the same posts: the difference with its significance")
        ->type_name("FILE");
    command->options.addTo(*sub);
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
