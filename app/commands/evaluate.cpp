#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/score_answer.h"
#include "app/commands/split_option.h"
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

/// "A,B" as layers of the project; the name of a run may hold a comma itself, so the longest one that is known counts.
std::vector<std::string> layersNamed(const std::string& text, const std::vector<project::LayerInfo>& known) {
    const auto isKnown = [&](const std::string& name) {
        return std::any_of(known.begin(), known.end(), [&](const auto& layer) { return layer.name == name; });
    };
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t end = text.size();
        while (end > at && !isKnown(text.substr(at, end - at))) {
            const std::size_t comma = end == 0 ? std::string::npos : text.rfind(',', end - 1);
            if (comma == std::string::npos || comma < at) break;
            end = comma;
        }
        if (!isKnown(text.substr(at, end - at))) end = std::min(text.find(',', at), text.size());
        names.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return names;
}

struct EvaluateCommand {
    std::string project, gold = "gold", split, against, significance;
    std::vector<std::string> asked, layers;
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
        const std::vector<project::LayerInfo> known = opened->layers();
        for (const std::string& one : asked)
            for (std::string& name : layersNamed(one, known)) layers.push_back(std::move(name));
        workflow::ScoreQuestion question;
        question.layers = systems();
        question.reference = gold;
        question.split = splitOption(split);
        for (const std::string& layer : layers)
            if (!against.empty() && layer != against) options.significance.emplace_back(layer, against);
        std::vector<std::string> pair;
        if (!significance.empty()) pair = layersNamed(significance, known);
        if (!significance.empty() && pair.size() != 2)
            throw Error(ErrorCode::OptionInvalid, {"--significance", significance, "two layers with a comma between"});
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
    sub->add_option("--layer", command->asked, "The layers to score: corrected, or names of runs, with commas")
        ->type_name("corrected|RUN")
        ->allow_extra_args(false)
        ->required();
    sub->add_option("--against", command->against, "Another layer: the difference of each to it, with its significance")
        ->type_name("corrected|RUN");
    sub->add_option("--significance", command->significance, "Two layers, A,B: the same of any two")
        ->type_name("corrected|RUN");
    sub->add_option("--gold", command->gold, "The layer that counts as true")
        ->type_name("gold|corrected|RUN")
        ->capture_default_str();
    sub->add_option("--split", command->split, "Only this split")->check(CLI::IsMember({"train", "valid", "test"}));
    command->options.addTo(*sub);
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
