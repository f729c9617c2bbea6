#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mnerva {

/// What a finding means, in English, and what a person can do about it. A code without a text is its own sentence and
/// has no advice. The window translates the sentence.
std::string_view findingSentence(std::string_view code);
std::string_view findingAdvice(std::string_view code);

/// Codes that have a text.
const std::vector<std::string>& findingCodes();

}  // namespace mnerva
