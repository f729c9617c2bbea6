#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/models/batch_internal.h"

namespace mnerva::models {

/// Words of a post to ids (models.md 2.1): each word is tokenised on its own, pieces stand between [CLS] and [SEP];
/// what does not fit is cut off.
class PostEncoder {
public:
    /// `vocabulary` is the text of a vocab.txt; `name` stands for it in errors. Errors: EncoderInvalid when a special
    /// token ([PAD], [UNK], [CLS], [SEP]) is missing.
    PostEncoder(std::string vocabulary, bool lowerCase, const std::string& name);
    ~PostEncoder();

    EncodedPost encode(const std::vector<std::string>& words, int longest) const;
    std::int64_t padId() const { return m_pad; }
    int size() const;
    bool lowerCase() const { return m_lowerCase; }
    const std::string& vocabulary() const { return m_vocabulary; }

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    std::string m_vocabulary;
    bool m_lowerCase;
    std::int64_t m_pad = 0, m_cls = 0, m_sep = 0;
};

/// The text of a vocab.txt for a tiny encoder: special tokens, every character seen (alone and as a continuation), then
/// every word seen, most frequent first (at most `most` lines).
std::string tinyVocabulary(const std::vector<const std::vector<std::string>*>& posts, int most = 30000);

}  // namespace mnerva::models
