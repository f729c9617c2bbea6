#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "core/domain/attribution.h"
#include "core/project/attention_view.h"
#include "core/project/cell_maps.h"
#include "core/vision/heatmap.h"

namespace mnerva::project {

/// What a person wants to see of one answer, or of two side by side.
struct HeatChoice {
    AttentionChoice attention;
    std::string method = "attention";  ///< of attributionMethods()
    vision::HeatColours colours = vision::HeatColours::Magma;
    bool smooth = false;
    bool difference = false;  ///< first - second in place of both
    bool operator==(const HeatChoice&) const = default;
};

/// The heat of some words over the photos of both sides, ready to be drawn.
struct Heat {
    struct Side {
        std::vector<float> cells;  ///< 49; empty: the side has no map of these words
        std::vector<int> hottest;  ///< at most three
    };
    std::array<Side, 2> sides;
    double maximum = 0;  ///< in full colour on both sides; 0: nothing to draw
    double wanted = 0;   ///< the threshold that was chosen; that of `options` is lower where nothing reaches this one
    vision::HeatOptions options;
};

/// The maps of a post as one or two runs see it, on one scale (look.md, Attention). Asked for the heat of other words
/// it copies no map, only 49 numbers a side.
class HeatView {
public:
    enum Side { kFirst, kSecond, kSides };

    /// What a run answered; null: nothing. `wordCount` words of the post.
    void setAnswer(Side side, const Answer& answer, int wordCount);
    /// What the chosen method says of the words that are looked at; null: nothing yet.
    void setAttribution(Side side, std::shared_ptr<const Attribution> attribution);
    void setChoice(const HeatChoice& choice);
    const HeatChoice& choice() const { return m_choice; }

    bool isAttention() const { return m_choice.method == "attention"; }
    /// The attention of a side; empty where it has none.
    const AttentionMap& map(Side side) const { return m_maps[side]; }
    const Answer& answer(Side side) const { return m_answers[side]; }
    /// The heat of some words: their attention, or what was set last by setAttribution().
    Heat at(const WordSpan& words) const;
    /// The attention of some words as a small map: of the first side, or the difference. The method is no matter.
    std::vector<float> attentionCells(const WordSpan& words) const;
    /// The weight in full colour where all words have one scale: the largest cell of both sides.
    double sharedMaximum() const { return m_sharedMaximum; }

private:
    void select(Side side);
    void findScale();
    std::vector<float> cellsOf(Side side, const WordSpan& words) const;

    HeatChoice m_choice;
    std::array<Answer, kSides> m_answers;
    std::array<int, kSides> m_words{};
    std::array<AttentionMap, kSides> m_maps;
    std::array<std::shared_ptr<const Attribution>, kSides> m_attributions;
    double m_sharedMaximum = 0;
};

/// The 49 cells of a method for one of the pictures that the run read; empty where it says nothing of it.
std::vector<float> cellsOfPicture(const Attribution& attribution, int picture);

/// The map of one head for some words, as the choice has direction and weights; empty where there is none. Heads from
/// 0, -1 the mean of all.
std::vector<float> headCells(const Answer& answer, int wordCount, AttentionChoice choice, int layer, int head,
                             const WordSpan& words);

}  // namespace mnerva::project
