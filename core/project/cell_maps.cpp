#include "core/project/cell_maps.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/vision/geometry.h"

namespace mnerva::project {
namespace {

constexpr auto kMapCells = std::size_t(vision::kGridCells);

/// Ranks from 1; equal values share the mean of theirs.
std::vector<double> ranksOf(std::span<const float> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        const double shared = (double(begin) + 1 + double(end)) / 2;
        for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = shared;
    }
    return ranks;
}

bool areFinite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

}  // namespace

std::optional<Entity> entityAt(std::span<const Entity> entities, int word, int wordCount) {
    const auto found = std::find_if(entities.begin(), entities.end(), [&](const Entity& entity) {
        return entity.first >= 0 && entity.last < wordCount && entity.first <= word && word <= entity.last;
    });
    return found == entities.end() ? std::nullopt : std::optional(*found);
}

std::vector<float> meanCells(const AttentionMap& map, const WordSpan& words) {
    if (map.isEmpty() || words.first < 0 || words.last < words.first || words.last >= map.words) return {};
    std::vector<float> cells(kMapCells);
    const double count = words.last - words.first + 1;
    for (std::size_t cell = 0; cell < kMapCells; ++cell) {
        double sum = 0;
        for (int word = words.first; word <= words.last; ++word) sum += double(map.at(word, int(cell)));
        cells[cell] = float(sum / count);
    }
    return cells;
}

std::vector<float> cellDifference(std::span<const float> a, std::span<const float> b) {
    if (a.size() != kMapCells || b.size() != kMapCells) return {};
    std::vector<float> difference(kMapCells);
    std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus<>());
    return difference;
}

std::vector<int> hottestCells(std::span<const float> cells, double threshold, int limit) {
    std::vector<int> hot;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        if (std::isfinite(cells[cell]) && cells[cell] > 0 && double(cells[cell]) >= threshold) hot.push_back(int(cell));
    std::stable_sort(hot.begin(), hot.end(),
                     [&](int a, int b) { return cells[std::size_t(a)] > cells[std::size_t(b)]; });
    if (int(hot.size()) > limit) hot.resize(std::size_t(std::max(0, limit)));
    return hot;
}

bool isEven(std::span<const float> cells) {
    constexpr double kPeak = 1.5;
    double sum = 0, largest = 0;
    for (const float cell : cells) {
        if (!std::isfinite(cell)) return false;
        sum += std::abs(double(cell));
        largest = std::max(largest, std::abs(double(cell)));
    }
    return sum > 0 && largest <= kPeak * sum / double(cells.size());
}

double largestCell(const AttentionMap& map) {
    double largest = 0;
    for (int word = 0; word < map.words; ++word) largest = std::max(largest, double(map.maximumOf(word)));
    return largest;
}

std::optional<double> spearman(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size() || a.size() < 2 || !areFinite(a) || !areFinite(b)) return std::nullopt;
    const std::vector<double> first = ranksOf(a), second = ranksOf(b);
    const double mean = (double(a.size()) + 1) / 2;
    double together = 0, ofFirst = 0, ofSecond = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        together += (first[i] - mean) * (second[i] - mean);
        ofFirst += (first[i] - mean) * (first[i] - mean);
        ofSecond += (second[i] - mean) * (second[i] - mean);
    }
    if (ofFirst <= 0 || ofSecond <= 0) return std::nullopt;
    return together / std::sqrt(ofFirst * ofSecond);
}

std::optional<double> EntityChange::change() const {
    if (!before || !after || !before->sameAs(*after) || !before->confidence || !after->confidence) return std::nullopt;
    return *after->confidence - *before->confidence;
}

std::vector<EntityChange> entityChanges(std::span<const Entity> before, std::span<const Entity> after) {
    std::vector<EntityChange> changes;
    for (const Entity& entity : before) changes.push_back({entity, entity, {}});
    for (const Entity& entity : after) {
        const auto same = std::find_if(changes.begin(), changes.end(), [&](const EntityChange& change) {
            return change.before && !change.after && change.entity.first == entity.first &&
                   change.entity.last == entity.last;
        });
        if (same != changes.end())
            same->after = entity;
        else
            changes.push_back({entity, {}, entity});
    }
    std::stable_sort(changes.begin(), changes.end(), [](const EntityChange& a, const EntityChange& b) {
        return std::pair(a.entity.first, a.entity.last) < std::pair(b.entity.first, b.entity.last);
    });
    return changes;
}

}  // namespace mnerva::project
