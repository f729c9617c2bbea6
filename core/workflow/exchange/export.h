#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/text/tag_scheme.h"
#include "core/workflow/exchange/targets.h"

namespace mnerva::project {
class Project;
}

namespace mnerva::workflow {

struct ExportOptions {
    std::filesystem::path target;  ///< a file; or a folder for several splits (train, valid, test with the ending)
    std::string format;            ///< of formats::PostKind that is written; empty: the first of them
    std::string layer = "corrected";
    std::optional<Split> split;             ///< absent: every split that has posts
    bool auxiliary = false;                 ///< with the texts about the posts, where the format has a place for them
    std::optional<text::TagScheme> scheme;  ///< absent: the project's, and untouched posts to the letter of their file;
                                            ///< given: every post is written in it
    bool replace = false;                   ///< files that are there already may be replaced
};

/// What would be or was written. Findings name what the format cannot hold or what had to be written differently:
/// rewritten-orphan-tag (an entity that began with an inside tag, in a post that is written from its entities),
/// rewritten-special-tag, misc-written-as-other (the project's files say OTHER), not-in-layer (posts that a run did not
/// predict are left out), and the losses of the format.
struct ExportReport {
    int posts = 0, words = 0, entities = 0, correctedPosts = 0;
    std::vector<std::pair<std::filesystem::path, int>> files;  ///< path and posts
    std::string sample;                                        ///< first lines as they would be written (preview)
    Findings findings;
};

ExportReport previewExport(const project::Project& project, const ExportOptions& options, std::stop_token stop = {});
/// Every file is written whole under another name, read again and compared before the first takes its name: where one
/// is not what was meant, nothing is replaced (FileUnwritable says which post).
/// Errors: those of requireFreeTargets; SplitEmpty, LayerUnknown, OptionInvalid; FileUnwritable, DiskFull,
/// UnsafeTarget.
ExportReport exportProject(const project::Project& project, const ExportOptions& options,
                           const ProgressSink& progress = {}, std::stop_token stop = {});

/// The files that an export would write.
std::vector<std::filesystem::path> exportTargets(const project::Project& project, const ExportOptions& options);

}  // namespace mnerva::workflow
