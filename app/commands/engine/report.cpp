#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "app/commands/command.h"
#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/options.h"
#include "core/workflow/exchange/targets.h"
#include "core/workflow/report/run_report.h"

namespace mnerva::app {
namespace {

struct ReportCommand {
    std::string project, run, out;
    bool replace = false;

    int execute(const Context& context) const {
        workflow::requireFreeFiles({out}, replace);
        const auto opened =
            project::Project::open(project, project::OpenMode::ReadOnly, "mnerva-cli report", context.stop);
        workflow::requireFreeTargets(*opened, {out}, true);
        workflow::RunReportOptions options;
        options.program = "mnerva-cli " MNERVA_VERSION;
        options.presetValues = presetValues(existingRunFolder(project, run));
        const std::string page = workflow::runReport(*opened, run, options, context.stop);
        writeFileAtomic(out, page);
        context.print({{"run", run}, {"file", out}, {"bytes", page.size()}},
                      fmt::format("{}: {} bytes, {}\n", run, page.size(), out));
        return 0;
    }

private:
    /// Nothing for a system or preset that this program does not know.
    static nlohmann::json presetValues(const std::filesystem::path& folder) {
        const auto record = protocol::readRunRecord(folder);
        if (!record) return nlohmann::json::object();
        try {
            const models::SystemInfo& system =
                models::variantInfo(models::systemByName(record->system), record->variant);
            return models::resolveOptions(system, record->preset, {});
        } catch (const Error&) {
            return nlohmann::json::object();
        }
    }
};

}  // namespace

void addReport(CLI::App& app, Context& context) {
    auto command = std::make_shared<ReportCommand>();
    CLI::App* sub = app.add_subcommand(
        "report", "Writes all that is known of a run as one HTML page that opens anywhere, without network or scripts");
    sub->add_option("project", command->project, "Folder of the project")->type_name("FOLDER")->required();
    sub->add_option("--run", command->run, "The run")->type_name("RUN")->required();
    sub->add_option("--out", command->out, "The page to write")->type_name("FILE")->required();
    sub->add_flag("--force", command->replace, "Replace a file that is there already");
    sub->callback([command, &context] { context.run = [command, &context] { return command->execute(context); }; });
}

}  // namespace mnerva::app
