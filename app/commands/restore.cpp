#include <memory>

#include "app/commands/command.h"
#include "core/base/error.h"
#include "core/project/backup.h"

namespace mnerva::app {
namespace {

namespace fs = std::filesystem;

struct RestoreCommand {
    std::string project, from;

    int run(const Context& context) const {
        const fs::path database = chosen();
        const fs::path aside =
            project::replaceDatabase(project, database, "mnerva-cli restore", context.progress(), context.stop);
        std::string text = "The project is as it is in " + database.string() + ".\n";
        if (!aside.empty())
            text += "What it was before is kept: " + aside.string() + "\nTo go back: mnerva-cli restore " + project +
                    " " + aside.filename().string() + "\n";
        context.print({{"restored", database.string()}, {"keptAside", aside.string()}}, text);
        return 0;
    }

    /// "newest", the name of a file in the backups, or the path of any project file.
    fs::path chosen() const {
        const std::vector<project::Backup> known = project::backupsOf(project);
        if (from == "newest") {
            if (known.empty())
                throw Error(ErrorCode::FileMissing, {(fs::path(project) / project::kBackupFolder).string()});
            return known.front().file;
        }
        const fs::path inside = fs::path(project) / project::kBackupFolder / from;
        std::error_code failed;
        return fs::path(from).filename() == from && fs::is_regular_file(inside, failed) ? inside : fs::path(from);
    }
};

}  // namespace

void addRestore(CLI::App& app, Context& context) {
    auto command = std::make_shared<RestoreCommand>();
    CLI::App* sub = app.add_subcommand(
        "restore", "Puts a backup, or a repaired file, in the place of a project's; the present one is kept aside");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("from", command->from,
                    "newest, the name of a backup (backup --list), or the path of a project file")
        ->type_name("newest|FILE")
        ->required();
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
