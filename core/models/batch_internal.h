#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <vector>

namespace mnerva::models {

/// One post as ids: what the tokeniser made of its words. Positions count [CLS] as 0.
struct EncodedPost {
    std::vector<std::int64_t> ids;  ///< [CLS] pieces [SEP]
    /// Per word: first position and number of pieces; 0 pieces: the word vanished or was cut off.
    struct Word {
        int first = 0, pieces = 0;
    };
    std::vector<Word> words;
    std::vector<std::int64_t> tags;  ///< CRF class per word; empty at prediction
    int cutWords = 0;                ///< words without a piece because of the encoder's positions

    /// Words up to the last one that has a piece.
    int usedWords() const;
};

/// Frozen rows of one post's pictures; undefined tensors are absent pictures.
struct PostPictures {
    torch::Tensor grid;                ///< [49, Ct]
    std::vector<torch::Tensor> crops;  ///< each [M, Ct], at most K
};

enum class SubtokenMode { Sum, Mean, First };

/// What a model sees, padded to the longest post of the batch. Masks are bool, true means "use".
struct Batch {
    torch::Tensor ids;      ///< int64 [B, N]
    torch::Tensor mask;     ///< [B, N]
    torch::Tensor pooling;  ///< float [B, n + 2, N]: row 0 picks [CLS], rows 1..n make the words, row n + 1 picks [SEP]
    torch::Tensor wordMask;   ///< [B, n]
    torch::Tensor tags;       ///< int64 [B, n], 0 where masked
    torch::Tensor grid;       ///< float [B, 49, Ct]; undefined without pictures
    torch::Tensor gridMask;   ///< [B]
    torch::Tensor crops;      ///< float [present, M, Ct]: only the crops that are there
    torch::Tensor cropSlots;  ///< int64 [present]: b * K + k of each
    torch::Tensor cropMask;   ///< [B, K]

    std::int64_t posts() const { return ids.size(0); }
    std::int64_t words() const { return wordMask.size(1); }
    Batch to(const torch::Device& device) const;
};

/// What of the pictures goes into a batch; without `use` the picture tensors stay undefined.
struct PictureLayout {
    bool use = false;
    int objects = 0;              ///< K
    int objectRows = 4;           ///< M
    std::array<int, 4> widths{};  ///< C1..C4
    int channels() const { return widths[0] + widths[1] + widths[2] + widths[3]; }
};

/// `pictures` is as long as `posts`, or empty when the layout uses none.
Batch makeBatch(const std::vector<const EncodedPost*>& posts, const std::vector<PostPictures>& pictures,
                const PictureLayout& layout, SubtokenMode mode, std::int64_t padId);

}  // namespace mnerva::models
