#include <algorithm>

#include "core/query/fields_internal.h"
#include "core/text/folding.h"

namespace mnerva::query {
namespace {

constexpr std::size_t kListed = 12;  ///< names that a sentence tells

template <class List, class NameOf>
std::string listed(const List& all, NameOf nameOf) {
    std::string text;
    std::size_t count = 0;
    for (const auto& one : all) {
        if (count++ == kListed) return text + ", …";
        text.append(text.empty() ? "" : ", ").append(nameOf(one));
    }
    return text.empty() ? "–" : text;
}

const Names::Layer* layerNamed(const Names& names, std::string_view name) {
    const auto same = [&](const Names::Layer& layer) { return layer.name == name; };
    const auto found = std::find_if(names.layers.begin(), names.layers.end(), same);
    if (found != names.layers.end()) return &*found;
    const std::string wanted = text::folded(name);
    const auto alike = [&](const Names::Layer& layer) { return text::isFoldedTo(layer.name, wanted); };
    const auto near = std::find_if(names.layers.begin(), names.layers.end(), alike);
    return near == names.layers.end() ? nullptr : &*near;
}

std::optional<Mistake> bindLayer(NamedLayer& layer, const Names& names) {
    const auto nameOf = [](const Names::Layer& one) { return one.name; };
    const Names::Layer* found = layerNamed(names, layer.name);
    if (found && (found->isRun || !layer.mustBeRun)) {
        layer.name = found->name;
        return std::nullopt;
    }
    std::vector<Names::Layer> known = names.layers;
    if (found) std::erase_if(known, [](const Names::Layer& one) { return !one.isRun; });
    return Mistake{
        found ? MistakeKind::RunWanted : MistakeKind::LayerUnknown, layer.place, {layer.name, listed(known, nameOf)}};
}

void addAllRuns(Query& query, Term& term, const Names& names) {
    for (const Names::Layer& run : names.layers) {
        if (!run.isRun) continue;
        const auto known = std::find_if(query.layers.begin(), query.layers.end(),
                                        [&](const NamedLayer& layer) { return layer.name == run.name; });
        term.layers.push_back(static_cast<std::size_t>(known - query.layers.begin()));
        if (known == query.layers.end()) query.layers.push_back({run.name, term.place, true});
    }
}

}  // namespace

std::optional<Mistake> bind(Query& query, const Names& names) {
    for (NamedLayer& layer : query.layers)
        if (auto mistake = bindLayer(layer, names)) return mistake;
    for (Term& term : query.terms) {
        if (term.field == Field::Confidence && term.layers.empty()) addAllRuns(query, term, names);
        const bool isLabel = term.field == Field::Label || term.field == Field::Gold || term.field == Field::Predicted;
        if (!isLabel || term.text == "*" || !names.knowsAllLabels) continue;
        const auto same = [&](const std::string& label) { return text::isFoldedTo(label, term.text); };
        if (std::none_of(names.labels.begin(), names.labels.end(), same))
            return Mistake{MistakeKind::LabelUnknown,
                           term.place,
                           {term.text, listed(names.labels, [](const std::string& label) { return label; })}};
    }
    return std::nullopt;
}

}  // namespace mnerva::query
