#pragma once

#include <QString>
#include <filesystem>
#include <string>
#include <vector>

namespace mnerva::ui {

// The border between core (UTF-8, code points) and Qt (UTF-16). Conversions happen through these names and nowhere
// else.

QString fromUtf8(const std::string& text);
QString fromUtf8(std::string_view text);
std::string toUtf8(const QString& text);

/// Paths of the file system; UTF-8 on every system.
QString fromPath(const std::filesystem::path& path);
std::filesystem::path toPath(const QString& path);

/// UTF-16 index of a code point index; clamped to the text.
qsizetype utf16FromCodePoint(const QString& text, int codePoint);
/// Code points before a UTF-16 index; an index inside a surrogate pair counts as the pair's start.
int codePointFromUtf16(const QString& text, qsizetype utf16);
/// Number of code points.
int codePointLength(const QString& text);

/// The text of a post in UTF-16 with the place of each word: start and end (exclusive) in UTF-16 units.
struct WordPlace {
    qsizetype start = 0, end = 0;
};
struct LaidText {
    QString text;
    std::vector<WordPlace> words;
};
/// Joins words by one space, or by nothing.
LaidText layText(const std::vector<std::string>& words, bool spaced);

}  // namespace mnerva::ui
