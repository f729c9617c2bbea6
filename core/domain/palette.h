#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/domain/label_set.h"

namespace mnerva {

// The colours that mean something, 0xRRGGBB, on white or on a dark ground: the only place that knows them, for the
// window, its figures and what is written as HTML.

/// Of an entity type of a project: what its note says; PER, LOC, ORG, MISC and GPE have theirs (look.md), any other the
/// one of its place among those of the project; types that the project lacks share one.
std::uint32_t typeColour(std::string_view type, const LabelSet& labels, bool isDark = false);

/// That of its note; on a dark ground as light as the colours of the others are there.
std::optional<std::uint32_t> chosenTypeColour(const std::string& type, const LabelSet& labels, bool isDark);
/// Nothing for a type without a colour of its own.
std::optional<std::uint32_t> fixedTypeColour(std::string_view type, bool isDark);
/// Place of a type among those of the project without a colour of their own; their number, where it is none of them.
int placeAmongOthers(std::string_view type, const LabelSet& labels);
/// The colour of a place: apart from the fixed ones and from those before it. Takes the longer the higher the place.
std::uint32_t generatedTypeColour(int place, bool isDark);

/// Of a kind of mistake: type, boundary, both, missed, spurious, region. None is that of a type.
inline constexpr int kMistakeColours = 6;
std::uint32_t mistakeColour(int kind, bool isDark = false);

/// "#0072b2".
std::string colourText(std::uint32_t colour);
/// And back; nothing for anything else.
std::optional<std::uint32_t> colourOfText(std::string_view text);

}  // namespace mnerva
