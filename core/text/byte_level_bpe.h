#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/text/tokenizer.h"

namespace mnerva::text {

/// Byte-level BPE of RoBERTa and BART (models.md 9.1): a word with a space before it is cut by GPT-2's pattern, its
/// bytes are merged pair by pair in the order in which the pairs were learned. Ids equal those of Hugging Face's fast
/// tokenizers with add_prefix_space, a word at a time.
class ByteLevelBpe : public Tokenizer {
public:
    /// Errors: FileMissing, FileUnreadable, FormatInvalid (no JSON object of numbers; a line of merges.txt that is no
    /// pair), EncoderInvalid ("<s>", "</s>", "<pad>" or "<unk>" is missing; a merge makes what the vocabulary lacks).
    static ByteLevelBpe load(const std::filesystem::path& vocabulary, const std::filesystem::path& merges);
    /// The same from a tokenizer.json. Errors: as above; FormatInvalid too where it describes another kind of
    /// tokenizer.
    static ByteLevelBpe loadTokenizerJson(const std::filesystem::path& path);

    int appendIds(std::string_view word, std::vector<int>& out) const override;
    int size() const override { return static_cast<int>(m_entries.size()); }
    /// vocab.json, merges.txt and tokenizer_config.json.
    void save(const std::filesystem::path& folder) const override;

private:
    using Vocabulary = std::unordered_map<std::string, int>;
    using Merges = std::vector<std::pair<std::string, std::string>>;
    struct Merge {
        std::uint32_t rank = 0;
        int made = 0;
    };

    /// `path` and `mergesPath` name the sources in errors.
    ByteLevelBpe(const Vocabulary& vocabulary, const Merges& merges, const std::string& path,
                 const std::string& mergesPath);
    void appendMerged(std::string_view piece, std::vector<int>& out) const;
    const Merge* mergeOf(int left, int right) const;

    std::vector<std::string> m_entries;        ///< by id; empty where an id has none
    std::vector<std::pair<int, int>> m_pairs;  ///< merges in order, as ids
    std::unordered_map<std::uint64_t, Merge> m_merges;
    std::array<int, 256> m_idOfByte{};  ///< -1: the vocabulary has no such byte, which is then left out
};

}  // namespace mnerva::text
