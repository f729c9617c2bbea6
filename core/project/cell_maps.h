#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/project/attention_view.h"

namespace mnerva::project {

/// Words that are looked at together, both ends included.
struct WordSpan {
    int first = 0, last = 0;
    bool holds(int word) const { return first <= word && word <= last; }
    bool operator==(const WordSpan&) const = default;
};

/// The entity that a word belongs to: of several the first in the list; nothing outside of all. Entities that do not
/// lie within `wordCount` words are none.
std::optional<Entity> entityAt(std::span<const Entity> entities, int word, int wordCount);

/// The map of several words is the mean of theirs (explanation.md 2: an entity has one map); 49 numbers, none where the
/// map has no such words.
std::vector<float> meanCells(const AttentionMap& map, const WordSpan& words);

/// a - b, cell by cell; nothing unless both have 49 cells.
std::vector<float> cellDifference(std::span<const float> a, std::span<const float> b);

/// The highest cells over 0 that are not under the threshold, highest first; what is not finite is none.
std::vector<int> hottestCells(std::span<const float> cells, double threshold, int limit);

/// Whether weights are spread so evenly that the map points nowhere: none is half as much again as the mean of all.
/// False without cells, without any weight, and where one is not finite.
bool isEven(std::span<const float> cells);

/// The largest weight of the 49 cells over all words; what lies in crops is no part of it.
double largestCell(const AttentionMap& map);

/// Spearman's rank correlation of two maps: Pearson's of their ranks, equal values sharing the mean of theirs. Nothing
/// where sizes differ, fewer than two numbers are there, one is not finite, or all of a map are equal.
std::optional<double> spearman(std::span<const float> a, std::span<const float> b);

/// How an entity stands in two answers to one post: with the picture as it is, and with another.
struct EntityChange {
    Entity entity;                        ///< of the first answer, else of the second
    std::optional<Entity> before, after;  ///< absent where the answer has no such span; types may differ
    /// after - before where both say the same of the span and how sure they are.
    std::optional<double> change() const;
};
/// In text order. Entities of equal words are one row; others are rows of their own.
std::vector<EntityChange> entityChanges(std::span<const Entity> before, std::span<const Entity> after);

}  // namespace mnerva::project
