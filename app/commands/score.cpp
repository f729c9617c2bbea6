#include "core/eval/score.h"

#include <fmt/format.h>

#include <memory>
#include <set>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/base/error.h"
#include "core/eval/report.h"
#include "core/formats/all.h"
#include "core/formats/prediction_files.h"

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

/// The schemes that the two sides of a file speak for, each for itself; the strict rule needs them. A side that speaks
/// for none is read by the other's.
struct Schemes {
    text::TagScheme gold = text::TagScheme::Bio, predicted = text::TagScheme::Bio;
};
Schemes schemesOf(const std::vector<formats::PredictionBlock>& blocks) {
    std::set<std::string> gold, predicted;
    for (const formats::PredictionBlock& block : blocks) {
        gold.insert(block.gold.begin(), block.gold.end());
        predicted.insert(block.predicted.begin(), block.predicted.end());
    }
    const auto spoken = [](const std::set<std::string>& tags) {
        return text::schemeSpoken(std::vector<std::string>(tags.begin(), tags.end()));
    };
    const auto ofGold = spoken(gold), ofPredicted = spoken(predicted);
    Schemes out;
    out.gold = ofGold ? *ofGold : ofPredicted.value_or(text::TagScheme::Bio);
    out.predicted = ofPredicted.value_or(out.gold);
    return out;
}

int ScoreCommand::run(const Context& context) const {
    const auto wantedRule = eval::ruleFromName(rule);
    if (!wantedRule) throw Error(ErrorCode::OptionInvalid, {"--rule", rule, "a scoring rule"});
    const formats::PredictionFile predictions = formats::readFittingPredictions(file, formats::find(format));
    const Schemes schemes = schemesOf(predictions.blocks);
    eval::Scorer scorer(*wantedRule, schemes.gold, schemes.predicted);
    for (const formats::PredictionBlock& block : predictions.blocks) {
        if (context.stop.stop_requested()) throw Cancelled{};
        scorer.add(block.gold, block.predicted);
    }
    const eval::Score score = scorer.score();
    nlohmann::json body = asJson(score, predictions.findings, predictions.blocks.size());
    std::string text = eval::scoreTable(score) + fmt::format("{} posts\n", predictions.blocks.size());
    if (*wantedRule == eval::Rule::ConllStrict) {
        body["schemes"] = {{"gold", text::schemeName(schemes.gold)},
                           {"predicted", text::schemeName(schemes.predicted)}};
        text += "gold tags read as " + std::string(text::schemeName(schemes.gold)) + ", predicted ones as " +
                std::string(text::schemeName(schemes.predicted)) + "\n";
    }
    context.print(body, text + findingsText(predictions.findings));
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
    sub->add_option("--rule", command->rule, "Scoring rule")
        ->capture_default_str()
        ->check(CLI::IsMember({"seqeval-lenient", "conll-strict", "special-to-o"}));
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
