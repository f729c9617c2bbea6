#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/gazetteer/definition.h"

namespace re2 {
class RE2;
}

namespace mnerva::gazetteer {

inline constexpr std::size_t kLongestPattern = 1000;  ///< bytes
inline constexpr int kLongestMatchWords = 20;         ///< of a pattern: more words are no name

/// What is wrong with a pattern, and where in it (code points).
struct PatternFault {
    std::string sentence;  ///< marked for translation: MNERVA_TEXT("Gazetteer", ...)
    std::size_t place = 0, size = 0;
};

/// Nothing for a pattern that can be used. One that matches an empty text would be found everywhere: it is refused.
std::optional<PatternFault> patternFault(std::string_view pattern);

/// Words of a post that a pattern matched, both ends included.
struct PatternMatch {
    int first = 0, last = 0;
};

/// What a pattern met and did not give.
struct PatternLosses {
    std::int64_t offWords = 0;  ///< matches that begin or end inside of a word
    std::int64_t tooLong = 0;   ///< matches of more than kLongestMatchWords words
};

/// A post's text with the places of its words.
class PatternText {
public:
    void set(std::string_view joinedWords, bool hasSpaces);
    std::string_view text() const { return m_text; }
    int words() const { return static_cast<int>(m_ends.size()); }
    std::string_view word(int index) const;
    /// The word that begins, or ends, at a byte; -1: none.
    int wordFrom(std::size_t begin) const;
    int wordTo(std::size_t end) const;

private:
    std::string m_text;
    std::vector<std::size_t> m_begins, m_ends;
};

/// A pattern made ready: linear in the text whatever it says (RE2), in bounded memory.
class CompiledPattern {
public:
    /// Precondition: patternFault() says nothing.
    explicit CompiledPattern(const Source& source);
    ~CompiledPattern();
    CompiledPattern(CompiledPattern&&) noexcept;

    void find(const PatternText& text, const std::function<void(PatternMatch)>& use);
    const PatternLosses& losses() const { return m_losses; }

private:
    std::unique_ptr<re2::RE2> m_expression;
    Source::Kind m_kind;
    PatternLosses m_losses;
};

}  // namespace mnerva::gazetteer
