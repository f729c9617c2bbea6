#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::query {

/// A piece of a text, in code points; `last` is behind it.
struct Place {
    std::size_t first = 0, last = 0;
    bool operator==(const Place&) const = default;
};

/// Why a text is no query. Each has one English sentence with numbered places (mistakeTemplate), which the window
/// translates in the context "query".
enum class MistakeKind {
    FieldUnknown,       // {0} found {1} fields
    ValueMissing,       // {0} field {1} values
    ValueUnknown,       // {0} found {1} field {2} values
    ComparisonMissing,  // {0} field
    NumberWanted,       // {0} found {1} field {2} what it must be
    NamesWanted,        // {0} field {1} how it is written
    NamesTooMany,       // {0} field {1} how it is written
    QuoteOpen,          //
    WordsMissing,       // nothing between the quotes
    ParenthesisOpen,    //
    ParenthesisStray,   //
    ParenthesesEmpty,   //
    TermMissing,        // {0} the operator
    TooDeep,            // {0} limit
    TooLong,            // {0} code points {1} limit
    LayerUnknown,       // {0} name {1} layers
    RunWanted,          // {0} name {1} runs
    LabelUnknown,       // {0} label {1} labels
    InfluenceMissing,   // {0} run
    RegionsMissing,     // {0} layer
    LayersHidden,       // {0} the condition
};

/// Where a text is wrong, and what was found and wanted there.
struct Mistake {
    MistakeKind kind = MistakeKind::FieldUnknown;
    Place place;
    std::vector<std::string> args;
};

/// English sentence with places {0}, {1}, ...; context "query" of the translations.
std::string_view mistakeTemplate(MistakeKind kind);
/// The English sentence.
std::string sentenceOf(const Mistake& mistake);
/// All kinds, for tests.
const std::vector<MistakeKind>& allMistakeKinds();

}  // namespace mnerva::query
