#include "app/description/description.h"

#include <algorithm>
#include <cctype>

#include "core/base/error.h"

namespace mnerva::app {
namespace {

void addWord(ValueText& value, const std::string& word) {
    if (word == "FILE") {
        value.file = true;
    } else if (word == "FOLDER") {
        value.folder = true;
    } else if (word == "RUN") {
        value.run = true;
    } else {
        const auto good = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
        const auto large = [](unsigned char c) { return std::isupper(c) || c == '_'; };
        const bool isKind = std::all_of(word.begin(), word.end(), large);
        if (!word.empty() && !isKind && std::all_of(word.begin(), word.end(), good)) value.words.push_back(word);
    }
}

}  // namespace

ValueText valueFromTypeName(std::string_view typeName) {
    ValueText value;
    const std::size_t open = typeName.find('{'), close = typeName.find('}');
    const bool isList = open != std::string_view::npos && close != std::string_view::npos && open < close;
    const std::string_view list = isList ? typeName.substr(open + 1, close - open - 1)
                                         : typeName.substr(0, typeName.find(':'));  // a check's words follow the colon
    const char between = isList ? ',' : '|';
    for (std::size_t from = 0; from <= list.size();) {
        const std::size_t end = std::min(list.find(between, from), list.size());
        addWord(value, std::string(list.substr(from, end - from)));
        from = end + 1;
    }
    value.name = isList ? joined(value.words, "|") : std::string(list);
    return value;
}

std::string completionScript(const ProgramText& program, std::string_view shell) {
    if (shell == "bash") return bashCompletion(program);
    if (shell == "zsh") return zshCompletion(program);
    if (shell == "fish") return fishCompletion(program);
    throw Error(ErrorCode::OptionInvalid, {"completion", std::string(shell), "bash, zsh or fish"});
}

std::string functionName(std::string_view program) {
    std::string name(program);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::string quotedForShell(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

std::string withName(std::string_view script, const std::string& name) {
    return replaced(std::string(script), "NAME", name);
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : std::string(between)) + part;
    return out;
}

std::vector<CommandText> commandsOf(const ProgramText& program) {
    if (!program.commands.empty()) return program.commands;
    return {{"", program.sentence, program.options, program.arguments}};
}

}  // namespace mnerva::app
