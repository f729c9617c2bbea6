#include "core/text/tag_scheme.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.h"
#include "core/text/chunk_rules.h"
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

namespace {

/// The tags of a post as the rules see them.
auto tagAt(std::span<const std::string> tags) {
    return [tags](std::size_t i) {
        const TagParts parts = splitTag(tags[i]);
        return RuleTag<std::string_view>{rulePrefix(parts), parts.type};
    };
}

auto addTo(std::vector<TypedSpan>& chunks) {
    return [&chunks](std::string_view type, int first, int last) {
        chunks.push_back({std::string(type), first, last});
    };
}

}  // namespace

std::vector<TypedSpan> lenientChunks(std::span<const std::string> tags) {
    std::vector<TypedSpan> chunks;
    // Before all tags the type is empty: even "_" is another one.
    eachLenientChunk(tags.size(), kNoType, std::string_view(), tagAt(tags), addTo(chunks));
    return chunks;
}

std::vector<TypedSpan> strictChunks(std::span<const std::string> tags, TagScheme scheme) {
    std::vector<TypedSpan> chunks;
    eachStrictChunk(tags.size(), kNoType, scheme, tagAt(tags), addTo(chunks));
    return chunks;
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
