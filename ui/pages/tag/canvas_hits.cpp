#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/pages/tag/canvas_layout.h"

namespace mnerva::ui {
namespace {

/// The letters [first, last) of a word, in its code points; a word that is cut over lines has several rectangles.
void addLetters(const CanvasLayout& layout, const WordDisplay& display, int word, int first, int last,
                const CanvasMetrics& metrics, std::vector<QRectF>& rects) {
    const auto at = static_cast<std::size_t>(word);
    int start = 0;
    for (int i = layout.firstFragment[at]; i < layout.firstFragment[at + 1]; ++i) {
        const CanvasFragment& fragment = layout.fragments[static_cast<std::size_t>(i)];
        const int length = display.invisible ? display.codePoints : codePointLength(fragment.text);
        const int from = std::max(first - start, 0), to = std::min(last - start, length);
        start += length;
        if (from >= to) continue;
        if (display.invisible || fragment.rightToLeft || (from == 0 && to == length)) {
            rects.push_back(fragment.rect);
            continue;
        }
        const auto advance = [&](int points) {
            return metrics.wordWidth(fragment.text.left(utf16FromCodePoint(fragment.text, points)));
        };
        const qreal left = advance(from);
        rects.push_back({fragment.rect.left() + left, fragment.rect.top(), advance(to) - left, fragment.rect.height()});
    }
}

}  // namespace

std::vector<QRectF> hitRects(const CanvasLayout& layout, const std::vector<WordDisplay>& words, JoinRule join,
                             const std::vector<std::pair<int, int>>& places, const CanvasMetrics& metrics) {
    std::vector<QRectF> rects;
    const int count = std::min(layout.wordCount(), static_cast<int>(words.size()));
    const int gap = join == JoinRule::Space ? 1 : 0;
    for (const auto& [first, last] : places) {
        int start = 0;
        for (int word = 0; word < count && start < last; ++word) {
            const WordDisplay& display = words[static_cast<std::size_t>(word)];
            const int end = start + display.codePoints;
            if (end > first)
                addLetters(layout, display, word, std::max(first, start) - start, std::min(last, end) - start, metrics,
                           rects);
            start = end + gap;
        }
    }
    return rects;
}

}  // namespace mnerva::ui
