#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/text/tag_scheme.h"

namespace mnerva {

/// What people wrote down about a type.
struct LabelNote {
    std::string colour;       ///< "#rrggbb"; empty: the usual one
    std::string description;  ///< the guideline: what it is for, with examples; Markdown
    std::string parent;       ///< the type that this one is a kind of; empty: none
    bool isEmpty() const { return colour.empty() && description.empty() && parent.empty(); }
    bool operator==(const LabelNote&) const = default;
};

/// The entity types of a project, in the order of their digits, and the scheme its files use.
struct LabelSet {
    std::vector<std::string> types;
    text::TagScheme scheme = text::TagScheme::Bio;
    std::map<std::string, LabelNote> notes = {};  ///< of types that have one

    bool contains(const std::string& type) const;
    std::optional<int> indexOf(const std::string& type) const;
    /// Adds a type at the end if it is new; true if it was.
    bool add(const std::string& type);
    /// "O" and, for each type in order, the scheme's tags: the word-level label map of models.md 1.3 [S], without
    /// specials.
    std::vector<std::string> wordTags() const;
    /// Empty where there is none.
    const LabelNote& noteOf(const std::string& type) const;
    /// An empty note goes.
    void setNote(const std::string& type, LabelNote note);
    bool operator==(const LabelSet&) const = default;
};

}  // namespace mnerva
