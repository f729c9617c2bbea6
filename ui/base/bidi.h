#pragma once

#include <QString>
#include <span>
#include <vector>

#include "core/domain/post.h"
#include "ui/base/word_display.h"

namespace mnerva::ui {

/// Directions of a post's words by the Unicode bidirectional algorithm, words taken whole. A post without a
/// right-to-left character has no levels.
struct WordDirections {
    bool rightToLeft = false;       ///< the post as a whole: its first letter decides
    std::vector<int> levels;        ///< embedding level of each word; odd runs from the right to the left
    std::vector<bool> afterArabic;  ///< words that begin with digits which Arabic letters before them turn
    int levelOf(int word) const { return levels.empty() ? 0 : levels[static_cast<std::size_t>(word)]; }
};

/// Overrides and embeddings inside a word stay inside it: an unclosed one in a post from outside must not turn what
/// follows.
WordDirections directionsOf(const std::vector<WordDisplay>& words, JoinRule join);

/// Indices of what stands in a line, from left to right on the screen; `levels` in reading order.
std::vector<int> visualOrder(std::span<const int> levels);

/// True when a text holds a letter of a right-to-left script.
bool holdsRightToLeft(const QString& text);

/// The text for use inside a sentence of the window: its direction does not turn the words around it.
QString isolated(const QString& text);

}  // namespace mnerva::ui
