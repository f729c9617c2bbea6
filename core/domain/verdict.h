#pragma once

#include <compare>
#include <string>

namespace mnerva {

/// A person's answer to a doubt about the labels of a post: "this is no error" (error-analysis.md 5). It is bound to
/// what the doubt was about, so it answers nothing any more once that is changed: an entity that gets other borders or
/// another type is doubted anew.
struct Verdict {
    /// Stable kebab-case name of what was doubted: "entity" (this entity is right as it is), "no-entity" (there is none
    /// at these words), or the name of another queue of the label doctor.
    std::string doubt;
    int first = 0, last = 0;  ///< words, both ends included
    std::string type;         ///< of the entity, or of the one that was proposed; empty: the doubt is about words alone
    auto operator<=>(const Verdict&) const = default;
};

}  // namespace mnerva
