#include "core/workflow/cases/case_table.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "core/base/check.h"
#include "core/base/error.h"

namespace mnerva::workflow {
namespace {

std::uint16_t oneMore(std::uint16_t count) {
    return count == std::numeric_limits<std::uint16_t>::max() ? count : static_cast<std::uint16_t>(count + 1);
}

}  // namespace

int Standing::wrong() const {
    return std::accumulate(errors.begin(), errors.end(), 0);
}

CaseTable::CaseTable(std::vector<Layer> layers, const std::string& reference) : m_layers(std::move(layers)) {
    const auto found = layerOf(reference);
    MNERVA_CHECK(found.has_value());
    m_reference = *found;
    m_columns.resize(m_layers.size());
}

void CaseTable::addPost(PostId post, std::string externalId, bool hasPicture) {
    m_posts.push_back(post);
    m_externalIds.push_back(std::move(externalId));
    m_hasPicture.push_back(hasPicture);
    m_filling = 0;
}

void CaseTable::addReading(std::span<const Entity> entities, bool isCovered, bool isAligned) {
    Column& column = m_columns[m_filling];
    Cell& added = column.cells.emplace_back();
    added.isCovered = isCovered;
    added.isAligned = isAligned;
    append(column, added, entities);
    m_layers[m_filling].covered += isCovered;
    ++m_filling;
}

void CaseTable::append(Column& column, Cell& target, std::span<const Entity> entities) {
    target.begin = static_cast<std::uint32_t>(column.mentions.size());
    target.count = static_cast<std::uint32_t>(entities.size());
    for (const Entity& entity : entities) {
        column.mentions.push_back({entity.first, entity.last, typeNumber(entity.type)});
        column.confidences.push_back(entity.confidence.value_or(-1));
    }
}

int CaseTable::typeNumber(const std::string& type) {
    const auto found = std::find(m_types.begin(), m_types.end(), type);
    if (found != m_types.end()) return static_cast<int>(found - m_types.begin());
    m_types.push_back(type);
    return static_cast<int>(m_types.size()) - 1;
}

std::span<const eval::Mention> CaseTable::mentions(std::size_t layer, std::size_t row) const {
    const Cell& asked = cell(layer, row);
    return std::span(m_columns[layer].mentions).subspan(asked.begin, asked.count);
}

std::optional<std::size_t> CaseTable::layerOf(const std::string& name) const {
    const auto found = std::find_if(m_layers.begin(), m_layers.end(), [&](const Layer& l) { return l.name == name; });
    if (found == m_layers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - m_layers.begin());
}

std::optional<std::size_t> CaseTable::rowOf(PostId post) const {
    const auto found = std::lower_bound(m_posts.begin(), m_posts.end(), post);  // project order is that of the ids
    if (found == m_posts.end() || *found != post) return std::nullopt;
    return static_cast<std::size_t>(found - m_posts.begin());
}

void CaseTable::judgeRow(eval::Matcher& matcher, std::size_t row) {
    const bool hasReference = cell(m_reference, row).isCovered;
    const auto held = mentions(m_reference, row);
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        Cell& judged = m_columns[layer].cells[row];
        judged.standing = {};
        if (!hasReference || !judged.isCovered || layer == m_reference) continue;
        for (const eval::Match& match : matcher.match(held, mentions(layer, row))) {
            std::uint16_t& count =
                match.error ? judged.standing.errors[static_cast<std::size_t>(*match.error)] : judged.standing.right;
            count = oneMore(count);
        }
    }
}

void CaseTable::judge(const std::stop_token& stop) {
    constexpr std::size_t kRowsBetweenLooks = 4096;
    if (m_columns[m_reference].mentions.empty()) {
        for (Cell& untagged : m_columns[m_reference].cells) untagged.isCovered = false;
        m_layers[m_reference].covered = 0;
    }
    eval::Matcher matcher;
    for (std::size_t row = 0; row < rows(); ++row) {
        if (row % kRowsBetweenLooks == 0 && stop.stop_requested()) throw Cancelled{};
        judgeRow(matcher, row);
    }
}

bool CaseTable::isJudged(std::size_t layer, std::size_t row) const {
    return layer != m_reference && isCovered(layer, row) && isCovered(m_reference, row);
}

CaseTable::Sum CaseTable::sumOf(std::size_t layer) const {
    Sum sum;
    for (std::size_t row = 0; row < rows(); ++row) {
        if (!isJudged(layer, row)) continue;
        const Standing& one = standing(layer, row);
        ++sum.posts;
        sum.right += one.right;
        for (std::size_t kind = 0; kind < one.errors.size(); ++kind) sum.errors[kind] += one.errors[kind];
    }
    return sum;
}

int CaseTable::disagreeing(std::size_t row) const {
    int count = 0;
    std::optional<std::size_t> first;
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        if (!m_layers[layer].isSystem() || !isCovered(layer, row)) continue;
        if (isCovered(m_reference, row)) {
            count += standing(layer, row).wrong() > 0;
        } else if (!first) {
            first = layer;
        } else {
            const auto a = mentions(*first, row), b = mentions(layer, row);
            count += !std::equal(a.begin(), a.end(), b.begin(), b.end());
        }
    }
    return count;
}

bool CaseTable::areSystemsEqual(std::size_t row) const {
    std::optional<std::size_t> first;
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        if (!m_layers[layer].isSystem() || !isCovered(layer, row)) continue;
        if (!first) {
            first = layer;
            continue;
        }
        const auto a = mentions(*first, row), b = mentions(layer, row);
        if (!std::equal(a.begin(), a.end(), b.begin(), b.end())) return false;
    }
    return first.has_value();
}

std::optional<double> CaseTable::confidenceGap(std::size_t row) const {
    struct Said {
        eval::Mention mention;
        std::size_t system = 0;
        double confidence = 0;
    };
    std::vector<Said> all;
    std::vector<std::size_t> systems;  // those with confidences, or without an entity that could have one
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        if (!m_layers[layer].isSystem() || !isCovered(layer, row)) continue;
        const Cell& asked = cell(layer, row);
        const auto confidences = std::span(m_columns[layer].confidences).subspan(asked.begin, asked.count);
        if (std::any_of(confidences.begin(), confidences.end(), [](double c) { return c < 0; })) continue;
        const auto own = mentions(layer, row);
        for (std::size_t i = 0; i < own.size(); ++i) all.push_back({own[i], systems.size(), confidences[i]});
        systems.push_back(layer);
    }
    if (systems.size() < 2 || all.empty()) return std::nullopt;
    std::sort(all.begin(), all.end(), [](const Said& a, const Said& b) { return a.mention.first < b.mention.first; });
    std::optional<double> widest;
    for (std::size_t begin = 0; begin < all.size();) {
        int last = all[begin].mention.last;
        std::size_t end = begin + 1;
        while (end < all.size() && all[end].mention.first <= last) last = std::max(last, all[end++].mention.last);
        std::vector<double> surest(systems.size(), 0);
        bool isSame = end - begin == systems.size();
        for (std::size_t i = begin; i < end; ++i) {
            surest[all[i].system] = std::max(surest[all[i].system], all[i].confidence);
            isSame = isSame && all[i].mention == all[begin].mention;
        }
        const auto [low, high] = std::minmax_element(surest.begin(), surest.end());
        if (!isSame) widest = std::max(widest.value_or(0), *high - *low);
        begin = end;
    }
    return widest;
}

std::vector<LaneReading> CaseTable::readings(std::size_t row) const {
    std::vector<LaneReading> out;
    for (std::size_t layer = 0; layer < m_layers.size(); ++layer) {
        const Cell& asked = cell(layer, row);
        LaneReading& reading = out.emplace_back();
        reading.layer = m_layers[layer].name;
        reading.kind = m_layers[layer].kind;
        reading.isCovered = asked.isCovered;
        reading.isAligned = asked.isAligned;
        for (std::size_t i = asked.begin; i < asked.begin + asked.count; ++i) {
            const eval::Mention& mention = m_columns[layer].mentions[i];
            const double confidence = m_columns[layer].confidences[i];
            Entity& entity = reading.entities.emplace_back();
            entity = {m_types[static_cast<std::size_t>(mention.type)], mention.first, mention.last, {}};
            if (confidence >= 0) entity.confidence = confidence;
        }
    }
    return out;
}

void CaseTable::replace(std::size_t layer, std::size_t row, std::span<const Entity> entities, bool isCovered) {
    // The old mentions stay behind unused: edits by hand are few beside what was read.
    Cell& changed = m_columns[layer].cells[row];
    m_layers[layer].covered += static_cast<int>(isCovered) - static_cast<int>(changed.isCovered);
    changed.isCovered = isCovered;
    append(m_columns[layer], changed, entities);
    eval::Matcher matcher;
    judgeRow(matcher, row);
}

}  // namespace mnerva::workflow
