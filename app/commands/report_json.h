#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/eval/score.h"
#include "core/text/tag_scheme.h"

namespace mnerva::app {

/// [{code, file, line, text}, ...]
nlohmann::json findingsJson(const Findings& findings);
/// {code: count, ...}, of all findings, kept whole or not.
nlohmann::json findingCountsJson(const Findings& findings);
/// Each code as its sentence, with its count, the first place and what to do; printable. Empty when there are none.
std::string findingsText(const Findings& findings);

/// {p, r, f1, support}
nlohmann::json prfJson(const eval::Prf& prf);
/// {rule, micro, macro, weighted, types, gold, predicted}
nlohmann::json scoreJson(const eval::Score& score);

/// A scheme by name; nothing for an empty one. Throws OptionInvalid.
std::optional<text::TagScheme> schemeOption(const std::string& name);

/// Rows of cells as text columns; the first row is the head, the first column stands left, the others right.
std::string tableText(const std::vector<std::vector<std::string>>& rows);

}  // namespace mnerva::app
