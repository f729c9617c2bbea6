#include "core/text/graphemes.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

icu::BreakIterator& breakIterator() {
    // Opening one takes longer than using it; an iterator must not be shared between threads.
    thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::BreakIterator> made(
            icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
        if (U_FAILURE(status)) throw Error(ErrorCode::Internal, {std::string("ICU: ") + u_errorName(status)});
        return made;
    }();
    return *iterator;
}

}  // namespace

std::vector<std::size_t> graphemeBorders(std::string_view text) {
    std::vector<std::size_t> borders{0};
    if (text.empty()) return borders;
    const std::u16string units = toUtf16(text);
    const icu::UnicodeString shared(false, units.data(), static_cast<std::int32_t>(units.size()));
    icu::BreakIterator& iterator = breakIterator();
    iterator.setText(shared);
    iterator.first();
    std::size_t codePoint = 0, unit = 0;
    for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE; end = iterator.next()) {
        for (; unit < static_cast<std::size_t>(end); ++codePoint)
            unit += units[unit] >= 0xD800 && units[unit] <= 0xDBFF ? 2 : 1;
        borders.push_back(codePoint);
    }
    iterator.setText(icu::UnicodeString());  // it must not keep a view of a text that goes away
    return borders;
}

std::size_t graphemeCount(std::string_view text) {
    return graphemeBorders(text).size() - 1;
}

std::size_t codePointOfGrapheme(std::string_view text, std::size_t grapheme) {
    const std::vector<std::size_t> borders = graphemeBorders(text);
    return borders[std::min(grapheme, borders.size() - 1)];
}

std::size_t graphemeOfCodePoint(std::string_view text, std::size_t codePoint) {
    const std::vector<std::size_t> borders = graphemeBorders(text);
    const auto behind = std::upper_bound(borders.begin(), borders.end(), codePoint);
    return static_cast<std::size_t>(behind - borders.begin()) - 1;
}

std::string_view firstGraphemes(std::string_view text, std::size_t count) {
    return text.substr(0, byteOfCodePoint(text, codePointOfGrapheme(text, count)));
}

}  // namespace mnerva::text
