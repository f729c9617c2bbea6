#include "app/description/description.h"

namespace mnerva::app {
namespace {

/// Between words; a line may end behind it.
const std::string kOr = "|\\:";

/// Text as troff takes it: nothing in it is a request or an escape.
std::string roff(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((text[i] == '.' || text[i] == '\'') && (i == 0 || text[i - 1] == '\n')) out += "\\&";
        if (text[i] == '\\')
            out += "\\e";
        else if (text[i] == '-')
            out += "\\-";
        else if (text[i] == '\'')
            out += "\\(aq";
        else
            out += text[i];
    }
    return out;
}

std::string sentence(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != ')') text += '.';
    return text;
}

std::string bold(std::string_view text) {
    return "\\fB" + roff(text) + "\\fR";
}
std::string italic(std::string_view text) {
    return "\\fI" + roff(text) + "\\fR";
}

/// The words bold, the kinds in italics, as they are typed.
std::string valueName(const ValueText& value) {
    const std::vector<std::string>& words = value.words;
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : kOr) + bold(word);
    std::string kinds = value.name;
    if (!words.empty()) {
        kinds.clear();
        for (const auto& [is, name] : {std::pair(value.file, "FILE"), {value.folder, "FOLDER"}, {value.run, "RUN"}})
            if (is) kinds += (kinds.empty() ? "" : "|") + std::string(name);
    }
    if (!kinds.empty()) out += (out.empty() ? "" : kOr) + italic(kinds);
    return out;
}

std::string optionLine(const OptionText& option) {
    std::string names;
    for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + bold(name);
    return names + (option.value.takesValue() ? " " + valueName(option.value) : "");
}

std::string entries(const std::vector<ArgumentText>& arguments, const std::vector<OptionText>& options) {
    std::string out;
    for (const ArgumentText& argument : arguments)
        out += ".TP\n" + italic(argument.name) + "\n" + roff(sentence(argument.sentence)) + "\n";
    for (const OptionText& option : options) {
        out += ".TP\n" + optionLine(option) + "\n" + roff(sentence(option.sentence));
        if (option.required) out += " Must be given.";
        if (!option.fallback.empty()) out += " Default: " + bold(option.fallback) + ".";
        out += "\n";
    }
    return out;
}

std::string argumentNames(const std::vector<ArgumentText>& arguments) {
    std::string out;
    for (const ArgumentText& argument : arguments) {
        const std::string name = italic(argument.name) + (argument.repeated ? " .\\|.\\|." : "");
        out += argument.required ? " " + name : " [" + name + "]";
    }
    return out;
}

std::string requiredOptions(const std::vector<OptionText>& options) {
    std::string out;
    for (const OptionText& option : options)
        if (option.required) out += " " + bold(option.names.back()) + " " + valueName(option.value);
    return out;
}

}  // namespace

std::string manPage(const ProgramText& program) {
    std::string out = ".\\\" Made by " + program.name + " out of its own options; not written by hand.\n";
    std::string upper = program.name;
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += ".TH " + roff(upper) + " 1 \"" + program.date + "\" \"Mnerva " + roff(program.version) +
           "\" \"User Commands\"\n";
    out += ".nh\n.ad l\n.SH NAME\n" + roff(program.name) + " \\- " + roff(program.sentence) + "\n.SH SYNOPSIS\n";
    out += bold(program.name);
    if (!program.commands.empty()) out += " " + italic("COMMAND");
    out += " [" + italic("OPTION") + " .\\|.\\|.]" + argumentNames(program.arguments) + "\n";
    if (!program.options.empty() || !program.arguments.empty())
        out += ".SH OPTIONS\n" + entries(program.arguments, program.options);
    if (!program.commands.empty()) out += ".SH COMMANDS\n";
    for (const CommandText& command : program.commands) {
        out += ".SS " + roff(command.name) + "\n" + bold(program.name + " " + command.name);
        out += argumentNames(command.arguments) + requiredOptions(command.options) + " [" + italic("OPTION") +
               " .\\|.\\|.]\n.PP\n" + roff(sentence(command.sentence)) + "\n";
        out += entries(command.arguments, command.options);
    }
    for (const SectionText& section : program.sections) {
        out += ".SH " + section.title + "\n";
        for (const SectionText::Entry& entry : section.entries)
            out += ".TP\n" + bold(entry.term) + "\n" + roff(entry.text) + "\n";
    }
    if (!program.seeAlso.empty()) out += ".SH SEE ALSO\n";
    for (std::size_t i = 0; i < program.seeAlso.size(); ++i)
        out += ".BR " + roff(program.seeAlso[i]) + " (1)" + (i + 1 < program.seeAlso.size() ? ",\n" : "\n");
    return out;
}

}  // namespace mnerva::app
