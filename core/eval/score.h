#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/tag_scheme.h"

namespace mnerva::eval {

/// The three scorers of models.md 2.2: (a), (b), (c).
enum class Rule { SeqevalLenient, ConllStrict, SpecialToO };
std::string_view ruleName(Rule rule);
std::optional<Rule> ruleFromName(std::string_view name);

struct Prf {
    double precision = 0, recall = 0, f1 = 0;  ///< 0..1
    int support = 0;                           ///< gold chunks
    int predicted = 0, correct = 0;
};

/// Scores of a whole split. `types` lists every type seen in gold or prediction, `_` included.
struct Score {
    Rule rule = Rule::SeqevalLenient;
    Prf micro, macro, weighted;
    std::map<std::string, Prf> types;
    int gold = 0, predicted = 0;
};

/// Adds up posts one by one. Both tag lists must have the same length (words of the post).
class Scorer {
public:
    explicit Scorer(Rule rule, text::TagScheme scheme = text::TagScheme::Bio) : Scorer(rule, scheme, scheme) {}
    /// Where the two sides are spelled by different schemes, which the strict rule has to know.
    Scorer(Rule rule, text::TagScheme goldScheme, text::TagScheme predictedScheme)
        : m_rule(rule), m_goldScheme(goldScheme), m_predictedScheme(predictedScheme) {}
    void add(std::span<const std::string> gold, std::span<const std::string> predicted);
    Score score() const;

private:
    struct Counts {
        int gold = 0, predicted = 0, correct = 0;
    };
    Rule m_rule;
    text::TagScheme m_goldScheme, m_predictedScheme;
    std::map<std::string, Counts> m_counts;
};

}  // namespace mnerva::eval
