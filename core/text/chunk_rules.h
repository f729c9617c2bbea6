#pragma once

#include <cstddef>
#include <string_view>

#include "core/text/tag_scheme.h"

// The rules of models.md 2.2 that make chunks of tags, once for types as text and once for types as numbers. `at(i)`
// gives the tag of word i, `emit(type, first, last)` takes a chunk; chunks come in the order of their last words.

namespace mnerva::text {

/// A tag as the rules see it.
template <class Type>
struct RuleTag {
    char prefix = 'O';  ///< rulePrefix()
    Type type{};
    bool operator==(const RuleTag&) const = default;
};

/// The prefixes that matter are ASCII letters; every other first character behaves alike and reads as '?'.
inline char rulePrefix(const TagParts& parts) {
    return parts.prefix.size() == 1 ? parts.prefix[0] : '?';
}

namespace chunk_rules {

inline bool isOutside(char prefix) {
    return prefix == 'O' || prefix == '.';
}

inline bool endsBefore(char previous, char current, bool sameType) {
    if (previous == 'E' || previous == 'S') return true;
    if ((previous == 'B' || previous == 'I') && (current == 'B' || current == 'S' || current == 'O')) return true;
    return !isOutside(previous) && !sameType;
}

inline bool startsAt(char previous, char current, bool sameType) {
    if (current == 'B' || current == 'S') return true;
    if ((current == 'E' || current == 'I') && (previous == 'E' || previous == 'S' || previous == 'O')) return true;
    return !isOutside(current) && !sameType;
}

template <class Type, class At, class Emit>
void strictInsideOutside(std::size_t count, const Type& noType, bool beginNeeded, At&& at, Emit&& emit) {
    bool open = false;
    Type type{};
    int first = 0;
    for (std::size_t i = 0; i <= count; ++i) {
        const RuleTag<Type> tag = i < count ? at(i) : RuleTag<Type>{'O', noType};
        if (tag.prefix == 'I' && open && tag.type == type) continue;
        if (open) emit(type, first, static_cast<int>(i) - 1);
        open = (tag.prefix == 'B' || (tag.prefix == 'I' && !beginNeeded)) && !(tag.type == noType);
        type = tag.type;
        first = static_cast<int>(i);
    }
}

template <class Type, class At, class Emit>
void strictWithEnds(std::size_t count, const Type& noType, char inside, At&& at, Emit&& emit) {
    Type openType{};
    int openAt = -1;
    for (std::size_t i = 0; i < count; ++i) {
        const RuleTag<Type> tag = at(i);
        const int here = static_cast<int>(i);
        const bool continues = openAt >= 0 && tag.type == openType;
        if (tag.prefix == 'E' && continues) emit(tag.type, openAt, here);
        if (tag.prefix == 'S' && !(tag.type == noType)) emit(tag.type, here, here);
        if (tag.prefix == inside && continues) continue;
        openAt = tag.prefix == 'B' && !(tag.type == noType) ? here : -1;
        openType = tag.type;
    }
}

}  // namespace chunk_rules

/// Rule (a): `noType` is the type of a tag without one ("_"), `beforeAll` a type that no tag has.
template <class Type, class At, class Emit>
void eachLenientChunk(std::size_t count, const Type& noType, const Type& beforeAll, At&& at, Emit&& emit) {
    char previous = 'O';
    Type previousType = beforeAll;
    int begin = 0;
    for (std::size_t i = 0; i <= count; ++i) {
        const RuleTag<Type> tag = i < count ? at(i) : RuleTag<Type>{'O', noType};
        const bool sameType = previousType == tag.type;
        if (chunk_rules::endsBefore(previous, tag.prefix, sameType)) emit(previousType, begin, static_cast<int>(i) - 1);
        if (chunk_rules::startsAt(previous, tag.prefix, sameType)) begin = static_cast<int>(i);
        previous = tag.prefix;
        previousType = tag.type;
    }
}

/// Rule (b).
template <class Type, class At, class Emit>
void eachStrictChunk(std::size_t count, const Type& noType, TagScheme scheme, At&& at, Emit&& emit) {
    switch (scheme) {
        case TagScheme::Bio:
            return chunk_rules::strictInsideOutside(count, noType, true, at, emit);
        case TagScheme::Iob1:
            return chunk_rules::strictInsideOutside(count, noType, false, at, emit);
        case TagScheme::Bmes:
            return chunk_rules::strictWithEnds(count, noType, 'M', at, emit);
        case TagScheme::Bioes:
            return chunk_rules::strictWithEnds(count, noType, 'I', at, emit);
    }
}

}  // namespace mnerva::text
