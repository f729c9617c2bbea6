#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "app/commands/command.h"
#include "core/base/log.h"
#include "core/nn/blocks/threads.h"
#include "core/text/encoder_files.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// Where encoders usually lie: MNERVA_ENCODERS (folders joined by ':'), our own data folder, the hub's cache.
std::vector<fs::path> encoderPlaces() {
    std::vector<fs::path> places;
    const std::string given = environment("MNERVA_ENCODERS");
    for (std::size_t from = 0; from < given.size();) {
        const std::size_t end = std::min(given.find(':', from), given.size());
        if (end > from) places.emplace_back(given.substr(from, end - from));
        from = end + 1;
    }
    const fs::path home = environment("HOME");
    const std::string data = environment("XDG_DATA_HOME"), hub = environment("HF_HOME");
    places.push_back((data.empty() ? home / ".local" / "share" : fs::path(data)) / "mnerva" / "encoders");
    places.push_back((hub.empty() ? home / ".cache" / "huggingface" : fs::path(hub)) / "hub");
    return places;
}

std::vector<std::string> findEncoders() {
    constexpr int kDeepest = 4;  // hub/models--x/snapshots/<commit>
    std::vector<std::string> found;
    for (const fs::path& place : encoderPlaces()) {
        if (text::EncoderFiles(place).isWhole()) found.push_back(place.string());
        std::error_code failed;
        fs::recursive_directory_iterator entry(place, fs::directory_options::skip_permission_denied, failed), end;
        for (; !failed && entry != end; entry.increment(failed)) {
            if (entry.depth() >= kDeepest) entry.disable_recursion_pending();
            std::error_code odd;
            if (!entry->is_directory(odd) || !text::EncoderFiles(entry->path()).isWhole()) continue;
            found.push_back(entry->path().string());
            entry.disable_recursion_pending();
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

int examine(const Context& context, int threads) {
    nn::ThreadOptions options;
    options.threads = threads;
    const nn::SpeedReport speed = nn::measureSpeed(options);
    nlohmann::json result = nn::toJson(speed);
    const std::vector<std::string> encoders = findEncoders();
    result["encoders"] = encoders;
    const std::string logFile = log::file().string();
    result["log"] = logFile;

    const auto listed = [](const std::vector<std::string>& lines, const std::string& none) {
        std::string out;
        for (const std::string& line : lines) out += "\n  " + line;
        return lines.empty() ? none : out;
    };
    const std::string text =
        "threads      " + std::to_string(speed.threads) + "\nBLAS         " + speed.blas + "\nmatrix       " +
        std::to_string(std::lround(speed.gemmGflops)) + " GFLOP/s\nlinear path  " + speed.linearPath +
        "\nbf16         " +
        (speed.bfloat16 ? "yes: --precision bf16 is about twice as fast" : "no, not this processor") +
        "\ndevices     " + listed(speed.devices, " none") + "\nencoders    " +
        listed(encoders, " none found; packaging/get-encoder.sh fetches one") + "\nlog          " +
        (logFile.empty() ? "none" : logFile) + "\nwarnings    " + listed(speed.warnings, " none");
    context.print(result, text);
    return 0;
}

}  // namespace

void addDoctor(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("doctor", "Measure what speed depends on and say how to mend it");
    auto threads = std::make_shared<int>(0);
    command->add_option("--threads", *threads, "Processor threads (0: all this process may use)")
        ->check(CLI::Range(0, 1024));
    command->callback(
        [&context, threads] { context.run = [&context, threads] { return examine(context, *threads); }; });
}

}  // namespace mnerva::app
