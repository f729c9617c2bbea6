#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/post.h"
#include "core/models/text/encoded_post_internal.h"
#include "core/text/tokenizer.h"
#include "core/text/wordpiece.h"

namespace mnerva::models {

/// Words of a post to ids (models.md 2.1): each word is tokenised on its own, pieces stand between [CLS] and [SEP] (<s>
/// and </s>); the first `longest` - 2 pieces are kept, so a word may lose its end, or all of it. `layout` says whether
/// the words that isOddWord() knows are one [UNK] each, and whose vectors words have besides.
EncodedPost encodePost(const text::Tokenizer& tokenizer, const std::vector<std::string>& words, int longest,
                       const TextLayout& layout = {});

/// The same with texts about the post behind it, one after the other, and a second [SEP] (models.md 9.2). They get the
/// room that the post leaves; their words beyond it are counted and left out.
EncodedPost encodePost(const text::Tokenizer& tokenizer, const std::vector<std::string>& words,
                       const std::vector<AuxiliaryText>& auxiliary, int longest, const TextLayout& layout = {});

/// Row of a word in a file of vectors: that of the word, or of its form in lower case (ASCII); -1: none.
std::int64_t vectorRowOf(const WordVectors& vectors, const std::string& word);

/// Words that RpBERT reads as unknown (models.md 4.4): empty or white space, U+FE0F, U+200D, U+200B, U+0092, and those
/// that start with "http://t.co/".
bool isOddWord(std::string_view word);

/// The vocabulary of a tiny encoder: special tokens, characters and words of these posts.
text::WordPiece tinyWordPiece(const std::vector<const std::vector<std::string>*>& posts);

}  // namespace mnerva::models
