#pragma once

#include <torch/torch.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/vision/boxes.h"

namespace mnerva::models {

class WordAugmenter;
class WordVectors;

/// A gold entity: words, type, and where it is in the picture, for systems that do not learn from tags.
struct GoldEntity {
    int first = 0, last = 0;
    std::string type;
    std::vector<vision::Box> boxes;  ///< empty: not in the picture; pixels of the picture
    std::vector<float> regions;      ///< makeBatch(): how well each region of the post is one of the boxes
    /// A region shows it.
    bool covered() const;
};

/// One post as ids: what the tokeniser made of its words. Positions count [CLS] as 0.
struct EncodedPost {
    std::vector<std::int64_t> ids;  ///< [CLS] pieces [SEP], then auxiliary pieces [SEP] where there are any
    /// Per word: first position and number of pieces; 0 pieces: the word vanished or was cut off.
    struct Word {
        int first = 0, pieces = 0;
    };
    std::vector<Word> words;
    std::vector<std::int64_t> tags;        ///< class per word; empty at prediction
    std::vector<GoldEntity> entities;      ///< in the order of the words; empty at prediction
    int cutWords = 0;                      ///< words without a piece because of the encoder's positions
    int auxiliaryIds = 0;                  ///< of `ids`, those behind the post's own [SEP]
    int cutAuxiliary = 0;                  ///< auxiliary words without a piece because the post left no room
    std::vector<std::int64_t> vectorRows;  ///< per word: row of TextLayout::wordVectors, -1: none; empty without
    std::vector<std::int64_t> wordRows;    ///< per word: number of its row in TextLayout::augmenter; empty without
    std::vector<std::int64_t> objects;     ///< COCO classes (1..80) of what is in the picture, best first
    int unknownObjects = 0;                ///< labels of the picture's boxes that COCO does not have

    /// Number of ids of the post itself: [CLS] pieces [SEP].
    int ownIds() const { return static_cast<int>(ids.size()) - auxiliaryIds; }
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
    SpecialClasses special;                    ///< with UnitMode::Pieces
    int length = 0;                            ///< every batch is padded to this many positions; 0: to its longest post
    const WordVectors* wordVectors = nullptr;  ///< makes Batch::wordVectors
    bool oddWordsUnknown = false;  ///< words that say nothing (isOddWord) are read as [UNK] instead of vanishing
    const WordAugmenter* augmenter = nullptr;  ///< makes Batch::augmentation
};

/// Unit of word `w` in the order of the used units, and how many units it has: one, or its pieces in X mode. Only for
/// words that have a piece.
struct UnitRange {
    int first = 0, count = 1;
};
UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode);

/// Frozen rows of a further picture of a post; undefined tensors are absent.
struct MorePicture {
    torch::Tensor grid;                ///< [49, Ct]
    std::vector<torch::Tensor> crops;  ///< each [M, Ct], at most K
};

/// Frozen rows of one post's pictures, or what a ResNet that learns makes them of; undefined tensors are absent
/// pictures.
struct PostPictures {
    torch::Tensor grid;                    ///< [49, Ct]
    std::vector<torch::Tensor> crops;      ///< each [M, Ct], at most K
    std::vector<torch::Tensor> prompts;    ///< post picture and K crops: each [4, Cp]; absent ones are those of a blank
    std::vector<bool> promptOfCrop;        ///< per crop: its prompt is of a picture that was there
    torch::Tensor photo;                   ///< [3, 224, 224], of the post picture, normalised
    std::vector<torch::Tensor> pixels;     ///< post picture and K crops, each uint8 [224, 224, 3]
    bool hasPicture = false;               ///< the post picture was there and readable
    std::vector<MorePicture> more;         ///< at most PictureLayout::pictures - 1
    std::vector<torch::Tensor> regions;    ///< each [1, Ct]; only those that can be used
    std::vector<vision::Box> regionBoxes;  ///< of each region, cut to the picture; empty for crops
    std::vector<int> regionOf;     ///< of each region: index in PostInput.regions (or cropPaths), -1: the whole picture
    std::vector<int> cropRegions;  ///< of each crop that is a box: index in PostInput.regions; empty for files
    vision::Box frame;             ///< the picture, when its size was needed
};

/// What a model sees, padded to the longest post of the batch. Masks are bool, true means "use".
/// N counts positions, n units: words, or in X mode positions (n = N).
struct Batch {
    torch::Tensor ids;          ///< int64 [B, N]
    torch::Tensor mask;         ///< [B, N], auxiliary texts included
    torch::Tensor types;        ///< int64 [B, N], 1 for auxiliary texts; undefined where no post has one
    torch::Tensor pooling;      ///< float [B, n + 2, N]: row 0 picks [CLS], rows 1..n make the words, row n + 1 picks
                                ///< [SEP]; undefined in X mode
    torch::Tensor unitMask;     ///< [B, n]: what is tagged, so no auxiliary text
    torch::Tensor wordVectors;  ///< float [B, n, W], zero where masked or unknown; undefined where the model uses none
    torch::Tensor tags;         ///< int64 [B, n], 0 where masked
    torch::Tensor grid;         ///< float [B, 49, Ct]; undefined where the model uses none
    torch::Tensor gridMask;     ///< [B]
    torch::Tensor crops;        ///< float [present, M, Ct]: only the crops that are there
    torch::Tensor cropSlots;    ///< int64 [present]: (b * P + p) * K + k of each, p counts a post's pictures
    torch::Tensor cropMask;     ///< [B, P * K]
    torch::Tensor prompts;      ///< float [B, 1 + K, 4, Cp]; undefined where the model uses none
    torch::Tensor photos;       ///< float [B, 3, 224, 224], 0 without picture; undefined where the model uses none

    std::int64_t pictures = 1;  ///< P: as many as the post with most pictures has
    torch::Tensor
        moreGrids;  ///< float [present, 49, Ct]: further pictures, only those that are there; undefined: P = 1
    torch::Tensor moreSlots;  ///< int64 [present]: b * (P - 1) + p - 1 of each, p = 1..P-1
    torch::Tensor moreMask;   ///< [B, P - 1]
    /// Where the ResNet learns, NerModel::withRows() makes grid, crops and prompts of these.
    torch::Tensor pixels;        ///< uint8 [P, 224, 224, 3]: the pictures that are there
    torch::Tensor pixelSlots;    ///< int64 [P]: b * (1 + K) + k of each, ascending; k = 0 is the post picture
    torch::Tensor augmentation;  ///< float [B, N, D]: at a word's first piece the vector of words like it, else zero
    torch::Tensor objects;       ///< int64 [B, labels]: COCO classes, 0 where there is none; undefined where not used
    torch::Tensor regions;       ///< float [B, R, C4]: pooled last stage; undefined where the model uses none
    torch::Tensor regionMask;    ///< [B, R]; R: most regions of a post of the batch
    std::vector<std::vector<GoldEntity>> entities;  ///< of each post, for training

    std::int64_t posts() const { return ids.size(0); }
    std::int64_t units() const { return unitMask.size(1); }
    Batch to(const torch::Device& device) const;
};

/// Where the regions of a post come from. Crops: the whole picture first, then the crops, whose boxes nobody knows.
/// Boxes: the boxes of the post; the whole picture where none can be used.
enum class RegionSource { None, Crops, Boxes };

/// What of the pictures goes into a batch; without `use` the picture tensors stay undefined.
struct PictureLayout {
    bool use = false;
    bool grid = true;     ///< the 49 rows of the post picture, adaptive pooling of every stage
    int pictures = 1;     ///< most pictures of a post that are read
    int objects = 0;      ///< K, of each picture
    int objectRows = 4;   ///< M, adaptive pooling; 0: crops give prompts only
    bool pixels = false;  ///< batches hold pixels, and the model's own ResNet makes rows of them that learn
    int labels = 0;       ///< classes of objects (Batch::objects); they need no ResNet, so also without `use`
    RegionSource regionSource = RegionSource::None;
    int regions = 0;            ///< most regions of a post
    bool prompts = false;       ///< 2x2 rows with kernel floor(side/2) (models.md 4.6 step 1) of post picture and crops
    bool classedBoxes = false;  ///< boxes in place of crops are chosen by their classes
    bool photo = false;         ///< the post picture itself, for what a model does to it before the ResNet
    std::array<int, 4> widths{};        ///< C1..C4
    std::array<int, 4> promptWidths{};  ///< of the ResNet that makes the prompts
    int channels() const { return widths[0] + widths[1] + widths[2] + widths[3]; }
    int promptChannels() const { return promptWidths[0] + promptWidths[1] + promptWidths[2] + promptWidths[3]; }
};

/// `pictures` is as long as `posts`, or empty when the layout uses none.
Batch makeBatch(const std::vector<const EncodedPost*>& posts, const std::vector<PostPictures>& pictures,
                const PictureLayout& layout, const TextLayout& text);

/// The same posts without their auxiliary texts, as makeBatch would make them. The batch must have types.
Batch withoutAuxiliary(const Batch& batch, const TextLayout& text);

/// Positions of the posts themselves, without auxiliary texts: bool [B, N].
inline torch::Tensor ownPositions(const Batch& batch) {
    return batch.types.defined() ? batch.mask & (batch.types == 0) : batch.mask;
}

/// batch.pooling applied to the encoder's states, or the states themselves in X mode.
/// states [B, N, H] -> units [B, n, H]; keys [B, n + 2, H] and their mask hold [CLS] and [SEP] besides (X mode: all
/// positions of the post). Auxiliary texts are read by the encoder; what comes after it reads the post only.
struct Units {
    torch::Tensor units, keys, keyMask;
};
Units unitsOf(const Batch& batch, const torch::Tensor& states);

}  // namespace mnerva::models
