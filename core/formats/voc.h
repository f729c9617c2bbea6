#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/formats/boxes.h"
#include "core/formats/format.h"

namespace mnerva::formats {

/// Reads a Pascal VOC file (models.md 1.8). Its `path` is ignored, and so is everything else that is not named above.
/// Entities that a file declares are not expanded and nothing outside the file is read.
///
/// Odd content never fails. Nothing is given back for a file that is no annotation at all:
///   xml-unreadable (the file cannot be read), xml-too-large (16 MiB, 10,000 objects), empty-file, xml-invalid (no
///   well-formed XML), xml-foreign (the root is not `annotation`).
/// Objects are left out for: object-without-box, box-invalid (an edge is missing or no number), box-degenerate (no
/// area), box-outside (no part of it lies in the picture). Kept are: object-without-name, box-clipped (cut at the
/// picture's edge), invalid-utf8 (repaired), xml-size-missing (edges are only cut at 0).
/// `frameOf`, where given, gets what `<size>` says; it answers the size of the real picture, if it is known.
std::optional<BoxAnnotation> readVoc(const std::filesystem::path& path, Findings& findings,
                                     const BoxFrame& frameOf = {});

/// The file that readVoc reads back to the same values (regions' origin and score are no part of it).
std::string vocText(const BoxAnnotation& annotation, const std::string& folder = {});
/// Same, written atomically: FileUnwritable, DiskFull.
void writeVoc(const std::filesystem::path& path, const BoxAnnotation& annotation);

}  // namespace mnerva::formats
