#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/domain/finding.h"
#include "core/domain/region.h"

namespace mnerva::formats {

/// One object of a Pascal VOC file: its box as a region of origin Xml, and the line it stands in (0: not known).
struct VocObject {
    Region region;
    int line = 0;
};

/// What a Pascal VOC file says about one picture (models.md 1.8).
struct VocAnnotation {
    std::string pictureName;               ///< its `filename`; may lie: the file's own name is the post's
    int width = 0, height = 0, depth = 3;  ///< of the picture, in pixels; 0: not said
    std::vector<VocObject> objects;        ///< in file order
};

/// Reads a Pascal VOC file. `path` is ignored, and so is everything else that is not named above. Entities that a file
/// declares are not expanded and nothing outside the file is read.
///
/// Odd content never fails. Nothing is given back for a file that is no annotation at all:
///   xml-unreadable (the file cannot be read), xml-too-large (16 MiB, 10,000 objects), empty-file, xml-invalid (no
///   well-formed XML), xml-foreign (the root is not `annotation`).
/// Objects are left out for: object-without-box, box-invalid (an edge is missing or no number), box-degenerate (no
/// area), box-outside (no part of it lies in the picture). Kept are: object-without-name, box-clipped (cut at the
/// picture's edge), invalid-utf8 (repaired), xml-size-missing (edges are only cut at 0).
/// `frameOf`, where given, gets what `<size>` says (0: nothing) and answers the size at which boxes are cut: that of
/// the real picture, if it is known.
using VocFrame = std::function<std::pair<int, int>(int width, int height)>;
std::optional<VocAnnotation> readVoc(const std::filesystem::path& path, Findings& findings,
                                     const VocFrame& frameOf = {});

/// The file that readVoc reads back to the same values (regions' origin and score are no part of it).
std::string vocText(const VocAnnotation& annotation, const std::string& folder = {});
/// Same, written atomically: FileUnwritable, DiskFull.
void writeVoc(const std::filesystem::path& path, const VocAnnotation& annotation);

}  // namespace mnerva::formats
