#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/text/bert_words.h"

namespace mnerva::text {

/// BERT's tokenizer for one word at a time (models.md 2.1): basic tokenizer, then the longest vocabulary entries from
/// the left,
/// "##" in front of those that continue a word. Ids equal those of Hugging Face's `tokenizers`. A word in brackets such
/// as
/// "[SEP]" is text like any other and never becomes a special token. Constant after it was made, so threads may share
/// one.
class WordPiece {
public:
    /// Reads vocab.txt (one entry a line, its id is its line number from 0).
    /// Errors: FileMissing, FileIsDirectory, FileUnreadable, EncoderInvalid (an entry that BERT needs is missing).
    static WordPiece load(const std::filesystem::path& vocabulary, bool lowerCase);
    /// The same from a list; an entry that comes twice has the later id, as in the reference.
    static WordPiece fromVocabulary(std::vector<std::string> entries, bool lowerCase);

    /// Ids of the pieces of one word; empty where the word vanishes (models.md 1.7).
    std::vector<int> ids(std::string_view word) const;
    /// Appends them to `out` and gives their number: for the inner loop.
    int appendIds(std::string_view word, std::vector<int>& out) const;

    int cls() const { return m_cls; }
    int sep() const { return m_sep; }
    int pad() const { return m_pad; }
    int unk() const { return m_unk; }
    /// -1 in a vocabulary without "[MASK]".
    int mask() const { return m_mask; }

    bool lowerCase() const { return m_lowerCase; }
    int size() const { return static_cast<int>(m_entries.size()); }
    const std::vector<std::string>& entries() const { return m_entries; }
    std::optional<int> idOf(std::string_view entry) const;

    /// Writes vocab.txt. Errors: FileUnwritable, DiskFull.
    void save(const std::filesystem::path& vocabulary) const;

private:
    /// A trie in one open-addressed table: (node, byte) -> node. Node 1 begins words, node 2 what stands behind "##".
    struct Edge {
        std::uint32_t key = 0;  ///< node << 8 | byte; 0 is free
        std::uint32_t child = 0;
    };

    WordPiece(std::vector<std::string> entries, bool lowerCase);
    std::uint32_t childOf(std::uint32_t node, unsigned char byte) const;
    void insert(std::uint32_t root, std::string_view text, int id, std::uint32_t& nodes);
    void appendPieces(std::string_view word, std::vector<int>& out) const;
    int requiredId(std::string_view entry) const;

    std::vector<std::string> m_entries;
    bool m_lowerCase;
    BertWords m_words;
    std::vector<Edge> m_edges;
    std::uint32_t m_edgeMask = 0;
    std::vector<int> m_idOfNode;
    int m_cls = -1, m_sep = -1, m_pad = -1, m_unk = -1, m_mask = -1;
};

/// The entries a tiny vocabulary needs for these words: the five specials, every character alone and behind "##", then
/// the most frequent whole words, `limit` entries at most. Same words, same vocabulary.
std::vector<std::string> vocabularyOfWords(const std::vector<std::string>& words, bool lowerCase, std::size_t limit);

}  // namespace mnerva::text
