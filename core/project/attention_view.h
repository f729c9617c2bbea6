#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/domain/region.h"
#include "core/project/project.h"
#include "core/protocol/messages.h"

namespace mnerva::project {

enum class AttentionDirection {
    TextToImage,  ///< each word chooses regions: rows sum to 1 over the regions
    ImageToText,  ///< each region chooses words: columns sum to 1 over the words, [CLS] and [SEP]
};

/// What of an answer's attention is looked at.
struct AttentionChoice {
    int layer = -1;  ///< fusion layer from 0; -1: the last
    int head = -1;   ///< -1: mean of all heads
    AttentionDirection direction = AttentionDirection::TextToImage;
    bool renormalised = false;  ///< text to image: over the 49 cells alone; image to text: over the words alone
    double threshold = 0.08;    ///< weights under it are not drawn (the paper's figure marks > .08)
    int picture = 0;            ///< of the pictures that the run read
    bool sameScale = true;      ///< one scale for all words, or the chosen word's own
    bool operator==(const AttentionChoice&) const = default;
};

/// An answer that several hold; nobody changes it.
using Answer = std::shared_ptr<const protocol::PredictResult>;

/// Attention between the words of a post and its regions: the 49 cells of the picture's grid, then the rows of its
/// crops. One head as it was answered is looked at where it lies in the answer, which the map keeps alive; a mean or
/// what is renormalised has numbers of its own. Either way a copy of a map copies no numbers.
class AttentionMap {
public:
    int words = 0, regions = 0;
    int pictures = 1;  ///< that share the weights of a word; the map shows one of them
    int crops = 0, rowsPerCrop = 0;

    bool isEmpty() const { return m_weights.empty(); }
    /// Weight of a region for a word, both inside the map; what is not finite weighs nothing.
    float at(int word, int region) const;
    /// Weights of a word over the 49 cells; empty when there is no such word.
    std::vector<float> cells(int word) const;
    /// Weights of a region over the words; empty when there is no such region.
    std::vector<float> wordsOf(int region) const;
    float maximum() const { return m_maximum; }  ///< over all words and regions
    float maximumOf(int word) const;             ///< over the 49 cells of a word
    /// Weight every region would have if nothing were chosen (1/49 = .0204 of a picture without crops).
    double uniform(AttentionDirection direction, bool renormalised) const;
    /// "R12" for cells; "c2·3" for the third row of the second crop.
    std::string regionName(int region) const;
    /// The heaviest cells of a word at or over a threshold, heaviest first.
    std::vector<int> hottestCells(int word, double threshold, int limit) const;

private:
    friend AttentionMap selectAttention(const Answer&, int, const AttentionChoice&);
    /// Looks at numbers that lie elsewhere: that of a word and a region stands at word * wordStep + region *
    /// regionStep.
    void lookAt(std::span<const float> weights, std::size_t wordStep, std::size_t regionStep,
                std::shared_ptr<const void> owner);
    /// Numbers of its own, [words, regions].
    void take(std::vector<float> weights);

    std::span<const float> m_weights;
    std::size_t m_wordStep = 0, m_regionStep = 0;
    std::shared_ptr<const void> m_owner;  ///< of the numbers
    float m_maximum = 0;
};

/// How many pictures an answer tells of, at least one.
int picturesRead(const protocol::PredictResult& result);
/// Relevance of one of them and of its crops.
std::span<const double> relevanceOf(const protocol::PredictResult& result, int picture);

/// The regions of a view that a question (questionOf) tells the engine of, in this order: those of its first picture.
std::vector<Region> regionsAsked(const PostRegions& regions);

/// A part of the picture with the weight that an entity gives it.
struct WeighedRegion {
    int region = -1;  ///< index in regionsAsked(), -1: the whole picture
    double weight = 0;
    bool chosen = false;
};
/// Where a grounded run sees the entity at a word.
struct EntityPlace {
    int entity = -1;  ///< index in the answer's entities; -1: the word is in none, or the run grounds nothing
    bool shown = false;
    double notShown = 0;                 ///< weight of "not in the picture"
    std::vector<WeighedRegion> regions;  ///< heaviest first
};
EntityPlace placeOfEntity(const protocol::PredictResult& result, int word);

/// How many fusion layers and heads an answer has in a direction.
int attentionLayers(const protocol::PredictResult& result, AttentionDirection direction);
int attentionHeads(const protocol::PredictResult& result, AttentionDirection direction, int layer);

/// Whether an answer has maps of a direction, in any layer.
bool hasMaps(const protocol::PredictResult& result, AttentionDirection direction);
/// A choice as an answer can show it, since runs differ: the last layer where it has fewer, the mean of all heads
/// likewise, and the other direction where it has maps of that alone.
AttentionChoice fittedChoice(const protocol::PredictResult& result, AttentionChoice choice);

/// The chosen map as words by regions, whatever the direction. Empty when there is no answer, it holds no such
/// attention or its shape does not fit the words (`wordCount`) or the 49 cells.
AttentionMap selectAttention(const Answer& answer, int wordCount, const AttentionChoice& choice);

/// The weight that is drawn darkest for a word.
double shownMaximum(const AttentionMap& map, int word, const AttentionChoice& choice);

}  // namespace mnerva::project
