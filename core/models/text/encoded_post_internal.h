#pragma once

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
    const WordVectors* wordVectors = nullptr;  ///< makes TextBatch::wordVectors
    bool oddWordsUnknown = false;  ///< words that say nothing (isOddWord) are read as [UNK] instead of vanishing
    const WordAugmenter* augmenter = nullptr;  ///< makes TextBatch::augmentation
};

/// Unit of word `w` in the order of the used units, and how many units it has: one, or its pieces in X mode. Only for
/// words that have a piece.
struct UnitRange {
    int first = 0, count = 1;
};
UnitRange unitsOfWord(const EncodedPost& post, int w, UnitMode mode);

}  // namespace mnerva::models
