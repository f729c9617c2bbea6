#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace mnerva {

/// What somebody wrote about a post.
struct Comment {
    std::int64_t id = 0;  ///< drawn by chance (newCommentId), so that it stays the same through undo and redo
    std::string author;
    std::int64_t writtenAtMs = 0;  ///< since 1970, UTC
    std::string text;
    bool operator==(const Comment&) const = default;
};

inline constexpr std::size_t kLongestComment = 20000;  ///< bytes
inline constexpr std::size_t kLongestAuthor = 200;     ///< bytes

/// An id that no other comment has, but for a chance of one in 10^15.
std::int64_t newCommentId();
/// Whether it can be kept: an id above 0; an author of one line; a text that is not blank; both UTF-8 and not endless.
bool canBe(const Comment& comment);
/// A text as it is kept: without blanks at its ends, with line feeds alone between its lines.
std::string commentText(std::string text);
/// By time, then by id.
void sortComments(std::vector<Comment>& comments);

}  // namespace mnerva
