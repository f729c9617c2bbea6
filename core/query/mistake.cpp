#include "core/query/mistake.h"

#include <array>

#include "core/base/error.h"
#include "core/base/translatable.h"

namespace mnerva::query {
namespace {

struct Sentence {
    MistakeKind kind;
    std::string_view text;
};

constexpr std::array kSentences{
    Sentence{
        MistakeKind::FieldUnknown,
        MNERVA_TEXT("query", "There is no field “{0}”. Fields are {1}. To find these letters, put them in quotes.")},
    Sentence{MistakeKind::ValueMissing, MNERVA_TEXT("query", "“{0}” needs a value: {1}.")},
    Sentence{MistakeKind::ValueUnknown, MNERVA_TEXT("query", "“{0}” is no value of “{1}”. It takes {2}.")},
    Sentence{MistakeKind::ComparisonMissing,
             MNERVA_TEXT("query", "“{0}” is compared with a number by <, <=, =, !=, >= or >.")},
    Sentence{MistakeKind::NumberWanted,
             MNERVA_TEXT("query", "“{0}” is no number that “{1}” can be compared with: {2}.")},
    Sentence{MistakeKind::NamesWanted, MNERVA_TEXT("query", "“{0}” needs names in parentheses, as in {1}.")},
    Sentence{MistakeKind::NamesTooMany, MNERVA_TEXT("query", "“{0}” has too many names. It is written as in {1}.")},
    Sentence{MistakeKind::QuoteOpen, MNERVA_TEXT("query", "The quotes that begin here do not end.")},
    Sentence{MistakeKind::WordsMissing, MNERVA_TEXT("query", "There is nothing between these quotes.")},
    Sentence{MistakeKind::ParenthesisOpen, MNERVA_TEXT("query", "The parenthesis that opens here is not closed.")},
    Sentence{MistakeKind::ParenthesisStray,
             MNERVA_TEXT("query", "This parenthesis closes nothing. To find the sign itself, put it in quotes.")},
    Sentence{MistakeKind::ParenthesesEmpty, MNERVA_TEXT("query", "There is nothing in these parentheses.")},
    Sentence{MistakeKind::TermMissing,
             MNERVA_TEXT("query", "A condition is missing at “{0}”. To find the word itself, put it in quotes.")},
    Sentence{MistakeKind::TooDeep, MNERVA_TEXT("query", "Conditions are nested deeper than {0} levels here.")},
    Sentence{MistakeKind::TooLong, MNERVA_TEXT("query", "The query has {0} characters; {1} are read.")},
    Sentence{MistakeKind::LayerUnknown, MNERVA_TEXT("query", "There is no layer “{0}”. Layers are {1}.")},
    Sentence{MistakeKind::RunWanted, MNERVA_TEXT("query", "“{0}” is no run. Runs with predictions are: {1}.")},
    Sentence{MistakeKind::LabelUnknown, MNERVA_TEXT("query", "There is no label “{0}”. Labels are {1}.")},
    Sentence{
        MistakeKind::InfluenceMissing,
        MNERVA_TEXT("query", "The run “{0}” has no file influence.json, which says what pictures did to its answers.")},
    Sentence{MistakeKind::RegionsMissing,
             MNERVA_TEXT("query", "The layer “{0}” does not say where in the picture its entities are.")},
    Sentence{MistakeKind::LayersHidden,
             MNERVA_TEXT("query", "A blind layer is being made: posts are found by their words, not by “{0}”.")},
};

}  // namespace

std::string_view mistakeTemplate(MistakeKind kind) {
    for (const Sentence& sentence : kSentences)
        if (sentence.kind == kind) return sentence.text;
    return kSentences.front().text;
}

std::string sentenceOf(const Mistake& mistake) {
    return fillTemplate(mistakeTemplate(mistake.kind), mistake.args);
}

const std::vector<MistakeKind>& allMistakeKinds() {
    static const std::vector<MistakeKind> kinds = [] {
        std::vector<MistakeKind> all;
        for (const Sentence& sentence : kSentences) all.push_back(sentence.kind);
        return all;
    }();
    return kinds;
}

}  // namespace mnerva::query
