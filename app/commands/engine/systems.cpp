#include <fmt/format.h>

#include "app/commands/command.h"
#include "core/models/system.h"

namespace mnerva::app {
namespace {

std::string presetsAndOptions(const models::SystemInfo& system) {
    std::string out = "  presets: ";
    for (const models::Preset& preset : system.presets) out += " " + preset.name;
    out += "\n";
    for (const models::OptionSpec& option : system.options)
        if (option.isOffered)
            out += fmt::format("  {:<17} {:<10} {}\n", option.name, option.fallback.dump(), option.sentence);
    return out;
}

std::string asText() {
    std::string out;
    for (const models::SystemInfo& system : models::systems()) {
        out += system.name + "  " + system.title + "\n  variants:";
        for (const std::string& variant : system.variants) out += " " + variant;
        out += "\n" + presetsAndOptions(system);
        for (const models::SystemInfo& other : system.others)
            out += system.name + " --variant " + other.variants.front() + "  " + other.title + "\n" +
                   presetsAndOptions(other);
    }
    return out;
}

}  // namespace

void addSystems(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("systems", "List the systems that can be trained, with their options");
    command->callback([&context] {
        context.run = [&context] {
            context.print(models::systemsJson(), asText());
            return 0;
        };
    });
}

}  // namespace mnerva::app
