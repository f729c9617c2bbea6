#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/text/tag_scheme.h"

namespace mnerva {

/// The entity types of a project, in the order of their digits, and the scheme its files use.
struct LabelSet {
    std::vector<std::string> types;
    text::TagScheme scheme = text::TagScheme::Bio;

    bool contains(const std::string& type) const;
    std::optional<int> indexOf(const std::string& type) const;
    /// Adds a type at the end if it is new; true if it was.
    bool add(const std::string& type);
    /// "O" and, for each type in order, the scheme's tags: the word-level label map of models.md 1.3 [S], without specials.
    std::vector<std::string> wordTags() const;
    bool operator==(const LabelSet&) const = default;
};

}  // namespace mnerva
