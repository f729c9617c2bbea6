#include "core/workflow/cases/lane_layout.h"

#include <algorithm>
#include <limits>

namespace mnerva::workflow {
namespace {

constexpr double kFree = -std::numeric_limits<double>::infinity();

/// Places word after word; knows how far each lane is written on the line.
class Placing {
public:
    Placing(std::span<const double> widths, std::span<const LaneMark> marks, const LaneSpace& room)
        : m_widths(widths), m_marks(marks), m_room(room), m_beginning(widths.size()) {
        int lanes = 0;
        for (std::size_t i = 0; i < marks.size(); ++i) {
            lanes = std::max(lanes, marks[i].lane + 1);
            if (isInside(marks[i]))
                m_beginning[static_cast<std::size_t>(marks[i].first)].push_back(static_cast<int>(i));
        }
        m_written.assign(static_cast<std::size_t>(lanes), kFree);
    }

    LaneLayout run() {
        for (std::size_t word = 0; word < m_widths.size(); ++word) place(word);
        addSegments();
        return std::move(m_layout);
    }

private:
    bool isInside(const LaneMark& mark) const {
        return mark.first >= 0 && mark.first <= mark.last && mark.last < static_cast<int>(m_widths.size());
    }

    /// The left edge that the word gets on this line.
    double leftOf(std::size_t word) const {
        double left = std::max(m_end + m_room.space, m_least);
        for (const int index : m_beginning[word]) left = std::max(left, m_written[lane(index)] + m_room.gap);
        return left;
    }
    const LaneMark& mark(int index) const { return m_marks[static_cast<std::size_t>(index)]; }

    /// How far the word reaches with the notes of the marks that end at it.
    double reach(std::size_t word, double left) const {
        const int here = static_cast<int>(word);
        double right = left + m_widths[word];
        for (const int index : m_beginning[word]) {
            const double end = std::max(right, left + mark(index).leastWidth);
            right = std::max(right, mark(index).last == here ? end + mark(index).noteWidth : end);
        }
        for (const Running& running : m_running)
            if (mark(running.mark).last == here)
                right = std::max(right, std::max(left + m_widths[word], running.left + running.least) +
                                            mark(running.mark).noteWidth);
        return right;
    }

    void place(std::size_t word) {
        const bool isFirst = m_layout.lines.empty();
        if (isFirst || reach(word, leftOf(word)) > m_room.width) startLine(word);
        const double left = m_startsLine ? 0 : leftOf(word);
        m_startsLine = false;
        m_layout.words.push_back({static_cast<int>(m_layout.lines.size()) - 1, left, left + m_widths[word]});
        m_layout.lines.back().lastWord = static_cast<int>(word);
        m_end = left + m_widths[word];
        for (const int index : m_beginning[word]) m_running.push_back({index, left, mark(index).leastWidth});
        endMarks(word);
    }

    void startLine(std::size_t word) {
        m_layout.lines.push_back({static_cast<int>(word), static_cast<int>(word), false});
        std::fill(m_written.begin(), m_written.end(), kFree);
        for (Running& running : m_running) running = {running.mark, 0, mark(running.mark).restWidth};
        m_end = -m_room.space;
        m_least = kFree;
        m_startsLine = true;
    }

    /// A mark covers all of its words, and the word after it stands behind its least width.
    void endMarks(std::size_t word) {
        std::erase_if(m_running, [&](const Running& running) {
            const LaneMark& open = mark(running.mark);
            double& written = m_written[lane(running.mark)];
            written = std::max(written, m_end);
            if (open.last > static_cast<int>(word)) return false;
            const double end = std::max(m_end, running.left + running.least);
            written = std::max(written, end + open.noteWidth);
            m_least = std::max(m_least, end + m_room.space);
            return true;
        });
    }

    void addSegments() {
        for (std::size_t i = 0; i < m_marks.size(); ++i) {
            const LaneMark& whole = m_marks[i];
            if (!isInside(whole)) continue;
            for (int word = whole.first; word <= whole.last;) {
                const LaneLayout::Word& begin = m_layout.words[static_cast<std::size_t>(word)];
                LaneLayout::Line& line = m_layout.lines[static_cast<std::size_t>(begin.line)];
                const int last = std::min(whole.last, line.lastWord);
                const double right = std::max(m_layout.words[static_cast<std::size_t>(last)].right,
                                              begin.left + (word == whole.first ? whole.leastWidth : whole.restWidth));
                m_layout.segments.push_back(
                    {static_cast<int>(i), begin.line, begin.left, right, word == whole.first, last == whole.last});
                line.hasMarks = true;
                word = last + 1;
            }
        }
        std::stable_sort(m_layout.segments.begin(), m_layout.segments.end(),
                         [](const LaneLayout::Segment& a, const LaneLayout::Segment& b) { return a.line < b.line; });
    }

    std::size_t lane(int index) const { return static_cast<std::size_t>(mark(index).lane); }

    struct Running {
        int mark = 0;
        double left = 0, least = 0;  ///< of its part on this line
    };
    std::span<const double> m_widths;
    std::span<const LaneMark> m_marks;
    LaneSpace m_room;
    std::vector<std::vector<int>> m_beginning;  ///< marks that begin at a word
    std::vector<double> m_written;              ///< right edge of what each lane holds on the line
    std::vector<Running> m_running;             ///< marks that go on
    double m_end = 0, m_least = kFree;          ///< of the last word; where the next may begin at the earliest
    bool m_startsLine = false;
    LaneLayout m_layout;
};

}  // namespace

LaneLayout layLanes(std::span<const double> wordWidths, std::span<const LaneMark> marks, const LaneSpace& room) {
    return Placing(wordWidths, marks, room).run();
}

}  // namespace mnerva::workflow
