#include "app/description/description.h"

namespace mnerva::app {
namespace {

constexpr std::string_view kZshHelpers = R"sh(# Offers words, then files, folders or runs of the project. KINDS WORD...
__NAME_offer() {
    local kinds=$1 result=1
    shift
    (( $# )) && compadd -- "$@" && result=0
    case $kinds in
        *file*) _files && result=0 ;;
        *folder*) _files -/ && result=0 ;;
        *run*)
            local -a runs
            local folder=${(Q)project}
            [[ $folder == '~'(|/*) ]] && folder=$HOME${folder#\~}
            [[ -n $folder ]] && runs=($folder/runs/*/run.json(N:h:t))
            (( $#runs )) && compadd -a runs && result=0
            ;;
    esac
    return result
}

# Sets $project to the first word of a command that stands at a place. COMMAND
__NAME_project() {
    local -i i
    local option=
    project=
    for ((i = 2; i < CURRENT; ++i)); do
        if [[ -n $option ]]; then
            option=
        elif [[ $words[i] == -* ]]; then
            __NAME_takes_value "$1 $words[i]" && option=$words[i]
        elif [[ -z $project ]]; then
            project=$words[i]
        fi
    done
}
)sh";

/// A text inside of a specification of _arguments or _describe, where brackets and colons have a meaning.
std::string inSpecification(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string actionOf(const ValueText& value, const std::string& function) {
    std::string kinds = value.file ? "file" : value.folder ? "folder" : "";
    if (value.run) kinds += "run";
    if (kinds.empty() && value.words.empty()) return " ";
    return " __" + function + "_offer " + (kinds.empty() ? "none" : kinds) +
           (value.words.empty() ? "" : " " + joined(value.words, " "));
}

std::string specification(const OptionText& option, const std::string& function) {
    std::string out;
    const bool takes = option.value.takesValue();
    for (const std::string& name : option.names) {
        std::string text = option.repeated ? "*" : "(" + joined(option.names, " ") + ")";
        const bool isLong = name.rfind("--", 0) == 0;
        text += name + (takes && isLong ? "=" : "") + "[" + inSpecification(option.sentence) + "]";
        if (takes) text += ":" + inSpecification(option.value.name) + ":" + actionOf(option.value, function);
        out += " \\\n                " + quotedForShell(text);
    }
    return out;
}

std::string specification(const ArgumentText& argument, std::size_t place, const std::string& function) {
    const std::string where = argument.repeated ? "*" : std::to_string(place + 1);
    return " \\\n                " +
           quotedForShell(where + ":" + (argument.required ? "" : ":") + inSpecification(argument.name) + ":" +
                          actionOf(argument.value, function));
}

std::string specifications(const CommandText& command, const std::string& function) {
    std::string out;
    for (const OptionText& option : command.options) out += specification(option, function);
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
        ArgumentText argument = command.arguments[i];
        if (argument.repeated) argument.required = true;  // "*:" has no form for one that may be absent
        out += specification(argument, i, function);
    }
    return out;
}

}  // namespace

std::string zshCompletion(const ProgramText& program) {
    const std::string name = functionName(program.name);
    std::string taking, cases, list;
    for (const CommandText& command : commandsOf(program)) {
        for (const OptionText& option : command.options)
            for (const std::string& one : option.names)
                if (option.value.takesValue())
                    taking += (taking.empty() ? "" : " | ") + quotedForShell(command.name + " " + one);
        cases +=
            "        " + quotedForShell(command.name) + ")\n            _arguments" + specifications(command, name);
        if (!program.commands.empty())
            for (const OptionText& option : program.options) cases += specification(option, name);
        cases += "\n            ;;\n";
        list += "        " + quotedForShell(command.name + ":" + inSpecification(command.sentence)) + "\n";
    }
    std::string out = "#compdef " + program.name + "\n# Completion of " + program.name +
                      " for zsh; made by the program, not by hand.\n\n" + withName(kZshHelpers, name);
    out += "\n__" + name + "_takes_value() {\n    case $1 in\n        " + (taking.empty() ? "''" : taking) +
           ") return 0 ;;\n        *) return 1 ;;\n    esac\n}\n\n";
    out += "__" + name + "_of_command() {\n    local project\n    __" + name + "_project \"$1\"\n    case $1 in\n" +
           cases + "    esac\n}\n\n";
    if (program.commands.empty()) {
        out += "_" + name + "() {\n    __" + name + "_of_command ''\n}\n";
    } else {
        out += "_" + name +
               "() {\n    local curcontext=$curcontext state\n    local -a line commands\n    typeset -A "
               "opt_args\n    commands=(\n" +
               list + "    )\n    _arguments -C";
        for (const OptionText& option : program.options) out += specification(option, name);
        out +=
            " \\\n                '1:command:->command' '*::argument:->argument'\n    case $state in\n"
            "        command) _describe command commands ;;\n        argument) __" +
            name + "_of_command \"$line[1]\" ;;\n    esac\n}\n";
    }
    // Read by the completion system the file's text is the function's first call; sourced it is registered.
    return out + "\nif [[ $funcstack[1] == _" + program.name + " ]]; then\n    _" + name +
           " \"$@\"\nelse\n    compdef _" + name + " " + program.name + "\nfi\n";
}

}  // namespace mnerva::app
