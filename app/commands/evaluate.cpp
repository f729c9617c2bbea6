#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/run_support.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/eval/report.h"
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
    std::string project, layer, gold = "gold", split, rule = "seqeval-lenient";

    int run(const Context& context) const {
        const auto wanted = eval::ruleFromName(rule);
        if (!wanted) throw Error(ErrorCode::OptionInvalid, {"--rule", rule, "a scoring rule"});
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli evaluate", context.stop);
        const auto part = splitOption(split);
        const eval::Score score = workflow::evaluateLayer(*opened, layer, gold, part, *wanted, context.stop);
        const workflow::LayerCoverage coverage = workflow::layerCoverage(*opened, layer, part, context.stop);
        nlohmann::json body = scoreJson(score);
        body["layer"] = layer;
        body["goldLayer"] = gold;
        body["split"] = split;
        body["posts"] = coverage.covered;
        body["leftOut"] = coverage.posts - coverage.covered;
        body["findingCounts"] = findingCountsJson(coverage.leftOut);
        body["findings"] = findingsJson(coverage.leftOut);
        std::string text = eval::scoreTable(score);
        if (coverage.covered == coverage.posts)
            text += fmt::format("all {} posts scored\n", coverage.posts);
        else
            text += fmt::format("{} of {} posts scored; the run {} has not predicted the others\n", coverage.covered,
                                coverage.posts, layer) +
                    findingsText(coverage.leftOut);
        if (const auto reliability = workflow::layerReliability(*opened, layer, gold, part)) {
            body["reliability"] = eval::toJson(*reliability);
            text += fmt::format("calibration error of the stored confidences: {:.4f}\n", reliability->ece);
        }
        const nlohmann::json calibration = calibrationOf(project, layer);
        if (!calibration.is_null()) body["calibration"] = calibration;
        context.print(body, text);
        return 0;
    }
};

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto command = std::make_shared<EvaluateCommand>();
    CLI::App* sub =
        app.add_subcommand("evaluate", "Scores a layer against another; posts that a run did not predict are left out");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layer", command->layer, "The layer to score: corrected, or the name of a run")
        ->type_name("corrected|RUN")
        ->required();
    sub->add_option("--gold", command->gold, "The layer that counts as true")
        ->type_name("gold|corrected|RUN")
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_option("--rule", command->rule, "Scoring rule")
        ->capture_default_str()
        ->check(CLI::IsMember({"seqeval-lenient", "conll-strict", "special-to-o"}));
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
