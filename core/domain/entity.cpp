#include "core/domain/entity.h"

#include <algorithm>
#include <tuple>

namespace mnerva {
namespace {

/// "B-PER" and its like; "X", "[SEP]", "PAD" and other words that only stand where a tag should.
bool namesAType(std::string_view tag) {
    return tag.size() > 2 && tag[1] == '-';
}

}  // namespace

std::vector<Entity> entitiesFromTags(const std::vector<std::string>& tags) {
    std::vector<Entity> entities;
    int free = 0;
    for (text::TypedSpan& chunk : text::lenientChunks(tags)) {
        if (!namesAType(tags[static_cast<std::size_t>(chunk.last)])) continue;
        // The rule's begin can be stale ("B E M" of one type); entities of a post are disjoint, so cut at the previous
        // end.
        const int first = std::max(chunk.first, free);
        entities.push_back({chunk.type == "OTHER" ? "MISC" : std::move(chunk.type), first, chunk.last, {}});
        free = chunk.last + 1;
    }
    return entities;
}

std::vector<std::string> tagsFromEntities(const std::vector<Entity>& entities, int wordCount, text::TagScheme scheme) {
    std::vector<text::TypedSpan> spans;
    spans.reserve(entities.size());
    for (const Entity& e : entities) spans.push_back({e.type, e.first, e.last});
    return text::tagsFromSpans(spans, wordCount, scheme);
}

void sortEntities(std::vector<Entity>& entities) {
    std::sort(entities.begin(), entities.end(), [](const Entity& a, const Entity& b) {
        return std::tie(a.first, a.last, a.type) < std::tie(b.first, b.last, b.type);
    });
}

}  // namespace mnerva
