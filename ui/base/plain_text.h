#pragma once

#include <QString>

namespace mnerva::ui {

// Text of files (words, ids, paths, names of runs, labels and boxes) is shown as it is. Labels and tooltips read no
// markup: FlatStyle makes every one of them plain text, so nothing has to be escaped for them, and nothing may be.

/// For the text of a button, a menu entry or a menu: there "&" would vanish and underline the next letter.
QString withoutMnemonic(const QString& text);

/// For a window's title, where "[*]" would vanish.
QString asWindowTitle(const QString& text);

}  // namespace mnerva::ui
