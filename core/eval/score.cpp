#include "core/eval/score.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"

namespace mnerva::eval {
namespace {

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

void addWeighted(Prf& sum, const Prf& prf, double weight) {
    sum.precision += weight * prf.precision;
    sum.recall += weight * prf.recall;
    sum.f1 += weight * prf.f1;
}

/// Macro and weighted means of `types`.
void addMeans(Score& score) {
    for (Prf* mean : {&score.macro, &score.weighted}) {
        mean->support = score.gold;
        mean->predicted = score.predicted;
        mean->correct = score.micro.correct;
        mean->partial = score.micro.partial;
    }
    int support = 0;
    for (const auto& [type, prf] : score.types) support += prf.support;
    for (const auto& [type, prf] : score.types) {
        addWeighted(score.macro, prf, 1.0 / static_cast<double>(score.types.size()));
        addWeighted(score.weighted, prf, ratio(prf.support, support));
    }
}

template <class Row>
Row& rowOf(std::vector<Row>& rows, int type) {
    const auto at = static_cast<std::size_t>(type);
    if (rows.size() <= at) rows.resize(at + 1);
    return rows[at];
}

}  // namespace

Prf prfOf(int gold, int predicted, int correct, int partial) {
    Prf prf;
    prf.support = gold;
    prf.predicted = predicted;
    prf.correct = correct;
    prf.partial = partial;
    const double points = correct + partial / 2.0;
    prf.precision = ratio(points, predicted);
    prf.recall = ratio(points, gold);
    prf.f1 = ratio(2 * prf.precision * prf.recall, prf.precision + prf.recall);
    return prf;
}

Tally::Counts& Tally::of(int type) {
    return rowOf(m_counts, type);
}

SchemaCounts& Tally::schemaOfType(int type) {
    return rowOf(m_byType, type);
}

void Tally::count(int type, int gold, int predicted, int correct) {
    Counts& counts = of(type);
    counts.gold += gold;
    counts.predicted += predicted;
    counts.correct += correct;
}

PostCounts Tally::add(std::span<const Chunk> gold, std::span<const Chunk> predicted) {
    if (m_schema) return addSchema(gold, predicted);
    PostCounts post{static_cast<int>(gold.size()), static_cast<int>(predicted.size()), 0};
    for (const Chunk& chunk : gold) ++of(chunk.type).gold;
    // Chunks come in the order of their last words, each last word once: a merge finds the common ones.
    auto g = gold.begin();
    for (const Chunk& chunk : predicted) {
        Counts& counts = of(chunk.type);
        ++counts.predicted;
        while (g != gold.end() && g->last < chunk.last) ++g;
        if (g == gold.end() || *g != chunk) continue;
        ++counts.correct;
        ++post.correct;
    }
    return post;
}

PostCounts Tally::addSchema(std::span<const Chunk> gold, std::span<const Chunk> predicted) {
    const SchemaCounts all = countSchema(gold, predicted, *m_schema);
    m_all += all;
    const PostCounts post{all.possible(), all.actual(), all.correct + all.partial / 2.0};
    if (std::equal(gold.begin(), gold.end(), predicted.begin(), predicted.end())) {
        for (const Chunk& chunk : gold) ++schemaOfType(chunk.type).correct;
        return post;
    }
    // Row of a type: the same with the entities of that type alone, as nervaluate does.
    std::array<std::span<const Chunk>, 2> sides{gold, predicted};
    int only = -1;
    bool isMixed = false;
    for (const auto side : sides)
        for (const Chunk& chunk : side) {
            isMixed |= only >= 0 && only != chunk.type;
            only = chunk.type;
        }
    if (only < 0) return post;
    if (!isMixed) {
        schemaOfType(only) += all;
        return post;
    }
    std::vector<int> types;
    for (const auto side : sides)
        for (const Chunk& chunk : side)
            if (std::find(types.begin(), types.end(), chunk.type) == types.end()) types.push_back(chunk.type);
    for (const int type : types) {
        const auto isOther = [type](const Chunk& chunk) { return chunk.type != type; };
        m_goldOfType.assign(gold.begin(), gold.end());
        m_predictedOfType.assign(predicted.begin(), predicted.end());
        std::erase_if(m_goldOfType, isOther);
        std::erase_if(m_predictedOfType, isOther);
        schemaOfType(type) += countSchema(m_goldOfType, m_predictedOfType, *m_schema);
    }
    return post;
}

Score Tally::score(const NameTable& types) const {
    Score score;
    score.rule = m_rule;
    if (m_schema) {
        for (std::size_t type = 0; type < m_byType.size(); ++type) {
            const SchemaCounts& counts = m_byType[type];
            if (counts == SchemaCounts{}) continue;
            const std::string& name = types.name(static_cast<int>(type));
            score.schemaTypes[name] = counts;
            score.types[name] = prfOf(counts.possible(), counts.actual(), counts.correct, counts.partial);
        }
        score.schema = m_all;
        score.micro = prfOf(m_all.possible(), m_all.actual(), m_all.correct, m_all.partial);
        score.gold = score.micro.support;
        score.predicted = score.micro.predicted;
        addMeans(score);
        return score;
    }
    int correct = 0;
    for (std::size_t type = 0; type < m_counts.size(); ++type) {
        const Counts& counts = m_counts[type];
        if (counts.gold == 0 && counts.predicted == 0) continue;
        score.types[types.name(static_cast<int>(type))] = prfOf(counts.gold, counts.predicted, counts.correct);
        score.gold += counts.gold;
        score.predicted += counts.predicted;
        correct += counts.correct;
    }
    score.micro = prfOf(score.gold, score.predicted, correct);
    addMeans(score);
    return score;
}

Scorer::Scorer(Rule rule, text::TagScheme goldScheme, text::TagScheme predictedScheme)
    : m_rule(rule), m_goldScheme(goldScheme), m_predictedScheme(predictedScheme), m_tally(rule) {
    MNERVA_CHECK(!needsWords(rule));
}

void Scorer::add(std::span<const std::string> gold, std::span<const std::string> predicted) {
    MNERVA_CHECK(gold.size() == predicted.size());
    const auto numbers = [this](std::span<const std::string> tags) {
        std::vector<int> out;
        out.reserve(tags.size());
        for (const std::string& tag : tags) out.push_back(m_table.idOf(tag));
        return out;
    };
    m_tally.add(chunksOf(numbers(gold), m_table, goldReadingOf(m_rule), m_goldScheme),
                chunksOf(numbers(predicted), m_table, readingOf(m_rule), m_predictedScheme));
}

Score Scorer::score() const {
    return m_tally.score(m_table.types());
}

}  // namespace mnerva::eval
