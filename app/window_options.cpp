#include "app/window_options.h"

namespace mnerva::app {

const std::vector<WindowOption>& windowOptions() {
    static const std::vector<WindowOption> all{
        {"project", "FOLDER", "Open this project folder."},
        {"language", "en|zh_CN", "Language of the window: en or zh_CN."},
        {"theme", "light|dark|system", "light, dark or system."},
        {"capture", "FOLDER", "Write a PNG of every page and dialog into a folder, then exit."},
        {"capture-size", "WxH", "Size of the window that is captured, 1440x900 unless given."},
        {"startup-time", "", "Print the milliseconds to the first paint and to the first post, then exit."}};
    return all;
}

ProgramText describeWindow() {
    ProgramText program;
    program.name = "mnerva";
    program.sentence = "Multimodal named entity recognition: tag, train, look";
    program.version = MNERVA_VERSION;
    program.date = MNERVA_RELEASE_DATE;
    program.options = {{{"-h", "--help"}, "Print the options and exit.", {}, {}, false, false},
                       {{"-v", "--version"}, "Print the version and exit.", {}, {}, false, false}};
    for (const WindowOption& option : windowOptions())
        program.options.push_back(
            {{std::string("--") + option.name}, option.sentence, {}, valueFromTypeName(option.typeName), false, false});
    program.arguments = {{"paths", "A project folder, or files to import.", valueFromTypeName("FILE"), false, true}};
    program.sections = {{"ENVIRONMENT",
                         {{"MNERVA_CLI", "The engine, in place of the mnerva-cli that lies beside mnerva."},
                          {"MNERVA_CONFIG_DIR", "Folder of the settings."},
                          {"MNERVA_LOG", "off writes no log, debug writes also what may quote posts."}}},
                        {"FILES",
                         {{"PROJECT/project.mnerva", "Posts, entities and their history: one SQLite file."},
                          {"$XDG_STATE_HOME/mnerva/mnerva.log",
                           "Starts and failures, without what posts say; by default below ~/.local/state."}}}};
    program.seeAlso = {"mnerva-cli"};
    return program;
}

}  // namespace mnerva::app
