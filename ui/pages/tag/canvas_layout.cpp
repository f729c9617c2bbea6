#include "ui/pages/tag/canvas_layout.h"

#include <QTextBoundaryFinder>
#include <algorithm>
#include <cmath>

#include "core/domain/confidence.h"
#include "ui/base/bidi.h"

namespace mnerva::ui {

namespace {

constexpr qreal kLabelGap = 2;      // label to word
constexpr qreal kUnderline = 6;     // room for underline and confidence bar below the word
constexpr qreal kLineGap = 12;      // between the tags of a line and the labels of the next
constexpr qreal kLeastGap = 4;      // the same where a pitch is asked for that leaves less
constexpr qreal kInvisiblePad = 4;  // left and right in the box of an invisible word
constexpr QChar kArabicMark(0x061C);
constexpr qreal kLeastWidth = 48;  // a canvas narrower than this scrolls sideways instead of one letter a line

/// Builds the lines from left to right.
class LineBuilder {
public:
    LineBuilder(CanvasLayout& layout, const CanvasMetrics& metrics, qreal width, bool withTags)
        : m_layout(layout),
          m_metrics(metrics),
          m_left(metrics.margin),
          m_right(std::max(width - metrics.margin, metrics.margin + kLeastWidth)),
          m_x(metrics.margin) {
        m_wordHeight = metrics.wordAscent + metrics.wordDescent;
        const qreal inside = metrics.labelHeight + kLabelGap + m_wordHeight + kUnderline +
                             (withTags ? metrics.tagHeight + kLabelGap : 0);
        const qreal pitch = withTags ? metrics.taggedLinePitch : metrics.linePitch;
        m_lineHeight = pitch > 0 ? std::max(inside + kLeastGap, pitch) : inside + kLineGap;
        m_gap = m_lineHeight - inside;
        openLine();
    }

    /// `turned`: digits that Arabic letters before the word make Arabic ones, which alone they would not know.
    void add(int word, const WordDisplay& display, bool turned) {
        const qreal pad = display.invisible ? 2 * kInvisiblePad : 0;
        const qreal width = m_metrics.wordWidth(display.text) + pad;
        if (m_x + width > m_right && m_x > m_left) openLine();
        if (m_x + width <= m_right || display.invisible) {
            place(word, turned ? kArabicMark + display.text : display.text, width);
        } else {
            addInPieces(word, display.text);
        }
        m_x += m_layout.gap;
    }

    qreal right() const { return m_right; }

private:
    void openLine() {
        CanvasLine line;
        line.top = m_layout.lines.empty() ? m_metrics.margin / 2 : m_layout.lines.back().bottom;
        line.bottom = line.top + m_lineHeight;
        line.labelTop = line.top + m_gap / 2;
        line.wordTop = line.labelTop + m_metrics.labelHeight + kLabelGap;
        line.baseline = line.wordTop + m_metrics.wordAscent;
        line.tagTop = line.wordTop + m_wordHeight + kUnderline + kLabelGap;
        line.firstFragment = static_cast<int>(m_layout.fragments.size());
        line.lastFragment = line.firstFragment - 1;
        m_layout.lines.push_back(line);
        m_x = m_left;
    }

    void place(int word, const QString& text, qreal width) {
        CanvasLine& line = m_layout.lines.back();
        m_layout.fragments.push_back({word, static_cast<int>(m_layout.lines.size()) - 1,
                                      QRectF(m_x, line.wordTop, width, m_wordHeight), text, false, false});
        line.lastFragment = static_cast<int>(m_layout.fragments.size()) - 1;
        m_x += width;
    }

    /// A word wider than the line is cut between grapheme clusters.
    void addInPieces(int word, const QString& text) {
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
        qsizetype from = 0, at = 0;
        while (at < text.size()) {
            qsizetype next = finder.toNextBoundary();
            if (next < 0) next = text.size();
            if (at > from && m_x + m_metrics.wordWidth(text.mid(from, next - from)) > m_right) {
                const QString piece = text.mid(from, at - from);
                place(word, piece, m_metrics.wordWidth(piece));
                openLine();
                from = at;
            }
            at = next;
        }
        const QString rest = text.mid(from);
        place(word, rest, m_metrics.wordWidth(rest));
    }

    CanvasLayout& m_layout;
    const CanvasMetrics& m_metrics;
    qreal m_left, m_right, m_x, m_wordHeight = 0, m_lineHeight = 0, m_gap = 0;
};

/// Puts the words of each line where the bidirectional algorithm has them.
void turnLines(CanvasLayout& layout, const WordDirections& directions, qreal left, qreal right) {
    layout.rightToLeft = directions.rightToLeft;
    layout.bidirectional = true;
    for (const auto& line : layout.lines) {
        if (line.lastFragment < line.firstFragment) continue;
        const auto first = layout.fragments.begin() + line.firstFragment;
        const auto last = layout.fragments.begin() + line.lastFragment + 1;
        std::vector<int> levels;
        qreal length = -layout.gap;
        for (auto fragment = first; fragment != last; ++fragment) {
            levels.push_back(directions.levelOf(fragment->word));
            fragment->rightToLeft = levels.back() % 2 == 1;
            length += fragment->rect.width() + layout.gap;
        }
        const int whole = layout.rightToLeft ? 1 : 0;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const int before = i == 0 ? whole : levels[i - 1], after = i + 1 == levels.size() ? whole : levels[i + 1];
            const bool alone = before < levels[i] && after < levels[i];
            const int flow = alone ? std::max(before, after) : levels[i];
            (first + static_cast<std::ptrdiff_t>(i))->beginsRight = flow % 2 == 1;
        }
        qreal x = layout.rightToLeft ? std::max(left, right - length) : left;
        for (const int at : visualOrder(levels)) {
            QRectF& rect = (first + at)->rect;
            rect.moveLeft(x);
            x += rect.width() + layout.gap;
        }
    }
}

}  // namespace

CanvasLayout layoutWords(const std::vector<WordDisplay>& words, JoinRule join, qreal width, bool withTags,
                         const CanvasMetrics& metrics) {
    CanvasLayout layout;
    layout.joined = join == JoinRule::Nothing;
    layout.gap = layout.joined ? 0 : metrics.spaceWidth;
    layout.fragments.reserve(words.size());
    layout.firstFragment.reserve(words.size() + 1);
    const WordDirections directions = directionsOf(words, join);
    LineBuilder builder(layout, metrics, width, withTags);
    for (std::size_t i = 0; i < words.size(); ++i) {
        layout.firstFragment.push_back(static_cast<int>(layout.fragments.size()));
        builder.add(static_cast<int>(i), words[i], !directions.afterArabic.empty() && directions.afterArabic[i]);
    }
    layout.firstFragment.push_back(static_cast<int>(layout.fragments.size()));
    if (!directions.levels.empty()) turnLines(layout, directions, metrics.margin, builder.right());
    layout.size = QSizeF(builder.right() + metrics.margin, layout.lines.back().bottom + metrics.margin / 2);
    for (const auto& fragment : layout.fragments) {
        layout.size.setWidth(std::max(layout.size.width(), fragment.rect.right() + metrics.margin));
    }
    return layout;
}

int CanvasLayout::wordAt(QPointF point, bool nearest) const {
    if (fragments.empty()) return -1;
    if (!nearest && (point.y() < lines.front().top || point.y() >= lines.back().bottom)) return -1;
    const auto found = std::upper_bound(lines.begin(), lines.end(), point.y(),
                                        [](qreal y, const CanvasLine& line) { return y < line.bottom; });
    const CanvasLine& line = found == lines.end() ? lines.back() : *found;
    int best = -1;
    qreal bestDistance = 0;
    for (int i = line.firstFragment; i <= line.lastFragment; ++i) {
        const QRectF& rect = fragments[static_cast<std::size_t>(i)].rect;
        const qreal distance = std::max({rect.left() - point.x(), point.x() - rect.right(), 0.0});
        if (best < 0 || distance < bestDistance) {
            best = i;
            bestDistance = distance;
        }
    }
    if (best < 0 || (!nearest && bestDistance > std::max(gap / 2 + 1, 3.0))) return -1;
    return fragments[static_cast<std::size_t>(best)].word;
}

QRectF CanvasLayout::wordRect(int word) const {
    if (word < 0 || word >= wordCount()) return {};
    return fragments[static_cast<std::size_t>(firstFragment[static_cast<std::size_t>(word)])].rect;
}

int CanvasLayout::lineOf(int word) const {
    if (word < 0 || word >= wordCount()) return 0;
    return fragments[static_cast<std::size_t>(firstFragment[static_cast<std::size_t>(word)])].line;
}

int CanvasLayout::firstWordOfLine(int line) const {
    return fragments[static_cast<std::size_t>(lines[static_cast<std::size_t>(line)].firstFragment)].word;
}

int CanvasLayout::lastWordOfLine(int line) const {
    return fragments[static_cast<std::size_t>(lines[static_cast<std::size_t>(line)].lastFragment)].word;
}

int CanvasLayout::wordBeside(int word, int delta, qreal x) const {
    if (word < 0 || word >= wordCount()) return word;
    // A cut word reaches over lines; going down leaves from its last piece, up from its first.
    const auto next = static_cast<std::size_t>(firstFragment[static_cast<std::size_t>(word) + 1] - 1);
    const int line = (delta > 0 ? fragments[next].line : lineOf(word)) + delta;
    if (line < 0 || line >= static_cast<int>(lines.size())) return word;
    const CanvasLine& target = lines[static_cast<std::size_t>(line)];
    return wordAt(QPointF(x, (target.top + target.bottom) / 2), true);
}

bool CanvasLayout::beginsRight(int word) const {
    if (word < 0 || word >= wordCount()) return false;
    return fragments[static_cast<std::size_t>(firstFragment[static_cast<std::size_t>(word)])].beginsRight;
}

QRectF CanvasLayout::caretRect(int word) const {
    const QRectF rect = wordRect(word);
    if (rect.isNull()) return {};
    const qreal back = joined ? 1 : std::min(gap / 2, 3.0) + 1;
    return {beginsRight(word) ? rect.right() + back - 2 : rect.left() - back, rect.top(), 2, rect.height()};
}

QRectF CanvasLayout::caretRectBehind(int word) const {
    if (word < 0 || word >= wordCount()) return {};
    const auto last = static_cast<std::size_t>(firstFragment[static_cast<std::size_t>(word) + 1] - 1);
    const QRectF& rect = fragments[last].rect;
    const qreal ahead = joined ? -1 : std::min(gap / 2, 3.0) - 1;
    return {beginsRight(word) ? rect.left() - ahead - 2 : rect.right() + ahead, rect.top(), 2, rect.height()};
}

namespace {

/// Segments of one line, whose words may stand in any order: what stands side by side is one.
void addTurnedSegments(std::vector<MarkSegment>& segments, const CanvasLayout& layout, int lineNumber, int begin,
                       int end) {
    const CanvasLine& line = layout.lines[static_cast<std::size_t>(lineNumber)];
    const auto at = [&](int i) -> const CanvasFragment& { return layout.fragments[static_cast<std::size_t>(i)]; };
    std::vector<int> order;
    for (int i = line.firstFragment; i <= line.lastFragment; ++i) order.push_back(i);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return at(a).rect.left() < at(b).rect.left(); });
    std::vector<std::pair<int, MarkSegment>> found;  // with the first fragment in reading order
    bool open = false;
    int leftmost = 0, rightmost = 0;
    const auto close = [&] {
        if (!open) return;
        MarkSegment& segment = found.back().second;
        const bool startLeft = begin == leftmost && (begin != rightmost || !at(begin).beginsRight);
        const bool endLeft = end - 1 == leftmost && (end - 1 != rightmost || at(end - 1).beginsRight);
        const bool whole = segment.opens && segment.closes;
        segment.leftEnd = whole || (segment.opens && startLeft) || (segment.closes && endLeft);
        segment.rightEnd = whole || (segment.opens && !startLeft && begin == rightmost) ||
                           (segment.closes && !endLeft && end - 1 == rightmost);
        open = false;
    };
    for (const int i : order) {
        if (i < begin || i >= end) {
            close();
            continue;
        }
        if (!open) {
            MarkSegment segment;
            segment.line = lineNumber;
            segment.rect = at(i).rect;
            found.emplace_back(i, segment);
            leftmost = i;
            open = true;
        }
        auto& [first, segment] = found.back();
        first = std::min(first, i);
        rightmost = i;
        segment.rect |= at(i).rect;
        segment.opens |= i == begin;
        segment.closes |= i == end - 1;
    }
    close();
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [first, segment] : found) segments.push_back(std::move(segment));
}

}  // namespace

std::vector<MarkSegment> segmentsOf(const CanvasLayout& layout, int first, int last) {
    std::vector<MarkSegment> segments;
    const int count = layout.wordCount();
    if (first > last || last < 0 || first >= count) return segments;
    first = std::max(first, 0);
    last = std::min(last, count - 1);
    const auto begin = layout.firstFragment[static_cast<std::size_t>(first)];
    const auto end = layout.firstFragment[static_cast<std::size_t>(last) + 1];
    const auto& from = layout.fragments[static_cast<std::size_t>(begin)];
    const auto& to = layout.fragments[static_cast<std::size_t>(end - 1)];
    if (layout.bidirectional) {
        for (int line = from.line; line <= to.line; ++line) addTurnedSegments(segments, layout, line, begin, end);
    } else {
        for (int i = begin; i < end; ++i) {
            const auto& fragment = layout.fragments[static_cast<std::size_t>(i)];
            if (segments.empty() || segments.back().line != fragment.line) {
                MarkSegment segment;
                segment.line = fragment.line;
                segment.rect = fragment.rect;
                segments.push_back(segment);
            } else {
                segments.back().rect |= fragment.rect;
            }
        }
        segments.front().opens = segments.front().leftEnd = true;
        segments.back().closes = segments.back().rightEnd = true;
    }
    // A little air around the word; in joined text none, or neighbours would touch.
    const qreal side = layout.joined ? -1 : std::min(layout.gap / 2 - 1, 3.0);
    for (auto& segment : segments) {
        segment.rect.adjust(-side, 0, side, 2);
        segment.startX = from.beginsRight ? from.rect.right() + side : from.rect.left() - side;
        segment.endX = to.beginsRight ? to.rect.left() - side : to.rect.right() + side;
    }
    return segments;
}

QString confidenceText(double confidence) {
    return QString::fromStdString(confidenceDigits(confidence));
}

QString markText(const CanvasMark& mark) {
    QString text = QString::fromStdString(mark.entity.type);
    if (mark.entity.confidence) {
        const QString number = confidenceText(*mark.entity.confidence);
        text += QLatin1Char(' ') + (number.startsWith(QLatin1Char('0')) ? number.mid(1) : number);
    }
    return text;
}

MarkLayout layoutMarks(const CanvasLayout& layout, std::span<const CanvasMark> marks, const CanvasMetrics& metrics) {
    MarkLayout result;
    struct Wanted {
        int mark, line;
        qreal x;
        bool entity;
    };
    std::vector<Wanted> wanted;
    for (int m = 0; m < static_cast<int>(marks.size()); ++m) {
        const auto& mark = marks[static_cast<std::size_t>(m)];
        for (auto& segment : segmentsOf(layout, mark.entity.first, mark.entity.last)) {
            segment.mark = m;
            if (segment.opens) {
                qreal x = segment.startX;
                if (layout.beginsRight(std::max(mark.entity.first, 0)))
                    x = std::max(x - metrics.labelWidth(markText(mark)) - 2, 2.0);
                wanted.push_back({m, segment.line, x, mark.kind == CanvasMark::Kind::Entity});
            }
            result.segments.push_back(segment);
        }
    }
    // Left to right; where two begin at the same word, what is decided stands before what is proposed.
    std::stable_sort(wanted.begin(), wanted.end(), [](const Wanted& a, const Wanted& b) {
        if (a.line != b.line) return a.line < b.line;
        if (a.x != b.x) return a.x < b.x;
        return a.entity && !b.entity;
    });
    const qreal lineRight = layout.size.width() - 2;
    qreal taken = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const Wanted& w = wanted[i];
        if (i == 0 || wanted[i - 1].line != w.line) taken = 0;
        const QString text = markText(marks[static_cast<std::size_t>(w.mark)]);
        const qreal x = std::max(w.x + 1, taken);
        qreal room = lineRight;
        // The next mark on the line that starts further right keeps its place.
        for (std::size_t n = i + 1; n < wanted.size() && wanted[n].line == w.line; ++n) {
            if (wanted[n].x > w.x) {
                room = std::max(wanted[n].x - 2, x);
                break;
            }
        }
        const qreal width = std::min(metrics.labelWidth(text) + 1, room - x);
        const auto& line = layout.lines[static_cast<std::size_t>(w.line)];
        if (width < 6) continue;  // not even a letter: the colour and the status line still say it
        result.labels.push_back({w.mark, QRectF(x, line.labelTop, width, metrics.labelHeight), text});
        taken = x + width + 5;
    }
    return result;
}

std::vector<WordTag> layoutTags(const CanvasLayout& layout, const std::vector<QString>& tags,
                                const CanvasMetrics& metrics, int firstWord, int lastWord) {
    std::vector<WordTag> result;
    const int count = std::min(layout.wordCount(), static_cast<int>(tags.size()));
    for (int word = std::max(firstWord, 0); word <= std::min(lastWord, count - 1); ++word) {
        const QRectF rect = layout.wordRect(word);
        QString text = tags[static_cast<std::size_t>(word)];
        const qreal room = rect.width() + layout.gap - 3;
        // In joined text one rule for all, else whole and short tags would alternate from character to character.
        if (text.size() > 1 && (layout.joined || metrics.tagWidth(text) > room)) text = text.left(1);
        const auto& line = layout.lines[static_cast<std::size_t>(layout.lineOf(word))];
        const qreal width = std::max(metrics.tagWidth(text) + 1, 1.0);
        const qreal x = layout.joined              ? rect.center().x() - width / 2
                        : layout.beginsRight(word) ? rect.right() - width
                                                   : rect.left();
        result.push_back({word, QRectF(x, line.tagTop, width, metrics.tagHeight), text});
    }
    return result;
}

}  // namespace mnerva::ui
