#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/models/batch_internal.h"
#include "core/text/wordpiece.h"

namespace mnerva::models {

/// Words of a post to ids (models.md 2.1): each word is tokenised on its own, pieces stand between [CLS] and [SEP]; the
/// first `longest` - 2 pieces are kept, so a word may lose its end, or all of it.
EncodedPost encodePost(const text::WordPiece& wordPiece, const std::vector<std::string>& words, int longest);

/// The vocabulary of a tiny encoder: special tokens, characters and words of these posts.
text::WordPiece tinyWordPiece(const std::vector<const std::vector<std::string>*>& posts);

}  // namespace mnerva::models
