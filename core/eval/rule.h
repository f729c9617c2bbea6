#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace mnerva::eval {

/// What counts as right. Figures of different rules must not stand in one table unsaid.
enum class Rule {
    SeqevalLenient,     ///< models.md 2.2 (a)
    ConllStrict,        ///< (b): IOB2 or IOBES by the letter
    SpecialToO,         ///< (c): as (a) after predicted X, [CLS], [SEP] and PAD became O
    Discard,            ///< seqscore's: a chunk that begins with an orphan tag becomes O; special tags are O
    StringsPost,        ///< distinct (text, type) of each post
    StringsDocument,    ///< distinct (text, type) of the whole split: one document
    NervaluateStrict,   ///< error-analysis.md 1, in the library's own order
    NervaluateExact,    ///< the same borders, whatever the type
    NervaluatePartial,  ///< half for an overlap, whatever the type
    NervaluateType,     ///< an overlap of the same type
    OverlapStrict,      ///< the four schemas over our maximum matching by overlap, which no order changes
    OverlapExact,
    OverlapPartial,
    OverlapType,
    Grounding,  ///< models.md 4.7: words, type and region of the picture (grounding.h)
};

std::string_view ruleName(Rule rule);
/// Nothing for an unknown name.
std::optional<Rule> ruleFromName(std::string_view name);
/// Every rule, in the order in which they are offered.
std::span<const Rule> allRules();

/// A short name for people and one sentence about what counts, in English, marked for translation ("scores").
std::string_view ruleTitle(Rule rule);
std::string_view ruleSentence(Rule rule);

/// How tags become chunks.
enum class Reading { Lenient, Strict, SpecialToO, Discard };
/// The reading of predictions that a rule works on, and that of gold (rule (c) maps predictions only).
Reading readingOf(Rule rule);
Reading goldReadingOf(Rule rule);

/// The reading that looks at entities one by one (confusion, mistakes, buckets): chunks of it are sorted and disjoint.
Reading entityReadingOf(Rule rule);

/// The four schemas of error-analysis.md 1.
enum class Schema { Strict, Exact, Partial, Type };
/// How entities of the two sides are paired.
enum class Pairing { LibraryOrder, MaximumOverlap };
struct SchemaRule {
    Schema schema = Schema::Strict;
    Pairing pairing = Pairing::LibraryOrder;
};
/// Nothing for a rule that is none of the eight.
std::optional<SchemaRule> schemaOf(Rule rule);

constexpr bool needsWords(Rule rule) {
    return rule == Rule::StringsPost || rule == Rule::StringsDocument;
}
/// Whether both layers have to say where in the picture their entities are.
constexpr bool needsRegions(Rule rule) {
    return rule == Rule::Grounding;
}
/// Whether the score is a sum over posts, so that posts can be drawn again (intervals, significance).
constexpr bool isSumOverPosts(Rule rule) {
    return rule != Rule::StringsDocument;
}

}  // namespace mnerva::eval
