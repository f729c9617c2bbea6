#pragma once

#include <array>
#include <string_view>

namespace mnerva::vision {

inline constexpr int kCocoClasses = 80;

/// The 80 object classes of COCO in their usual order; class id = place + 1, 0 is the background.
const std::array<std::string_view, kCocoClasses>& cocoNames();

/// Name of class 1..80; empty for any other number.
std::string_view cocoName(int classId);

/// Class 1..80 of a name, upper or lower case, with spaces or underscores; 0 for a name that COCO does not have.
int cocoClass(std::string_view name);

}  // namespace mnerva::vision
