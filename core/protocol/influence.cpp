#include "core/protocol/influence.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/members_internal.h"

namespace mnerva::protocol {

template <class Visit>
void members(Visit& visit, EntityInfluence& entity) {
    visit("type", entity.type);
    visit("first", entity.first);
    visit("last", entity.last);
    visit("effect", entity.effect);
    visit("without", entity.without);
    visit("swapped", entity.swapped);
    visit("change", entity.change);
    visit("swapped_change", entity.swappedChange);
}
template <class Visit>
void members(Visit& visit, PostInfluence& post) {
    visit("id", post.id);
    visit("number", post.number);
    visit("effect", post.effect);
    visit("change", post.change);
    visit("relevance", post.relevance);
    visit("entities", post.entities);
}
template <class Visit>
void members(Visit& visit, InfluenceSummary& summary) {
    visit("helped", summary.helped);
    visit("hurt", summary.hurt);
    visit("same_right", summary.sameRight);
    visit("same_wrong", summary.sameWrong);
    visit("change", summary.change);
}
template <class Visit>
void members(Visit& visit, Influence& influence) {
    visit("format", influence.format);
    visit("run", influence.run);
    visit("layer", influence.layer);
    visit("split", influence.split);
    visit("seed", influence.seed);
    visit("without_picture", influence.withoutPicture);
    visit("posts", influence.posts);
    visit("entities", influence.entities);
    visit("without_entities", influence.withoutEntities);
    visit("swapped_entities", influence.swappedEntities);
    visit("list", influence.list);
}

nlohmann::json toJson(const Influence& influence) {
    return detail::written(influence);
}

Influence influenceFromJson(const nlohmann::json& value) {
    Influence influence;
    detail::read(value, influence);
    return influence;
}

std::optional<Influence> readInfluence(const std::filesystem::path& runFolder) {
    constexpr JsonLimits kLimits{std::size_t{512} << 20, 16, std::size_t{64} << 20};
    const std::filesystem::path file = runFolder / kInfluenceFile;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
    try {
        const nlohmann::json body = readJson(file, kLimits);
        const int format = body.is_object() ? wholeNumberOr<int>(body, "format", 0) : 0;
        if (format != 1 && format != Influence{}.format) return std::nullopt;
        return influenceFromJson(body);
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace mnerva::protocol
