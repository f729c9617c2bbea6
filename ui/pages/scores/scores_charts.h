#pragma once

#include <QString>
#include <vector>

#include "ui/pages/scores/scores_host.h"

namespace mnerva::ui {

class Chart;
class IntervalChart;
class StackedBars;

/// What a part of the bars of mistakes stands for.
struct MistakeBar {
    int row = 0;                          ///< of the table of systems
    std::optional<eval::ErrorKind> kind;  ///< nothing: right but for the region
    int type = 0;                         ///< eval::Unit::kNone: all
};

// Each fills a chart of the page from an answer; the caption goes with it.

/// A bar a system, then one a type of the chosen one; gives what the parts stand for, by their ids.
std::vector<MistakeBar> fillMistakes(StackedBars& chart, const ScoresAnswer& answer);
/// The id of a part is bucket * systems + system.
void fillBuckets(IntervalChart& chart, const ScoresAnswer& answer);
/// The id of a part is the bucket.
void fillDifference(IntervalChart& chart, const ScoresAnswer& answer);
/// One line of text about the difference of the two systems.
QString comparisonText(const ScoresAnswer& answer);
/// The chosen system and the one beside it; gives for each series the row and the bins of its points (row -1: the
/// diagonal).
std::vector<std::pair<int, std::vector<int>>> fillReliability(Chart& chart, const ScoresAnswer& answer);
/// What stands under a figure of the page, in the window's language: what it shows, rule, layers, split, fingerprint of
/// the data, seeds, and how often posts were drawn again where it has intervals.
QString scoresCaption(const ScoresAnswer& answer, ScoresReport report);
/// "HVPNeT against gold · 3 seeds: 80.12 ± 0.40".
QString scoresSummary(const ScoresAnswer& answer);

}  // namespace mnerva::ui
