#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva {

/// What a finding means, in English, and what a person can do about it. A code without a text is its own sentence and
/// has no advice. The window translates the sentence.
std::string_view findingSentence(std::string_view code);
std::string_view findingAdvice(std::string_view code);
/// What several findings of a code mean, with a place {0} for their number: "{0} pictures are missing". Empty for a
/// code that has only the one sentence.
std::string_view findingSentenceOfMany(std::string_view code);
/// The sentence for so many findings: that of one, that of several, or "3 x " and that of one.
std::string countedFinding(std::string_view code, std::int64_t count);

/// Codes that have a text.
const std::vector<std::string>& findingCodes();

}  // namespace mnerva
