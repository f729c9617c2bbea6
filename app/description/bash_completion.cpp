#include "app/description/description.h"

namespace mnerva::app {
namespace {

constexpr std::string_view kBashHelpers =
    R"sh(# A word as the shell would see it: without quotes and backslashes, with the home folder in place of ~.
__NAME_plain() {
    local word=${1//[\\\"\']/}
    [[ $word == "~" || $word == "~/"* ]] && word=$HOME${word:1}
    printf '%s' "$word"
}

# The runs of a project are the folders that hold a record.
__NAME_runs() {
    local record run
    for record in "$1"/runs/*/run.json; do
        [ -e "$record" ] || continue
        run=${record%/run.json}
        run=${run##*/}
        [[ $run == "$2"* ]] || continue
        [[ $run == *[\ \'\(\)\&\;\$\#\!\`]* ]] && printf -v run '%q' "$run"
        COMPREPLY+=("$run")
    done
}

# Fills COMPREPLY from $words and $kinds. CURRENT PROJECT
__NAME_offer() {
    local current plain kind line
    current=$1
    plain=$(__NAME_plain "$current")
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    for kind in $kinds; do
        case $kind in
            run) [ -n "$2" ] && __NAME_runs "$(__NAME_plain "$2")" "$plain" ;;
            file) kind=-f ;;&
            folder) kind=-d ;;&
            file | folder)
                compopt -o filenames 2> /dev/null
                while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$kind" -- "$plain")
                ;;
        esac
    done
}
)sh";

constexpr std::string_view kMain = R"sh(_NAME() {
    local current=${COMP_WORDS[COMP_CWORD]} command=$COMMAND_AT_FIRST option="" project="" words="" kinds=""
    local -i i count=0
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; ++i)); do
        [ "${COMP_WORDS[i]}" = "=" ] && continue  # of --option=value
        if [ -n "$option" ]; then
            option=""
        elif [[ ${COMP_WORDS[i]} == -* ]]; then
            __NAME_wants "$command" "${COMP_WORDS[i]}" && option=${COMP_WORDS[i]}
        elif [ "$command" = "?" ]; then
            command=${COMP_WORDS[i]}
        else
            [ $count -eq 0 ] && project=${COMP_WORDS[i]}
            count+=1
        fi
    done
    [ "$current" = "=" ] && current=""
    words="" kinds=""
    if [ -n "$option" ]; then
        __NAME_wants "$command" "$option"
    elif [[ $current == -* ]]; then
        __NAME_options "$command"
    elif [ "$command" = "?" ]; then
        words=$COMMANDS
    else
        __NAME_wants "$command" $count || __NAME_wants "$command" "*"
    fi
    __NAME_offer "$current" "$project"
}
)sh";

std::string kindsOf(const ValueText& value) {
    std::vector<std::string> kinds;
    if (value.file) kinds.push_back("file");
    if (value.folder && !value.file) kinds.push_back("folder");
    if (value.run) kinds.push_back("run");
    return joined(kinds, " ");
}

std::string wants(const std::string& pattern, const ValueText& value) {
    return "        " + pattern + ") words=" + quotedForShell(joined(value.words, " ")) +
           " kinds=" + quotedForShell(kindsOf(value)) + " ;;\n";
}

std::string wantsOf(const std::string& command, const std::vector<OptionText>& options) {
    std::string out;
    for (const OptionText& option : options) {
        if (!option.value.takesValue()) continue;
        std::vector<std::string> patterns;
        for (const std::string& name : option.names) patterns.push_back(quotedForShell(command + " " + name));
        out += wants(joined(patterns, " | "), option.value);
    }
    return out;
}

std::string namesOf(const std::vector<OptionText>& options) {
    std::vector<std::string> names;
    for (const OptionText& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
    return joined(names, " ");
}

}  // namespace

std::string bashCompletion(const ProgramText& program) {
    const std::string name = functionName(program.name);
    const bool hasCommands = !program.commands.empty();
    std::string values, options, commands;
    for (const CommandText& command : commandsOf(program)) {
        values += wantsOf(command.name, command.options);
        for (std::size_t i = 0; i < command.arguments.size(); ++i)
            values += wants(quotedForShell(command.name + " " +
                                           (command.arguments[i].repeated ? std::string("*") : std::to_string(i))),
                            command.arguments[i].value);
        options += "        " + quotedForShell(command.name) + ") words=" +
                   quotedForShell(namesOf(command.options) + (hasCommands ? " " + namesOf(program.options) : "")) +
                   " ;;\n";
        commands += (commands.empty() ? "" : " ") + command.name;
    }
    std::string out = "# Completion of " + program.name + " for bash; made by the program, not by hand.\n\n";
    out += withName(kBashHelpers, name);
    out += "\n# Sets $words and $kinds for what follows an option, or for a place; false where nothing does.\n__" +
           name + "_wants() {\n    case \"$1 $2\" in\n" + values + "        *) return 1 ;;\n    esac\n}\n";
    out += "\n__" + name + "_options() {\n    case $1 in\n" + options;
    if (hasCommands) out += "        *) words=" + quotedForShell(namesOf(program.options)) + " ;;\n";
    out += "    esac\n}\n\n";
    const std::string body = replaced(withName(kMain, name), "$COMMAND_AT_FIRST", hasCommands ? "\"?\"" : "\"\"");
    return out + replaced(body, "$COMMANDS", quotedForShell(hasCommands ? commands : "")) + "complete -F _" + name +
           " " + program.name + "\n";
}

}  // namespace mnerva::app
