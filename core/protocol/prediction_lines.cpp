#include "core/protocol/prediction_lines.h"

#include "core/base/json.h"
#include "core/protocol/lines_internal.h"

namespace mnerva::protocol {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Entity entityFromJson(const json& body) {
    Entity entity;
    entity.type = body.at("type").get<std::string>();
    entity.first = wholeNumber<int>(body.at("first"));
    entity.last = wholeNumber<int>(body.at("last"));
    if (body.contains("confidence") && body["confidence"].is_number())
        entity.confidence = body["confidence"].get<double>();
    return entity;
}

EntityBox boxFromJson(const json& body) {
    EntityBox box;
    for (const auto& [name, value] :
         {std::pair("first", &box.first), std::pair("last", &box.last), std::pair("left", &box.left),
          std::pair("top", &box.top), std::pair("width", &box.width), std::pair("height", &box.height)})
        *value = wholeNumber<int>(body.at(name));
    return box;
}

json toJson(const EntityBox& box) {
    return {{"first", box.first}, {"last", box.last},   {"left", box.left},
            {"top", box.top},     {"width", box.width}, {"height", box.height}};
}

json boxesJson(const std::vector<EntityBox>& boxes) {
    json list = json::array();
    for (const EntityBox& box : boxes) list.push_back(toJson(box));
    return list;
}

std::optional<std::vector<EntityBox>> boxesOf(const json& line) {
    if (!line.contains("boxes")) return std::nullopt;
    std::vector<EntityBox> boxes;
    for (const json& box : line.at("boxes")) boxes.push_back(boxFromJson(box));
    return boxes;
}

}  // namespace

std::string lineOf(const PredictionLine& line) {
    json entities = json::array();
    for (const Entity& e : line.entities)
        entities.push_back(
            {{"type", e.type}, {"first", e.first}, {"last", e.last}, {"confidence", e.confidence.value_or(0)}});
    json body{{"id", line.id}, {"number", line.number.value}, {"entities", entities}, {"tags", line.tags}};
    if (line.boxes) body["boxes"] = boxesJson(*line.boxes);
    return detail::jsonLine(body);
}

std::vector<PredictionLine> readPredictionLines(std::string_view content, const fs::path& file) {
    return detail::readLines<PredictionLine>(content, file, "a post and its entities", [](const json& body, int) {
        PredictionLine line;
        if (body.contains("id") && body.at("id").is_string()) line.id = body.at("id").get<std::string>();
        line.number = PostId{detail::postNumber(body)};
        for (const json& entity : body.at("entities")) line.entities.push_back(entityFromJson(entity));
        // What a line cannot say is made of its entities, so tags of another kind are as good as none.
        if (const auto tags = body.find("tags"); tags != body.end() && tags->is_array())
            for (const json& tag : *tags)
                if (tag.is_string()) line.tags.push_back(tag.get<std::string>());
        if (body.contains("tags") && body.at("tags").size() != line.tags.size()) line.tags.clear();
        line.boxes = boxesOf(body);
        return line;
    });
}

std::string lineOf(const TestLine& line) {
    json body{{"id", line.id}, {"tags", line.tags}};
    if (line.boxes) body["boxes"] = boxesJson(*line.boxes);
    return detail::jsonLine(body);
}

std::vector<TestLine> readTestLines(std::string_view content, const fs::path& file) {
    return detail::readLines<TestLine>(content, file, "a post and its tags", [](const json& body, int number) {
        TestLine line{{}, -1, body.at("tags").get<std::vector<std::string>>(), number, boxesOf(body)};
        if (body.contains("id"))
            line.id = body.at("id").get<std::string>();
        else
            line.index = wholeNumber<std::ptrdiff_t>(body.at("index"));
        return line;
    });
}

}  // namespace mnerva::protocol
