#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/project/project.h"
#include "core/workflow/bulk/many.h"

namespace mnerva::workflow {

/// What is done to all posts of a query.
struct BulkStep {
    enum class Kind {
        Relabel,    ///< entities of one label get another one
        Clear,      ///< entities go
        Accept,     ///< suggestions of a run become the person's own
        SetStatus,  ///< done, open or skipped; flagged or not; what a review says
    };
    Kind kind = Kind::Relabel;
    std::string layer = {};  ///< that is edited: the corrected one, or an annotator's
    std::string from = {};   ///< Relabel, Clear: entities of this label; empty: of any
    std::string to = {};     ///< Relabel
    std::string text = {};   ///< Relabel, Clear: only mentions that equal this (text::mentionForm); empty: all
    std::string run = {};    ///< Accept
    double atLeast = 0;      ///< Accept: their confidence, 0..1; a suggestion without one counts as 1
    std::optional<PostStage> stage = {};  ///< SetStatus; nothing: stays
    std::optional<bool> flagged = {};     ///< the same
    std::optional<Review> review = {};    ///< the same
    std::vector<PostId> among = {};       ///< only these posts, ascending; empty: all of the query
};

/// One entity that a step is about, with the words around it.
struct BulkExample {
    PostId post;
    std::string externalId;
    std::string before, words, after;
    std::string from, to;              ///< labels; empty: none
    std::optional<double> confidence;  ///< Accept
};

inline constexpr std::size_t kBulkExamples = 20;

/// What a step would do. Nothing is written yet.
struct BulkPlan {
    ManyChange many;
    std::int64_t looked = 0;  ///< posts of the query
    /// Some of the entities, drawn at random (the same ones each time), in project order.
    std::vector<BulkExample> examples;
    std::int64_t unknownLabels = 0;  ///< Accept: suggestions whose label the project lacks; they are left alone
};

/// Looks through the posts of a query (core/query; empty: all). Suggestions that were turned down, that are there
/// already, or that another entity is in the way of, are left alone. Errors: OptionInvalid for a query that is none and
/// for a step that says nothing; LabelUnknown, LayerUnknown; Cancelled.
BulkPlan planBulk(const project::Project& project, const std::string& query, const BulkStep& step,
                  const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace mnerva::workflow
