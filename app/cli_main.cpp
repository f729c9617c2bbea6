#include <unistd.h>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>

#include "app/commands/command.h"
#include "app/stop_on_signal.h"
#include "core/base/error.h"

namespace mnerva::app {
namespace {

int reportFailure(const Context& context, const Error& error) {
    if (context.json) {
        const nlohmann::json body{
            {"error", {{"code", errorName(error.code())}, {"args", error.args()}, {"text", error.what()}}}};
        std::cout << body.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    }
    std::cerr << "mnerva-cli: " << error.what() << "\n";
    return 1;
}

int runChosen(Context& context) {
    try {
        return context.run ? context.run() : 2;
    } catch (const Cancelled&) {
        std::cerr << "mnerva-cli: cancelled\n";
        return 130;
    } catch (const Error& error) {
        return reportFailure(context, error);
    } catch (const std::bad_alloc&) {
        return reportFailure(context, Error(ErrorCode::MemoryExhausted, {"running the command"}));
    } catch (const std::exception& error) {
        return reportFailure(context, Error(ErrorCode::Internal, {error.what()}));
    }
}

}  // namespace

ProgressSink Context::progress() const {
    if (json || !::isatty(STDERR_FILENO)) return {};
    return [](const Progress& p) {
        if (p.total > 0)
            std::fprintf(stderr, "\r%-12s %3d %%  %lld of %lld ", p.stage.c_str(),
                         static_cast<int>(100 * p.done / p.total), static_cast<long long>(p.done),
                         static_cast<long long>(p.total));
        else
            std::fprintf(stderr, "\r%-12s %lld ", p.stage.c_str(), static_cast<long long>(p.done));
        if (p.total > 0 && p.done >= p.total) std::fputc('\n', stderr);
    };
}

void Context::print(const nlohmann::json& object, const std::string& text) const {
    if (json)
        std::cout << object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
    else
        std::cout << text << (text.empty() || text.back() == '\n' ? "" : "\n");
    std::cout.flush();
}

}  // namespace mnerva::app

int main(int argc, char** argv) {
    using namespace mnerva::app;
    std::signal(SIGPIPE, SIG_IGN);
    std::stop_source stop;
    StopOnSignal stopOnSignal(stop);

    CLI::App app("Mnerva: multimodal named entity recognition from data set to corrected export", "mnerva-cli");
    app.require_subcommand(1);
    app.fallthrough();
    Context context;
    context.stop = stop.get_token();
    app.add_flag("--json", context.json, "One machine-readable object on stdout");
    for (auto add : {addInit, addImport, addExport, addStats, addCheck, addTrain, addPredict, addEvaluate, addScore,
                     addSample, addSystems, addDoctor, addServe, addExplain, addDetect})
        add(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    if (app.got_subcommand("train")) stopOnSignal.waitForTheCommand();  // it keeps its checkpoint
    return runChosen(context);
}
