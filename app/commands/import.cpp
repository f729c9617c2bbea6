#include "core/workflow/import.h"

#include <fmt/format.h>

#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "app/commands/run_support.h"
#include "core/workflow/project.h"

namespace mnerva::app {
namespace {

std::string asText(const workflow::ImportReport& report, bool isDryRun) {
    std::string text = fmt::format("{} {} posts, {} words, {} entities ({}).\n", isDryRun ? "Would import" : "Imported",
                                   report.posts, report.words, report.entities, text::schemeName(report.scheme));
    std::vector<std::vector<std::string>> rows{{"type", "entities"}};
    for (const auto& [type, count] : report.entitiesOfType) rows.push_back({type, std::to_string(count)});
    if (rows.size() > 1) text += tableText(rows);
    return text + findingsText(report.findings);
}

nlohmann::json asJson(const workflow::ImportReport& report, bool isDryRun) {
    return {{"posts", report.posts},
            {"words", report.words},
            {"entities", report.entities},
            {"types", report.entitiesOfType},
            {"newTypes", report.newTypes},
            {"format", report.format},
            {"scheme", text::schemeName(report.scheme)},
            {"missingImages", report.missingImages},
            {"postsWithoutCropList", report.postsWithoutCropList},
            {"dryRun", isDryRun},
            {"findingCounts", findingCountsJson(report.findings)},
            {"findings", findingsJson(report.findings)}};
}

struct ImportCommand {
    std::string project, split;
    workflow::ImportOptions options;

    int run(const Context& context) {
        options.split = splitOption(split);
        const auto mode = options.dryRun ? workflow::OpenMode::ReadOnly : workflow::OpenMode::ReadWrite;
        const auto opened = workflow::Project::open(project, mode, "mnerva-cli import");
        const auto report = workflow::importFiles(opened.get(), options, context.progress(), context.stop);
        context.print(asJson(report, options.dryRun), asText(report, options.dryRun));
        return 0;
    }
};

}  // namespace

void addImport(CLI::App& app, Context& context) {
    auto command = std::make_shared<ImportCommand>();
    workflow::ImportOptions& options = command->options;
    CLI::App* sub = app.add_subcommand("import", "Reads tagged text into a project: all of it, or on failure nothing");
    sub->add_option("project", command->project, "Folder of the project")->required();
    sub->add_option("files", options.files, "Files of tagged text")->required();
    sub->add_option("--format", options.format, "Format of the files")
        ->capture_default_str()
        ->check(CLI::IsMember({"auto", "mner"}));
    sub->add_option("--split", command->split, "Split of the posts; absent: from the file name")
        ->check(CLI::IsMember({"train", "valid", "test"}));
    sub->add_option("--images", options.imageFolder, "Folder of the pictures; absent: looked for beside the file");
    sub->add_option("--crops", options.cropFile, "Dictionary of object crops (.pth or JSON)");
    sub->add_option("--crop-dir", options.cropFolder, "Folder of the crops");
    sub->add_flag("--dry-run", options.dryRun, "Only report");
    sub->add_flag("--again", options.importAgain, "Take files that are in the project already once more");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
