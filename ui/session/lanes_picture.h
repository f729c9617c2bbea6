#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <array>
#include <vector>

#include "core/domain/label_set.h"
#include "core/workflow/cases/case.h"
#include "core/workflow/cases/case_report.h"
#include "core/workflow/cases/lane_layout.h"

namespace mnerva::ui {

/// The words of reports and lanes in the language of the window.
workflow::CaseWords caseWords();

/// How lanes look: the window follows the theme, a figure is black on white with small text.
struct LanesStyle {
    QFont wordFont, noteFont;
    QColor text, quiet, wrong, hairline;
    qreal laneHeight = 26, lineGap = 20, widestName = 132;
    bool isFigure = false;  ///< on white paper, whatever the theme
    bool hasKeys = true;    ///< the number that adopts from a lane stands before its name
    /// The reference lane stands in the words themselves: tinted and underlined, the type behind the last word.
    bool isReferenceInText = false;
    /// All words on one line, for a strip that is scrolled; names are drawn by paintNames() alone, and a lane without
    /// an answer keeps its row.
    bool isOneLine = false;
    qreal wordHeight = 0;  ///< 0: by the font
    QString missing;       ///< said in a lane without an answer; empty: that it has none
};
LanesStyle lanesStyle();
/// For figures: 7 pt, whatever the theme.
LanesStyle figureStyle();

/// One case, laid out in a width and drawn: words line by line, under each line with marks a row for every lane.
/// Makes no copy of the case's texts that it does not need; the case itself is not kept.
class LanesPicture {
public:
    LanesPicture() = default;
    LanesPicture(const workflow::Case& shown, const LabelSet& labels, const LanesStyle& style, qreal width);

    qreal height() const { return m_height; }
    /// Right edge of the words and of what is written behind them, of a single line.
    qreal width() const { return m_width; }
    qreal nameWidth() const { return m_nameWidth; }
    bool isEmpty() const { return m_placeOfWord.empty(); }
    /// Draws what meets `clip`; `first` to `last` are the chosen words, -1: none.
    void paint(QPainter& painter, const QRectF& clip, int first = -1, int last = -1) const;
    /// The names of the lanes at the left, of a single line.
    void paintNames(QPainter& painter) const;
    /// Where a word stands, without its lanes; empty when there is none.
    QRectF placeOfWord(int word) const;
    /// The word at a point, or -1; the nearest of its line beside one.
    int wordAt(const QPointF& point) const;
    /// The words of the mark at a point; nothing where there is none.
    std::optional<std::pair<int, int>> markAt(const QPointF& point) const;
    /// The mark at a point; nothing where there is none.
    std::optional<std::size_t> markIndexAt(const QPointF& point) const;
    /// The lane whose name or key is at a point, by its place in the case; nothing beside the names.
    std::optional<std::size_t> laneNameAt(const QPointF& point) const;
    /// Top of the first line that begins at `y` or under it; that of the last line where none does.
    qreal lineTopFrom(qreal y) const;
    /// Where the words first to last stand with their lanes, to be scrolled to.
    QRectF placeOf(int first, int last) const;
    /// What is written of a mark: "PER boundary .50"; for tooltips and tests.
    QString noteOf(std::size_t mark) const;
    std::size_t marks() const { return m_marks.size(); }
    /// A mark as it is drawn, line after line: where, and what is written on it.
    struct Part {
        QRectF box;
        QString text;
    };
    std::vector<Part> partsOf(std::size_t mark) const;

private:
    struct Mark {
        std::size_t lane = 0;
        QString type, note;  ///< note: behind the mark
        QColor color;
        std::optional<eval::ErrorKind> error;
        bool isJudged = false, isMissed = false;
        bool isTight = false;     ///< the next mark of its lane follows at once: its sign stands inside
        int first = 0, last = 0;  ///< words
    };
    struct LaneName {
        QString name, key, remark;
        bool isThere = true;
    };
    /// A word, or the type that stands behind the last word of an entity in the text.
    struct Item {
        QString text;
        int word = -1, mark = -1;
    };
    qreal lineHeight(std::size_t line) const;
    QRectF itemRect(std::size_t item) const;
    QRectF wordRect(std::size_t word) const { return itemRect(m_placeOfWord[word]); }
    /// Words and types in the order in which they stand, with their widths; marks then speak of these.
    std::vector<double> makeItems(const workflow::Case& shown, std::vector<workflow::LaneMark>& marks);
    QString segmentText(const workflow::LaneLayout::Segment& segment) const;
    QRectF segmentRect(const workflow::LaneLayout::Segment& segment) const;
    void addLane(const workflow::Case& shown, std::size_t lane, const LabelSet& labels,
                 const workflow::CaseWords& words, std::vector<workflow::LaneMark>& marks);
    void paintLine(QPainter& painter, std::size_t line, int first, int last) const;
    void paintSegment(QPainter& painter, const workflow::LaneLayout::Segment& segment) const;
    void paintInText(QPainter& painter, const workflow::LaneLayout::Segment& segment) const;
    void paintVerdictOf(QPainter& painter, const workflow::LaneLayout::Segment& segment, const QRectF& box) const;
    qreal roomBehind(const workflow::LaneLayout::Segment& segment) const;
    void paintLaneNames(QPainter& painter, std::size_t line) const;
    bool isInText(const Mark& mark) const { return m_rowOfLane[mark.lane] == kInText; }

    static constexpr int kNoRow = -1, kInText = -2;
    LanesStyle m_style;
    qreal m_typeGap = 0;  ///< before a type that stands in the text
    qreal m_nameWidth = 0, m_wordHeight = 0, m_height = 0, m_width = 0;
    std::vector<Item> m_items;
    std::vector<std::size_t> m_placeOfWord;  ///< among the items
    std::vector<LaneName> m_lanes;
    std::vector<int> m_rowOfLane;  ///< under a line; kNoRow: the lane has no answer and takes no room
    int m_rows = 0;
    std::vector<Mark> m_marks;  ///< as in the layout
    workflow::LaneLayout m_layout;
    std::vector<qreal> m_tops;            ///< of each line
    std::vector<std::size_t> m_segments;  ///< first segment of each line, and their number
};

/// The sign of a verdict, drawn: right a tick, boundary a double arrow, type an unequal sign, both together, missed a
/// ring, spurious a plus.
void paintVerdict(QPainter& painter, const QRectF& box, const std::optional<eval::ErrorKind>& error,
                  const QColor& color);

}  // namespace mnerva::ui
