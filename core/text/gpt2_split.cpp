#include "core/text/gpt2_split.h"

#include <unicode/uchar.h>

#include <array>

#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

Gpt2Class computeClass(char32_t c) {
    const auto code = static_cast<UChar32>(c);
    UVersionInfo age{};
    u_charAge(code, age);
    if (age[0] == 0 || age[0] > 14) return Gpt2Class::Other;
    if (u_isUWhiteSpace(code)) return Gpt2Class::Space;
    const std::uint32_t category = U_MASK(u_charType(code));
    if (category & U_GC_L_MASK) return Gpt2Class::Letter;
    return category & U_GC_N_MASK ? Gpt2Class::Number : Gpt2Class::Other;
}

/// Length in bytes of the contraction that `text` begins with, 0 for none; in the order of the pattern.
std::size_t contractionLength(std::string_view text) {
    for (const std::string_view ending : {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"})
        if (text.substr(0, ending.size()) == ending) return ending.size();
    return 0;
}

Gpt2Class classAt(std::string_view text, std::size_t at, std::size_t& next) {
    next = at;
    return gpt2ClassOf(nextCodePoint(text, next));
}

/// End of the run of one class that begins at `at`; `last` is where its last character begins.
std::size_t runEnd(std::string_view text, std::size_t at, Gpt2Class wanted, std::size_t& last) {
    last = at;
    while (at < text.size()) {
        std::size_t next = at;
        if (classAt(text, at, next) != wanted) break;
        last = at;
        at = next;
    }
    return at;
}

}  // namespace

Gpt2Class gpt2ClassOf(char32_t character) {
    static const std::array<Gpt2Class, 0x3000> table = [] {
        std::array<Gpt2Class, 0x3000> made{};
        for (char32_t c = 0; c < made.size(); ++c) made[c] = computeClass(c);
        return made;
    }();
    return character < table.size() ? table[character] : computeClass(character);
}

void gpt2Split(std::string_view text, std::vector<std::size_t>& ends) {
    ends.clear();
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + contractionLength(text.substr(at)), last = at;
        if (end == at) {
            // A space goes with what follows it, if that is no white space.
            std::size_t from = at + (text[at] == ' ' && at + 1 < text.size() ? 1 : 0), next = from;
            Gpt2Class kind = classAt(text, from, next);
            if (kind == Gpt2Class::Space) kind = classAt(text, from = at, next);
            end = runEnd(text, from, kind, last);
            // White space before a word leaves its last character to it, where it is longer than that.
            if (kind == Gpt2Class::Space && end < text.size() && last > at) end = last;
        }
        ends.push_back(end);
        at = end;
    }
}

}  // namespace mnerva::text
