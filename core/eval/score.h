#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/eval/layers.h"
#include "core/eval/rule.h"
#include "core/eval/schema.h"
#include "core/text/tag_scheme.h"

namespace mnerva::eval {

struct Prf {
    double precision = 0, recall = 0, f1 = 0;  ///< 0..1
    int support = 0;                           ///< gold chunks
    int predicted = 0, correct = 0;
    int partial = 0;  ///< those that count half; only in the partial schema
};
/// P, R and F1 of counts; 0 where a denominator is.
Prf prfOf(int gold, int predicted, int correct, int partial = 0);

/// Scores of a whole split. `types` lists every type seen in gold or prediction, `_` included.
struct Score {
    Rule rule = Rule::SeqevalLenient;
    Prf micro, macro, weighted;
    std::map<std::string, Prf> types;
    int gold = 0, predicted = 0;
    std::optional<SchemaCounts> schema;  ///< of the eight rules that have one: all types together
    std::map<std::string, SchemaCounts> schemaTypes;
};

/// Counts of one post: what resampling works on. `correct` has halves in the partial schema.
struct PostCounts {
    int gold = 0, predicted = 0;
    double correct = 0;
    bool operator==(const PostCounts&) const = default;
};

/// Adds up posts by any rule that needs only tags. Types are numbers of a TagTable.
class Tally {
public:
    explicit Tally(Rule rule) : m_rule(rule), m_schema(schemaOf(rule)) {}
    /// Both lists in the order of their last words.
    PostCounts add(std::span<const Chunk> gold, std::span<const Chunk> predicted);
    /// Things of a type that are counted without a place (strings).
    void count(int type, int gold, int predicted, int correct);
    Score score(const NameTable& types) const;

private:
    struct Counts {
        int gold = 0, predicted = 0, correct = 0;
    };
    Counts& of(int type);
    SchemaCounts& schemaOfType(int type);
    PostCounts addSchema(std::span<const Chunk> gold, std::span<const Chunk> predicted);

    Rule m_rule;
    std::optional<SchemaRule> m_schema;
    std::vector<Counts> m_counts;        ///< by type
    std::vector<SchemaCounts> m_byType;  ///< by type
    SchemaCounts m_all;
    std::vector<Chunk> m_goldOfType, m_predictedOfType;  ///< only kept to be used again
};

/// Adds up posts one by one. Both tag lists must have the same length (words of the post). For rules that need nothing
/// but tags (needsWords and needsRegions are false).
class Scorer {
public:
    explicit Scorer(Rule rule, text::TagScheme scheme = text::TagScheme::Bio) : Scorer(rule, scheme, scheme) {}
    /// Where the two sides are spelled by different schemes, which the strict rule has to know.
    Scorer(Rule rule, text::TagScheme goldScheme, text::TagScheme predictedScheme);
    void add(std::span<const std::string> gold, std::span<const std::string> predicted);
    Score score() const;

private:
    Rule m_rule;
    text::TagScheme m_goldScheme, m_predictedScheme;
    TagTable m_table;
    Tally m_tally;
};

}  // namespace mnerva::eval
