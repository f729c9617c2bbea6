#include "core/protocol/explanation.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/members_internal.h"

namespace mnerva::protocol {

template <class Visit>
void members(Visit& visit, MapFigure& figure) {
    visit("mean", figure.mean);
    visit("low", figure.low);
    visit("high", figure.high);
    visit("count", figure.count);
}
template <class Visit>
void members(Visit& visit, MethodFigures& of) {
    visit("method", of.method);
    visit("unavailable", of.unavailable);
    visit("baseline", of.baseline);
    visit("pointing", of.pointing);
    visit("touching", of.touching);
    visit("mass", of.mass);
    visit("rank", of.rank);
    visit("deletion", of.deletion);
    visit("insertion", of.insertion);
    visit("comprehensiveness", of.comprehensiveness);
    visit("sufficiency", of.sufficiency);
    visit("gini", of.gini);
    visit("entropy", of.entropy);
    visit("gap", of.gap);
    visit("seconds", of.seconds);
    visit("randomised", of.randomised);
}
template <class Visit>
void members(Visit& visit, MapRow& row) {
    visit("method", row.method);
    visit("hottest", row.hottest);
    visit("points", row.points);
    visit("touches", row.touches);
    visit("deletion", row.deletion);
    visit("insertion", row.insertion);
}
template <class Visit>
void members(Visit& visit, ExplainedEntity& entity) {
    visit("id", entity.id);
    visit("number", entity.number);
    visit("type", entity.type);
    visit("first", entity.first);
    visit("last", entity.last);
    visit("y", entity.y);
    visit("maps", entity.maps);
}
template <class Visit>
void members(Visit& visit, Explanation& of) {
    visit("format", of.format);
    visit("run", of.run);
    visit("system", of.system);
    visit("layer", of.layer);
    visit("split", of.split);
    visit("baseline", of.baseline);
    visit("form", of.form);
    visit("seed", of.seed);
    visit("orders", of.orders);
    visit("posts", of.posts);
    visit("entities", of.entities);
    visit("grounded", of.grounded);
    visit("chance", of.chance);
    visit("touch_chance", of.touchChance);
    visit("randomised_layers", of.randomisedLayers);
    visit("methods", of.methods);
    visit("list", of.list);
}

nlohmann::json toJson(const Explanation& explanation) {
    return detail::written(explanation);
}

Explanation explanationFromJson(const nlohmann::json& value) {
    Explanation explanation;
    detail::read(value, explanation);
    return explanation;
}

std::optional<Explanation> readExplanation(const std::filesystem::path& runFolder) {
    constexpr JsonLimits kLimits{std::size_t{128} << 20, 16, std::size_t{16} << 20};
    const std::filesystem::path file = runFolder / kExplanationFile;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
    try {
        const nlohmann::json body = readJson(file, kLimits);
        if (!body.is_object() || wholeNumberOr<int>(body, "format", 0) != 1) return std::nullopt;
        return explanationFromJson(body);
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace mnerva::protocol
