#include <fmt/format.h>

#include <array>
#include <ctime>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/report_json.h"
#include "core/project/backup.h"

namespace mnerva::app {
namespace {

using nlohmann::json;

/// "2026-12-01 14:02:11".
std::string timeText(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    ::localtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts)};
}

struct BackupCommand {
    std::string project;
    bool isListOnly = false;

    int run(const Context& context) const {
        std::optional<project::Backup> made;
        if (!isListOnly) made = project::backUp(project, context.progress(), context.stop);
        json list = json::array();
        std::vector<std::vector<std::string>> rows{{"backup", "made", "MB", "posts", "done", "changes"}};
        for (const project::Backup& backup : project::backupsOf(project)) {
            const auto content = project::contentOf(backup.file, context.stop);
            const std::string name = backup.file.filename().string();
            json row{{"backup", name}, {"made", timeText(backup.madeAt)}, {"bytes", backup.bytes}};
            if (content)
                row.update({{"posts", content->posts}, {"done", content->done}, {"changes", content->changes}});
            list.push_back(std::move(row));
            const auto number = [&](std::int64_t project::BackupContent::*of) {
                return content ? std::to_string((*content).*of) : std::string("unreadable");
            };
            rows.push_back({name, timeText(backup.madeAt),
                            fmt::format("{:.1f}", static_cast<double>(backup.bytes) / 1e6),
                            number(&project::BackupContent::posts), number(&project::BackupContent::done),
                            number(&project::BackupContent::changes)});
        }
        std::string text;
        if (made)
            text = "Made " + made->file.string() + ".\n";
        else if (!isListOnly)
            text = "Nothing has changed since the newest backup.\n";
        text += rows.size() > 1 ? tableText(rows) : "There are no backups.\n";
        context.print({{"made", made ? json(made->file.string()) : json()}, {"backups", list}}, text);
        return 0;
    }
};

}  // namespace

void addBackup(CLI::App& app, Context& context) {
    auto command = std::make_shared<BackupCommand>();
    CLI::App* sub = app.add_subcommand("backup", "Makes a backup of a project now, and lists those there are");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_flag("--list", command->isListOnly, "Only list them");
    sub->callback([command, &context] { context.run = [command, &context] { return command->run(context); }; });
}

}  // namespace mnerva::app
