#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/bert_words.h"
#include "core/text/byte_trie.h"
#include "core/text/tokenizer.h"

namespace mnerva::text {

/// BERT's tokenizer (models.md 2.1): basic tokenizer, then the longest vocabulary entries from the left, "##" in front of
/// those that continue a word. Ids equal those of Hugging Face's `tokenizers`.
class WordPiece : public Tokenizer {
public:
    /// Reads vocab.txt (one entry a line, its id is its line number from 0).
    /// Errors: FileMissing, FileIsDirectory, FileUnreadable, EncoderInvalid (an entry that BERT needs is missing).
    static WordPiece load(const std::filesystem::path& vocabulary, bool lowerCase);
    /// The same from a list; an entry that comes twice has the later id, as in the reference.
    static WordPiece fromVocabulary(std::vector<std::string> entries, bool lowerCase);

    int appendIds(std::string_view word, std::vector<int>& out) const override;

    bool lowerCase() const { return m_lowerCase; }
    int size() const override { return static_cast<int>(m_entries.size()); }
    const std::vector<std::string>& entries() const { return m_entries; }
    std::optional<int> idOf(std::string_view entry) const;

    /// vocab.txt and tokenizer_config.json.
    void save(const std::filesystem::path& folder) const override;

private:
    WordPiece(std::vector<std::string> entries, bool lowerCase);
    void appendPieces(std::string_view word, std::vector<int>& out) const;
    int requiredId(std::string_view entry) const;

    std::vector<std::string> m_entries;
    bool m_lowerCase;
    BertWords m_words;
    ByteTrie m_trie;  ///< root 1 begins words, root 2 what stands behind "##"
};

/// The entries a tiny vocabulary needs for these words: the five specials, every character alone and behind "##", then
/// the most frequent whole words, `limit` entries at most. Same words, same vocabulary.
std::vector<std::string> vocabularyOfWords(const std::vector<std::string>& words, bool lowerCase, std::size_t limit);

}  // namespace mnerva::text
