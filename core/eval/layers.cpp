#include "core/eval/layers.h"

#include <algorithm>

namespace mnerva::eval {
namespace {

bool isSpecialTag(std::string_view tag) {
    return tag == "X" || tag == "[CLS]" || tag == "[SEP]" || tag == "PAD";
}

/// Hands the chunks of a post to `emit(Chunk)`.
template <class Emit>
void eachChunk(std::span<const int> tags, const TagTable& table, Reading reading, text::TagScheme scheme, Emit&& emit) {
    constexpr int kBeforeAll = -1;
    const auto asIs = [&](std::size_t i) { return table.parts(tags[i]); };
    const auto plain = [&](std::size_t i) { return table.parts(table.isSpecial(tags[i]) ? table.outside() : tags[i]); };
    const auto take = [&](int type, int first, int last) { emit(Chunk{first, last, type}); };
    const auto takeOpened = [&](int type, int first, int last) {
        const char prefix = table.parts(tags[static_cast<std::size_t>(first)]).prefix;
        const bool opens = prefix == 'B' || prefix == 'S' || (scheme == text::TagScheme::Iob1 && prefix == 'I');
        if (opens) take(type, first, last);
    };
    switch (reading) {
        case Reading::Lenient:
            return text::eachLenientChunk(tags.size(), table.noType(), kBeforeAll, asIs, take);
        case Reading::Strict:
            return text::eachStrictChunk(tags.size(), table.noType(), scheme, asIs, take);
        case Reading::SpecialToO:
            return text::eachLenientChunk(tags.size(), table.noType(), kBeforeAll, plain, take);
        case Reading::Discard:
            return text::eachLenientChunk(tags.size(), table.noType(), kBeforeAll, plain, takeOpened);
    }
}

}  // namespace

int NameTable::idOf(std::string_view name) {
    if (const auto found = m_ids.find(name); found != m_ids.end()) return found->second;
    const int id = size();
    m_names.emplace_back(name);
    m_ids.emplace(m_names.back(), id);
    return id;
}

int NameTable::find(std::string_view name) const {
    const auto found = m_ids.find(name);
    return found == m_ids.end() ? -1 : found->second;
}

TagTable::TagTable() {
    m_outside = idOf("O");
    m_noType = m_parts[static_cast<std::size_t>(m_outside)].type;
}

int TagTable::idOf(std::string_view tag) {
    const int id = m_tags.idOf(tag);
    if (id < static_cast<int>(m_parts.size())) return id;
    const text::TagParts parts = text::splitTag(tag);
    m_parts.push_back({text::rulePrefix(parts), m_types.idOf(parts.type)});
    m_special.push_back(isSpecialTag(tag));
    return id;
}

void LayerTags::add(std::span<const int> tagsOfPost) {
    for (const int tag : tagsOfPost) tags.add(tag);
    tags.endPost();
    isCovered.push_back(1);
}

void LayerTags::addUncovered() {
    tags.endPost();
    isCovered.push_back(0);
}

ChunkLists chunksOf(const LayerTags& layer, const TagTable& table, Reading reading) {
    ChunkLists lists;
    for (std::size_t post = 0; post < layer.tags.posts(); ++post) {
        eachChunk(layer.tags.of(post), table, reading, layer.scheme, [&](const Chunk& chunk) { lists.add(chunk); });
        lists.endPost();
    }
    return lists;
}

std::vector<Chunk> chunksOf(std::span<const int> tags, const TagTable& table, Reading reading, text::TagScheme scheme) {
    std::vector<Chunk> chunks;
    eachChunk(tags, table, reading, scheme, [&](const Chunk& chunk) { chunks.push_back(chunk); });
    return chunks;
}

}  // namespace mnerva::eval
