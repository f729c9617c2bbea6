#include "ui/base/text_border.h"

#include <algorithm>

namespace mnerva::ui {

QString fromUtf8(const std::string& text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string toUtf8(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QString fromPath(const std::filesystem::path& path) {
    const auto bytes = path.u8string();
    return QString::fromUtf8(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
}

std::filesystem::path toPath(const QString& path) {
    const std::string bytes = toUtf8(path);
    return std::filesystem::path(std::u8string(bytes.begin(), bytes.end()));
}

namespace {

/// UTF-16 units of the code point at an index; a lone surrogate is one.
qsizetype unitsAt(const QString& text, qsizetype index) {
    const bool pair =
        text.at(index).isHighSurrogate() && index + 1 < text.size() && text.at(index + 1).isLowSurrogate();
    return pair ? 2 : 1;
}

}  // namespace

qsizetype utf16FromCodePoint(const QString& text, int codePoint) {
    qsizetype index = 0;
    for (int i = 0; i < codePoint && index < text.size(); ++i) index += unitsAt(text, index);
    return index;
}

int codePointFromUtf16(const QString& text, qsizetype utf16) {
    int codePoints = 0;
    for (qsizetype index = 0; index < text.size();) {
        const qsizetype next = index + unitsAt(text, index);
        if (next > utf16) break;
        index = next;
        ++codePoints;
    }
    return codePoints;
}

int codePointLength(const QString& text) {
    return codePointFromUtf16(text, text.size());
}

LaidText layText(const std::vector<std::string>& words, bool spaced) {
    LaidText laid;
    laid.words.reserve(words.size());
    for (const std::string& word : words) {
        if (spaced && !laid.words.empty()) laid.text += QLatin1Char(' ');
        const qsizetype start = laid.text.size();
        laid.text += fromUtf8(word);
        laid.words.push_back({start, laid.text.size()});
    }
    return laid;
}

}  // namespace mnerva::ui
