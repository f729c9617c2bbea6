#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/post.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// What most letters of the posts are.
enum class PostLanguage { Unknown, Latin, Chinese, Other };

/// What a recipe is chosen by: a look at a project that costs one pass over the beginnings of its posts.
struct DataSheet {
    std::array<std::int64_t, 3> posts{};  ///< in train, valid and test
    std::vector<std::string> types;       ///< of the label set, sorted
    PostLanguage language = PostLanguage::Unknown;
    bool isSample = false;               ///< its words are those that the generator draws from
    std::set<std::uint64_t> contentIds;  ///< those contentId()s of its posts that are under kSketchLimit

    std::int64_t total() const { return posts[0] + posts[1] + posts[2]; }
};

/// A number for the text of a post: of its first 32 ASCII letters, digits and characters of CJK and behind, without
/// case, so that spaces, quotes and labels have no say. 0 where there are fewer than 12 of them. FNV-1a, 64 bits, over
/// their UTF-8.
std::uint64_t contentId(std::string_view text);
/// Ids under it are kept: of a hundred posts about three, the same ones whoever looks.
inline constexpr std::uint64_t kSketchLimit = UINT64_MAX / 32;

/// Reads the project page by page and keeps no text. At most the first 200,000 posts are looked at, the first 4,000 for
/// their language. Throws Cancelled, and what reading throws.
DataSheet dataSheet(const project::Project& project, const std::stop_token& stop);

}  // namespace mnerva::workflow
