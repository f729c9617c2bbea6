#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/eval/errors.h"
#include "core/eval/layers.h"
#include "core/eval/post_texts.h"

namespace mnerva::eval {

/// A distinct (first, last) of gold or prediction with the label that each side gives it (error-analysis.md 3).
struct Unit {
    static constexpr int kNone = -1;  ///< the side has no entity there: O
    int post = 0, first = 0, last = 0;
    int gold = kNone, predicted = kNone;  ///< numbers of types
    bool isMisplaced = false;             ///< both sides agree but for the region of the picture
    int type() const { return gold != kNone ? gold : predicted; }
    bool isRight() const { return gold == predicted && !isMisplaced; }
};
/// In the order of `posts`, then of the text. Chunk lists are sorted and disjoint within a post.
std::vector<Unit> unitsOf(const ChunkLists& gold, const ChunkLists& predicted, std::span<const int> posts);

/// Counts of pairs of labels. Row: gold, column: predicted; 0 is O, type t is t + 1.
class Confusion {
public:
    Confusion(std::span<const Unit> units, int types);
    int at(int gold, int predicted) const { return m_counts[place(gold, predicted)]; }
    /// Types that occur on either side, by number.
    std::vector<int> types() const;

private:
    std::size_t place(int gold, int predicted) const {
        return static_cast<std::size_t>(gold + 1) * static_cast<std::size_t>(m_types + 1) +
               static_cast<std::size_t>(predicted + 1);
    }
    int m_types;
    std::vector<int> m_counts;
};

/// One wrong entity: what kind of mistake, of which type (that of gold, where it has one), in which post.
struct Mistake {
    int post = 0;
    ErrorKind kind = ErrorKind::Missed;
    int type = 0;
};
/// By the pairing of errors.h, in the order of `posts`.
std::vector<Mistake> mistakesOf(const ChunkLists& gold, const ChunkLists& predicted, std::span<const int> posts,
                                const NameTable& types);

/// A text that is often missed or spurious (error-analysis.md 2).
struct SurfaceRow {
    int count = 0;
    bool isMissed = false;  ///< else spurious
    int type = 0;
    std::string text;
    std::vector<int> posts;  ///< each once
};
/// The most frequent first, then missed before spurious, then by type and text. An entity is missed or spurious where
/// the other side has not exactly it.
std::vector<SurfaceRow> surfacesOf(std::span<const Unit> units, const PostTexts& texts, const NameTable& types);

}  // namespace mnerva::eval
