#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/run_support.h"
#include "app/commands/score_answer.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::app {
namespace {

/// calibration.json of the run that made a layer; null where there is none.
nlohmann::json calibrationOf(const std::string& project, const std::string& layer) {
    const auto path = std::filesystem::path(project) / "runs" / layer / "calibration.json";
    std::error_code failed;
    if (!staysInside(layer) || !std::filesystem::is_regular_file(path, failed)) return {};
    nlohmann::json body = tryParseJson(readFile(path, 16u << 20));
    return body.is_object() ? body : nlohmann::json();
}

struct EvaluateCommand {
    std::string project, gold = "gold", split, against;
    std::vector<std::string> layers, pair;
    ScoreOptions options;

    /// The layers that are scored: those of --layer, and the one that they are held against.
    std::vector<std::string> systems() const {
        std::vector<std::string> all = layers;
        if (!against.empty() && std::find(all.begin(), all.end(), against) == all.end()) all.push_back(against);
        return all;
    }

    int run(const Context& context) {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli evaluate", context.stop);
        workflow::ScoreQuestion question;
        question.layers = systems();
        question.reference = gold;
        question.split = splitOption(split);
        for (const std::string& layer : layers)
            if (!against.empty() && layer != against) options.significance.emplace_back(layer, against);
        if (pair.size() == 2) options.significance.emplace_back(pair[0], pair[1]);
        std::vector<std::string> wanted = question.layers;
        wanted.push_back(gold);
        wanted.insert(wanted.end(), pair.begin(), pair.end());
        const workflow::ScoreSource source = workflow::readScoreSource(*opened, wanted, context.stop);
        ScoreAnswer answer = scoreAnswer(source, question, options, context);
        answer.body["goldLayer"] = gold;
        answer.body["split"] = split;
        if (layers.size() == 1) addLayer(answer, *opened, question.split, context);
        printAnswer(answer, options, context);
        return 0;
    }

    /// What is said of a single layer: posts that it does not cover, and whether its confidences can be believed.
    void addLayer(ScoreAnswer& answer, const project::Project& opened, std::optional<Split> part,
                  const Context& context) const {
        const std::string& layer = layers.front();
        const workflow::LayerCoverage coverage = workflow::layerCoverage(opened, layer, part, context.stop);
        answer.body["posts"] = coverage.covered;
        answer.body["leftOut"] = coverage.posts - coverage.covered;
        answer.body["findingCounts"] = findingCountsJson(coverage.leftOut);
        answer.body["findings"] = findingsJson(coverage.leftOut);
        if (coverage.covered == coverage.posts)
            answer.text += fmt::format("all {} posts scored\n", coverage.posts);
        else
            answer.text += fmt::format("{} of {} posts scored; the run {} has not predicted the others\n",
                                       coverage.covered, coverage.posts, layer) +
                           findingsText(coverage.leftOut);
        if (const auto reliability = workflow::layerReliability(opened, layer, gold, part)) {
            answer.body["reliability"] = eval::toJson(*reliability);
            answer.text += fmt::format("calibration error of the stored confidences: {:.4f}\n", reliability->ece);
        }
        const nlohmann::json calibration = calibrationOf(project, layer);
        if (!calibration.is_null()) answer.body["calibration"] = calibration;
    }
};

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto command = std::make_shared<EvaluateCommand>();
    CLI::App* sub =
        app.add_subcommand("evaluate", "Scores layers against another; posts that a run did not predict are left out");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layer", command->layers, "The layers to score: corrected, or names of runs, with commas")
        ->type_name("corrected|RUN")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->required();
    sub->add_option("--against", command->against, "Another layer: the difference of each to it, with its significance")
        ->type_name("corrected|RUN");
    sub->add_option("--significance", command->pair, "Two layers, A,B: the same of any two")
        ->type_name("corrected|RUN")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->expected(2);
    sub->add_option("--gold", command->gold, "The layer that counts as true")
        ->type_name("gold|corrected|RUN")
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    command->options.addTo(*sub);
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
