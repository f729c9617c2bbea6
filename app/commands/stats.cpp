#include <memory>
#include <set>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/workflow/statistics.h"

namespace mnerva::app {
namespace {

using workflow::SplitStatistics;

nlohmann::json asJson(const SplitStatistics& s) {
    return {{"posts", s.posts},
            {"words", s.words},
            {"maxWords", s.maxWords},
            {"entities", s.entities},
            {"entitiesBeginOnly", s.entitiesBeginOnly},
            {"orphanInside", s.orphanInside},
            {"postsWithoutEntity", s.postsWithoutEntity},
            {"types", s.types},
            {"typesBeginOnly", s.typesBeginOnly},
            {"repeatedImageIds", s.repeatedImageIds},
            {"fingerprint", s.fingerprint}};
}

/// Table 1 of the paper with the other numbers: one column a split.
std::string asText(const std::map<Split, SplitStatistics>& splits) {
    std::vector<std::vector<std::string>> rows{{""}};
    std::set<std::string> types;
    for (const auto& [split, s] : splits) {
        rows.front().emplace_back(splitName(split));
        for (const auto& [type, count] : s.types) types.insert(type);
    }
    const auto addRow = [&](const std::string& name, const auto& value) {
        rows.push_back({name});
        for (const auto& [split, s] : splits) rows.back().push_back(value(s));
    };
    const auto addNumber = [&](const std::string& name, int SplitStatistics::*field) {
        addRow(name, [&](const SplitStatistics& s) { return std::to_string(s.*field); });
    };
    addNumber("posts", &SplitStatistics::posts);
    addNumber("words", &SplitStatistics::words);
    addNumber("longest post", &SplitStatistics::maxWords);
    addNumber("entities", &SplitStatistics::entities);
    for (const std::string& type : types)
        addRow("  " + type,
               [&](const SplitStatistics& s) { return std::to_string(s.types.contains(type) ? s.types.at(type) : 0); });
    addNumber("begun with B or S", &SplitStatistics::entitiesBeginOnly);
    addNumber("begun with I, M or E", &SplitStatistics::orphanInside);
    addNumber("posts without entity", &SplitStatistics::postsWithoutEntity);
    addNumber("repeated image ids", &SplitStatistics::repeatedImageIds);
    constexpr std::size_t kShownDigits = 12;
    addRow("fingerprint", [&](const SplitStatistics& s) { return s.fingerprint.substr(0, kShownDigits); });
    return tableText(rows);
}

struct StatsCommand {
    std::string project, layer = "gold";

    int run(const Context& context) const {
        const auto opened =
            workflow::Project::open(project, workflow::OpenMode::ReadOnly, "mnerva-cli stats", context.stop);
        const auto splits = workflow::statistics(*opened, layer);
        nlohmann::json body = nlohmann::json::object();
        for (const auto& [split, s] : splits) body[std::string(splitName(split))] = asJson(s);
        const LabelSet labels = opened->labels();
        context.print({{"layer", layer},
                       {"labels", labels.types},
                       {"scheme", text::schemeName(labels.scheme)},
                       {"splits", std::move(body)}},
                      splits.empty() ? "The project has no posts yet.\n" : asText(splits));
        return 0;
    }
};

}  // namespace

void addStats(CLI::App& app, Context& context) {
    auto command = std::make_shared<StatsCommand>();
    CLI::App* sub = app.add_subcommand("stats", "Counts posts, words and entities");
    sub->add_option("project", command->project, "Folder of the project")->required();
    sub->add_option("--layer", command->layer, "gold, corrected, or the name of a run")->capture_default_str();
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
