#include "core/eval/post_texts.h"

namespace mnerva::eval {

void PostTexts::add(const std::vector<std::string>& wordsOfPost, JoinRule join) {
    for (const std::string& word : wordsOfPost) words.add(names.idOf(word));
    words.endPost();
    joins.push_back(join);
}

std::string PostTexts::text(std::size_t post, int first, int last) const {
    std::string out;
    const std::span<const int> all = words.of(post);
    for (int at = first; at <= last; ++at) {
        if (at > first && joins[post] == JoinRule::Space) out += ' ';
        out += names.name(all[static_cast<std::size_t>(at)]);
    }
    return out;
}

}  // namespace mnerva::eval
