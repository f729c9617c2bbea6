#include "app/command_line.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>
#include <string_view>

#include "app/commands/terminal.h"
#include "app/stop_on_signal.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva::app {
namespace {

int reportFailure(const Context& context, const Error& error) {
    log::error(error, "command");
    if (context.json) {
        const nlohmann::json body{
            {"error", {{"code", errorName(error.code())}, {"args", error.args()}, {"text", error.what()}}}};
        std::cout << terminalJson(body, 2) << "\n";
    }
    std::cerr << "mnerva-cli: " << printable(error.what()) << "\n";
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

/// Where the first word stands that is no option; argc where there is none.
int firstWord(int argc, char** argv) {
    int i = 1;
    while (i < argc && argv[i][0] == '-') ++i;
    return i;
}

/// The sentence about a first word that names no command (CLI11 would only say that one is required); empty if it does.
std::string unknownCommand(const CLI::App& app, int argc, char** argv) {
    const int i = firstWord(argc, argv);
    if (i == argc) return {};
    std::string names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (command->check_name(argv[i])) return {};
        if (!command->get_group().empty()) names += (names.empty() ? "" : ", ") + command->get_name();
    }
    return "there is no command \"" + printable(argv[i]) + "\"; there are " + names;
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
        std::cout << terminalJson(object, 2) << "\n";
    else  // ids, words, paths and labels in it come from files
        std::cout << printable(text, true) << (text.empty() || text.back() == '\n' ? "" : "\n");
    std::cout.flush();
}

namespace {

void fill(CLI::App& app, Context& context, std::span<const AddCommand> commands) {
    app.require_subcommand(1);
    app.fallthrough();
    app.set_version_flag("--version", "mnerva-cli " MNERVA_VERSION, "Print the version and exit");
    app.add_flag("--json", context.json, "One machine-readable object on stdout");
    for (const AddCommand add : commands) add(app, context);
}

const std::string kSentence = "Mnerva: multimodal named entity recognition from data set to corrected export";

}  // namespace

bool isAnswered(int argc, char** argv, std::span<const AddCommand> commands) {
    const int word = firstWord(argc, argv);
    if (word == argc)
        return std::any_of(argv + 1, argv + argc, [](const char* one) { return std::string_view(one) == "--version"; });
    CLI::App app(kSentence, "mnerva-cli");
    Context context;
    fill(app, context, commands);
    const auto known = app.get_subcommands([](const CLI::App*) { return true; });
    return std::any_of(known.begin(), known.end(), [&](const CLI::App* one) { return one->check_name(argv[word]); });
}

int runCommandLine(int argc, char** argv, std::span<const AddCommand> commands) {
    std::signal(SIGPIPE, SIG_IGN);
    std::stop_source stop;
    StopOnSignal stopOnSignal(stop);

    CLI::App app(kSentence, "mnerva-cli");
    Context context;
    context.stop = stop.get_token();
    context.setPatience = [&stopOnSignal](std::chrono::milliseconds patience) { stopOnSignal.setPatience(patience); };
    fill(app, context, commands);
    // Before anything is parsed: such a name could be neither stored nor written as JSON.
    for (int i = 1; i < argc; ++i) context.json = context.json || std::string_view(argv[i]) == "--json";
    for (int i = 1; i < argc; ++i)
        if (!text::isValidUtf8(argv[i]))
            return reportFailure(context, Error(ErrorCode::PathEncoding, {printable(argv[i])}));
    context.json = false;
    if (const std::string sentence = unknownCommand(app, argc, argv); !sentence.empty()) {
        std::cerr << "mnerva-cli: " << sentence << "\n";
        return 2;
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    log::begin("mnerva-cli", MNERVA_VERSION, app.get_subcommands().front()->get_name());
    return runChosen(context);
}

}  // namespace mnerva::app
