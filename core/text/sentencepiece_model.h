#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// What a SentencePiece model file says that a unigram tokenizer needs. Read here and not by the library: that brings a
/// protobuf of its own, which must not share a process with libtorch's.
struct SentencePieceModel {
    enum class Type { Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6 };
    struct Piece {
        std::string text;
        float score = 0;
        Type type = Type::Normal;
    };
    std::vector<Piece> pieces;
    int modelType = 1;  ///< 1: unigram
    bool byteFallback = false, whitespaceAsSuffix = false;
    std::string characterMap;  ///< `precompiled_charsmap`
    bool addDummyPrefix = true, removeExtraWhitespaces = true, escapeWhitespaces = true;

    /// `path` names the source in errors. Errors: FormatInvalid, ArchiveTruncated.
    static SentencePieceModel parse(std::string_view bytes, const std::string& path);
};

/// The normaliser of a SentencePiece model: replaces by its character map (longest match first), then puts U+2581 for
/// spaces, one before the text, none repeated and none at the end.
class SentencePieceNormalizer {
public:
    /// Errors: FormatInvalid (a damaged map).
    SentencePieceNormalizer(const SentencePieceModel& model, const std::string& path);

    /// `text` must be valid UTF-8. Empty for a text that vanishes.
    std::string normalized(std::string_view text) const;

private:
    /// What the beginning of `text` becomes, and how many bytes of it.
    std::string_view replacement(std::string_view text, std::size_t& used) const;

    std::vector<std::uint32_t> m_units;  ///< a double array (Darts)
    std::string m_texts;                 ///< what the trie's values point into; each ends with a zero byte
    bool m_dummyPrefix, m_removeExtra;
};

}  // namespace mnerva::text
