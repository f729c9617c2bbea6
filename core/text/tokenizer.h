#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// How an encoder's words become ids (models.md 2.1, 9.1): one word at a time, without special tokens. A word that
/// looks like a special token ("[SEP]", "</s>") is text like any other. Constant after it was made, so threads may
/// share one.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    /// Appends the ids of the pieces of one word to `out` and gives their number; 0 where the word vanishes (1.7).
    virtual int appendIds(std::string_view word, std::vector<int>& out) const = 0;
    std::vector<int> ids(std::string_view word) const;

    int begin() const { return m_special.begin; }  ///< "[CLS]", "<s>"
    int end() const { return m_special.end; }      ///< "[SEP]", "</s>"
    int pad() const { return m_special.pad; }
    int unk() const { return m_special.unk; }
    int mask() const { return m_special.mask; }  ///< -1 in a vocabulary without one

    /// One more than the largest id.
    virtual int size() const = 0;

    /// Writes the vocabulary under the usual names of Hugging Face, and tokenizer_config.json: loadTokenizer and
    /// transformers read the folder. Errors: FileUnwritable, DiskFull.
    virtual void save(const std::filesystem::path& folder) const = 0;

protected:
    struct SpecialIds {
        int begin = -1, end = -1, pad = -1, unk = -1, mask = -1;
    };
    Tokenizer() = default;
    Tokenizer(const Tokenizer&) = default;
    Tokenizer(Tokenizer&&) = default;
    Tokenizer& operator=(const Tokenizer&) = default;
    Tokenizer& operator=(Tokenizer&&) = default;

    SpecialIds m_special;
};

/// What a folder does not say of itself.
struct TokenizerHints {
    std::string modelType;  ///< `model_type` of config.json, "" if not known: tells CamemBERT's ids from XLM-R's
    std::optional<bool> lowerCase;  ///< of WordPiece, where tokenizer_config.json does not say; otherwise true
};

/// Reads what a folder holds, the first of: sentencepiece.bpe.model (unigram), vocab.json with merges.txt (byte-level
/// BPE), vocab.txt (WordPiece), tokenizer.json (byte-level BPE only). Errors: EncoderIncomplete (none of them),
/// EncoderInvalid, FormatInvalid, FileUnreadable.
std::shared_ptr<const Tokenizer> loadTokenizer(const std::filesystem::path& folder, const TokenizerHints& hints = {});

}  // namespace mnerva::text
