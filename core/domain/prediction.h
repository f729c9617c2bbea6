#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva {

/// Row-major float32 values with their shape.
struct FloatArray {
    std::vector<int> shape;
    std::vector<float> values;
    /// Errors: Internal for a place that is not there.
    float at(std::initializer_list<int> index) const;
};

/// Where in the picture an entity is, as a grounded system says.
struct Grounding {
    int region = -1;             ///< row of Prediction::regions; -1: the picture does not show it
    std::vector<float> weights;  ///< of each row, then "not shown"; sum 1; only where attention was asked for
};

/// One post's answer, the same alone and among others. Words that have no sub-token, or that were cut off, are O: their
/// rows of attention are zero, and their row of marginals says O with probability 1.
struct Prediction {
    std::vector<std::string> tags;  ///< one a word
    /// By the lenient rule. Confidence: the probability that the entity is right, which the run's calibration makes of
    /// the CRF's probability of exactly this run of tags, not continued; that itself where the run has none.
    std::vector<Entity> entities;
    /// Pictures in `relevance`, `textToImage` and `imageToText`. Each has a block there: its own relevance and that of
    /// its K crops; its 49 cells and the M rows of each crop. The first block is the post picture's, as if alone.
    int pictures = 1;
    std::vector<int> pictureOf;         ///< of each block: 0 the post's first picture, n PostInput::morePictures[n - 1]
    std::vector<Grounding> groundings;  ///< of each entity; empty: the run grounds nothing
    /// What rows of regions are: index in PostInput::regions, -1: the whole picture. Boxes outside the picture have
    /// none.
    std::vector<int> regions;
    std::vector<double> relevance;  ///< r_0 (post picture), r_1..r_K (crops); 0 where absent; empty: text only
    std::vector<std::vector<double>> levelGates;  ///< per fusion layer: 4 weights of the post picture
    /// UMT: how far the gate lets the picture into each word, the mean of its values in 0..1; 0 without picture.
    std::vector<double> visualGate;
    std::vector<int> cropRegions;  ///< what crops are: index in PostInput::regions; empty: files of their own
    std::vector<FloatArray>
        textToImage;  ///< per fusion layer [heads, words, pictures * (49 + M*K)]; rows sum to 1 over visible columns
    std::vector<FloatArray>
        imageToText;          ///< per fusion layer [heads, pictures * (49 + M*K), words + 2], [CLS] first, [SEP] last
    FloatArray marginals;     ///< [words, tags]: P(tag | post) of each word
    int cutWords = 0;         ///< words beyond the encoder's positions
    int cutAuxiliary = 0;     ///< words of auxiliary texts for which no room was left
    bool hasPicture = false;  ///< the post picture was there and readable
};

/// Leaves out the blocks of all but the first `count` pictures.
void keepPictures(Prediction& prediction, int count);

}  // namespace mnerva
