#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/query/query.h"

// What the parser, bind() and completions() know of each field. Of core/query only.

namespace mnerva::query {

/// A value that a field takes, under the name that is shown first and others that are understood.
struct Choice {
    int value = 0;
    std::vector<std::string_view> names;
};

struct FieldForm {
    Field field = Field::Any;
    std::vector<std::string_view> names;  ///< the first is shown
    enum class Value { None, Words, Label, Choice, Number } value = Value::None;
    std::size_t leastNames = 0, mostNames = 0;  ///< in parentheses
    std::vector<Choice> choices;
    std::string_view example;

    bool takesNames() const { return mostNames > 0; }
};

/// All fields but Any, in the order in which they are offered.
const std::vector<FieldForm>& fieldForms();
/// The field of a name in any case and width; null: none.
const FieldForm* fieldNamed(std::string_view folded);
const FieldForm& formOf(Field field);
/// "yes, no, missing".
std::string choicesText(const FieldForm& form);
/// The names of all fields, as a sentence lists them.
std::string fieldsText();

/// What was being written at the end of a text.
struct Wanted {
    enum class Kind { Nothing, Condition, Value, Name } kind = Kind::Nothing;
    const FieldForm* form = nullptr;
    std::size_t begin = 0;  ///< code point where it begins
    bool isTruth = false;   ///< a name after the first of right, wrong, error: any layer
};

/// parse(), which also says what the end of the text was about.
std::variant<Query, Mistake> parse(std::string_view text, Wanted& atEnd);

}  // namespace mnerva::query
