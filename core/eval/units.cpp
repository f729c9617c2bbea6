#include "core/eval/units.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace mnerva::eval {
namespace {

std::vector<Entity> entitiesOf(std::span<const Chunk> chunks, const NameTable& types) {
    std::vector<Entity> entities;
    entities.reserve(chunks.size());
    for (const Chunk& chunk : chunks) entities.push_back({types.name(chunk.type), chunk.first, chunk.last, {}});
    return entities;
}

}  // namespace

std::vector<Unit> unitsOf(const ChunkLists& gold, const ChunkLists& predicted, std::span<const int> posts) {
    std::vector<Unit> units;
    for (const int post : posts) {
        const auto a = gold.of(static_cast<std::size_t>(post)), b = predicted.of(static_cast<std::size_t>(post));
        for (std::size_t g = 0, p = 0; g < a.size() || p < b.size();) {
            const bool onlyGold =
                p == b.size() || (g < a.size() && std::pair(a[g].first, a[g].last) < std::pair(b[p].first, b[p].last));
            const bool onlyPredicted =
                !onlyGold && (g == a.size() || std::pair(b[p].first, b[p].last) < std::pair(a[g].first, a[g].last));
            const Chunk& at = onlyPredicted ? b[p] : a[g];
            Unit unit{post, at.first, at.last};
            if (!onlyPredicted) unit.gold = a[g++].type;
            if (!onlyGold) unit.predicted = b[p++].type;
            units.push_back(unit);
        }
    }
    return units;
}

Confusion::Confusion(std::span<const Unit> units, int types)
    : m_types(types), m_counts(static_cast<std::size_t>((types + 1) * (types + 1)), 0) {
    for (const Unit& unit : units) ++m_counts[place(unit.gold, unit.predicted)];
}

std::vector<int> Confusion::types() const {
    std::vector<int> found;
    for (int type = 0; type < m_types; ++type) {
        bool occurs = false;
        for (int other = Unit::kNone; other < m_types; ++other) occurs |= at(type, other) > 0 || at(other, type) > 0;
        if (occurs) found.push_back(type);
    }
    return found;
}

std::vector<Mistake> mistakesOf(const ChunkLists& gold, const ChunkLists& predicted, std::span<const int> posts,
                                const NameTable& types) {
    std::vector<Mistake> mistakes;
    for (const int post : posts) {
        const auto a = gold.of(static_cast<std::size_t>(post)), b = predicted.of(static_cast<std::size_t>(post));
        if (std::equal(a.begin(), a.end(), b.begin(), b.end())) continue;
        for (const Difference& found : differences(entitiesOf(a, types), entitiesOf(b, types)))
            mistakes.push_back({post, found.kind, types.find(found.gold ? found.gold->type : found.predicted->type)});
    }
    return mistakes;
}

std::vector<SurfaceRow> surfacesOf(std::span<const Unit> units, const PostTexts& texts, const NameTable& types) {
    std::vector<SurfaceRow> rows;
    std::unordered_map<std::string, std::size_t> places;
    const auto add = [&](const Unit& unit, const std::string& text, bool isMissed) {
        const int type = isMissed ? unit.gold : unit.predicted;
        std::string key = text;
        key += '\n';  // no word holds one
        key += std::to_string(2 * type + isMissed);
        const auto [at, isNew] = places.emplace(std::move(key), rows.size());
        if (isNew) rows.push_back({0, isMissed, type, text, {}});
        SurfaceRow& row = rows[at->second];
        ++row.count;
        if (row.posts.empty() || row.posts.back() != unit.post) row.posts.push_back(unit.post);
    };
    for (const Unit& unit : units) {
        if (unit.gold == unit.predicted) continue;  // the string is right, wherever it was seen
        const std::string text = texts.text(static_cast<std::size_t>(unit.post), unit.first, unit.last);
        if (unit.gold != Unit::kNone) add(unit, text, true);
        if (unit.predicted != Unit::kNone) add(unit, text, false);
    }
    std::sort(rows.begin(), rows.end(), [&](const SurfaceRow& a, const SurfaceRow& b) {
        if (a.count != b.count) return a.count > b.count;
        if (a.isMissed != b.isMissed) return a.isMissed;
        return std::tie(types.name(a.type), a.text) < std::tie(types.name(b.type), b.text);
    });
    return rows;
}

}  // namespace mnerva::eval
