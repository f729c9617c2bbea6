#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mnerva::models {

/// Vectors of words, all of one length, as word2vec, GloVe and fastText (`.vec`) write them.
class WordVectors {
public:
    /// Reads text (one word a line and its numbers, with or without the first line "words numbers") or word2vec's
    /// binary form, told apart by content. A word that occurs twice has its first vector. Errors: FileMissing,
    /// FileIsDirectory, FileUnreadable, FormatInvalid {file, "line n: found", wanted} ("word n" in the binary form):
    /// no number, NaN or infinity, too few or too many numbers or words, no word at all.
    static WordVectors load(const std::filesystem::path& path);

    /// The vectors of `words`, row after row, each `dimension` long.
    WordVectors(std::vector<std::string> words, std::vector<float> values, int dimension);

    int dimension() const { return m_dimension; }
    std::size_t size() const { return m_words.size(); }
    const std::vector<std::string>& words() const { return m_words; }
    /// All vectors, [size(), dimension()], row-major.
    const std::vector<float>& values() const { return m_values; }
    /// The row of exactly this word; -1 where there is none.
    std::ptrdiff_t rowOf(std::string_view word) const;
    /// The vector of exactly this word; empty where there is none.
    std::span<const float> find(std::string_view word) const;

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::vector<std::string> m_words;
    std::vector<float> m_values;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_rows;
    int m_dimension = 0;
};

}  // namespace mnerva::models
