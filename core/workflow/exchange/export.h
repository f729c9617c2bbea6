#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/text/tag_scheme.h"

namespace mnerva::project {
class Project;
}

namespace mnerva::workflow {

struct ExportOptions {
    std::filesystem::path target;  ///< a file; or a folder for several splits (train.txt, valid.txt, test.txt)
    std::string format = "mner";   ///< mner
    std::string layer = "corrected";
    std::optional<Split> split;  ///< absent: every split that has posts
    bool auxiliary = false;      ///< with the texts about the posts, in PGIM's form (formats::appendMnerPost)
    std::optional<text::TagScheme> scheme;  ///< absent: the project's, and untouched posts to the letter of their file;
                                            ///< given: every post is written in it
    bool replace = false;                   ///< files that are there already may be replaced
};

/// What would be or was written. Findings name what the format cannot hold or what had to be written differently:
/// rewritten-orphan-tag (an entity that began with an inside tag, in a post that is written from its entities),
/// rewritten-special-tag, misc-written-as-other (the project's files say OTHER), status-not-kept, confidence-not-kept,
/// images-not-kept, crops-not-kept, auxiliary-not-kept, not-in-layer (posts that a run did not predict are left out).
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

/// What stands where an export wants to write.
struct TargetState {
    std::vector<std::filesystem::path> existing;  ///< files that would be replaced
    std::vector<std::filesystem::path> imported;  ///< those of them that the project was imported from
};
TargetState stateOfTargets(const project::Project& project, const std::vector<std::filesystem::path>& targets);

/// Refuses to write into a project's folder, this one's or another's (FileProtected), and, unless `replace`, over a
/// file that is there (FileExists names them all). Also PathEncoding.
void requireFreeTargets(const project::Project& project, const std::vector<std::filesystem::path>& targets,
                        bool replace);

/// For what commands write beside exports (--output, --details, --out; empty names are not asked for): a file of a
/// project's folder is never replaced (FileProtected), but the one that a prediction leaves in its run's folder for the
/// window; another one only with `replace` (FileExists names them all). Two names of one file: OptionInvalid.
void requireFreeFiles(const std::vector<std::filesystem::path>& files, bool replace);

}  // namespace mnerva::workflow
