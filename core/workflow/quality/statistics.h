#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/eval/reliability.h"
#include "core/eval/score.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// Numbers of models.md 1.6 for one split of a layer.
struct SplitStatistics {
    int posts = 0, words = 0, maxWords = 0;
    int entities = 0;           ///< lenient rule
    int entitiesBeginOnly = 0;  ///< those that begin with B- or S- (in IOB1, where I- opens: all)
    int orphanInside = 0;       ///< the others: an I-, M-, E- or a prefix of no scheme opens them; none in IOB1
    int postsWithoutEntity = 0;
    int correctedPosts = 0;            ///< posts whose entities a person edited
    std::map<std::string, int> types;  ///< lenient
    std::map<std::string, int> typesBeginOnly;
    int repeatedImageIds = 0;
    std::string fingerprint;  ///< SHA-256 over ids, words and tags
};
/// Throws Cancelled.
std::map<Split, SplitStatistics> statistics(const project::Project& project, const std::string& layer = "gold",
                                            const std::stop_token& stop = {});

/// SHA-256 of a split of a layer as `export` would write it: ids, words and tags. What `stats` prints and what run.json
/// calls "fingerprint".
std::string layerFingerprint(const project::Project& project, const std::string& layer, Split split,
                             const std::stop_token& stop = {});

/// Integrity: SQLite's own check, entity borders, disjointness, journal replay equal to the corrected layer, covered
/// files.
Findings checkProject(const project::Project& project, const ProgressSink& progress = {}, std::stop_token stop = {});

/// Posts that the layer does not cover (a run did not predict them) are left out; layerCoverage() tells them. Errors:
/// SplitEmpty when none is left. Throws Cancelled.
eval::Score evaluateLayer(const project::Project& project, const std::string& layer, const std::string& gold,
                          std::optional<Split> split, eval::Rule rule, const std::stop_token& stop = {});

/// How many posts of a split a layer has. Gold and the human work have all.
struct LayerCoverage {
    int posts = 0, covered = 0;
    Findings leftOut;  ///< "not-in-layer", a post each
};
LayerCoverage layerCoverage(const project::Project& project, const std::string& layer, std::optional<Split> split,
                            const std::stop_token& stop = {});

/// Whether the stored confidences of a run's predictions mean what they say, against a gold layer. Nothing for a layer
/// without confidences.
std::optional<eval::Reliability> layerReliability(const project::Project& project, const std::string& layer,
                                                  const std::string& gold, std::optional<Split> split);

}  // namespace mnerva::workflow
