#include "core/eval/score.h"

#include <fmt/format.h>

#include <memory>
#include <set>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/base/error.h"
#include "core/eval/report.h"
#include "core/io/prediction_files.h"

namespace mnerva::app {
namespace {

struct ScoreCommand {
    std::string file, format, rule = "seqeval-lenient";

    int run(const Context& context) const;
};

nlohmann::json asJson(const eval::Score& score, const Findings& findings, std::size_t posts) {
    nlohmann::json body = scoreJson(score);
    body["posts"] = posts;
    body["findings"] = findingsJson(findings);
    return body;
}

/// The scheme that the gold tags of a file speak for: the strict rule needs it.
text::TagScheme schemeOf(const std::vector<io::PredictionBlock>& blocks) {
    std::set<std::string> seen;
    for (const io::PredictionBlock& block : blocks) seen.insert(block.gold.begin(), block.gold.end());
    const std::vector<std::string> tags(seen.begin(), seen.end());
    return text::guessScheme(tags);
}

int ScoreCommand::run(const Context& context) const {
    std::optional<io::PredictionFormat> wantedFormat;
    const auto wantedRule = eval::ruleFromName(rule);
    if (!format.empty()) {
        wantedFormat = io::predictionFormatFromName(format);
        if (!wantedFormat) throw Error(ErrorCode::OptionInvalid, {"--format", format, "pre or mtmner"});
    }
    if (!wantedRule) throw Error(ErrorCode::OptionInvalid, {"--rule", rule, "a scoring rule"});
    const io::PredictionFile predictions = io::readFittingPredictionFile(file, wantedFormat);
    eval::Scorer scorer(*wantedRule, schemeOf(predictions.blocks));
    for (const io::PredictionBlock& block : predictions.blocks) {
        if (context.stop.stop_requested()) throw Cancelled{};
        scorer.add(block.gold, block.predicted);
    }
    const eval::Score score = scorer.score();
    context.print(asJson(score, predictions.findings, predictions.blocks.size()),
                  eval::scoreTable(score) + fmt::format("{} posts\n", predictions.blocks.size()) +
                      findingsText(predictions.findings));
    return 0;
}

}  // namespace

void addScore(CLI::App& app, Context& context) {
    auto command = std::make_shared<ScoreCommand>();
    CLI::App* sub = app.add_subcommand("score", "Scores a published prediction file");
    sub->add_option("file", command->file, "File of predictions")->required();
    sub->add_option("--format", command->format,
                    "pre: four lines a post (MPCFN); mtmner: five lines a post (UMT, MGCMT); absent: recognised")
        ->check(CLI::IsMember({"pre", "mtmner"}));
    sub->add_option("--rule", command->rule, "Scoring rule")
        ->capture_default_str()
        ->check(CLI::IsMember({"seqeval-lenient", "conll-strict", "special-to-o"}));
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
