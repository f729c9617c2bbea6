#include "core/query/completion.h"

#include <algorithm>

#include "core/query/fields_internal.h"
#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::query {
namespace {

struct Candidate {
    std::string text, note;
    std::vector<std::string> names;  ///< folded; what is typed is compared with
};

std::string head(const FieldForm& form) {
    std::string text(form.names.front());
    if (form.leastNames > 0) return text + '(';
    return form.value == FieldForm::Value::Number ? text : text + ':';
}

std::vector<Candidate> conditions() {
    std::vector<Candidate> all;
    for (const FieldForm& form : fieldForms()) {
        Candidate candidate{head(form), std::string(form.example), {}};
        for (const std::string_view name : form.names) candidate.names.emplace_back(name);
        all.push_back(std::move(candidate));
    }
    return all;
}

std::vector<Candidate> values(const FieldForm& form, const Names& names) {
    std::vector<Candidate> all;
    if (form.value == FieldForm::Value::Label)
        for (const std::string& label : names.labels)
            all.push_back({query::quoted(label), {}, std::vector<std::string>{text::folded(label)}});
    for (const Choice& choice : form.choices) {
        Candidate candidate{std::string(choice.names.front()), {}, {}};
        for (const std::string_view name : choice.names) candidate.names.emplace_back(name);
        all.push_back(std::move(candidate));
    }
    return all;
}

std::vector<Candidate> layers(const Wanted& wanted, const Names& names) {
    const Field field = wanted.form->field;
    const bool anyLayer = wanted.isTruth || field == Field::Disagree || field == Field::Predicted;
    std::vector<Candidate> all;
    for (const bool runs : {true, false})
        for (const Names::Layer& layer : names.layers)
            if (layer.isRun == runs && (layer.isRun || anyLayer))
                all.push_back({query::quoted(layer.name), {}, std::vector<std::string>{text::folded(layer.name)}});
    return all;
}

std::vector<Candidate> candidatesOf(const Wanted& wanted, const Names& names) {
    switch (wanted.kind) {
        case Wanted::Kind::Condition:
            return conditions();
        case Wanted::Kind::Value:
            return values(*wanted.form, names);
        case Wanted::Kind::Name:
            return layers(wanted, names);
        case Wanted::Kind::Nothing:
            break;
    }
    return {};
}

/// 0: begins so, 1: holds it, 2: neither.
int rankOf(const Candidate& candidate, const std::string& typed) {
    int best = 2;
    for (const std::string& name : candidate.names)
        best = std::min(best, name.starts_with(typed) ? 0 : name.find(typed) != std::string::npos ? 1 : 2);
    return best;
}

}  // namespace

std::vector<Completion> completions(std::string_view text, std::size_t cursor, const Names& names, std::size_t most) {
    const std::string_view before = text::firstCodePoints(text, cursor);
    Wanted wanted;
    parse(before, wanted);  // a mistake is no matter: what is wanted at the end may be what is missing
    const std::size_t end = text::codePointCount(before);
    if (wanted.kind == Wanted::Kind::Nothing || wanted.begin > end) return {};
    const std::string typed = text::folded(before.substr(text::byteOfCodePoint(before, wanted.begin)));
    std::vector<Completion> found;
    for (const int rank : {0, 1})
        for (const Candidate& candidate : candidatesOf(wanted, names)) {
            if (rankOf(candidate, typed) != rank || found.size() >= most) continue;
            if (rank == 1 && wanted.kind == Wanted::Kind::Condition) continue;
            if (typed.empty() && wanted.kind == Wanted::Kind::Condition && end > 0) continue;
            found.push_back({candidate.text, candidate.note, {wanted.begin, end}});
        }
    return found;
}

}  // namespace mnerva::query
