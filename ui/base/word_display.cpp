#include "ui/base/word_display.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>

#include <QChar>
#include <QStringList>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <memory>

namespace mnerva::ui {

namespace {

bool isVisible(char32_t c) {
    switch (QChar::category(c)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Other_PrivateUse:
        case QChar::Other_NotAssigned:
        case QChar::Separator_Space:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            return false;
        case QChar::Mark_NonSpacing:
        case QChar::Mark_Enclosing:
            return false;  // nothing to stand on: a combining mark alone is a ghost
        default:
            // Blank letters that Unicode calls letters: Hangul fillers and the Braille blank.
            return c != 0x115F && c != 0x1160 && c != 0x3164 && c != 0xFFA0 && c != 0x2800;
    }
}

QString hexName(char32_t c) {
    return QStringLiteral("U+") +
           QString::number(static_cast<uint>(c), 16).toUpper().rightJustified(4, QLatin1Char('0'));
}

QString unicodeName(char32_t c) {
    char buffer[128];
    UErrorCode status = U_ZERO_ERROR;
    const auto length = u_charName(static_cast<UChar32>(c), U_EXTENDED_CHAR_NAME, buffer, sizeof buffer, &status);
    if (U_FAILURE(status) || length <= 0) return hexName(c);
    return hexName(c) + QLatin1Char(' ') + QString::fromLatin1(buffer, length);
}

/// Control characters and line separators inside a visible word would break the line of a painter: shown as a symbol of
/// the same length.
QString withoutControls(QString text) {
    for (QChar& c : text) {
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Separator_Line ||
            category == QChar::Separator_Paragraph) {
            c = QChar(0x2424);
        }
    }
    return text;
}

}  // namespace

WordDisplay displayOf(const std::string& word) {
    WordDisplay result;
    const QString text = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    const auto points = text.toStdU32String();
    result.codePoints = static_cast<int>(points.size());
    result.invisible = std::none_of(points.begin(), points.end(), isVisible);
    if (!result.invisible) {
        result.text = withoutControls(text);
        return result;
    }
    QStringList hex, names;
    for (const char32_t c : points) {
        hex << hexName(c);
        names << unicodeName(c);
    }
    if (hex.size() > 2) hex = {hex.front(), QStringLiteral("…")};
    result.text = hex.isEmpty() ? QStringLiteral("∅") : hex.join(QLatin1Char(' '));
    result.name = names.join(QStringLiteral(", "));
    return result;
}

std::vector<WordDisplay> displayOf(const std::vector<std::string>& words) {
    std::vector<WordDisplay> result;
    result.reserve(words.size());
    for (const auto& word : words) result.push_back(displayOf(word));
    return result;
}

std::pair<int, int> codePointRange(const std::vector<WordDisplay>& words, JoinRule join, int first, int last) {
    const int gap = join == JoinRule::Space ? 1 : 0;
    int at = 0, start = 0, end = 0;
    for (int i = 0; i < static_cast<int>(words.size()); ++i) {
        if (i == first) start = at;
        at += words[static_cast<std::size_t>(i)].codePoints;
        if (i == last) {
            end = at;
            break;
        }
        at += gap;
    }
    return {start, std::max(start, end)};
}

QString coveredText(const Post& post, int first, int last) {
    QString text;
    const int count = static_cast<int>(post.words.size());
    for (int i = std::max(first, 0); i <= std::min(last, count - 1); ++i) {
        if (i > first && post.join == JoinRule::Space) text += QLatin1Char(' ');
        text += QString::fromStdString(post.words[static_cast<std::size_t>(i)]);
    }
    return text;
}

std::vector<bool> segmentStarts(const std::vector<std::string>& words, JoinRule join) {
    std::vector<bool> starts(words.size(), true);
    if (join == JoinRule::Space || words.empty()) return starts;
    icu::UnicodeString text;
    std::vector<int32_t> offsets;
    for (const auto& word : words) {
        offsets.push_back(text.length());
        text.append(icu::UnicodeString::fromUTF8(word));
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(
        icu::BreakIterator::createWordInstance(icu::Locale::getChinese(), status));
    if (U_FAILURE(status) || !breaks) return starts;
    breaks->setText(text);
    for (std::size_t i = 0; i < words.size(); ++i) starts[i] = i == 0 || breaks->isBoundary(offsets[i]);
    return starts;
}

}  // namespace mnerva::ui
