#include <memory>

#include "app/commands/command.h"
#include "core/project/backup.h"
#include "core/project/repair.h"

namespace mnerva::app {
namespace {

using nlohmann::json;

json tablesJson(const project::RepairReport& report) {
    json tables = json::object();
    for (const auto& [name, table] : report.tables)
        tables[name] = {{"kept", table.kept},
                        {"refused", table.refused},
                        {"fromBackup", table.fromBackup},
                        {"damaged", table.isDamaged}};
    return tables;
}

std::string lineOf(const char* what, std::int64_t kept, std::int64_t lost) {
    return std::string(what) + ": " + std::to_string(kept) + " kept" +
           (lost > 0 ? ", at least " + std::to_string(lost) + " lost" : "") + "\n";
}

std::string textOf(const project::RepairReport& report) {
    std::string text = "Made " + report.file.string() + "; the damaged file is as it was.\n";
    text += lineOf("Posts", report.posts, report.lostPosts) +
            lineOf("Steps of the history", report.steps, report.lostSteps);
    std::int64_t fromBackup = 0;
    for (const auto& [name, table] : report.tables) {
        fromBackup += table.fromBackup;
        if (table.isDamaged)
            text += "Damaged: " + name + " (" + std::to_string(table.kept) + " rows kept, " +
                    std::to_string(table.fromBackup) + " from the backup)\n";
    }
    if (report.isFirstPageMended) text += "The first page of the file was made anew.\n";
    if (!report.backup.empty())
        text +=
            "What was missing came from " + report.backup.string() + " (" + std::to_string(fromBackup) + " rows).\n";
    if (report.replayedPosts > 0)
        text += "The labels of " + std::to_string(report.replayedPosts) + " posts were made again from the history.\n";
    if (report.lostRows > 0) text += std::to_string(report.lostRows) + " rows that cannot be right were left out.\n";
    if (!report.isHistoryWhole) text += "Steps of the history are missing: undo begins anew.\n";
    if (report.isWhole()) text += "Nothing was lost.\n";
    return text;
}

struct RepairCommand {
    std::string project, output;
    bool isReplacing = false;

    int run(const Context& context) const {
        constexpr const char* kProgram = "mnerva-cli repair";
        const project::RepairReport report =
            project::repair(project, output, kProgram, context.progress(), context.stop);
        std::string text = textOf(report), aside;
        if (isReplacing) {
            aside = project::replaceDatabase(project, report.file, kProgram, context.progress(), context.stop).string();
            text += "It is the project's file now. The damaged one is kept: " + aside + "\n";
        } else {
            text += "To use it: mnerva-cli restore " + project + " " + report.file.string() + "\n";
        }
        context.print({{"file", report.file.string()},
                       {"keptAside", aside},
                       {"backup", report.backup.string()},
                       {"whole", report.isWhole()},
                       {"posts", report.posts},
                       {"lostPosts", report.lostPosts},
                       {"steps", report.steps},
                       {"lostSteps", report.lostSteps},
                       {"replayedPosts", report.replayedPosts},
                       {"leftOutRows", report.lostRows},
                       {"historyWhole", report.isHistoryWhole},
                       {"firstPageMended", report.isFirstPageMended},
                       {"tables", tablesJson(report)}},
                      text);
        return 0;
    }
};

}  // namespace

void addRepair(CLI::App& app, Context& context) {
    auto command = std::make_shared<RepairCommand>();
    CLI::App* sub = app.add_subcommand(
        "repair", "Saves what can be read of a damaged project into a new file; the damaged one is not changed");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("-o,--output", command->output,
                    "The new file; absent: one in the project, with the time in its name")
        ->type_name("FILE");
    sub->add_flag("--replace", command->isReplacing,
                  "Put it in the place of the damaged one, which is kept in the folder backups");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
