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

std::uint64_t PostTexts::textHash(std::size_t post, int first, int last) const {
    std::uint64_t hash = 14695981039346656037u;  // FNV-1a
    const auto add = [&hash](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u; };
    const std::span<const int> all = words.of(post);
    for (int at = first; at <= last; ++at) {
        if (at > first && joins[post] == JoinRule::Space) add(' ');
        for (const char c : names.name(all[static_cast<std::size_t>(at)])) add(c);
    }
    return hash;
}

}  // namespace mnerva::eval
