#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/domain/entity.h"
#include "ui/base/word_display.h"

namespace mnerva::ui {

/// What the layout must know of the fonts, in device-independent pixels. Three sizes: words, labels above, tags below.
struct CanvasMetrics {
    std::function<qreal(const QString&)> wordWidth, labelWidth, tagWidth;
    qreal wordAscent = 0, wordDescent = 0;
    qreal labelHeight = 0, tagHeight = 0;
    qreal spaceWidth = 0;  ///< between words of a space-joined post
    /// From line to line without and with the tags below, where the fonts leave the room; 0: what the fonts need.
    qreal linePitch = 0, taggedLinePitch = 0;
    qreal margin = 16;
};

/// One piece of a word on one line; a word too long for a line has several, cut between grapheme clusters.
struct CanvasFragment {
    int word = 0;
    int line = 0;
    QRectF rect;  ///< of the glyphs: advance wide, ascent + descent high
    QString text;
    bool rightToLeft = false;  ///< its letters run so
    /// What is read before it stands at its right: the side of caret, edges and names. A lone word of the other
    /// direction goes with the words around it.
    bool beginsRight = false;
};

struct CanvasLine {
    qreal top = 0, bottom = 0;  ///< lines touch: bottom is the next one's top
    qreal labelTop = 0, wordTop = 0, baseline = 0, tagTop = 0;
    int firstFragment = 0, lastFragment = -1;
};

/// Where everything of a post stands. Depends on words, width and fonts only, never on entities: text does not move
/// when a label comes or goes. Lines are filled in reading order; within a line the words stand where the bidirectional
/// algorithm puts them, and a right-to-left post begins at the right side.
struct CanvasLayout {
    std::vector<CanvasFragment> fragments;  ///< in reading order
    std::vector<int> firstFragment;         ///< of each word; one more entry at the end
    std::vector<CanvasLine> lines;
    QSizeF size;
    qreal gap = 0;  ///< space after a word
    bool joined = false;
    bool rightToLeft = false;    ///< the post as a whole
    bool bidirectional = false;  ///< some word is out of left-to-right order

    int wordCount() const { return static_cast<int>(firstFragment.size()) - 1; }
    /// The word at a point, or -1 between the lines' ends and outside; with `nearest` the closest one (-1: no words).
    int wordAt(QPointF point, bool nearest = false) const;
    /// First fragment's rectangle; empty for a word that is not there.
    QRectF wordRect(int word) const;
    int lineOf(int word) const;
    int firstWordOfLine(int line) const;
    int lastWordOfLine(int line) const;
    /// The word one line above (delta -1) or below (+1) that is closest to x; the same word when there is no such line.
    int wordBeside(int word, int delta, qreal x) const;
    bool beginsRight(int word) const;
    /// The caret: a bar of 2 px before the word, at the side where it begins.
    QRectF caretRect(int word) const;
    /// The bar behind the word: where the moving end of a selection stands that grew forward.
    QRectF caretRectBehind(int word) const;
};

CanvasLayout layoutWords(const std::vector<WordDisplay>& words, JoinRule join, qreal width, bool withTags,
                         const CanvasMetrics& metrics);

/// A run of words with a type, to be drawn.
struct CanvasMark {
    enum class Kind { Entity, Suggestion };
    Kind kind = Kind::Entity;
    Entity entity;
    bool operator==(const CanvasMark& other) const {
        return kind == other.kind && entity.sameAs(other.entity) && entity.confidence == other.entity.confidence;
    }
};

/// A part of a mark that hangs together on the screen: one a line, more where directions mix.
struct MarkSegment {
    int mark = 0;
    int line = 0;
    QRectF rect;
    bool opens = false, closes = false;      ///< holds the first, the last word
    bool leftEnd = false, rightEnd = false;  ///< the side is an end of the mark, not a place where it is cut
    qreal startX = 0, endX = 0;              ///< where the first word begins (opens), where the last one ends (closes)
};

/// The small name above a mark's first word, at the side where that begins; pushed right or cut so that names never
/// cover each other.
struct MarkLabel {
    int mark = 0;
    QRectF rect;
    QString text;
};

struct MarkLayout {
    std::vector<MarkSegment> segments;
    std::vector<MarkLabel> labels;
};

/// Marks outside the post are left out; ends are cut to the post.
MarkLayout layoutMarks(const CanvasLayout& layout, std::span<const CanvasMark> marks, const CanvasMetrics& metrics);

/// Segments of any run of words (selection, pulse).
std::vector<MarkSegment> segmentsOf(const CanvasLayout& layout, int first, int last);

/// Where the letters of these places of the post's text stand (code points of the words joined by the post's rule), to
/// be marked: what a query found. Letters of a word that is read from the right, or is drawn as a box, are marked with
/// their whole word.
std::vector<QRectF> hitRects(const CanvasLayout& layout, const std::vector<WordDisplay>& words, JoinRule join,
                             const std::vector<std::pair<int, int>>& places, const CanvasMetrics& metrics);

/// A tag below its word: whole ("B-PER") where it fits, else its border letter ("B"), so that tags never touch.
struct WordTag {
    int word = 0;
    QRectF rect;
    QString text;
};
std::vector<WordTag> layoutTags(const CanvasLayout& layout, const std::vector<QString>& tags,
                                const CanvasMetrics& metrics, int firstWord, int lastWord);

/// A confidence in two digits, never more than it is: "0.91".
QString confidenceText(double confidence);

/// "PER" or "PER .91" with the confidence in two digits.
QString markText(const CanvasMark& mark);

}  // namespace mnerva::ui
