#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/text/tag_scheme.h"

namespace mnerva {

/// A named entity of one post in one layer. Both ends are word indices and belong to it.
struct Entity {
    std::string type;
    int first = 0;
    int last = 0;
    std::optional<double> confidence;  ///< 0..1, suggestions only

    /// Same place and type; confidence is no part of identity.
    bool sameAs(const Entity& o) const { return type == o.type && first == o.first && last == o.last; }
    bool overlaps(int otherFirst, int otherLast) const { return first <= otherLast && otherFirst <= last; }
    bool operator==(const Entity& o) const { return sameAs(o); }
};

/// Entities of gold tags by the lenient rule, OTHER read as MISC; chunks of special tags are left out.
std::vector<Entity> entitiesFromTags(const std::vector<std::string>& tags);

/// One tag a word; entities must be disjoint.
std::vector<std::string> tagsFromEntities(const std::vector<Entity>& entities, int wordCount, text::TagScheme scheme);

/// Sorts by first word, then last, then type.
void sortEntities(std::vector<Entity>& entities);

}  // namespace mnerva
