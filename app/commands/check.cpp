#include <algorithm>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::app {
namespace {

struct CheckCommand {
    std::string project;

    int run(const Context& context) const {
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli check", context.stop);
        const Findings findings = workflow::checkProject(*opened, context.progress(), context.stop);
        // A picture folder that is not mounted today is worth a word, but no damage; neither is a network folder.
        const auto isDamage = [](const auto& counted) {
            return counted.first != "image-folder-missing" && counted.first != "network-folder";
        };
        const bool isClean = std::none_of(findings.counts().begin(), findings.counts().end(), isDamage);
        context.print(
            {{"clean", isClean}, {"findingCounts", findingCountsJson(findings)}, {"findings", findingsJson(findings)}},
            (isClean ? "The project is sound.\n" : "The project is damaged.\n") + findingsText(findings));
        return isClean ? 0 : 1;
    }
};

}  // namespace

void addCheck(CLI::App& app, Context& context) {
    auto command = std::make_shared<CheckCommand>();
    CLI::App* sub = app.add_subcommand("check", "Checks that a project is sound: its file, entities and journal");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
