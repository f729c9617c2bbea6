#include <algorithm>

#include "core/query/completion.h"
#include "core/text/utf8.h"

namespace mnerva::query {
namespace {

/// A condition about a field that holds for the whole query, where there is one and it is a single term.
const Term* conditionAbout(const Query& query, Field field) {
    const auto isAbout = [&](const Node& node) {
        return node.kind == Node::Kind::Term && query.terms[node.term].field == field;
    };
    if (isAbout(query.root)) return &query.terms[query.root.term];
    if (query.root.kind != Node::Kind::And) return nullptr;
    const auto found = std::find_if(query.root.parts.begin(), query.root.parts.end(), isAbout);
    return found == query.root.parts.end() ? nullptr : &query.terms[found->term];
}

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

std::string piece(std::string_view text, std::size_t first, std::size_t last) {
    const std::size_t begin = text::byteOfCodePoint(text, first);
    return std::string(text.substr(begin, text::byteOfCodePoint(text, last) - begin));
}

/// An "and" that joins nothing any more.
std::string withoutAnd(std::string text, bool atEnd) {
    constexpr std::string_view kAnd = "and";
    text = trimmed(text);
    if (text.size() < kAnd.size()) return text;
    const std::string word = atEnd ? text.substr(text.size() - kAnd.size()) : text.substr(0, kAnd.size());
    const bool stands = text.size() == kAnd.size() || (atEnd ? text[text.size() - 4] : text[3]) == ' ';
    const bool isAnd =
        std::equal(word.begin(), word.end(), kAnd.begin(), [](char a, char b) { return (a | 0x20) == b; });
    if (!stands || !isAnd) return text;
    return trimmed(atEnd ? text.substr(0, text.size() - kAnd.size()) : text.substr(kAnd.size()));
}

}  // namespace

std::string withCondition(std::string_view text, Field field, std::string_view condition) {
    const auto parsed = parse(text);
    const auto* query = std::get_if<Query>(&parsed);
    if (!query || query->isEmpty()) return std::string(condition);
    const auto joined = [](std::string before, std::string_view middle, const std::string& after) {
        for (const std::string_view part : {middle, std::string_view(after)})
            if (!part.empty()) before.append(before.empty() ? "" : " ").append(part);
        return before;
    };
    if (const Term* term = conditionAbout(*query, field)) {
        const std::size_t end = text::codePointCount(text);
        std::string before = trimmed(piece(text, 0, term->place.first)),
                    after = trimmed(piece(text, term->place.last, end));
        while (condition.empty() && before.ends_with('(') && after.starts_with(')')) {
            before = trimmed(std::string_view(before).substr(0, before.size() - 1));
            after = trimmed(std::string_view(after).substr(1));
        }
        if (condition.empty()) {
            if (after.empty() || before.empty())
                before = withoutAnd(before, true), after = withoutAnd(after, false);
            else if (withoutAnd(before, true) != before)
                after = withoutAnd(after, false);
        }
        return joined(std::move(before), condition, after);
    }
    if (condition.empty()) return std::string(text);
    const bool binds = query->root.kind != Node::Kind::Or;
    return joined(binds ? trimmed(text) : "(" + trimmed(text) + ")", condition, {});
}

std::string conditionValue(std::string_view text, Field field) {
    const auto parsed = parse(text);
    const auto* query = std::get_if<Query>(&parsed);
    const Term* term = query ? conditionAbout(*query, field) : nullptr;
    if (!term) return {};
    const std::string whole = piece(text, term->place.first, term->place.last);
    const auto colon = whole.find(':');
    return colon == std::string::npos ? std::string() : whole.substr(colon + 1);
}

}  // namespace mnerva::query
