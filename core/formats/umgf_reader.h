#pragma once

#include <filesystem>
#include <stop_token>

#include "core/formats/format.h"

namespace mnerva::formats {

/// True for a folder that holds posts in UMGF's form.
bool isUmgfFolder(const std::filesystem::path& folder);

/// Reads a folder of UMGF's per-post files (models.md 1.9): <i>_s.txt (words), <i>_l.txt (tags), <i>_p.txt (id of the
/// picture), the first two separated by tabs, in the order of their numbers. The sink's line is 1.
///
/// Findings, with the file they stand in: empty-file (no post in the folder), umgf-part-missing (no tags: all O; no
/// picture's id: the post has the id "post-<i>" and no picture), tag-count-differs (missing tags are O, surplus ones
/// are dropped), unknown-tag, tag-cleaned, scheme-bilou, empty-word, invalid-utf8 (repaired), made-up-ids, empty-post
/// (left out), unsafe-path (an id that leaves the picture folder: no picture). Of the options only the prefix of
/// made-up ids counts. Errors: FileMissing, FileUnreadable, FileTooLarge, BoundExceeded. Throws Cancelled on stop.
PostsSummary readUmgf(const std::filesystem::path& folder, const PostSink& sink, Findings& findings,
                      const ProgressSink& progress = {}, std::stop_token stop = {}, const ReadOptions& options = {});

/// The crops of a post in UMGF's layout (models.md 1.9) that are there, relative to the folder.
std::vector<std::string> umgfCrops(const Post& post, const std::filesystem::path& folder);

}  // namespace mnerva::formats
