#pragma once

#include <string>

namespace mnerva {

/// A confidence (0..1) as people read it, everywhere the same: two digits, cut and not rounded, so that what is not
/// sure never reads 1.00 and what is under a bound never reads as the bound. "0.97".
std::string confidenceDigits(double confidence);
/// The same beside a word, where three characters say enough: ".97", "1.0".
std::string shortConfidence(double confidence);

}  // namespace mnerva
