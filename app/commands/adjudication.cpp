#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/split_option.h"
#include "core/eval/report_table.h"
#include "core/workflow/quality/adjudication.h"

namespace mnerva::app {
namespace {

using nlohmann::json;
using workflow::DecisionRow;

struct AdjudicationCommand {
    std::string project, split;
    std::vector<std::string> layers;
    bool onlyGuideline = false, asCsv = false;

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli adjudication", context.stop);
        if (!layers.empty()) return conflicts(*opened, context);
        const std::vector<DecisionRow> decisions = workflow::decisionRows(*opened, onlyGuideline);
        json list = json::array();
        std::vector<std::vector<std::string>> rows{
            {"id", "number", "words", "entities", "cause", "note", "guideline", "text"}};
        for (const DecisionRow& row : decisions) {
            list.push_back({{"id", row.id},
                            {"number", row.post.value},
                            {"first", row.decision.first},
                            {"last", row.decision.last},
                            {"words", row.words},
                            {"entities", entitiesJson(row.entities)},
                            {"cause", row.decision.cause},
                            {"note", row.decision.note},
                            {"guideline", row.decision.isForGuideline},
                            {"text", row.text}});
            rows.push_back({row.id, std::to_string(row.post.value), row.words, workflow::entitiesText(row.entities),
                            row.decision.cause, row.decision.note, row.decision.isForGuideline ? "yes" : "no",
                            row.text});
        }
        const std::string table = asCsv ? eval::toCsv(rows) : tableText(rows);
        context.print({{"decisions", std::move(list)}},
                      asCsv || !decisions.empty() ? table : std::string("nothing was decided\n"));
        return 0;
    }

private:
    static json entitiesJson(const std::vector<Entity>& entities) {
        json list = json::array();
        for (const Entity& entity : entities)
            list.push_back({{"type", entity.type}, {"first", entity.first}, {"last", entity.last}});
        return list;
    }

    /// Where layers differ, decided or not.
    int conflicts(const project::Project& opened, const Context& context) const {
        const workflow::Adjudication found = workflow::adjudicationOf(opened, layers, splitOption(split), context.stop);
        const auto rows = workflow::conflictRows(found);
        json list = json::array();
        for (const workflow::Conflict& conflict : found.conflicts) {
            json said = json::object();
            for (std::size_t i = 0; i < layers.size(); ++i)
                said[layers[i]] = conflict.said[i] ? entitiesJson(*conflict.said[i]) : json();
            json decision;
            if (conflict.decision)
                decision = {{"cause", conflict.decision->cause},
                            {"note", conflict.decision->note},
                            {"guideline", conflict.decision->isForGuideline}};
            list.push_back({{"id", conflict.id},
                            {"number", conflict.post.value},
                            {"first", conflict.first},
                            {"last", conflict.last},
                            {"words", conflict.words},
                            {"said", std::move(said)},
                            {"decided", conflict.decision.has_value()},
                            {"decision", std::move(decision)}});
        }
        context.print({{"layers", layers},
                       {"posts", found.posts},
                       {"unanimous", found.unanimous},
                       {"decided", found.decided()},
                       {"conflicts", std::move(list)}},
                      asCsv ? eval::toCsv(rows)
                            : tableText(rows) +
                                  fmt::format("\n{} posts, {} of them unanimous; {} conflicts, {} decided\n",
                                              found.posts, found.unanimous, found.conflicts.size(), found.decided()));
        return 0;
    }
};

}  // namespace

void addAdjudication(CLI::App& app, Context& context) {
    auto command = std::make_shared<AdjudicationCommand>();
    CLI::App* sub =
        app.add_subcommand("adjudication", "Lists what was decided where annotators differ, or where layers differ");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--layers", command->layers, "The conflicts between these layers, with commas between")
        ->type_name("gold|corrected|RUN")
        ->delimiter(',');
    sub->add_option("--split", command->split, "Only this split; beside --layers")
        ->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_flag("--guideline", command->onlyGuideline, "Only decisions that are to go into the guideline");
    sub->add_flag("--csv", command->asCsv, "The list as CSV");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
