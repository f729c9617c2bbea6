#include "core/workflow/bulk/states_internal.h"

#include <algorithm>

#include "core/base/error.h"

namespace mnerva::workflow {

States::States(const project::Project& project, const std::string& layer)
    : m_project(project.impl()), m_layer(m_project.editedLayer(layer)) {}

Looked States::of(PostId post) {
    m_stored = m_project.posts.find(post);
    if (!m_stored)
        throw Error(ErrorCode::ProjectCorrupt,
                    {m_project.connection->file().string(), "there is no post " + std::to_string(post.value)});
    return {&m_stored->post, m_project.stateOf(*m_stored, m_layer)};
}

std::string textBetween(const Post& post, int first, int last) {
    std::string text;
    for (int i = std::max(first, 0); i <= last && i < static_cast<int>(post.words.size()); ++i) {
        if (!text.empty() && post.join == JoinRule::Space) text += ' ';
        text += post.words[static_cast<std::size_t>(i)];
    }
    return text;
}

std::string textBefore(const Post& post, int word, int words) {
    const std::string text = textBetween(post, word - words, word - 1);
    if (word - words <= 0) return text;
    return (post.join == JoinRule::Space ? "… " : "…") + text;
}

std::string textBehind(const Post& post, int word, int words) {
    const std::string text = textBetween(post, word + 1, word + words);
    if (word + words + 1 >= static_cast<int>(post.words.size())) return text;
    return text + (post.join == JoinRule::Space ? " …" : "…");
}

void requireLabel(const project::Project& project, const std::string& type) {
    const LabelSet labels = project.labels();
    if (labels.contains(type)) return;
    std::string known;
    for (const std::string& one : labels.types) known += (known.empty() ? "" : ", ") + one;
    throw Error(ErrorCode::LabelUnknown, {type, known});
}

}  // namespace mnerva::workflow
