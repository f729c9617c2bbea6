#include "app/description/description.h"

namespace mnerva::app {
namespace {

constexpr std::string_view kFishHelpers =
    R"sh(# Prints the command and the words that stand at a place, without options and their values.
function __NAME_words
    set -l command $AT_FIRST
    set -l option ''
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option ''
        else if string match -q -- '-*' $word
            __NAME_takes_value "$command $word"; and set option $word
        else
            test "$command" = '?'; and set command $word
            echo -- $word
        end
    end
end

function __NAME_in
    set -l words (__NAME_words)
    test "$words[1]" = "$argv[1]"
end

# Whether the next word at a place is the one with this number. COMMAND NUMBER; COMMAND NUMBER more: or a later one
function __NAME_at
    set -l words $FILLER (__NAME_words)
    test "$words[1]" = "$argv[1]"; or return 1
    set -l count (math (count $words) - 1)
    test $count -eq $argv[2]; or test "$argv[3]" = more -a $count -ge $argv[2]
end

function __NAME_runs
    set -l words $FILLER (__NAME_words)
    set -l folder (string replace -r '^~' $HOME -- "$words[2]")
    test -n "$folder"; or return
    for record in $folder/runs/*/run.json
        string replace -r '.*/([^/]+)/run\.json$' '$1' -- $record
    end
end
)sh";

std::string helpers(const std::string& name, bool hasCommands) {
    const std::string script = replaced(withName(kFishHelpers, name), "$AT_FIRST", hasCommands ? "'?'" : "''");
    return replaced(script, "$FILLER ", hasCommands ? "" : "'' ");
}

/// What fish is to offer as a value: words and runs by -a, files by -F; folders by its own function.
std::string valueOf(const ValueText& value, const std::string& function) {
    std::vector<std::string> offers = value.words;
    if (value.run) offers.push_back("(__" + function + "_runs)");
    if (value.folder && !value.file) offers.emplace_back("(__fish_complete_directories (commandline -ct))");
    return (value.file ? " -F" : "") +
           (offers.empty() ? std::string() : " -k -a " + quotedForShell(joined(offers, " ")));
}

std::string optionLine(const OptionText& option, const std::string& begin, const std::string& function) {
    std::string out = begin;
    for (const std::string& name : option.names)
        out += name.rfind("--", 0) == 0 ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.value.takesValue()) out += (option.value.file ? " -r" : " -x") + valueOf(option.value, function);
    return out + " -d " + quotedForShell(option.sentence) + "\n";
}

}  // namespace

std::string fishCompletion(const ProgramText& program) {
    const std::string name = functionName(program.name), complete = "complete -c " + program.name;
    const bool hasCommands = !program.commands.empty();
    std::string taking, lines;
    for (const CommandText& command : commandsOf(program)) {
        const std::string in =
            complete + (hasCommands ? " -n " + quotedForShell("__" + name + "_in " + command.name) : "");
        for (const OptionText& option : command.options) {
            lines += optionLine(option, in, name);
            for (const std::string& one : option.names)
                if (option.value.takesValue()) taking += " " + quotedForShell(command.name + " " + one);
        }
        for (std::size_t i = 0; i < command.arguments.size(); ++i) {
            const ArgumentText& argument = command.arguments[i];
            const std::string offered = valueOf(argument.value, name);
            const std::string at = "__" + name + "_at " + (hasCommands ? command.name : "''") + " " +
                                   std::to_string(i) + (argument.repeated ? " more" : "");
            if (!offered.empty()) lines += complete + " -n " + quotedForShell(at) + offered + "\n";
        }
    }
    std::string out = "# Completion of " + program.name + " for fish; made by the program, not by hand.\n\n";
    out += "function __" + name + "_takes_value\n    contains -- $argv[1]" + taking + "\nend\n\n";
    out += helpers(name, hasCommands) + "\n" + complete + " -f\n";
    if (hasCommands) {
        for (const OptionText& option : program.options) out += optionLine(option, complete, name);
        for (const CommandText& command : program.commands)
            out += complete + " -n " + quotedForShell("test (count (__" + name + "_words)) -eq 0") + " -a " +
                   quotedForShell(command.name) + " -d " + quotedForShell(command.sentence) + "\n";
    }
    return out + lines;
}

}  // namespace mnerva::app
