#pragma once

#include <filesystem>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/formats/prediction_files.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// What of a prediction file and a layer was carried over.
struct PredictionExchange {
    int posts = 0, words = 0, entities = 0;
    Findings findings;
};

/// Writes a layer's tags beside the gold tags in a format of formats::PredictionKind, a block a post in project order
/// (models.md 1.5): what `score` and the
/// papers' own scripts read. Every word is written, those without a sub-token as O. Findings: not-in-layer (a post that
/// a run did not predict is left out). Errors: LayerUnknown, SplitEmpty, FileUnwritable, DiskFull, and those of
/// requireFreeTargets.
PredictionExchange exportPredictions(const project::Project& project, const std::string& layer, Split split,
                                     const formats::Format& format, const std::filesystem::path& path,
                                     bool replace = false);

struct PredictionImportOptions {
    int system = 1;       ///< which of the systems of a file that has several, from 1
    bool strict = false;  ///< store nothing where something of the file would be lost
};

/// Reads such a file as the layer `layer` (that of a run; replaced as a whole): blocks and posts of the split go
/// together in order, by their picture too where the format names it, by their picture alone where it says so. A block
/// of other words than the post's is placed by the code points of its text ("aligned-by-characters"; an entity that
/// ends inside a word takes all of it: "entity-widened"; one whose words are taken is left out: "entity-unplaced"), and
/// is left out where that is another text ("word-count-differs") or its picture is another ("picture-differs"). Its
/// gold tags may differ from the project's ("gold-differs", kept); "posts-left-over" and "blocks-left-over" count those
/// without a partner. Errors: those of readFittingPredictions, SplitEmpty; NothingImported where no block fits (the
/// layer stays as it was); ImportTooLossy (`strict`); OptionInvalid for a system that the file has not.
PredictionExchange importPredictions(project::Project& project, const std::filesystem::path& path,
                                     const formats::Format& format, Split split, const std::string& layer,
                                     const PredictionImportOptions& options = {});

}  // namespace mnerva::workflow
