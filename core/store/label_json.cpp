#include "core/store/label_json.h"

#include <nlohmann/json.hpp>

#include "core/domain/palette.h"
#include "core/store/rows.h"

namespace mnerva::store {
namespace {

using nlohmann::json;

/// A member that is text, or empty where there is none; nothing for any other value.
std::optional<std::string> textOf(const json& object, const char* name, std::size_t longest) {
    const auto found = object.find(name);
    if (found == object.end()) return std::string();
    if (!found->is_string() || found->get_ref<const std::string&>().size() > longest) return std::nullopt;
    return found->get<std::string>();
}

std::optional<LabelNote> noteFromJson(const json& object) {
    if (!object.is_object()) return std::nullopt;
    const auto colour = textOf(object, "colour", 7), parent = textOf(object, "parent", kLongestType);
    const auto description = textOf(object, "description", kLongestDescription);
    if (!colour || !parent || !description) return std::nullopt;
    if (!colour->empty() && !colourOfText(*colour)) return std::nullopt;
    if (!parent->empty() && !isTypeName(*parent)) return std::nullopt;
    return LabelNote{*colour, *description, *parent};
}

}  // namespace

json labelNotesToJson(const std::map<std::string, LabelNote>& notes) {
    json out = json::object();
    for (const auto& [type, note] : notes) {
        json& one = out[type] = json::object();
        const auto put = [&](const char* name, const std::string& value) {
            if (!value.empty()) one[name] = value;
        };
        put("colour", note.colour);
        put("description", note.description);
        put("parent", note.parent);
    }
    return out;
}

std::optional<std::map<std::string, LabelNote>> labelNotesFromJson(const json& json) {
    if (!json.is_object()) return std::nullopt;
    std::map<std::string, LabelNote> notes;
    for (const auto& [type, value] : json.items()) {
        const auto note = noteFromJson(value);
        if (!note || !isTypeName(type)) return std::nullopt;
        notes[type] = *note;
    }
    return notes;
}

json labelsToJson(const LabelSet& labels) {
    return {{"types", labels.types},
            {"scheme", std::string(text::schemeName(labels.scheme))},
            {"notes", labelNotesToJson(labels.notes)}};
}

std::optional<LabelSet> labelsFromJson(const json& json) {
    if (!json.is_object() || !json.contains("types") || !json.contains("scheme") || !json.contains("notes"))
        return std::nullopt;
    LabelSet labels;
    if (!json["types"].is_array() || !json["scheme"].is_string()) return std::nullopt;
    for (const auto& type : json["types"])
        if (!type.is_string() || !isTypeName(type.get<std::string>()) || !labels.add(type.get<std::string>()))
            return std::nullopt;
    const auto scheme = text::schemeFromName(json["scheme"].get<std::string>());
    auto notes = labelNotesFromJson(json["notes"]);
    if (!scheme || !notes) return std::nullopt;
    labels.scheme = *scheme;
    labels.notes = std::move(*notes);
    return labels;
}

}  // namespace mnerva::store
