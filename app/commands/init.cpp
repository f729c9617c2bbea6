#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/base/error.h"
#include "core/project/project.h"

namespace mnerva::app {
namespace {

struct InitCommand {
    std::string project, scheme;
    std::vector<std::string> labels;

    int run(const Context& context) const {
        project::NewProject options;
        options.labels.types = labels;
        if (const auto wanted = schemeOption(scheme)) {
            options.labels.scheme = *wanted;
            options.schemeGiven = true;
        }
        const auto made = project::Project::create(project, options, "mnerva-cli init");
        const LabelSet set = made->labels();
        const std::string schemeText = options.schemeGiven ? std::string(text::schemeName(set.scheme)) : "";
        std::string text = "Made the project " + made->folder().string() + ".\n";
        if (set.types.empty()) text += "Its labels will be learned from the first import.\n";
        context.print({{"project", made->folder().string()}, {"labels", set.types}, {"scheme", schemeText}}, text);
        return 0;
    }
};

}  // namespace

void addInit(CLI::App& app, Context& context) {
    auto command = std::make_shared<InitCommand>();
    CLI::App* sub = app.add_subcommand("init", "Makes an empty project");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--labels", command->labels, "Entity types in the order of their digits; absent: learned")
        ->delimiter(',');
    sub->add_option("--scheme", command->scheme, "How tags are written; absent: learned")
        ->check(CLI::IsMember({"bio", "bmes", "bioes", "iob1"}));
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
