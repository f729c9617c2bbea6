#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace mnerva {

/// A database id that cannot be mixed up with another kind of id. 0 means "none yet".
template <class Tag>
struct Id {
    std::int64_t value = 0;
    bool isValid() const { return value != 0; }
    auto operator<=>(const Id&) const = default;
};

using PostId = Id<struct PostTag>;
using EntityId = Id<struct EntityTag>;
using LayerId = Id<struct LayerTag>;
using JournalId = Id<struct JournalTag>;

}  // namespace mnerva

template <class Tag>
struct std::hash<mnerva::Id<Tag>> {
    std::size_t operator()(const mnerva::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
