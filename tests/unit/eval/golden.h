#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/json.h"

namespace mnerva::eval::test {

inline nlohmann::json goldenJson(const std::string& name) {
    return readJson(std::filesystem::path(MNERVA_SOURCE_DIR) / "tests" / "golden" / name);
}

/// Fails on a difference above `tolerance`, and on what is no number.
inline void requireClose(const std::string& name, double actual, double expected, double tolerance = 1e-9) {
    INFO(name << ": " << actual << ", wanted " << expected);
    REQUIRE(std::isfinite(actual));
    REQUIRE(std::abs(actual - expected) <= tolerance);
}

}  // namespace mnerva::eval::test
