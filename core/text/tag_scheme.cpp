#include "core/text/tag_scheme.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr std::array<std::pair<TagScheme, std::string_view>, 4> kSchemeNames{{
    {TagScheme::Bio, "bio"},
    {TagScheme::Bmes, "bmes"},
    {TagScheme::Bioes, "bioes"},
    {TagScheme::Iob1, "iob1"},
}};

constexpr std::string_view kNoType = "_";

/// The prefixes that matter are ASCII letters; every other first character behaves alike and reads as '?'.
char prefixOf(const TagParts& parts) {
    return parts.prefix.size() == 1 ? parts.prefix[0] : '?';
}

bool isOutside(char prefix) {
    return prefix == 'O' || prefix == '.';
}

bool endsBefore(char previous, char current, bool sameType) {
    if (previous == 'E' || previous == 'S') return true;
    if ((previous == 'B' || previous == 'I') && (current == 'B' || current == 'S' || current == 'O')) return true;
    return !isOutside(previous) && !sameType;
}

bool startsAt(char previous, char current, bool sameType) {
    if (current == 'B' || current == 'S') return true;
    if ((current == 'E' || current == 'I') && (previous == 'E' || previous == 'S' || previous == 'O')) return true;
    return !isOutside(current) && !sameType;
}

std::vector<TypedSpan> strictInsideOutside(std::span<const std::string> tags, bool beginNeeded) {
    std::vector<TypedSpan> chunks;
    bool open = false;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const TagParts parts = splitTag(tags[i]);
        const char prefix = prefixOf(parts);
        const int at = static_cast<int>(i);
        if (prefix == 'I' && open && chunks.back().type == parts.type) {
            chunks.back().last = at;
        } else if ((prefix == 'B' || (prefix == 'I' && !beginNeeded)) && parts.type != kNoType) {
            chunks.push_back({std::string(parts.type), at, at});
            open = true;
        } else {
            open = false;
        }
    }
    return chunks;
}

std::vector<TypedSpan> strictWithEnds(std::span<const std::string> tags, char inside) {
    std::vector<TypedSpan> chunks;
    std::string_view openType;
    int openAt = -1;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const TagParts parts = splitTag(tags[i]);
        const char prefix = prefixOf(parts);
        const int at = static_cast<int>(i);
        const bool continues = openAt >= 0 && parts.type == openType;
        if (prefix == 'E' && continues) chunks.push_back({std::string(parts.type), openAt, at});
        if (prefix == 'S' && parts.type != kNoType) chunks.push_back({std::string(parts.type), at, at});
        if (prefix == inside && continues) continue;
        openAt = prefix == 'B' && parts.type != kNoType ? at : -1;
        openType = parts.type;
    }
    return chunks;
}

std::string tagOf(char prefix, std::string_view type) {
    std::string tag{prefix, '-'};
    tag += type;
    return tag;
}

/// Tag of word `at` of a span under a scheme.
char prefixInSpan(const TypedSpan& span, int at, TagScheme scheme, bool touchesSameType) {
    const bool first = at == span.first, last = at == span.last;
    switch (scheme) {
        case TagScheme::Bio:
            return first ? 'B' : 'I';
        case TagScheme::Iob1:
            return first && touchesSameType ? 'B' : 'I';
        case TagScheme::Bmes:
        case TagScheme::Bioes:
            if (first && last) return 'S';
            if (first) return 'B';
            if (last) return 'E';
            return scheme == TagScheme::Bmes ? 'M' : 'I';
    }
    return 'I';
}

}  // namespace

std::string_view schemeName(TagScheme scheme) {
    for (const auto& [value, name] : kSchemeNames)
        if (value == scheme) return name;
    return kSchemeNames[0].second;
}

std::optional<TagScheme> schemeFromName(std::string_view name) {
    for (const auto& [value, known] : kSchemeNames)
        if (known == name) return value;
    return std::nullopt;
}

TagParts splitTag(std::string_view tag) {
    if (tag.empty()) return {"O", kNoType};
    std::size_t prefixEnd = 0;
    nextCodePoint(tag, prefixEnd);
    const std::string_view prefix = tag.substr(0, prefixEnd);
    std::string_view type = tag.substr(prefixEnd);
    if (const std::size_t dash = type.find('-'); dash != std::string_view::npos) type.remove_prefix(dash + 1);
    return {prefix, type.empty() ? kNoType : type};
}

std::vector<TypedSpan> lenientChunks(std::span<const std::string> tags) {
    std::vector<TypedSpan> chunks;
    char previous = 'O';
    std::string_view previousType;  // empty at the start: even "_" is another type
    int begin = 0;
    for (std::size_t i = 0; i <= tags.size(); ++i) {
        const TagParts parts = i < tags.size() ? splitTag(tags[i]) : TagParts{"O", kNoType};
        const char prefix = prefixOf(parts);
        const bool sameType = previousType == parts.type;
        if (endsBefore(previous, prefix, sameType))
            chunks.push_back({std::string(previousType), begin, static_cast<int>(i) - 1});
        if (startsAt(previous, prefix, sameType)) begin = static_cast<int>(i);
        previous = prefix;
        previousType = parts.type;
    }
    return chunks;
}

std::vector<TypedSpan> strictChunks(std::span<const std::string> tags, TagScheme scheme) {
    switch (scheme) {
        case TagScheme::Bio:
            return strictInsideOutside(tags, true);
        case TagScheme::Iob1:
            return strictInsideOutside(tags, false);
        case TagScheme::Bmes:
            return strictWithEnds(tags, 'M');
        case TagScheme::Bioes:
            return strictWithEnds(tags, 'I');
    }
    return {};
}

std::vector<std::string> tagsFromSpans(std::span<const TypedSpan> spans, int wordCount, TagScheme scheme) {
    std::vector<std::string> tags(static_cast<std::size_t>(wordCount), "O");
    std::vector<const TypedSpan*> spanEndingAt(static_cast<std::size_t>(wordCount), nullptr);
    for (const TypedSpan& span : spans) {
        MNERVA_CHECK(span.first >= 0 && span.first <= span.last && span.last < wordCount);
        spanEndingAt[static_cast<std::size_t>(span.last)] = &span;
    }
    for (const TypedSpan& span : spans) {
        const TypedSpan* before = span.first > 0 ? spanEndingAt[static_cast<std::size_t>(span.first - 1)] : nullptr;
        const bool touchesSameType = before && before->type == span.type;
        for (int at = span.first; at <= span.last; ++at) {
            std::string& tag = tags[static_cast<std::size_t>(at)];
            MNERVA_CHECK(tag == "O");
            tag = tagOf(prefixInSpan(span, at, scheme, touchesSameType), span.type);
        }
    }
    return tags;
}

namespace {
bool hasType(std::string_view tag) {
    return tag.size() > 2 && tag[1] == '-';
}
}  // namespace

bool opensEntity(std::string_view tag) {
    return hasType(tag) && (tag[0] == 'B' || tag[0] == 'S');
}

bool goesOn(std::string_view previous, std::string_view tag) {
    const bool isOpen = hasType(previous) && previous[0] != 'E' && previous[0] != 'S' && previous[0] != 'O';
    return isOpen && hasType(tag) && previous.substr(2) == tag.substr(2);
}

bool isOrphan(std::string_view previous, std::string_view tag) {
    if (!hasType(tag) || (tag[0] != 'I' && tag[0] != 'M' && tag[0] != 'E')) return false;
    return !goesOn(previous, tag);
}

std::string canonicalTag(std::string_view tag) {
    if (tag.size() == 7 && tag.substr(1) == "-OTHER") return tagOf(tag[0], "MISC");
    return std::string(tag);
}

std::vector<std::string> tagsOfType(std::string_view type, TagScheme scheme) {
    std::string_view prefixes = "BI";
    if (scheme == TagScheme::Bmes) prefixes = "BMES";
    if (scheme == TagScheme::Bioes) prefixes = "BIES";
    std::vector<std::string> tags;
    for (const char prefix : prefixes) tags.push_back(tagOf(prefix, type));
    return tags;
}

TagScheme guessScheme(std::span<const std::string> distinctTags) {
    bool inside = false, middle = false, ends = false;
    for (const std::string& tag : distinctTags) {
        if (tag.size() < 3 || tag[1] != '-') continue;
        inside |= tag[0] == 'I';
        middle |= tag[0] == 'M';
        ends |= tag[0] == 'E' || tag[0] == 'S';
    }
    if (!middle && !ends) return TagScheme::Bio;
    return inside && !middle ? TagScheme::Bioes : TagScheme::Bmes;
}

std::optional<TagScheme> schemeSpoken(std::span<const std::string> distinctTags) {
    const auto speaks = [](const std::string& tag) {
        return tag.size() >= 3 && tag[1] == '-' && std::string_view("IMES").find(tag[0]) != std::string_view::npos;
    };
    if (std::none_of(distinctTags.begin(), distinctTags.end(), speaks)) return std::nullopt;
    return guessScheme(distinctTags);
}

}  // namespace mnerva::text
