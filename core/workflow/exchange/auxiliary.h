#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/formats/format.h"

namespace mnerva::project {
class Project;
}

namespace mnerva::workflow {

struct AuxiliaryReport {
    int texts = 0;         ///< lines taken
    int posts = 0;         ///< posts that got a text
    int unknownPosts = 0;  ///< ids that no post of the project has
    Findings findings;
};

/// Reads texts about posts (a format of formats::AuxiliaryKind, recognised) into the project: everything or, on error
/// or stop, nothing. A text goes to each post that has its id, and takes the place of one of the same source; texts of
/// one source for one id in a file are joined. A text without source has the name of the file. With `dryRun` nothing is
/// written. Findings beside those of the reader: auxiliary-unknown-post.
AuxiliaryReport importAuxiliary(project::Project& project, const std::filesystem::path& file, bool dryRun,
                                const ProgressSink& progress = {}, std::stop_token stop = {});

/// Writes the texts of a split (absent: of all posts) in a format of formats::AuxiliaryKind; gives their number.
/// Errors: SplitEmpty (there is none), FileUnwritable, DiskFull, and those of requireFreeTargets.
int exportAuxiliary(const project::Project& project, const formats::Format& format, const std::filesystem::path& target,
                    std::optional<Split> split, std::stop_token stop = {}, bool replace = false);

}  // namespace mnerva::workflow
