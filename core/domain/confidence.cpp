#include "core/domain/confidence.h"

#include <algorithm>
#include <cmath>

namespace mnerva {
namespace {

/// 0.29 is kept as a little less than that, and reads 0.29.
constexpr double kSlack = 1e-5;

}  // namespace

std::string confidenceDigits(double confidence) {
    if (!(confidence > 0)) return "0.00";
    if (confidence >= 1) return "1.00";
    const int hundredths = std::min(99, static_cast<int>(std::floor(confidence * 100 + kSlack)));
    return std::string("0.") + (hundredths < 10 ? "0" : "") + std::to_string(hundredths);
}

std::string shortConfidence(double confidence) {
    const std::string digits = confidenceDigits(confidence);
    return digits == "1.00" ? "1.0" : digits.substr(1);
}

}  // namespace mnerva
