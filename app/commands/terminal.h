#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace mnerva::app {

/// JSON as it may stand on a terminal: what would move its cursor or turn a line around (DEL, C1 controls,
/// bidirectional overrides; C0 is escaped in any JSON) is written as \uXXXX, which reads as the same text. Bytes that
/// are no UTF-8 become U+FFFD. `indent` as in nlohmann::json::dump.
std::string terminalJson(const nlohmann::json& value, int indent = -1);

}  // namespace mnerva::app
