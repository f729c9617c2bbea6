#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/post.h"

namespace mnerva::project {

/// Lower case for comparing: Unicode's simple case folding, code point by code point.
std::string folded(std::string_view text);

/// The folded ids and texts of all posts in one piece of memory: a search is one pass over some megabytes, which needs
/// no word borders (Chinese) and no least length of the needle.
class SearchIndex {
public:
    /// `joinedWords` are the words with a line feed between them.
    void add(PostId post, std::string_view externalId, JoinRule join, std::string_view joinedWords);
    PostId last() const { return m_posts.empty() ? PostId{} : m_posts.back(); }
    std::vector<PostId> find(std::string_view needle, int limit) const;

private:
    std::string m_text;
    std::vector<std::size_t> m_ends;
    std::vector<PostId> m_posts;
};

}  // namespace mnerva::project
