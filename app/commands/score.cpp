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

/// The schemes that the two sides of a file speak for, each for itself; the strict rule needs them. A side that speaks
/// for none is read by the other's.
struct Schemes {
    text::TagScheme gold = text::TagScheme::Bio, predicted = text::TagScheme::Bio;
};
Schemes schemesOf(const std::vector<io::PredictionBlock>& blocks) {
    std::set<std::string> gold, predicted;
    for (const io::PredictionBlock& block : blocks) {
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
    const Schemes schemes = schemesOf(predictions.blocks);
    eval::Scorer scorer(*wantedRule, schemes.gold, schemes.predicted);
    for (const io::PredictionBlock& block : predictions.blocks) {
        if (context.stop.stop_requested()) throw Cancelled{};
        scorer.add(block.gold, block.predicted);
    }
    const eval::Score score = scorer.score();
    nlohmann::json body = asJson(score, predictions.findings, predictions.blocks.size());
    std::string text = eval::scoreTable(score);
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
