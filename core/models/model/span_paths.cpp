#include "core/models/model/span_paths_internal.h"

#include <algorithm>

#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {
namespace {

/// A tag as words carry it: prefix and type; O has no type, and neither has a special tag, which is read as O.
struct Parts {
    char prefix = 'O';
    std::string type;

    bool isOutside() const { return prefix == 'O' || prefix == '.'; }
    bool isOneOf(const char* prefixes) const {
        return std::string_view(prefixes).find(prefix) != std::string_view::npos;
    }
};

Parts partsOf(const std::string& tag) {
    if (tag.empty() || tag == "O" || isSpecialTag(tag)) return {};
    const std::string canonical = text::canonicalTag(tag);
    const text::TagParts parts = text::splitTag(canonical);
    return {parts.prefix.empty() ? 'O' : parts.prefix.front(), std::string(parts.type)};
}

// The two tests of models.md 2.2 (a), as entitiesFromTags() makes disjoint entities of them.
bool endsBetween(const Parts& before, const Parts& here) {
    return before.isOneOf("ES") || (before.isOneOf("BI") && here.isOneOf("BSO")) ||
           (!before.isOutside() && before.type != here.type);
}
bool startsBetween(const Parts& before, const Parts& here) {
    // M- after E- or S- goes on with a chunk that is closed; what is left of it as an entity begins here.
    return here.isOneOf("BS") || (here.isOneOf("EI") && before.isOneOf("ESO")) ||
           (!here.isOutside() && (before.type != here.type || endsBetween(before, here)));
}

/// bool [C, C] of a test on two tags.
template <class Test>
torch::Tensor pairs(const std::vector<Parts>& classes, Test test) {
    const auto C = static_cast<std::int64_t>(classes.size());
    torch::Tensor out = torch::zeros({C, C}, torch::kBool);
    auto cells = out.accessor<bool, 2>();
    for (std::int64_t i = 0; i < C; ++i)
        for (std::int64_t j = 0; j < C; ++j)
            cells[i][j] = test(classes[static_cast<std::size_t>(i)], classes[static_cast<std::size_t>(j)]);
    return out;
}

bool isRead(const EncodedPost& post, int word) {
    return word >= 0 && word < static_cast<int>(post.words.size()) &&
           post.words[static_cast<std::size_t>(word)].pieces > 0;
}

}  // namespace

std::optional<nn::SpanPaths> spanPathsOf(const EncodedPost& post, const Entity& entity,
                                         const std::vector<std::string>& classes, UnitMode mode) {
    for (int word = entity.first; word <= entity.last; ++word)
        if (!isRead(post, word)) return std::nullopt;
    std::vector<Parts> parts;
    for (const std::string& name : classes) parts.push_back(partsOf(name));
    const auto isOfType = [&](const Parts& p) { return !p.isOutside() && p.type == entity.type; };
    if (std::none_of(parts.begin(), parts.end(), isOfType)) return std::nullopt;
    const auto placeOf = [&](int word) { return unitsOfWord(post, word, mode).first; };

    nn::SpanPaths out;
    const auto begins = [&](const Parts& before, const Parts& here) {
        return isOfType(here) && startsBetween(before, here);
    };
    if (isRead(post, entity.first - 1)) {
        out.steps.push_back(
            {placeOf(entity.first - 1), torch::ones({static_cast<std::int64_t>(parts.size())}, torch::kBool)});
        out.steps.push_back({placeOf(entity.first), pairs(parts, begins)});
    } else {  // at the post's beginning, or after a word that counts as O
        const Parts outside;
        out.steps.push_back({placeOf(entity.first),
                             pairs(parts, [&](const Parts&, const Parts& here) { return begins(outside, here); })[0]});
    }
    for (int word = entity.first + 1; word <= entity.last; ++word)
        out.steps.push_back({placeOf(word), pairs(parts, [&](const Parts& before, const Parts& here) {
                                 return isOfType(here) && !endsBetween(before, here) && !startsBetween(before, here);
                             })});
    if (isRead(post, entity.last + 1)) out.steps.push_back({placeOf(entity.last + 1), pairs(parts, endsBetween)});

    const text::TagScheme scheme = text::guessScheme(classes);
    const std::vector<std::string> spelled =
        tagsFromEntities({{entity.type, 0, entity.last - entity.first, {}}}, entity.last - entity.first + 1, scheme);
    for (int word = entity.first; word <= entity.last; ++word) {
        const std::string& tag = spelled[static_cast<std::size_t>(word - entity.first)];
        const auto known = std::find_if(classes.begin(), classes.end(),
                                        [&](const std::string& name) { return text::canonicalTag(name) == tag; });
        if (known == classes.end()) return std::nullopt;
        out.tags.push_back({placeOf(word), static_cast<int>(known - classes.begin())});
    }
    return out;
}

}  // namespace mnerva::models
