#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::app {
namespace {

using workflow::SplitStatistics;

constexpr std::array kReviews{Review::ToReview, Review::Accepted, Review::Returned};

template <class Key>
int countIn(const std::map<Key, int>& counts, Key key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

nlohmann::json asJson(const SplitStatistics& s) {
    return {{"posts", s.posts},
            {"words", s.words},
            {"maxWords", s.maxWords},
            {"entities", s.entities},
            {"entitiesBeginOnly", s.entitiesBeginOnly},
            {"orphanInside", s.orphanInside},
            {"postsWithoutEntity", s.postsWithoutEntity},
            {"correctedPosts", s.correctedPosts},
            {"types", s.types},
            {"typesBeginOnly", s.typesBeginOnly},
            {"repeatedImageIds", s.repeatedImageIds},
            {"fingerprint", s.fingerprint}};
}

/// Table 1 of the paper with the other numbers: one column a split; the layer that is counted stands above the names.
std::string asText(const std::map<Split, SplitStatistics>& splits, const std::string& layer) {
    std::vector<std::vector<std::string>> rows{{layer}};
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
    addNumber("corrected posts", &SplitStatistics::correctedPosts);
    addNumber("repeated image ids", &SplitStatistics::repeatedImageIds);
    constexpr std::size_t kShownDigits = 12;
    addRow("fingerprint", [&](const SplitStatistics& s) { return s.fingerprint.substr(0, kShownDigits); });
    return tableText(rows);
}

nlohmann::json asJson(const std::map<Split, SplitStatistics>& splits) {
    nlohmann::json body = nlohmann::json::object();
    for (const auto& [split, s] : splits) body[std::string(splitName(split))] = asJson(s);
    return body;
}

/// How far people are with the posts of each split.
nlohmann::json workAsJson(const project::ProjectInfo& info) {
    nlohmann::json body = nlohmann::json::object();
    for (const auto& [split, posts] : info.postsOfSplit) {
        nlohmann::json& one = body[std::string(splitName(split))];
        one = {{"posts", posts},
               {"done", countIn(info.doneOfSplit, split)},
               {"skipped", countIn(info.skippedOfSplit, split)}};
        const auto reviews = info.reviewOfSplit.find(split);
        for (const Review review : kReviews)
            one["review"][std::string(reviewName(review))] =
                reviews == info.reviewOfSplit.end() ? 0 : countIn(reviews->second, review);
    }
    return body;
}

std::string workAsText(const project::ProjectInfo& info) {
    std::vector<std::vector<std::string>> rows{{"work"}};
    const auto add = [&](const std::string& name, const auto& value) {
        rows.push_back({name});
        for (const auto& [split, posts] : info.postsOfSplit) rows.back().push_back(std::to_string(value(split)));
    };
    for (const auto& [split, posts] : info.postsOfSplit) rows.front().emplace_back(splitName(split));
    add("done", [&](Split split) { return countIn(info.doneOfSplit, split); });
    add("skipped", [&](Split split) { return countIn(info.skippedOfSplit, split); });
    for (const Review review : kReviews)
        add("review: " + std::string(reviewName(review)), [&](Split split) {
            const auto reviews = info.reviewOfSplit.find(split);
            return reviews == info.reviewOfSplit.end() ? 0 : countIn(reviews->second, review);
        });
    return tableText(rows);
}

bool isWorkedOn(const project::ProjectInfo& info) {
    const auto isAny = [](const std::map<Split, int>& counts) {
        return std::any_of(counts.begin(), counts.end(), [](const auto& one) { return one.second > 0; });
    };
    return isAny(info.doneOfSplit) || isAny(info.skippedOfSplit) || !info.reviewOfSplit.empty();
}

struct StatsCommand {
    std::string project, layer;  ///< no layer: gold, and corrected beside it where somebody corrected

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli stats", context.stop);
        const std::string first = layer.empty() ? "gold" : layer;
        const auto splits = workflow::statistics(*opened, first, context.stop);
        const LabelSet labels = opened->labels();
        nlohmann::json body{{"layer", first},
                            {"labels", labels.types},
                            {"scheme", text::schemeName(labels.scheme)},
                            {"splits", asJson(splits)}};
        std::string shown = splits.empty() ? "The project has no posts yet.\n" : asText(splits, first);
        int corrected = 0;
        for (const auto& [split, s] : splits) corrected += s.correctedPosts;
        if (layer.empty() && corrected > 0) {
            const auto human = workflow::statistics(*opened, "corrected", context.stop);
            body["corrected"] = asJson(human);
            shown += "\n" + asText(human, "corrected");
        }
        const project::ProjectInfo info = opened->info();
        body["work"] = workAsJson(info);
        if (layer.empty() && isWorkedOn(info)) shown += "\n" + workAsText(info);
        context.print(body, shown);
        return 0;
    }
};

}  // namespace

void addStats(CLI::App& app, Context& context) {
    auto command = std::make_shared<StatsCommand>();
    CLI::App* sub = app.add_subcommand("stats", "Counts posts, words and entities, and how far people are with them");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layer", command->layer,
                    "gold, corrected, or the name of a run; without it gold, and corrected beside it")
        ->type_name("gold|corrected|RUN");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
