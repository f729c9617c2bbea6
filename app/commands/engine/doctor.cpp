#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "app/commands/command.h"
#include "core/base/log.h"
#include "core/nn/blocks/threads.h"
#include "core/workflow/library/encoder_places.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;

std::vector<std::string> findEncoders() {
    std::vector<std::string> found;
    for (const fs::path& place : workflow::encoderPlaces())
        for (const fs::path& folder : workflow::encodersIn(place, {})) found.push_back(folder.string());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

/// Number formats that a run on each device would compute in; of the others it would say so and compute in fp32.
nlohmann::json precisionsOf(const nn::SpeedReport& speed) {
    nlohmann::json out = nlohmann::json::object();
    for (const std::string& device : speed.devices) {
        out[device] = {"fp32"};
        if (device != "cpu" || speed.bfloat16) out[device].push_back("bf16");
        if (device != "cpu") out[device].push_back("fp16");
    }
    return out;
}

std::string memoryText(const MachineLimits& limits) {
    const auto gibi = [](std::uint64_t bytes) {
        return fmt::format("{:.1f} GiB", static_cast<double>(bytes) / (1 << 30));
    };
    std::string out = gibi(limits.availableMemory) + " available of " + gibi(limits.machineMemory);
    if (limits.memoryLimit) out += ", " + gibi(*limits.memoryLimit) + " allowed by the control group";
    return out;
}

int examine(const Context& context, int threads) {
    nn::ThreadOptions options;
    options.threads = threads;
    const nn::SpeedReport speed = nn::measureSpeed(options);
    nlohmann::json result = nn::toJson(speed);
    const std::vector<std::string> encoders = findEncoders();
    result["encoders"] = encoders;
    result["precisions"] = precisionsOf(speed);
    const std::string logFile = log::file().string();
    result["log"] = logFile;

    const auto listed = [](const std::vector<std::string>& lines, const std::string& none) {
        std::string out;
        for (const std::string& line : lines) out += "\n  " + line;
        return lines.empty() ? none : out;
    };
    const std::string text =
        "threads      " + std::to_string(speed.threads) + " of " + std::to_string(speed.limits.machineCores) +
        " cores; the BLAS's own pool: " + std::to_string(speed.blasThreads) + "\nmemory       " +
        memoryText(speed.limits) + "\nprocessor    " + speed.instructions + "\nlibtorch     " + speed.torch +
        "\nBLAS         " + speed.blas + "\nmatrix       " + std::to_string(std::lround(speed.gemmGflops)) +
        " GFLOP/s\nlinear path  " + speed.linearPath + "\nbf16         " +
        (speed.bfloat16 ? "yes: --precision bf16 is about twice as fast"
                        : "no, not this processor: bf16 falls back to fp32") +
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
