#pragma once

#include <nlohmann/json.hpp>

#include "core/domain/finding.h"

namespace mnerva::protocol {

/// {code, file, line, text}.
inline nlohmann::json toJson(const Finding& finding) {
    return {{"code", finding.code}, {"file", finding.file}, {"line", finding.line}, {"text", finding.text}};
}

}  // namespace mnerva::protocol
