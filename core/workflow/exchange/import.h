#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"
#include "core/workflow/exchange/box_reader.h"

namespace mnerva::project {
class Project;
}

namespace mnerva::workflow {

/// In place of a format's name: the one that each file is in.
inline constexpr const char* kAnyFormat = "auto";

struct ImportOptions {
    std::vector<std::filesystem::path> files;
    std::string format = kAnyFormat;    ///< name of one of formats::PostKind
    std::optional<Split> split;         ///< absent: from the file name (train, valid/dev/val, test)
    std::filesystem::path imageFolder;  ///< empty: none, or "images"/"<dataset>_images" beside the file if there
    std::filesystem::path cropFile, cropFolder;  ///< crop dictionary (.pth or JSON) and where the crops lie
    std::filesystem::path xmlFolder;             ///< of Pascal VOC files, one a picture, named like it
    bool dryRun = false;
    bool importAgain = false;  ///< a file with content that was imported before is taken once more
    std::string encoding;      ///< of tagged text; empty: UTF-8, or what its mark says
    bool strict = false;       ///< fails where a finding says that something of a file is lost
    int previewPosts = 0;      ///< keep this many first posts in the report
};

struct ImportReport {
    std::string format;
    int posts = 0, words = 0, entities = 0;
    std::map<std::string, int> entitiesOfType;
    text::TagScheme scheme = text::TagScheme::Bio;
    std::vector<std::string> newTypes;
    int missingImages = 0, postsWithoutCropList = 0;
    BoxCounts boxes;
    Findings findings;
    std::vector<Post> preview;
};

/// Reads files into the project: everything or, on error or stop, nothing. A dry run only reports (project may be null
/// then). Findings beside those of the formats' readers: already-imported (the same bytes
/// gave the posts of this split already: the file is left out unless importAgain), split-unknown, no-image-folder and
/// image-folder-missing (once a file), missing-image, no-crop-list (a post whose picture the dictionary does not name),
/// no-crop-folder, new-type (a type that the project's labels lacked), scheme-differs, made-up-id-taken (an IMGID that
/// an earlier post got which had none), and those of BoxReader. A folder of boxes that does not
/// exist is an Error (FileMissing). Errors: those of the readers; ImportTooLossy (strict: with the number of
/// losses); PathEncoding. Without files, but with a folder of boxes, the posts that are in the project get the boxes;
/// `posts` counts those.
ImportReport importFiles(project::Project* project, const ImportOptions& options, const ProgressSink& progress = {},
                         std::stop_token stop = {});

/// What the stages that importFiles() reports are called ("Reading"), marked for translation in the context "Stage".
/// Another one is its own title.
std::string_view importStageTitle(std::string_view stage);

/// True for findings which say that something of a file is not kept as it was meant: what strictness refuses.
bool isLoss(const std::string& code);
/// Number of them.
int lossesIn(const Findings& findings);

}  // namespace mnerva::workflow
