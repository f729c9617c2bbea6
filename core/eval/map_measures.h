#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/eval/resampling.h"

namespace mnerva::eval {

// What a map over cells is worth (explanation.md 3). A map has one value a cell, higher for more; all functions take
// maps whose values are finite.

/// Cells from the hottest to the coldest; equal ones in their order.
std::vector<int> hottestFirst(std::span<const float> map);

/// Area under f_0 .. f_n, by trapezoids, divided by n: the mean height. 0 for fewer than two values.
double areaUnder(std::span<const double> heights);

/// Mean over k of full - left[k], k in {1, 2, 5, 10}: comprehensiveness where left[k] is y without the k hottest cells,
/// sufficiency where it is y with these alone. Those k that `left` does not reach are left out.
double meanLoss(double full, std::span<const double> left);

/// A map held against where the object is.
struct Pointing {
    bool isInside = false;  ///< the hottest cell is one of `inside`: its centre lies in a box
    bool touches = false;   ///< the hottest cell is one of `touched`: it overlaps a box
    double mass = 0;        ///< of the positive values, the share inside; 0 of nothing
    double rank = 0;        ///< of the |inside| hottest cells, the share that is inside
};
/// Nothing where no centre of a cell lies in a box, or the map is flat: it points nowhere.
std::optional<Pointing> pointingOf(std::span<const float> map, std::span<const int> inside,
                                   std::span<const int> touched);

/// Gini index of the absolute values: 0 where all are equal, near 1 where one has all; 0 of nothing.
double giniOf(std::span<const float> map);
/// Entropy of the absolute values as shares, divided by the largest there is: 1 where all are equal, 0 where one has
/// all; 1 of nothing.
double entropyOf(std::span<const float> map);

/// Rank correlation; equal values share their mean rank. Nothing where one of the two is flat. Both of one length.
std::optional<double> spearman(std::span<const float> a, std::span<const float> b);

/// A mean over posts and its percentile interval under resampling of posts.
struct MeanInterval {
    double mean = 0, low = 0, high = 0;
    int count = 0;
};
/// Nothing without values. Equal seeds give equal figures.
std::optional<MeanInterval> bootstrapMean(std::span<const double> values, const ResamplingOptions& options = {});

/// `count` orders of the cells, drawn from a seed.
std::vector<std::vector<int>> randomOrders(int cells, int count, std::uint64_t seed);

}  // namespace mnerva::eval
