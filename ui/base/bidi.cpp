#include "ui/base/bidi.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <memory>

namespace mnerva::ui {

namespace {

constexpr QChar kAnyObject(0xFFFC);  // stands for what is drawn as a box: a neutral thing

bool isExplicitControl(QChar c) {
    return (c.unicode() >= 0x202A && c.unicode() <= 0x202E) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
}

UCharDirection directionAt(const QString& text, qsizetype i) {
    char32_t c = text.at(i).unicode();
    if (text.at(i).isHighSurrogate() && i + 1 < text.size()) c = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
    return u_charDirection(static_cast<UChar32>(c));
}

bool isStrong(UCharDirection direction) {
    return direction == U_LEFT_TO_RIGHT || direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

/// A word's level: that of its first letter, so that punctuation at its end does not take it out of its run; without a
/// letter the lowest of its characters.
int levelOfWord(const QString& text, const UBiDiLevel* levels, qsizetype begin, qsizetype end, int whole) {
    if (begin == end) return whole;
    for (qsizetype i = begin; i < end; ++i) {
        if (isStrong(directionAt(text, i))) return levels[i];
    }
    return *std::min_element(levels + begin, levels + end);
}

}  // namespace

bool holdsRightToLeft(const QString& text) {
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i).unicode() < 0x0590) continue;  // no such letter below Hebrew
        const UCharDirection direction = directionAt(text, i);
        if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC) return true;
    }
    return false;
}

QString isolated(const QString& text) {
    if (!holdsRightToLeft(text)) return text;
    return QChar(0x2068) + text + QChar(0x2069);
}

WordDirections directionsOf(const std::vector<WordDisplay>& words, JoinRule join) {
    WordDirections result;
    const auto turns = [](const WordDisplay& word) { return !word.invisible && holdsRightToLeft(word.text); };
    if (std::none_of(words.begin(), words.end(), turns)) return result;
    QString text;
    std::vector<std::pair<qsizetype, qsizetype>> ranges;
    bool arabic = false;
    for (const auto& word : words) {
        if (join == JoinRule::Space && !text.isEmpty()) text += QLatin1Char(' ');
        const qsizetype begin = text.size();
        if (word.invisible) {
            text += kAnyObject;
        } else {
            for (const QChar c : word.text) {
                if (!isExplicitControl(c)) text += c;
            }
        }
        ranges.emplace_back(begin, text.size());
        bool turned = false, decided = false;
        for (qsizetype i = begin; i < text.size(); ++i) {
            const UCharDirection direction = directionAt(text, i);
            if (direction == U_EUROPEAN_NUMBER && !decided) turned = arabic;
            if (!isStrong(direction)) continue;
            decided = true;
            arabic = direction == U_RIGHT_TO_LEFT_ARABIC;
        }
        result.afterArabic.push_back(turned);
    }
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), &ubidi_close);
    const auto* units = reinterpret_cast<const UChar*>(text.utf16());
    ubidi_setPara(bidi.get(), units, static_cast<int32_t>(text.size()), UBIDI_DEFAULT_LTR, nullptr, &status);
    const UBiDiLevel* levels = ubidi_getLevels(bidi.get(), &status);
    if (U_FAILURE(status) || !levels) return {};
    const int whole = ubidi_getParaLevel(bidi.get());
    result.rightToLeft = whole % 2 == 1;
    for (const auto& [begin, end] : ranges) result.levels.push_back(levelOfWord(text, levels, begin, end, whole));
    return result;
}

std::vector<int> visualOrder(std::span<const int> levels) {
    std::vector<UBiDiLevel> small;
    for (const int level : levels) small.push_back(static_cast<UBiDiLevel>(level));
    std::vector<int32_t> order(levels.size());
    if (!order.empty()) ubidi_reorderVisual(small.data(), static_cast<int32_t>(small.size()), order.data());
    return {order.begin(), order.end()};
}

}  // namespace mnerva::ui
