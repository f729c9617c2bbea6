#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "core/base/progress.h"

namespace mnerva::app {

/// What every command gets: how to print, how to hear of Ctrl+C.
struct Context {
    bool json = false;         ///< --json: one object on stdout, nothing else there
    std::stop_token stop;      ///< SIGINT and SIGTERM ask for a stop
    std::function<int()> run;  ///< set by the chosen command's callback
    /// How long a command may go on after the first signal before the process is ended (5 s).
    std::function<void(std::chrono::milliseconds)> setPatience;

    /// A progress bar on stderr when it is a terminal, nothing otherwise.
    ProgressSink progress() const;
    /// With --json prints the object, else the text; control characters of either are escaped.
    void print(const nlohmann::json& object, const std::string& text) const;
};

// One file a command: each adds its subcommand, and its callback sets `context.run` to a function that gives the exit
// status (0 done, 1 failed, 2 wrong usage, 130 cancelled).
void addInit(CLI::App& app, Context& context);
void addImport(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addStats(CLI::App& app, Context& context);
void addFind(CLI::App& app, Context& context);
void addCheck(CLI::App& app, Context& context);
void addBackup(CLI::App& app, Context& context);
void addRestore(CLI::App& app, Context& context);
void addRepair(CLI::App& app, Context& context);
void addTrain(CLI::App& app, Context& context);
void addPredict(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);
void addScore(CLI::App& app, Context& context);
void addSample(CLI::App& app, Context& context);
void addSystems(CLI::App& app, Context& context);
void addDoctor(CLI::App& app, Context& context);
void addServe(CLI::App& app, Context& context);
void addDetect(CLI::App& app, Context& context);
void addExplain(CLI::App& app, Context& context);
void addLabelErrors(CLI::App& app, Context& context);
void addAdjudication(CLI::App& app, Context& context);
void addAgreement(CLI::App& app, Context& context);
void addAnnotators(CLI::App& app, Context& context);
void addBulk(CLI::App& app, Context& context);
void addComments(CLI::App& app, Context& context);
void addGazetteer(CLI::App& app, Context& context);
void addCompare(CLI::App& app, Context& context);
void addReport(CLI::App& app, Context& context);
void addCompletion(CLI::App& app, Context& context);

}  // namespace mnerva::app
