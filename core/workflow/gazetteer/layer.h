#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/gazetteer/definition.h"
#include "core/project/project.h"

namespace mnerva::workflow {

inline constexpr std::size_t kGazetteerExamples = 50, kGazetteerClashes = 100;

/// What became of one list or rule.
struct SourceReport {
    /// Why nothing of it counts.
    enum class Fault {
        None,
        Missing,     ///< its file is not in the project's folder
        Changed,     ///< its file is not the one that was added
        Everything,  ///< it covers more than half of all words
    };
    std::string name;
    Fault fault = Fault::None;
    std::int64_t names = 0;  ///< that are looked for
    std::int64_t tooShort = 0, withoutLabel = 0;
    std::int64_t seen = 0, kept = 0;         ///< finds, and those that are no part of a longer or better one
    std::int64_t offWords = 0, tooLong = 0;  ///< of patterns: matches that cut a word, or are longer than 20 words
};
std::string_view faultName(SourceReport::Fault fault);

/// The same words with two labels.
struct ClashReport {
    std::string words;  ///< where it was met first
    std::string source, label, otherSource, otherLabel;
    std::int64_t count = 0;
    PostId post;
};

/// One find, with the words around it.
struct GazetteerExample {
    PostId post;
    std::string externalId, before, words, after, label, source;
};

/// What word lists and rules find in a project.
struct GazetteerReport {
    std::int64_t posts = 0, words = 0, postsWithFinds = 0, entities = 0;
    std::map<std::string, std::int64_t> labels, unknownLabels;  ///< entities; unknown ones are left out of the layer
    std::vector<SourceReport> sources;                          ///< of all that are switched on
    std::vector<ClashReport> clashes;                           ///< the commonest first
    std::int64_t clashCount = 0;
    std::vector<GazetteerExample> examples;  ///< drawn at random (the same ones each time), in project order
    bool holdsTest = false;                  ///< a list was made of test posts: scores on these are flattered
};

using Predictions = std::vector<std::pair<PostId, std::vector<Entity>>>;
struct GazetteerPlan {
    GazetteerReport report;
    Predictions predictions;  ///< of every post; empty where only a report was asked for
};

/// Looks through all posts. A list or rule that cannot be used, or covers more than half of the words (of at least
/// 200), is left out and says why. Errors: Cancelled; those of gazetteer::checkDefinition; MemoryExhausted.
GazetteerPlan planGazetteer(const project::Project& project, const gazetteer::Definition& definition, bool onlyReport,
                            const ProgressSink& progress = {}, std::stop_token stop = {});

/// Makes the layer of the definition anew: a layer of suggestions as a run's. Nothing changes where it is stopped.
/// Errors: as planGazetteer; RunNameInvalid (requireGazetteerLayer); ProjectReadOnly.
GazetteerReport applyGazetteer(project::Project& project, const gazetteer::Definition& definition,
                               const ProgressSink& progress = {}, std::stop_token stop = {});

/// Takes the layer of the definition away; what was accepted of it stays. False: there is none. Errors: RunNameInvalid
/// for a layer that word lists did not make.
bool deleteGazetteerLayer(project::Project& project, const std::string& layer);

}  // namespace mnerva::workflow
