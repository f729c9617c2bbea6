#include "core/gazetteer/pattern.h"

#include <re2/re2.h>

#include <algorithm>

#include "core/base/check.h"
#include "core/base/translatable.h"
#include "core/text/utf8.h"

namespace mnerva::gazetteer {
namespace {

constexpr std::int64_t kPatternBytes = std::int64_t{4} << 20;  // of memory, for each

re2::RE2::Options optionsOf(bool caseSensitive) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(caseSensitive);
    options.set_max_mem(kPatternBytes);
    return options;
}

std::string_view sentenceOf(re2::RE2::ErrorCode code) {
    switch (code) {
        case re2::RE2::ErrorBadEscape:
            return MNERVA_TEXT("Gazetteer", "A backslash stands before a character that it cannot stand before.");
        case re2::RE2::ErrorBadCharClass:
        case re2::RE2::ErrorBadCharRange:
            return MNERVA_TEXT("Gazetteer", "This class or range of characters is none.");
        case re2::RE2::ErrorMissingBracket:
            return MNERVA_TEXT("Gazetteer", "A closing ] is missing.");
        case re2::RE2::ErrorMissingParen:
            return MNERVA_TEXT("Gazetteer", "A closing ) is missing.");
        case re2::RE2::ErrorUnexpectedParen:
            return MNERVA_TEXT("Gazetteer", "A ) has no ( before it.");
        case re2::RE2::ErrorTrailingBackslash:
            return MNERVA_TEXT("Gazetteer", "The pattern ends with a lone backslash.");
        case re2::RE2::ErrorRepeatArgument:
        case re2::RE2::ErrorRepeatOp:
            return MNERVA_TEXT("Gazetteer", "There is nothing here that could be repeated.");
        case re2::RE2::ErrorRepeatSize:
            return MNERVA_TEXT("Gazetteer", "The number of repetitions is none, or above 1000.");
        case re2::RE2::ErrorBadPerlOp:
            return MNERVA_TEXT("Gazetteer", "Looking ahead or behind is not part of these patterns.");
        case re2::RE2::ErrorBadUTF8:
            return MNERVA_TEXT("Gazetteer", "The pattern holds bytes that are no text.");
        case re2::RE2::ErrorBadNamedCapture:
            return MNERVA_TEXT("Gazetteer", "The name of this group is none, or there twice.");
        case re2::RE2::ErrorPatternTooLarge:
            return MNERVA_TEXT("Gazetteer", "The pattern is too large; fewer repetitions make it smaller.");
        default:
            return MNERVA_TEXT("Gazetteer", "This is no pattern.");
    }
}

/// The first ")" without a "(", else the last "(" without a ")"; npos: there is none.
std::size_t lonelyParenthesis(std::string_view pattern) {
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\') {
            ++at;
        } else if (c == '[') {
            // "]" is a character where it comes first.
            at += pattern.substr(at + 1).starts_with('^') ? 2 : 1;
            for (++at; at < pattern.size() && pattern[at] != ']'; ++at)
                if (pattern[at] == '\\') ++at;
        } else if (c == '(') {
            open.push_back(at);
        } else if (c == ')') {
            if (open.empty()) return at;
            open.pop_back();
        }
    }
    return open.empty() ? std::string_view::npos : open.back();
}

/// Where RE2 says that it is; of parentheses it names the whole pattern.
std::pair<std::size_t, std::size_t> faultBytes(const re2::RE2& expression, std::string_view pattern) {
    const std::string& part = expression.error_arg();
    if (part == pattern || part.empty())
        if (const std::size_t lonely = lonelyParenthesis(pattern); lonely != std::string_view::npos)
            return {lonely, lonely + 1};
    const std::size_t found = part.empty() ? std::string_view::npos : pattern.rfind(part);
    if (found == std::string_view::npos) return {0, pattern.size()};
    return {found, found + part.size()};
}

/// A pattern that is content with nothing, in one of the usual surroundings.
bool matchesNothing(const re2::RE2& expression) {
    for (const re2::StringPiece sample : {"", "a", "1", "a b", "a-b", "多"}) {
        re2::StringPiece match;
        for (std::size_t from = 0; from <= sample.size(); ++from)
            if (expression.Match(sample, from, sample.size(), re2::RE2::UNANCHORED, &match, 1) && match.empty())
                return true;
    }
    return false;
}

}  // namespace

std::optional<PatternFault> patternFault(std::string_view pattern) {
    if (pattern.find_first_not_of(" \t") == std::string_view::npos)
        return PatternFault{MNERVA_TEXT("Gazetteer", "The pattern is empty."), 0, 0};
    if (pattern.size() > kLongestPattern)
        return PatternFault{MNERVA_TEXT("Gazetteer", "The pattern is too long."),
                            text::codePointOfByte(pattern, kLongestPattern), 0};
    // Without case a pattern is larger: either must fit.
    const re2::StringPiece bytes(pattern.data(), pattern.size());
    const re2::RE2 expression(bytes, optionsOf(true)), withoutCase(bytes, optionsOf(false));
    for (const re2::RE2* one : {&expression, &withoutCase}) {
        if (one->ok()) continue;
        const auto [begin, end] = faultBytes(*one, pattern);
        const std::size_t place = text::codePointOfByte(pattern, begin);
        return PatternFault{std::string(sentenceOf(one->error_code())), place,
                            text::codePointOfByte(pattern, end) - place};
    }
    if (matchesNothing(expression))
        return PatternFault{
            MNERVA_TEXT("Gazetteer", "The pattern matches an empty text, so it would be found everywhere."), 0,
            text::codePointCount(pattern)};
    return std::nullopt;
}

void PatternText::set(std::string_view joinedWords, bool hasSpaces) {
    m_text.clear();
    m_begins.clear();
    m_ends.clear();
    for (std::size_t begin = 0;;) {
        const std::size_t end = std::min(joinedWords.find('\n', begin), joinedWords.size());
        if (hasSpaces && !m_ends.empty()) m_text += ' ';
        m_begins.push_back(m_text.size());
        m_text += joinedWords.substr(begin, end - begin);
        m_ends.push_back(m_text.size());
        if (end == joinedWords.size()) return;
        begin = end + 1;
    }
}

std::string_view PatternText::word(int index) const {
    const auto at = static_cast<std::size_t>(index);
    return std::string_view(m_text).substr(m_begins[at], m_ends[at] - m_begins[at]);
}

int PatternText::wordFrom(std::size_t begin) const {
    const auto found = std::upper_bound(m_begins.begin(), m_begins.end(), begin);
    if (found == m_begins.begin() || *(found - 1) != begin) return -1;
    return static_cast<int>(found - m_begins.begin()) - 1;
}

int PatternText::wordTo(std::size_t end) const {
    const auto found = std::lower_bound(m_ends.begin(), m_ends.end(), end);
    return found == m_ends.end() || *found != end ? -1 : static_cast<int>(found - m_ends.begin());
}

CompiledPattern::CompiledPattern(const Source& source)
    : m_expression(std::make_unique<re2::RE2>(source.pattern, optionsOf(source.caseSensitive))), m_kind(source.kind) {
    MNERVA_CHECK(m_expression->ok());
}

CompiledPattern::~CompiledPattern() = default;
CompiledPattern::CompiledPattern(CompiledPattern&&) noexcept = default;

void CompiledPattern::find(const PatternText& text, const std::function<void(PatternMatch)>& use) {
    if (m_kind == Source::Kind::WordPattern) {
        for (int i = 0; i < text.words(); ++i) {
            const std::string_view word = text.word(i);
            if (!word.empty() && re2::RE2::FullMatch(re2::StringPiece(word.data(), word.size()), *m_expression))
                use({i, i});
        }
        return;
    }
    const re2::StringPiece all(text.text().data(), text.text().size());
    re2::StringPiece match;
    for (std::size_t from = 0; from < all.size();) {
        if (!m_expression->Match(all, from, all.size(), re2::RE2::UNANCHORED, &match, 1)) return;
        const auto begin = static_cast<std::size_t>(match.data() - all.data()), end = begin + match.size();
        if (match.empty()) {
            from = begin;
            if (from < all.size()) text::nextCodePoint(text.text(), from);
            if (from == begin) return;
            continue;
        }
        from = end;
        const int first = text.wordFrom(begin), last = text.wordTo(end);
        if (first < 0 || last < first)
            ++m_losses.offWords;
        else if (last - first >= kLongestMatchWords)
            ++m_losses.tooLong;
        else
            use({first, last});
    }
}

}  // namespace mnerva::gazetteer
