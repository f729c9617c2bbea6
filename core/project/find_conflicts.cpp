#include <algorithm>

#include "core/project/find_internal.h"
#include "core/store/lines.h"
#include "core/text/mention_form.h"

namespace mnerva::project::finding {
namespace {

std::size_t digestOfText(const std::vector<std::string>& words, const Entity& entity) {
    std::string text;
    for (int i = entity.first; i <= entity.last && i < static_cast<int>(words.size()); ++i)
        text += words[static_cast<std::size_t>(i)];
    return std::hash<std::string>()(text::mentionKey(text));
}

}  // namespace

void ConflictIndex::add(const store::RawPost& post, const std::vector<Entity>& entities) {
    if (entities.empty()) return;
    const std::vector<std::string> words = store::splitLines(post.words);
    for (const Entity& entity : entities) {
        const auto known = std::find(m_labels.begin(), m_labels.end(), entity.type);
        const auto label = static_cast<std::int32_t>(known - m_labels.begin());
        if (known == m_labels.end()) m_labels.push_back(entity.type);
        const auto [at, isNew] = m_labelOf.try_emplace(digestOfText(words, entity), label);
        if (!isNew && at->second != label) at->second = kSeveral;
    }
}

bool ConflictIndex::has(const store::RawPost& post, const std::vector<Entity>& entities) const {
    if (entities.empty()) return false;
    const std::vector<std::string> words = store::splitLines(post.words);
    return std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
        const auto found = m_labelOf.find(digestOfText(words, entity));
        return found != m_labelOf.end() && found->second == kSeveral;
    });
}

}  // namespace mnerva::project::finding
