#pragma once

#include <span>
#include <vector>

namespace mnerva::workflow {

/// A mark of a lane under the words it speaks of, and how much room what is written on it and behind it takes.
struct LaneMark {
    int lane = 0, first = 0, last = 0;  ///< words, both ends included
    double leastWidth = 0;              ///< of the mark itself, whatever its words take
    double noteWidth = 0;               ///< of what stands behind its right edge
    double restWidth = 0;               ///< as leastWidth, of each part on a line after that where it begins
};

/// Sizes in one unit: pixels of the window, columns of a terminal.
struct LaneSpace {
    double width = 0;  ///< of a line
    double space = 0;  ///< between words
    double gap = 0;    ///< after a note, before the next mark of its lane
};

/// Where words and marks stand: words from the left to the right and line after line, each mark under its words. A word
/// moves to the right only where what is written of a mark before it would run into a mark that begins at the word.
struct LaneLayout {
    struct Word {
        int line = 0;
        double left = 0, right = 0;
    };
    /// A part of a mark on one line; a mark that goes on over lines has several.
    struct Segment {
        int mark = 0, line = 0;
        double left = 0, right = 0;
        bool begins = true, ends = true;  ///< the mark begins and ends in this part; its note is where it ends
    };
    struct Line {
        int firstWord = 0, lastWord = 0;
        bool hasMarks = false;  ///< without them no lane has anything to show under the line
    };
    std::vector<Word> words;
    std::vector<Segment> segments;  ///< line by line
    std::vector<Line> lines;
};

/// Lays the lanes of a post out. A word that is wider than a line stands alone on one and sticks out.
LaneLayout layLanes(std::span<const double> wordWidths, std::span<const LaneMark> marks, const LaneSpace& room);

}  // namespace mnerva::workflow
