#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::text {

/// How entity borders are written as one tag a word.
enum class TagScheme { Bio, Bmes, Bioes, Iob1 };

std::string_view schemeName(TagScheme scheme);
std::optional<TagScheme> schemeFromName(std::string_view name);

/// A typed run of words; both ends are word indices and belong to the run.
struct TypedSpan {
    std::string type;
    int first = 0;
    int last = 0;
    auto operator<=>(const TypedSpan&) const = default;
};

/// Chunks of one post by the lenient rule of models.md 2.2 (a), an `O` assumed after the last tag.
/// The type of a special tag is what the rule makes of it ("_", "SEP]", "AD"); callers that want entities only drop
/// them.
std::vector<TypedSpan> lenientChunks(std::span<const std::string> tags);

/// Chunks by the strict rule of models.md 2.2 (b): IOB2 (B opens, I continues the same type) or IOBES/BMES.
std::vector<TypedSpan> strictChunks(std::span<const std::string> tags, TagScheme scheme);

/// One tag a word. Spans must be disjoint and inside [0, wordCount).
std::vector<std::string> tagsFromSpans(std::span<const TypedSpan> spans, int wordCount, TagScheme scheme);

/// Splits "B-PER" into prefix and type by the rule of models.md 2.2: prefix is the first character, the type what
/// follows the first '-' (or all of the rest).
struct TagParts {
    std::string_view prefix;
    std::string_view type;
};
TagParts splitTag(std::string_view tag);

/// B- or S-: an entity begins there, whatever stands before.
bool opensEntity(std::string_view tag);
/// An entity of the tag's type is open after `previous` (empty: there is none), the tag before.
bool goesOn(std::string_view previous, std::string_view tag);
/// The one rule about orphans: true for a tag that only goes on with an entity (I-, M-, E-) where none of its type is
/// open, since the tag before (`previous`; empty: there is none) has another type, no type, or closed its entity (E-,
/// S-). An entity that lenientChunks() lets begin there lacks its B-. In IOB1, where entities open with I-, nobody
/// asks.
bool isOrphan(std::string_view previous, std::string_view tag);

/// Maps OTHER to MISC as every MNER reader does (models.md 1.2): "B-OTHER" -> "B-MISC". Other tags are unchanged.
std::string canonicalTag(std::string_view tag);

/// All tags of a type under a scheme, border tags first ("B-PER", "I-PER").
std::vector<std::string> tagsOfType(std::string_view type, TagScheme scheme);

/// The scheme that tags seen in data speak for: any of M-, E-, S- gives BMES (or BIOES with I-), else BIO.
TagScheme guessScheme(std::span<const std::string> distinctTags);
/// The same; nothing where no tag but B- and special ones was seen, which every scheme has.
std::optional<TagScheme> schemeSpoken(std::span<const std::string> distinctTags);

}  // namespace mnerva::text
