#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/eval/buckets.h"
#include "core/eval/reliability.h"
#include "core/eval/units.h"
#include "core/workflow/scores/score_source.h"

namespace mnerva::workflow {

/// What is asked of a source.
struct ScoreQuestion {
    std::vector<std::string> layers;  ///< the systems, in the order of the rows
    std::string reference = "gold";   ///< the layer that counts as true
    std::optional<Split> split;       ///< nothing: all posts
    eval::Rule rule = eval::Rule::SeqevalLenient;
    bool withIntervals = true;
    eval::ResamplingOptions resampling;
};

/// Something that a reader of the figures must know.
struct ScoreWarning {
    enum class Kind {
        PostsMissing,      ///< {0} layer {1} posts scored {2} posts asked for
        WordCountDiffers,  ///< {0} layer {1} posts
        GoldDiffers,       ///< {0} layer {1} posts
        WordsUnknown,      ///< {0} posts without words
        OtherData,         ///< {0} layer: its run saw other posts or tags than there are now
        TypeNotInGold,     ///< {0} layer {1} types
        OtherPosts,        ///< rows are of different posts
        NoGold,            ///< the reference has no entity
        TestSeen,          ///< {0} layers: their training saw posts of the test, or nearly the same ones
        NoRegions,         ///< {0} layer: the rule needs regions and it carries none
    };
    Kind kind = Kind::NoGold;
    std::vector<std::string> args;
    bool operator==(const ScoreWarning&) const = default;
};
/// English, with places {0}, {1}; marked for translation ("scores").
std::string_view warningTemplate(ScoreWarning::Kind kind);
/// What stands in the place of figures where the rule needs regions and a layer has none; the same.
std::string_view noRegionsText();

/// One system in the table.
struct SystemScore {
    std::string layer;
    eval::LayerScore score;
    std::optional<eval::Interval> interval;  ///< of micro F1
};

/// Systems x scores under one rule.
struct ScoreTable {
    ScoreQuestion question;
    std::vector<SystemScore> rows;
    std::vector<ScoreWarning> warnings;
    std::vector<std::string> types;  ///< of all rows: the project's in its order, then the most frequent in gold first
    int posts = 0;                   ///< asked for
    std::string fingerprint;  ///< SHA-256 of the reference in the split, as `stats` prints it; several splits: of
                              ///< theirs one after another; empty where there is none
};
/// Throws LayerUnknown, SplitEmpty (the split has no posts), Cancelled. A layer that covers no post of it is a row of
/// zeros with a warning.
ScoreTable scoreTable(const ScoreSource& source, const ScoreQuestion& question, const std::stop_token& stop = {});

/// What is wrong with one layer: error-analysis.md 1 to 3.
struct LayerErrors {
    std::vector<int> posts;  ///< that both layers cover
    std::vector<eval::Unit> units;
    std::vector<eval::Mistake> mistakes;
    bool looksAtRegions = false;  ///< the rule does, and both layers carry them: units may be misplaced
};
/// Empty where the rule needs regions and one of the two layers carries none.
LayerErrors layerErrors(const ScoreSource& source, const ScoreQuestion& question, const std::string& layer);
eval::Confusion confusionOf(const ScoreSource& source, const LayerErrors& errors);
/// Of posts whose words are known.
std::vector<eval::SurfaceRow> surfacesOf(const ScoreSource& source, const LayerErrors& errors);

/// Buckets of several layers with the same borders.
struct BucketTable {
    eval::Property property = eval::Property::Type;
    std::vector<eval::BucketRange> ranges;
    std::vector<std::vector<eval::Bucket>> layers;  ///< of each layer of the question
    int leftOut = 0;                                ///< units whose value is not known, of all layers
};
/// `errors` of each layer of the question. Words seen in training are those of the train split, with the reference.
BucketTable bucketTable(const ScoreSource& source, const ScoreQuestion& question, std::span<const LayerErrors> errors,
                        eval::Property property, const std::stop_token& stop = {});

/// How far the confidences of a layer can be believed: an entity is right where the reference has exactly it.
struct ConfidenceCheck {
    eval::Reliability found;
    std::vector<std::vector<int>> posts, wrongPosts;  ///< of each bin, each once
};
/// Nothing where the layer gives no confidences for these posts.
std::optional<ConfidenceCheck> reliabilityOfLayer(const ScoreSource& source, const ScoreQuestion& question,
                                                  const std::string& layer);

/// Two layers over the posts that both cover. Nothing where the rule is no sum over posts, or has no figure for one of
/// them. Throws LayerUnknown,
/// Cancelled.
std::optional<eval::Comparison> compareLayers(const ScoreSource& source, const ScoreQuestion& question,
                                              const std::string& first, const std::string& second,
                                              const std::stop_token& stop = {});
/// The same of rows that are scored already.
std::optional<eval::Comparison> compareScores(const eval::LayerScore& first, const eval::LayerScore& second,
                                              const eval::ResamplingOptions& options, const std::stop_token& stop = {});

/// Several runs that differ in nothing but the seed, as rows of a table.
struct SeedGroup {
    std::vector<std::string> layers, seeds;  ///< beside one another; a seed that is not told is "?"
    eval::MeanSd precision, recall, f1;      ///< micro
    double least = 0, most = 0;              ///< micro F1
};
std::vector<SeedGroup> seedScores(const ScoreSource& source, const ScoreTable& table);

/// Layers of runs that differ in nothing but the seed, two or more each, by the order of the source.
std::vector<std::vector<std::string>> seedGroups(const ScoreSource& source);

/// What must stand under every figure.
struct CaptionFacts {
    ScoreQuestion question;
    std::string fingerprint;         ///< of the reference in the split, its first twelve digits; empty: none
    std::vector<std::string> seeds;  ///< of the layers that are runs
};
CaptionFacts captionFactsOf(const ScoreSource& source, const ScoreQuestion& question);
/// "rule ..., split ..., data ..., seeds ...": what must stand under every figure, in English.
std::string captionOf(const ScoreSource& source, const ScoreQuestion& question);

}  // namespace mnerva::workflow
