#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/domain/post.h"
#include "core/eval/layers.h"

namespace mnerva::eval {

/// The words of the posts that are scored, as numbers of `names`.
struct PostTexts {
    NameTable names;
    PostLists<int> words;
    std::vector<JoinRule> joins;  ///< of each post

    void add(const std::vector<std::string>& wordsOfPost, JoinRule join);
    std::size_t posts() const { return joins.size(); }
    /// Words `first` to `last` of a post, joined by its rule.
    std::string text(std::size_t post, int first, int last) const;
    /// 64 bits that are equal for equal texts, and for others once in 10^19.
    std::uint64_t textHash(std::size_t post, int first, int last) const;
};

}  // namespace mnerva::eval
