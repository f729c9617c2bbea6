#include "core/workflow/bulk/bulk.h"
#include "core/domain/confidence.h"

#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/project/project.h"

namespace mnerva::app {
namespace {

using nlohmann::json;
using workflow::BulkStep;

/// "*" is any label.
std::string labelOption(const std::string& label) {
    return label == "*" ? std::string() : label == "OTHER" ? "MISC" : label;
}

struct BulkCommand {
    std::string project, query, relabel, clear, report;
    std::vector<std::string> statuses;
    BulkStep step;
    bool dryRun = false;

    int run(const Context& context) {
        readStep();
        const auto mode = dryRun ? project::OpenMode::ReadOnly : project::OpenMode::ReadWrite;
        const auto opened = project::Project::open(project, mode, "mnerva-cli bulk", context.stop);
        const workflow::BulkPlan plan = workflow::planBulk(*opened, query, step, context.progress(), context.stop);
        // The report is on the disk before anything is changed: a change that nobody could list would be a surprise.
        if (!report.empty()) workflow::saveManyReport(report, plan.many);
        if (!dryRun) opened->apply(plan.many.change, context.progress(), context.stop);
        context.print(asJson(plan), asText(plan));
        return 0;
    }

private:
    void readStep() {
        const bool relabels = !relabel.empty(), clears = !clear.empty(), accepts = !step.run.empty(),
                   sets = !statuses.empty();
        if (relabels + clears + accepts + sets != 1)
            throw Error(ErrorCode::OptionInvalid,
                        {"bulk", "none or several steps", "just one of --relabel, --clear, --accept and --status"});
        if (relabels) {
            const auto equals = relabel.find('=');
            if (equals == std::string::npos || equals == 0 || equals + 1 == relabel.size())
                throw Error(ErrorCode::OptionInvalid, {"--relabel", relabel, "FROM=TO, as in PER=ORG or *=MISC"});
            step.kind = BulkStep::Kind::Relabel;
            step.from = labelOption(relabel.substr(0, equals));
            step.to = labelOption(relabel.substr(equals + 1));
        } else if (clears) {
            step.kind = BulkStep::Kind::Clear;
            step.from = labelOption(clear);
        } else if (accepts) {
            step.kind = BulkStep::Kind::Accept;
        } else {
            step.kind = BulkStep::Kind::SetStatus;
            for (const std::string& status : statuses) takeStatus(status);
        }
    }
    void takeStatus(const std::string& status) {
        if (status == "flagged" || status == "unflagged")
            step.flagged = status == "flagged";
        else if (status == "done" || status == "open" || status == "skipped")
            step.stage = stageOf(statusFromName(status).value_or(PostStatus::Open));
        else
            step.review = reviewFromName(status == "unreviewed" ? "none" : status);
    }
    json asJson(const workflow::BulkPlan& plan) const {
        json examples = json::array();
        for (const workflow::BulkExample& one : plan.examples)
            examples.push_back({{"post", one.post.value},
                                {"id", one.externalId},
                                {"before", one.before},
                                {"words", one.words},
                                {"after", one.after},
                                {"from", one.from},
                                {"to", one.to},
                                {"confidence", one.confidence ? json(*one.confidence) : json()}});
        json posts = json::array();
        for (const PostChange& part : plan.many.change.posts) posts.push_back(part.post.value);
        return {{"looked", plan.looked},
                {"posts", posts},
                {"added", plan.many.added},
                {"removed", plan.many.removed},
                {"relabelled", plan.many.relabelled},
                {"statuses", plan.many.statuses},
                {"leftAlone", plan.many.leftAlone},
                {"unknownLabels", plan.unknownLabels},
                {"examples", std::move(examples)},
                {"written", !dryRun}};
    }
    std::string asText(const workflow::BulkPlan& plan) const {
        std::string text;
        for (const workflow::BulkExample& one : plan.examples) {
            std::string label = one.from.empty() || one.to.empty() ? one.from + one.to : one.from + " > " + one.to;
            if (one.confidence) label += " " + confidenceDigits(*one.confidence);
            text += fmt::format("{}\t{}\t{} [{}] {}\n", one.externalId, label, one.before, one.words, one.after);
        }
        const workflow::ManyChange& many = plan.many;
        text += fmt::format("{} {} of {} posts: {} entities added, {} removed, {} relabelled, {} statuses set.\n",
                            dryRun ? "Would change" : "Changed", many.posts(), plan.looked, many.added, many.removed,
                            many.relabelled, many.statuses);
        if (many.leftAlone > 0) text += fmt::format("{} left alone: another entity is in the way.\n", many.leftAlone);
        if (plan.unknownLabels > 0)
            text += fmt::format("{} left alone: their label is none of this project.\n", plan.unknownLabels);
        if (!report.empty()) text += fmt::format("The posts are listed in {}.\n", report);
        return text;
    }
};

}  // namespace

void addBulk(CLI::App& app, Context& context) {
    auto command = std::make_shared<BulkCommand>();
    CLI::App* sub = app.add_subcommand(
        "bulk",
        "Changes all posts of a query in one step, which undo takes back at once: labels, entities, suggestions of "
        "a run, status. --dry-run shows what would be changed, with twenty examples drawn at random");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("query", command->query, "Which posts, as `find` takes it; empty: all")
        ->type_name("QUERY")
        ->required();
    sub->add_option("--relabel", command->relabel, "Entities of one label get another one: PER=ORG; *=ORG: of any")
        ->type_name("FROM=TO");
    sub->add_option("--clear", command->clear, "Entities of this label are deleted; *: of any")->type_name("LABEL");
    sub->add_option("--text", command->step.text,
                    "With --relabel and --clear: only entities that equal this text, whatever their case, width, "
                    "spaces, hashtag and Chinese script")
        ->type_name("TEXT");
    sub->add_option("--accept", command->step.run, "Suggestions of this run become entities, where none is in the way")
        ->type_name("RUN");
    sub->add_option("--above", command->step.atLeast, "With --accept: only suggestions at least so sure, 0 to 1")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    sub->add_option("--status", command->statuses, "Marks the posts; may be given several times")
        ->type_name("done|open|skipped|flagged|unflagged|to-review|accepted|returned|unreviewed")
        ->check(CLI::IsMember(
            {"done", "open", "skipped", "flagged", "unflagged", "to-review", "accepted", "returned", "unreviewed"}));
    sub->add_option("--layer", command->step.layer, "Layer of an annotator to change in place of the corrected one")
        ->type_name("TEXT");
    sub->add_option("--report", command->report, "File for a list of the posts and what was changed in each")
        ->type_name("FILE");
    sub->add_flag("--dry-run", command->dryRun, "Only say what would be changed");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
