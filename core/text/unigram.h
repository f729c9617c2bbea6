#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/byte_trie.h"
#include "core/text/sentencepiece_model.h"
#include "core/text/tokenizer.h"

namespace mnerva::text {

/// SentencePiece's unigram model as XLM-R and CamemBERT use it (models.md 9.1): the most probable way to cut a
/// normalised word into pieces. Characters that no piece has become "<unk>", a run of them one. Ids equal those of the
/// SentencePiece library, moved as Hugging Face moves them.
class Unigram : public Tokenizer {
public:
    /// Where Hugging Face puts the ids of a model's pieces.
    enum class Ids {
        XlmRoberta,  ///< id = piece + 1; `<s>` 0, `<pad>` 1, `</s>` 2, `<unk>` 3, `<mask>` last
        Camembert,   ///< id = piece + 4; `<pad>` 1, `<unk>` 3, `<s>` and `</s>` those of the model, `<mask>` last
    };

    /// Errors: FileMissing, FileUnreadable, ArchiveTruncated, FormatInvalid (no model; one of another kind than
    /// unigram), EncoderInvalid (pieces 0 to 2 are not `<unk>`, `<s>`, `</s>`).
    static Unigram load(const std::filesystem::path& model, Ids ids);

    int appendIds(std::string_view word, std::vector<int>& out) const override;
    int size() const override { return m_mask + 1; }
    /// sentencepiece.bpe.model and tokenizer_config.json.
    void save(const std::filesystem::path& folder) const override;

private:
    Unigram(std::string bytes, const SentencePieceModel& model, Ids ids, const std::string& path);

    std::string m_bytes;  ///< the model as it was read
    Ids m_ids;
    int m_shift, m_mask;
    SentencePieceNormalizer m_normalizer;
    ByteTrie m_trie;
    std::vector<float> m_scores;
    float m_unknownScore = 0;
};

}  // namespace mnerva::text
