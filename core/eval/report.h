#pragma once

#include <string>

#include "core/eval/score.h"

namespace mnerva::eval {

/// Score as a table for people: a line a type, then micro, macro and weighted means; P, R and F1 with four decimals,
/// support.
std::string scoreTable(const Score& score);

}  // namespace mnerva::eval
