#include "core/domain/label_set.h"

#include <algorithm>

namespace mnerva {

bool LabelSet::contains(const std::string& type) const {
    return indexOf(type).has_value();
}

std::optional<int> LabelSet::indexOf(const std::string& type) const {
    const auto found = std::find(types.begin(), types.end(), type);
    if (found == types.end()) return std::nullopt;
    return static_cast<int>(found - types.begin());
}

bool LabelSet::add(const std::string& type) {
    if (contains(type)) return false;
    types.push_back(type);
    return true;
}

const LabelNote& LabelSet::noteOf(const std::string& type) const {
    static const LabelNote none;
    const auto found = notes.find(type);
    return found == notes.end() ? none : found->second;
}

void LabelSet::setNote(const std::string& type, LabelNote note) {
    if (note.isEmpty())
        notes.erase(type);
    else
        notes[type] = std::move(note);
}

std::vector<std::string> LabelSet::wordTags() const {
    std::vector<std::string> tags{"O"};
    for (const std::string& type : types)
        for (std::string& tag : text::tagsOfType(type, scheme)) tags.push_back(std::move(tag));
    return tags;
}

}  // namespace mnerva
