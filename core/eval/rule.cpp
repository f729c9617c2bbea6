#include "core/eval/rule.h"

#include <array>

#include "core/base/translatable.h"

namespace mnerva::eval {
namespace {

struct RuleRow {
    Rule rule;
    std::string_view name, title, sentence;
};

constexpr std::array<RuleRow, 15> kRules{{
    {Rule::SeqevalLenient, "seqeval-lenient", MNERVA_TEXT("scores", "seqeval, lenient"),
     MNERVA_TEXT("scores",
                 "Same words and type, tags read leniently as seqeval does: an I- without B- opens an entity.")},
    {Rule::ConllStrict, "conll-strict", MNERVA_TEXT("scores", "CoNLL, strict"),
     MNERVA_TEXT("scores",
                 "Same words and type, tags read by the letter of their scheme: an I- without B- is nothing.")},
    {Rule::SpecialToO, "special-to-o", MNERVA_TEXT("scores", "special tags as O"),
     MNERVA_TEXT("scores", "As the lenient rule, after predicted X, [CLS], [SEP] and PAD became O.")},
    {Rule::Discard, "discard", MNERVA_TEXT("scores", "orphans discarded"),
     MNERVA_TEXT("scores", "As the lenient rule, but an entity that begins with an orphan tag becomes O (seqscore).")},
    {Rule::StringsPost, "strings", MNERVA_TEXT("scores", "strings of a post"),
     MNERVA_TEXT("scores", "Distinct texts with their types, post by post: where they stand does not matter.")},
    {Rule::StringsDocument, "strings-document", MNERVA_TEXT("scores", "strings of the split"),
     MNERVA_TEXT("scores", "Distinct texts with their types of the whole split, taken as one document.")},
    {Rule::NervaluateStrict, "nervaluate-strict", MNERVA_TEXT("scores", "nervaluate strict"),
     MNERVA_TEXT("scores",
                 "Same words and type; an overlap that is not equal counts once as incorrect (nervaluate 1.1).")},
    {Rule::NervaluateExact, "nervaluate-exact", MNERVA_TEXT("scores", "nervaluate exact"),
     MNERVA_TEXT("scores", "Same words, whatever the type (nervaluate 1.1).")},
    {Rule::NervaluatePartial, "nervaluate-partial", MNERVA_TEXT("scores", "nervaluate partial"),
     MNERVA_TEXT("scores", "Half a point for an overlap, whatever the type (nervaluate 1.1).")},
    {Rule::NervaluateType, "nervaluate-type", MNERVA_TEXT("scores", "nervaluate type"),
     MNERVA_TEXT("scores", "Any overlap of the same type (nervaluate 1.1).")},
    {Rule::OverlapStrict, "overlap-strict", MNERVA_TEXT("scores", "overlap strict"),
     MNERVA_TEXT("scores", "The strict schema with entities paired by the largest overlap.")},
    {Rule::OverlapExact, "overlap-exact", MNERVA_TEXT("scores", "overlap exact"),
     MNERVA_TEXT("scores", "The exact schema with entities paired by the largest overlap.")},
    {Rule::OverlapPartial, "overlap-partial", MNERVA_TEXT("scores", "overlap partial"),
     MNERVA_TEXT("scores", "The partial schema with entities paired by the largest overlap.")},
    {Rule::OverlapType, "overlap-type", MNERVA_TEXT("scores", "overlap type"),
     MNERVA_TEXT("scores", "The type schema with entities paired by the largest overlap.")},
    {Rule::Grounding, "grounding", MNERVA_TEXT("scores", "grounding"),
     MNERVA_TEXT("scores",
                 "Same words and type, and the same region of the picture: a box with an IoU of .5 or more with one "
                 "of the entity's, or none where the entity is not shown (GMNER).")},
}};

const RuleRow& rowOf(Rule rule) {
    for (const RuleRow& row : kRules)
        if (row.rule == rule) return row;
    return kRules[0];
}

constexpr auto kRuleOrder = [] {
    std::array<Rule, kRules.size()> order{};
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = kRules[i].rule;
    return order;
}();

}  // namespace

std::string_view ruleName(Rule rule) {
    return rowOf(rule).name;
}

std::optional<Rule> ruleFromName(std::string_view name) {
    for (const RuleRow& row : kRules)
        if (row.name == name) return row.rule;
    return std::nullopt;
}

std::span<const Rule> allRules() {
    return kRuleOrder;
}

std::string_view ruleTitle(Rule rule) {
    return rowOf(rule).title;
}

std::string_view ruleSentence(Rule rule) {
    return rowOf(rule).sentence;
}

Reading readingOf(Rule rule) {
    switch (rule) {
        case Rule::ConllStrict:
            return Reading::Strict;
        case Rule::SpecialToO:
            return Reading::SpecialToO;
        case Rule::Discard:
            return Reading::Discard;
        case Rule::SeqevalLenient:
            return Reading::Lenient;
        default:  // people speak of entities here, and a predicted X is none
            return Reading::SpecialToO;
    }
}

Reading goldReadingOf(Rule rule) {
    return rule == Rule::SpecialToO ? Reading::Lenient : readingOf(rule);
}

Reading entityReadingOf(Rule rule) {
    const Reading reading = readingOf(rule);
    return reading == Reading::Lenient ? Reading::SpecialToO : reading;  // phantoms of the lenient one overlap
}

std::optional<SchemaRule> schemaOf(Rule rule) {
    switch (rule) {
        case Rule::NervaluateStrict:
            return SchemaRule{Schema::Strict, Pairing::LibraryOrder};
        case Rule::NervaluateExact:
            return SchemaRule{Schema::Exact, Pairing::LibraryOrder};
        case Rule::NervaluatePartial:
            return SchemaRule{Schema::Partial, Pairing::LibraryOrder};
        case Rule::NervaluateType:
            return SchemaRule{Schema::Type, Pairing::LibraryOrder};
        case Rule::OverlapStrict:
            return SchemaRule{Schema::Strict, Pairing::MaximumOverlap};
        case Rule::OverlapExact:
            return SchemaRule{Schema::Exact, Pairing::MaximumOverlap};
        case Rule::OverlapPartial:
            return SchemaRule{Schema::Partial, Pairing::MaximumOverlap};
        case Rule::OverlapType:
            return SchemaRule{Schema::Type, Pairing::MaximumOverlap};
        default:
            return std::nullopt;
    }
}

}  // namespace mnerva::eval
