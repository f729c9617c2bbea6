#pragma once

#include <filesystem>
#include <vector>

#include "core/domain/finding.h"
#include "core/models/predictor.h"

namespace mnerva::train {

/// One line of a relation file (models.md 4.4): a picture, a text, and whether the picture adds to the text.
struct RelationExample {
    models::PostInput input;
    int label = 0;  ///< 1: it adds
};

/// Reads lines "picture TAB text TAB 0|1". Pictures are named relative to the file's folder and lie in it or below it;
/// the text is cut at white space, t.co links at its end are left out. Empty lines are skipped. Every other line, and
/// one without a word, is noted as "relation-line-invalid" with file and line. Errors: FileMissing, FileIsDirectory,
/// FileUnreadable, FormatInvalid (no good line at all).
std::vector<RelationExample> readRelationFile(const std::filesystem::path& path, Findings& findings);

}  // namespace mnerva::train
