#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/label_set.h"
#include "core/domain/post.h"
#include "core/gazetteer/definition.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// A list that a project keeps now, ready to be put into its definition, and what was odd.
struct MadeList {
    gazetteer::Source source;
    Findings findings;
    std::int64_t emptyLines = 0, comments = 0;
    std::int64_t severalLabels = 0;  ///< names that had more than one label; the commonest was taken
    std::int64_t tooRare = 0;        ///< names below the least count
    bool isOfAllPosts = false;       ///< there are no training posts: all were taken
};

/// A list file (gazetteer::readListFile), kept in the project. It has the label whose name its file has, "per.txt", or
/// none. Errors: those of readListFile and keepList; NothingImported for a file without a name.
MadeList listFromFile(const std::filesystem::path& project, const LabelSet& labels, const std::filesystem::path& file,
                      const std::string& encoding = {}, const ProgressSink& progress = {}, std::stop_token stop = {});

/// Which entities become a list.
struct GoldQuestion {
    std::string layer = "corrected";  ///< gold shows through where nobody corrected
    /// Nothing: all posts, those of the test split too: scores on these say nothing then.
    std::optional<Split> split = Split::Train;
    int leastCount = 1;
};

/// The names of entities with their labels and how often each was tagged, the commonest first. Without training posts
/// those of posts that are of no split are taken. Errors: LayerUnknown; NothingImported where there is no name;
/// Cancelled; those of keepList.
MadeList listFromGold(const project::Project& project, const GoldQuestion& question, const ProgressSink& progress = {},
                      std::stop_token stop = {});

}  // namespace mnerva::workflow
