#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mnerva::app {

/// What may stand as a value, read from a type name such as "gold|corrected|RUN".
struct ValueText {
    std::string name;                ///< as it is shown; empty: there is none (a flag)
    std::vector<std::string> words;  ///< that are offered as they are
    bool file = false, folder = false, run = false;
    bool takesValue() const { return !name.empty(); }
};
/// Reads words and kinds out of a type name, also out of CLI11's "TEXT:{train,valid,test}".
ValueText valueFromTypeName(std::string_view typeName);

struct OptionText {
    std::vector<std::string> names;  ///< with their hyphens, the short ones first
    std::string sentence, fallback;
    ValueText value;
    bool required = false, repeated = false;
};

/// A word that stands at a place rather than behind a name.
struct ArgumentText {
    std::string name, sentence;
    ValueText value;
    bool required = false, repeated = false;
};

struct CommandText {
    std::string name, sentence;
    std::vector<OptionText> options;
    std::vector<ArgumentText> arguments;
};

/// Terms and what they mean, under a heading of the man page.
struct SectionText {
    struct Entry {
        std::string term, text;
    };
    std::string title;
    std::vector<Entry> entries;
};

/// A program: options and arguments of its own, those of its commands where it has some, and what else a man page
/// tells.
struct ProgramText {
    std::string name, sentence, version, date;
    std::vector<OptionText> options;
    std::vector<ArgumentText> arguments;
    std::vector<CommandText> commands;
    std::vector<SectionText> sections;
    std::vector<std::string> seeAlso;
};

/// A man page of section 1, in the macros of man(7).
std::string manPage(const ProgramText& program);

/// Completion scripts for a shell: "bash", "zsh" or "fish". Errors: OptionInvalid.
std::string completionScript(const ProgramText& program, std::string_view shell);
std::string bashCompletion(const ProgramText& program);
std::string zshCompletion(const ProgramText& program);
std::string fishCompletion(const ProgramText& program);

/// A program's name as part of a shell function's: "mnerva-cli" becomes "mnerva_cli".
std::string functionName(std::string_view program);
/// A text in single quotes, for any of the shells.
std::string quotedForShell(std::string_view text);
/// A script with the program's function name in place of NAME.
std::string withName(std::string_view script, const std::string& name);
/// A text with every `what` of it replaced.
std::string replaced(std::string text, std::string_view what, std::string_view by);
/// Strings with something between them.
std::string joined(const std::vector<std::string>& parts, std::string_view between);
/// The commands of a program; of one that has none itself, without a name.
std::vector<CommandText> commandsOf(const ProgramText& program);

}  // namespace mnerva::app
