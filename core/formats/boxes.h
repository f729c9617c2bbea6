#pragma once

#include <string>
#include <vector>

#include "core/domain/region.h"

namespace mnerva::formats {

/// One object of a file of boxes, and the line it stands in (0: not known).
struct BoxObject {
    Region region;
    int line = 0;
};

/// What a file of boxes says about one picture.
struct BoxAnnotation {
    std::string pictureName;               ///< as the file says it; may lie: the file's own name is the post's
    int width = 0, height = 0, depth = 3;  ///< of the picture, in pixels; 0: not said
    std::vector<BoxObject> objects;        ///< in file order
};

}  // namespace mnerva::formats
