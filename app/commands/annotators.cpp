#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/project/project.h"

namespace mnerva::app {
namespace {

using nlohmann::json;

struct AnnotatorsCommand {
    std::string project, added;
    bool isBlind = false;

    int run(const Context& context) const {
        if (!added.empty())
            project::Project::open(project, project::OpenMode::ReadWrite, "mnerva-cli annotators", context.stop)
                ->addAnnotator(added, isBlind);
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli annotators", context.stop);
        json list = json::array();
        std::vector<std::vector<std::string>> rows{{"layer", "blind", "posts", "done", "skipped", "entities"}};
        for (const project::LayerInfo& layer : opened->layers()) {
            if (layer.kind != project::LayerKind::Annotator) continue;
            const project::ProjectInfo info = opened->info(layer.name);
            int done = 0, skipped = 0;
            for (const auto& [split, count] : info.doneOfSplit) done += count;
            for (const auto& [split, count] : info.skippedOfSplit) skipped += count;
            list.push_back({{"layer", layer.name},
                            {"blind", layer.isBlind},
                            {"posts", layer.posts},
                            {"done", done},
                            {"skipped", skipped},
                            {"entities", layer.entities}});
            rows.push_back({layer.name, layer.isBlind ? "yes" : "no", std::to_string(layer.posts), std::to_string(done),
                            std::to_string(skipped), std::to_string(layer.entities)});
        }
        context.print({{"annotators", list}}, rows.size() > 1 ? tableText(rows) : "no layers of annotators\n");
        return 0;
    }
};

}  // namespace

void addAnnotators(CLI::App& app, Context& context) {
    auto command = std::make_shared<AnnotatorsCommand>();
    CLI::App* sub = app.add_subcommand("annotators", "Lists the layers of annotators, or makes one");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    CLI::Option* added =
        sub->add_option("--add", command->added, "Name of a layer to make; a person fills it in the window");
    sub->add_flag("--blind", command->isBlind,
                  "It is made without a sight of gold, suggestions and other layers, and remembers that")
        ->needs(added);
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
