#include "app/commands/engine/describe.h"

namespace mnerva::app {
namespace {

std::vector<const CLI::Option*> shownOptions(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return !option->get_group().empty(); });
}

ValueText valueOf(const CLI::Option& option) {
    if (option.get_items_expected_max() == 0) return {};  // a flag
    ValueText value = valueFromTypeName(option.get_type_name());
    if (value.name.empty()) value.name = "VALUE";
    return value;
}

OptionText optionText(const CLI::Option& option) {
    OptionText text;
    for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
    text.sentence = option.get_description();
    text.value = valueOf(option);
    // CLI11 writes a default as it would parse it: an empty list is no default.
    text.fallback = text.value.takesValue() && option.get_default_str() != "[]" ? option.get_default_str() : "";
    text.required = option.get_required();
    text.repeated = option.get_items_expected_max() > 1;
    return text;
}

ArgumentText argumentText(const CLI::Option& option) {
    return {option.get_name(true, false), option.get_description(), valueOf(option), option.get_required(),
            option.get_items_expected_max() > 1};
}

void addOptions(const CLI::App& app, std::vector<OptionText>& options, std::vector<ArgumentText>& arguments) {
    for (const CLI::Option* option : shownOptions(app)) {
        if (option == app.get_help_ptr() && app.get_parent()) continue;  // told once, for all commands
        if (option->nonpositional())
            options.push_back(optionText(*option));
        else
            arguments.push_back(argumentText(*option));
    }
}

std::vector<SectionText> sections() {
    return {{"EXIT STATUS",
             {{"0", "Done."},
              {"1", "Failed; the reason stands on standard error, with --json also as an object on standard output."},
              {"2", "Wrong usage."},
              {"130", "Cancelled by a signal."}}},
            {"ENVIRONMENT",
             {{"MNERVA_ENCODERS", "Folders that hold encoders, joined by colons; doctor lists what it finds there."},
              {"MNERVA_LOG", "off writes no log, debug writes also what may quote posts."},
              {"OMP_NUM_THREADS", "Threads of the arithmetic; --threads of a command comes first."}}},
            {"FILES",
             {{"PROJECT/project.mnerva", "Posts, entities and their history: one SQLite file."},
              {"PROJECT/runs/RUN/run.json", "What a run was made of and with; its events and weights lie beside it."},
              {"$XDG_STATE_HOME/mnerva/mnerva.log",
               "Starts and failures, without what posts say; by default below ~/.local/state."}}}};
}

}  // namespace

ProgramText describe(const CLI::App& app) {
    ProgramText program;
    program.name = app.get_name();
    program.sentence = app.get_description();
    program.version = MNERVA_VERSION;
    program.date = MNERVA_RELEASE_DATE;
    addOptions(app, program.options, program.arguments);
    for (const CLI::App* sub : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); })) {
        CommandText command{sub->get_name(), sub->get_description(), {}, {}};
        addOptions(*sub, command.options, command.arguments);
        program.commands.push_back(std::move(command));
    }
    program.sections = sections();
    program.seeAlso = {"mnerva"};
    return program;
}

}  // namespace mnerva::app
