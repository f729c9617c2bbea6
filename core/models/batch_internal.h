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
    std::vector<std::int64_t> tags;  ///< class per word; empty at prediction
    int cutWords = 0;                ///< words without a piece because of the encoder's positions

    /// Words up to the last one that has a piece.
    int usedWords() const;
};

/// How pieces become the units that carry tags (models.md 2.1). Sum, Mean, First: a unit is a word. Pieces ("X mode"):
/// a unit is a position; a word's first piece carries its tag, the others X, and [CLS] and [SEP] theirs.
enum class UnitMode { Sum, Mean, First, Pieces };

/// Classes of the tags that only X mode has.
struct SpecialClasses {
    int pad = 0, x = 0, cls = 0, sep = 0;
};

struct TextLayout {
    UnitMode mode = UnitMode::Sum;
    std::int64_t padId = 0;
    SpecialClasses special;  ///< with UnitMode::Pieces
    int length = 0;          ///< every batch is padded to this many positions; 0: to its longest post
};

/// Unit of word `w` in the order of the used units, and how many units it has: one, or its pieces in X mode. Only for
/// words that have a piece.
struct UnitRange {
    int first = 0, count = 1;
};
UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode);

/// Frozen rows of one post's pictures; undefined tensors are absent pictures.
struct PostPictures {
    torch::Tensor grid;                  ///< [49, Ct]
    std::vector<torch::Tensor> crops;    ///< each [M, Ct], at most K
    std::vector<torch::Tensor> prompts;  ///< post picture and K crops: each [4, Cp]; absent ones are those of a blank
    bool hasPicture = false;             ///< the post picture was there and readable
};

/// What a model sees, padded to the longest post of the batch. Masks are bool, true means "use".
/// N counts positions, n units: words, or in X mode positions (n = N).
struct Batch {
    torch::Tensor ids;      ///< int64 [B, N]
    torch::Tensor mask;     ///< [B, N]
    torch::Tensor pooling;  ///< float [B, n + 2, N]: row 0 picks [CLS], rows 1..n make the words, row n + 1 picks
                            ///< [SEP]; undefined in X mode
    torch::Tensor unitMask;   ///< [B, n]
    torch::Tensor tags;       ///< int64 [B, n], 0 where masked
    torch::Tensor grid;       ///< float [B, 49, Ct]; undefined where the model uses none
    torch::Tensor gridMask;   ///< [B]
    torch::Tensor crops;      ///< float [present, M, Ct]: only the crops that are there
    torch::Tensor cropSlots;  ///< int64 [present]: b * K + k of each
    torch::Tensor cropMask;   ///< [B, K]
    torch::Tensor prompts;    ///< float [B, 1 + K, 4, Cp]; undefined where the model uses none

    std::int64_t posts() const { return ids.size(0); }
    std::int64_t units() const { return unitMask.size(1); }
    Batch to(const torch::Device& device) const;
};

/// What of the pictures goes into a batch; without `use` the picture tensors stay undefined.
struct PictureLayout {
    bool use = false;
    bool grid = true;      ///< the 49 rows of the post picture, adaptive pooling of every stage
    int objects = 0;       ///< K
    int objectRows = 4;    ///< M, adaptive pooling; 0: crops give prompts only
    bool prompts = false;  ///< 2x2 rows with kernel floor(side/2) (models.md 4.6 step 1) of post picture and crops
    std::array<int, 4> widths{};        ///< C1..C4
    std::array<int, 4> promptWidths{};  ///< of the ResNet that makes the prompts
    int channels() const { return widths[0] + widths[1] + widths[2] + widths[3]; }
    int promptChannels() const { return promptWidths[0] + promptWidths[1] + promptWidths[2] + promptWidths[3]; }
};

/// `pictures` is as long as `posts`, or empty when the layout uses none.
Batch makeBatch(const std::vector<const EncodedPost*>& posts, const std::vector<PostPictures>& pictures,
                const PictureLayout& layout, const TextLayout& text);

/// batch.pooling applied to the encoder's states, or the states themselves in X mode.
/// states [B, N, H] -> units [B, n, H]; keys [B, n + 2, H] and their mask hold [CLS] and [SEP] besides (X mode: all
/// positions).
struct Units {
    torch::Tensor units, keys, keyMask;
};
Units unitsOf(const Batch& batch, const torch::Tensor& states);

}  // namespace mnerva::models
