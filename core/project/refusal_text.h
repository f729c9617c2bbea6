#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mnerva::project {

/// What a Refusal (editing.h) means, in English; the window translates it. A code without a sentence is its own.
std::string_view refusalSentence(std::string_view code);

/// Codes that have a sentence: those of editing.h, and those of whoever holds the project open ("read-only",
/// "save-failed", "nothing-to-undo", ...).
const std::vector<std::string>& refusalCodes();

}  // namespace mnerva::project
