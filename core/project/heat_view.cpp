#include "core/project/heat_view.h"

#include <algorithm>
#include <cmath>

#include "core/vision/geometry.h"

namespace mnerva::project {
namespace {

/// Where no cell of any side reaches the threshold, but a map points somewhere, half of its largest weight: a map that
/// says something is seen.
double fittedThreshold(const Heat& heat) {
    double most = 0, pointing = 0;
    for (const Heat::Side& side : heat.sides) {
        const double weight = side.cells.empty() ? 0 : vision::heatMaximum(side.cells, heat.options.colours);
        most = std::max(most, weight);
        if (!isEven(side.cells)) pointing = std::max(pointing, weight);
    }
    return most >= heat.options.threshold || pointing <= 0 ? heat.options.threshold : pointing / 2;
}

constexpr int kOutlined = 3;

double largest(std::span<const float> cells, bool isSigned) {
    return vision::heatMaximum(cells, isSigned ? vision::HeatColours::Diverging : vision::HeatColours::Magma);
}

}  // namespace

void HeatView::setAnswer(Side side, const Answer& answer, int wordCount) {
    m_answers[side] = answer;
    m_words[side] = wordCount;
    select(side);
    findScale();
}

void HeatView::setAttribution(Side side, std::shared_ptr<const Attribution> attribution) {
    m_attributions[side] = std::move(attribution);
}

void HeatView::setChoice(const HeatChoice& choice) {
    const bool isOtherMap = choice.attention != m_choice.attention;
    m_choice = choice;
    if (isOtherMap) {
        select(kFirst);
        select(kSecond);
    }
    findScale();
}

void HeatView::select(Side side) {
    const Answer& answer = m_answers[side];
    m_maps[side] =
        answer ? selectAttention(answer, m_words[side], fittedChoice(*answer, m_choice.attention)) : AttentionMap();
}

/// Over all words and both sides, once for a map and not for every word that is looked at.
void HeatView::findScale() {
    m_sharedMaximum = 0;
    const AttentionMap &first = m_maps[kFirst], &second = m_maps[kSecond];
    if (!m_choice.difference) {
        m_sharedMaximum = std::max(largestCell(first), largestCell(second));
        return;
    }
    if (first.isEmpty() || second.isEmpty()) return;
    for (int word = 0; word < std::min(first.words, second.words); ++word)
        for (int cell = 0; cell < vision::kGridCells; ++cell)
            m_sharedMaximum =
                std::max(m_sharedMaximum, std::abs(double(first.at(word, cell)) - double(second.at(word, cell))));
}

std::vector<float> HeatView::cellsOf(Side side, const WordSpan& words) const {
    if (isAttention()) return meanCells(m_maps[side], words);
    const auto& attribution = m_attributions[side];
    return attribution ? cellsOfPicture(*attribution, m_choice.attention.picture) : std::vector<float>();
}

std::vector<float> HeatView::attentionCells(const WordSpan& words) const {
    std::vector<float> cells = meanCells(m_maps[kFirst], words);
    return m_choice.difference ? cellDifference(cells, meanCells(m_maps[kSecond], words)) : cells;
}

Heat HeatView::at(const WordSpan& words) const {
    Heat heat;
    heat.sides[kFirst].cells = cellsOf(kFirst, words);
    heat.sides[kSecond].cells = cellsOf(kSecond, words);
    if (m_choice.difference) {
        heat.sides[kFirst].cells = cellDifference(heat.sides[kFirst].cells, heat.sides[kSecond].cells);
        heat.sides[kSecond].cells.clear();
    }
    bool isSigned = m_choice.difference;
    if (!isAttention())
        for (const auto& attribution : m_attributions) isSigned = isSigned || (attribution && attribution->isSigned);
    heat.options.colours = isSigned ? vision::HeatColours::Diverging : m_choice.colours;
    heat.options.smooth = m_choice.smooth;
    heat.options.threshold = isAttention() && !m_choice.difference ? m_choice.attention.threshold : 0;
    heat.wanted = heat.options.threshold;
    heat.options.threshold = fittedThreshold(heat);
    for (const Heat::Side& side : heat.sides) heat.maximum = std::max(heat.maximum, largest(side.cells, isSigned));
    if (isAttention() && m_choice.attention.sameScale && heat.maximum > 0) heat.maximum = m_sharedMaximum;
    if (heat.maximum > 0) heat.maximum = std::max(heat.maximum, heat.options.threshold);
    for (Heat::Side& side : heat.sides) side.hottest = hottestCells(side.cells, heat.options.threshold, kOutlined);
    return heat;
}

std::vector<float> cellsOfPicture(const Attribution& attribution, int picture) {
    const auto further = std::size_t(std::max(0, picture - 1));
    std::vector<float> cells;
    if (picture == 0)
        cells = attribution.cells;
    else if (picture > 0 && further < attribution.more.size())
        cells = attribution.more[further];
    if (cells.size() != std::size_t(vision::kGridCells)) cells.clear();
    for (float& cell : cells)
        if (!std::isfinite(cell)) cell = 0;
    return cells;
}

std::vector<float> headCells(const Answer& answer, int wordCount, AttentionChoice choice, int layer, int head,
                             const WordSpan& words) {
    choice.layer = layer;
    choice.head = head;
    return meanCells(selectAttention(answer, wordCount, choice), words);
}

}  // namespace mnerva::project
