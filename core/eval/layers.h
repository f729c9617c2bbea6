#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/domain/entity_box.h"
#include "core/eval/rule.h"
#include "core/text/chunk_rules.h"
#include "core/text/tag_scheme.h"

namespace mnerva::eval {

/// Texts with small numbers, in the order in which they were seen first.
class NameTable {
public:
    int idOf(std::string_view name);
    /// -1: not there.
    int find(std::string_view name) const;
    const std::string& name(int id) const { return m_names[static_cast<std::size_t>(id)]; }
    int size() const { return static_cast<int>(m_names.size()); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> m_names;
    std::unordered_map<std::string, int, Hash, std::equal_to<>> m_ids;
};

/// Tags as numbers: each is taken apart once, however often it occurs.
class TagTable {
public:
    using RuleTag = text::RuleTag<int>;

    TagTable();
    int idOf(std::string_view tag);
    /// Types that are known beforehand get the first numbers, in this order: figures stand in it.
    void addType(std::string_view type) { m_types.idOf(type); }
    const std::string& name(int tag) const { return m_tags.name(tag); }
    int size() const { return m_tags.size(); }
    int outside() const { return m_outside; }
    const RuleTag& parts(int tag) const { return m_parts[static_cast<std::size_t>(tag)]; }
    /// X, [CLS], [SEP] and PAD.
    bool isSpecial(int tag) const { return m_special[static_cast<std::size_t>(tag)]; }
    /// Types by number; a type may have been seen in tags that make no chunk.
    const NameTable& types() const { return m_types; }
    int noType() const { return m_noType; }

private:
    NameTable m_tags, m_types;
    std::vector<RuleTag> m_parts;
    std::vector<bool> m_special;
    int m_outside = 0, m_noType = 0;
};

/// A typed run of words as a rule reads it; both ends belong to it. `type` is a number of TagTable::types().
struct Chunk {
    int first = 0, last = 0, type = 0;
    auto operator<=>(const Chunk&) const = default;
};

/// Lists of many posts in one piece of memory.
template <class T>
class PostLists {
public:
    void add(const T& item) { m_items.push_back(item); }
    /// Ends the list of a post.
    void endPost() { m_ends.push_back(m_items.size()); }
    std::size_t posts() const { return m_ends.size(); }
    std::span<const T> of(std::size_t post) const {
        const std::size_t begin = post == 0 ? 0 : m_ends[post - 1];
        return std::span<const T>(m_items).subspan(begin, m_ends[post] - begin);
    }
    std::span<T> of(std::size_t post) {
        const std::size_t begin = post == 0 ? 0 : m_ends[post - 1];
        return std::span<T>(m_items).subspan(begin, m_ends[post] - begin);
    }
    const std::vector<T>& items() const { return m_items; }

private:
    std::vector<T> m_items;
    std::vector<std::size_t> m_ends;
};
using ChunkLists = PostLists<Chunk>;

/// What one layer says of each word of the posts that are scored, tag numbers of a TagTable. A post that the layer does
/// not speak about, or whose words it counts differently, has no tags and is not covered.
struct LayerTags {
    text::TagScheme scheme = text::TagScheme::Bio;  ///< that the strict reading goes by
    PostLists<int> tags;
    std::vector<std::uint8_t> isCovered;  ///< of each post
    /// Where the layer says its entities are, of each post; nothing: it carries no regions.
    std::optional<PostLists<EntityBox>> boxes;

    void add(std::span<const int> tagsOfPost);
    void addUncovered();
};

/// The chunks of every post; of those that are not covered: none.
ChunkLists chunksOf(const LayerTags& layer, const TagTable& table, Reading reading);
/// The same of one post.
std::vector<Chunk> chunksOf(std::span<const int> tags, const TagTable& table, Reading reading, text::TagScheme scheme);

}  // namespace mnerva::eval
