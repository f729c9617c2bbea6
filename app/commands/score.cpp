#include "core/eval/score.h"

#include <memory>
#include <set>

#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/eval/report.h"
#include "core/io/prediction_files.h"

namespace mnerva::app {
namespace {

struct ScoreCommand {
    std::string file, format, rule = "seqeval-lenient";

    int run(const Context& context) const;
};

nlohmann::json figures(const eval::Prf& prf) {
    return {{"p", prf.precision}, {"r", prf.recall}, {"f1", prf.f1}, {"support", prf.support}};
}

nlohmann::json asJson(const eval::Score& score, const Findings& findings, std::size_t posts) {
    nlohmann::json types = nlohmann::json::object(), found = nlohmann::json::array();
    for (const auto& [type, prf] : score.types) types[type] = figures(prf);
    for (const Finding& f : findings.list())
        found.push_back({{"code", f.code}, {"file", f.file}, {"line", f.line}, {"text", f.text}});
    return {{"rule", eval::ruleName(score.rule)},
            {"micro", figures(score.micro)},
            {"macro", figures(score.macro)},
            {"weighted", figures(score.weighted)},
            {"types", std::move(types)},
            {"posts", posts},
            {"gold", score.gold},
            {"predicted", score.predicted},
            {"findings", std::move(found)}};
}

/// The scheme that the gold tags of a file speak for: the strict rule needs it.
text::TagScheme schemeOf(const std::vector<io::PredictionBlock>& blocks) {
    std::set<std::string> seen;
    for (const io::PredictionBlock& block : blocks) seen.insert(block.gold.begin(), block.gold.end());
    const std::vector<std::string> tags(seen.begin(), seen.end());
    return text::guessScheme(tags);
}

std::string findingsText(const Findings& findings) {
    std::string text;
    for (const auto& [code, count] : findings.counts()) text += code + ": " + std::to_string(count) + "\n";
    return text.empty() ? text : "\nFindings\n" + text;
}

int ScoreCommand::run(const Context& context) const {
    const auto wantedFormat = io::predictionFormatFromName(format);
    const auto wantedRule = eval::ruleFromName(rule);
    if (!wantedFormat) throw Error(ErrorCode::OptionInvalid, {"--format", format, "pre or mtmner"});
    if (!wantedRule) throw Error(ErrorCode::OptionInvalid, {"--rule", rule, "a scoring rule"});
    const io::PredictionFile predictions = io::readPredictionFile(file, *wantedFormat);
    eval::Scorer scorer(*wantedRule, schemeOf(predictions.blocks));
    for (const io::PredictionBlock& block : predictions.blocks) {
        if (context.stop.stop_requested()) throw Cancelled{};
        scorer.add(block.gold, block.predicted);
    }
    const eval::Score score = scorer.score();
    context.print(asJson(score, predictions.findings, predictions.blocks.size()),
                  eval::scoreTable(score) + findingsText(predictions.findings));
    return 0;
}

}  // namespace

void addScore(CLI::App& app, Context& context) {
    auto command = std::make_shared<ScoreCommand>();
    CLI::App* sub = app.add_subcommand("score", "Scores a published prediction file");
    sub->add_option("file", command->file, "File of predictions")->required();
    sub->add_option("--format", command->format,
                    "pre: four lines a post (MPCFN); mtmner: five lines a post (UMT, MGCMT)")
        ->required()
        ->check(CLI::IsMember({"pre", "mtmner"}));
    sub->add_option("--rule", command->rule, "Scoring rule")
        ->capture_default_str()
        ->check(CLI::IsMember({"seqeval-lenient", "conll-strict", "special-to-o"}));
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
