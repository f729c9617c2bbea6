#include "core/eval/score.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.h"

namespace mnerva::eval {
namespace {

constexpr std::array<std::pair<Rule, std::string_view>, 3> kRuleNames{{
    {Rule::SeqevalLenient, "seqeval-lenient"},
    {Rule::ConllStrict, "conll-strict"},
    {Rule::SpecialToO, "special-to-o"},
}};

bool isSpecial(const std::string& tag) {
    return tag == "X" || tag == "[CLS]" || tag == "[SEP]" || tag == "PAD";
}

std::vector<text::TypedSpan> chunksWithoutSpecials(std::span<const std::string> tags) {
    if (std::none_of(tags.begin(), tags.end(), isSpecial)) return text::lenientChunks(tags);
    std::vector<std::string> mapped(tags.begin(), tags.end());
    std::replace_if(mapped.begin(), mapped.end(), isSpecial, std::string("O"));
    return text::lenientChunks(mapped);
}

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

Prf prfOf(int gold, int predicted, int correct) {
    Prf prf;
    prf.support = gold;
    prf.predicted = predicted;
    prf.correct = correct;
    prf.precision = ratio(correct, predicted);
    prf.recall = ratio(correct, gold);
    prf.f1 = ratio(2 * prf.precision * prf.recall, prf.precision + prf.recall);
    return prf;
}

void addWeighted(Prf& sum, const Prf& prf, double weight) {
    sum.precision += weight * prf.precision;
    sum.recall += weight * prf.recall;
    sum.f1 += weight * prf.f1;
}

}  // namespace

std::string_view ruleName(Rule rule) {
    for (const auto& [value, name] : kRuleNames)
        if (value == rule) return name;
    return kRuleNames[0].second;
}

std::optional<Rule> ruleFromName(std::string_view name) {
    for (const auto& [value, known] : kRuleNames)
        if (known == name) return value;
    return std::nullopt;
}

void Scorer::add(std::span<const std::string> gold, std::span<const std::string> predicted) {
    MNERVA_CHECK(gold.size() == predicted.size());
    std::vector<text::TypedSpan> goldChunks, predictedChunks;
    switch (m_rule) {
        case Rule::SeqevalLenient:
            goldChunks = text::lenientChunks(gold);
            predictedChunks = text::lenientChunks(predicted);
            break;
        case Rule::ConllStrict:
            goldChunks = text::strictChunks(gold, m_goldScheme);
            predictedChunks = text::strictChunks(predicted, m_predictedScheme);
            break;
        case Rule::SpecialToO:
            goldChunks = text::lenientChunks(gold);
            predictedChunks = chunksWithoutSpecials(predicted);
            break;
    }
    for (const text::TypedSpan& chunk : goldChunks) ++m_counts[chunk.type].gold;
    // Chunks come in the order of their last words, each last word once: a merge finds the common ones.
    auto g = goldChunks.begin();
    for (const text::TypedSpan& chunk : predictedChunks) {
        Counts& counts = m_counts[chunk.type];
        ++counts.predicted;
        while (g != goldChunks.end() && g->last < chunk.last) ++g;
        if (g != goldChunks.end() && *g == chunk) ++counts.correct;
    }
}

Score Scorer::score() const {
    Score score;
    score.rule = m_rule;
    int correct = 0;
    for (const auto& [type, counts] : m_counts) {
        score.types[type] = prfOf(counts.gold, counts.predicted, counts.correct);
        score.gold += counts.gold;
        score.predicted += counts.predicted;
        correct += counts.correct;
    }
    score.micro = prfOf(score.gold, score.predicted, correct);
    for (Prf* mean : {&score.macro, &score.weighted}) {
        mean->support = score.gold;
        mean->predicted = score.predicted;
        mean->correct = correct;
    }
    for (const auto& [type, prf] : score.types) {
        addWeighted(score.macro, prf, 1.0 / static_cast<double>(score.types.size()));
        addWeighted(score.weighted, prf, ratio(prf.support, score.gold));
    }
    return score;
}

}  // namespace mnerva::eval
