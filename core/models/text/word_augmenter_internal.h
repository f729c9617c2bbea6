#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/models/text/word_vectors_internal.h"

namespace mnerva::models {

/// Ids of a word's pieces.
using PieceReader = std::function<std::vector<int>(const std::string& word)>;

/// One vector a word, made of the words most like it (models.md 4.8): with c_k the cosines to the four nearest other
/// words, sum of softmax(c)_k v_k. Equal words have equal vectors in every run and program.
class WordAugmenter {
public:
    static constexpr int kNeighbours = 4;

    /// By the vectors of a file. A word that is not in it, nor in lower case, gets U(-sqrt(3/D), +sqrt(3/D)) drawn by
    /// the word itself.
    explicit WordAugmenter(WordVectors vectors);

    /// By an encoder's own piece vectors [V, D]: a word is the mean of its pieces, its neighbours are sought among
    /// `vocabulary`. A word without pieces gets zeros.
    WordAugmenter(torch::Tensor pieces, PieceReader reader, std::vector<std::string> vocabulary);

    int width() const { return m_vectors.dimension(); }  ///< D
    /// Numbers of the words' vectors for row(), made now where they are new; many at once cost little more than one.
    std::vector<std::int64_t> rowsOf(const std::vector<std::string>& words);
    /// D values; valid until the next rowsOf() or forget().
    const float* row(std::int64_t number) const;
    std::size_t rows() const { return m_rows.size(); }
    /// Drops all rows, for programs that run long. Numbers given out before are void.
    void forget();

    /// Words and piece vectors as one file, for an augmenter made of an encoder. Errors: FileUnwritable, DiskFull.
    void savePieces(const std::filesystem::path& path) const;
    /// What savePieces() wrote. Errors: those of nn::WeightFile, FormatInvalid.
    static WordAugmenter loadPieces(const std::filesystem::path& path, PieceReader reader);

private:
    std::vector<float> vectorOf(const std::string& word) const;
    std::ptrdiff_t ownRow(const std::string& word) const;
    void compute(const std::vector<const std::string*>& words);

    WordVectors m_vectors;
    torch::Tensor m_pieces;  ///< undefined for a file's vectors
    PieceReader m_reader;
    torch::Tensor m_inverseNorms;  ///< [words of m_vectors]
    std::unordered_map<std::string, std::int64_t> m_numbers;
    std::vector<std::vector<float>> m_rows;
};

/// Where the vectors of a run come from; kept in its config.json.
struct AugmentationOrigin {
    std::string source;  ///< file in the run folder; empty: the run has none
    std::string sha256;  ///< of the file
    int width = 0;
};
nlohmann::json toJson(const AugmentationOrigin& origin);
AugmentationOrigin augmentationFromJson(const nlohmann::json& value);

/// True where the options ask for vectors of words like the post's own (option "augment").
bool wantsAugmentation(const nlohmann::json& options);

/// Puts the run's vectors into its folder: a copy of the user's file, or the encoder's pieces.
AugmentationOrigin keepAugmentation(const std::filesystem::path& folder, const WordAugmenter& augmenter,
                                    const std::string& userFile);
/// Reads them back. Errors: RunIncompatible for a changed file, FormatInvalid, FileMissing.
std::shared_ptr<WordAugmenter> openAugmentation(const std::filesystem::path& folder, const AugmentationOrigin& origin,
                                                PieceReader reader);

}  // namespace mnerva::models
