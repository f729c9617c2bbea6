#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/domain/post.h"

namespace mnerva::ui {

/// How a word of a post is put on the screen. A word without anything to see (a lone variation selector, a zero-width
/// space, a private-use character no font has) is drawn as a small box that names its code points.
struct WordDisplay {
    QString text;  ///< what is drawn: the word, or "U+FE0F" for an invisible one
    QString name;  ///< Unicode names, for tool tips and screen readers; empty for a visible word
    bool invisible = false;
    int codePoints = 0;  ///< of the word itself
};

WordDisplay displayOf(const std::string& word);
std::vector<WordDisplay> displayOf(const std::vector<std::string>& words);

/// Code point range [first, second) of the words first..last in the text joined by the post's rule.
std::pair<int, int> codePointRange(const std::vector<WordDisplay>& words, JoinRule join, int first, int last);

/// The words first..last joined by the post's rule, as they are (not as displayed).
QString coveredText(const Post& post, int first, int last);

/// True at each word that begins a word of the language: every word of a space-joined post, the dictionary words of ICU
/// in a character-split Chinese one. As long as `words`; Ctrl+arrow stops there.
std::vector<bool> segmentStarts(const std::vector<std::string>& words, JoinRule join);

}  // namespace mnerva::ui
