#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/text/tag_scheme.h"

namespace mnerva::workflow {

class Project;

struct ExportOptions {
    std::filesystem::path target;              ///< a file; or a folder for several splits (train.txt, valid.txt, test.txt)
    std::string format = "mner";               ///< mner
    std::string layer = "corrected";
    std::optional<Split> split;                ///< absent: every split that has posts
    bool auxiliary = false;                    ///< with the texts about the posts, in PGIM's form (io::appendMnerPost)
    std::optional<text::TagScheme> scheme;     ///< absent: the project's; source tags of untouched posts stay to the letter
};

/// What would be or was written. Findings name what the format cannot hold or what had to be written differently:
/// rewritten-orphan-tag (an entity that began with an inside tag, in a post that is written from its entities),
/// rewritten-special-tag, misc-written-as-other (the project's files say OTHER), status-not-kept, confidence-not-kept,
/// images-not-kept, crops-not-kept, auxiliary-not-kept, not-in-layer (posts that a run did not predict are left out), reread-differs (the
/// written file, read again, is not what was meant: please report).
struct ExportReport {
    int posts = 0, words = 0, entities = 0, correctedPosts = 0;
    std::vector<std::pair<std::filesystem::path, int>> files;  ///< path and posts
    std::string sample;                                         ///< first lines as they would be written (preview)
    Findings findings;
};

ExportReport previewExport(const Project& project, const ExportOptions& options, std::stop_token stop = {});
ExportReport exportProject(const Project& project, const ExportOptions& options, const ProgressSink& progress = {},
                           std::stop_token stop = {});

}  // namespace mnerva::workflow
