#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/domain/finding.h"
#include "core/eval/layer_scores.h"
#include "core/eval/properties.h"
#include "core/eval/word_facts.h"
#include "core/formats/prediction_files.h"
#include "core/project/project.h"
#include "core/protocol/run_record.h"

namespace mnerva::workflow {

/// One layer as scores see it.
struct SourceLayer {
    std::string name;
    std::string kind;  ///< "gold", "corrected", "run", "annotator", "file"
    eval::Layer tags;
    Findings findings;                          ///< posts that were left out: word-count-differs
    std::map<Split, std::string> fingerprints;  ///< of gold and corrected: as `stats` prints them
    std::optional<protocol::RunRecord> record;  ///< of a run whose run.json is there
    /// Entities that the layer gives a confidence, of each post; no list where it gives none.
    eval::PostLists<Entity> confident = {};
    /// What `predict --influence` found for its run, of each post; nothing where it was not asked.
    std::optional<eval::PostLists<eval::EntityEffect>> effects = {};
    std::vector<double> relevance = {};  ///< the third of r_0 of each post, as eval::thirdsOf; empty: not known
};

/// Everything that scores are made of: the posts of a project (all splits) and its layers as numbers. Nothing of it
/// refers to the project, so it can be handed to another thread; it is used by one at a time.
struct ScoreSource {
    std::unique_ptr<eval::TagTable> table = std::make_unique<eval::TagTable>();
    eval::PostTexts texts;
    std::unique_ptr<eval::WordFactTable> words;
    eval::PostFacts facts;
    std::vector<PostId> ids;  ///< 0: a post of a file
    std::vector<std::string> externalIds;
    std::vector<Split> splits;
    std::vector<SourceLayer> layers;
    std::vector<std::uint8_t> hasWords;  ///< 0: the words of a post of a file are not known
    text::TagScheme scheme = text::TagScheme::Bio;
    int projectTypes = 0;  ///< types of the table that are the project's, in its order; the others were met in layers

    const SourceLayer* find(const std::string& name) const;
    /// Throws LayerUnknown {name, known layers}.
    const SourceLayer& layer(const std::string& name) const;
    std::vector<int> postsOf(std::optional<Split> split) const;
    std::vector<PostId> idsOf(std::span<const int> posts) const;
};

/// Reads posts and layers of one moment. `names`: the layers wanted besides gold and corrected; nothing: all. Throws
/// LayerUnknown, Cancelled.
ScoreSource readScoreSource(const project::Project& project, const std::optional<std::vector<std::string>>& names = {},
                            const std::stop_token& stop = {});

/// One layer read by itself, so that a source in use elsewhere need not wait for the reading.
struct LayerUpdate {
    std::unique_ptr<eval::TagTable> table;  ///< that the layer's tags are numbers of
    std::optional<SourceLayer> layer;
};
/// Throws LayerUnknown, Cancelled.
LayerUpdate readLayer(const project::Project& project, const std::string& name, const std::stop_token& stop = {});
/// Puts the layer in place of the one of its name; nothing where the posts are others than those of the source.
void takeLayer(ScoreSource& source, const LayerUpdate& update);

/// The blocks of a prediction file as posts with the layers "gold" and `name`. Words are those of the block's text
/// where it has as many as tags; else they are not known.
ScoreSource scoreSourceOf(const formats::PredictionFile& file, const std::string& name);
/// Adds the predictions of another file as a layer: blocks go together in order, those whose gold tags are not the same
/// are not covered.
void addPredictions(ScoreSource& source, const formats::PredictionFile& file, const std::string& name);

}  // namespace mnerva::workflow
