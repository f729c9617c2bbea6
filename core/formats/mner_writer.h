#pragma once

#include <span>
#include <string>

#include "core/domain/post.h"

namespace mnerva::formats {

/// Appends one post as tagged text (models.md 1.1): the IMGID line, a line a word, an empty line; LF only. `tags` has
/// one tag a word. With the source tags of a post as it was read, the bytes are those that were read. With `auxiliary`
/// the texts about the post follow in PGIM's form (9.2): "<EOS>" and a word a line, all tagged X.
void appendMnerPost(std::string& out, const Post& post, std::span<const std::string> tags, bool auxiliary = false);

}  // namespace mnerva::formats
