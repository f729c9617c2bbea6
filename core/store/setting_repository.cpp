#include "core/store/setting_repository.h"

#include "core/base/json.h"
#include "core/base/printable.h"
#include "core/store/label_json.h"
#include "core/store/lines.h"
#include "core/store/rows.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

// Keys of our own begin with "project/", so that no setting of the window can meet them.
constexpr const char* kTypesKey = "project/types";
constexpr const char* kSchemeKey = "project/scheme";
constexpr const char* kNotesKey = "project/label-notes";
constexpr std::size_t kMostTypes = 10000;

}  // namespace

std::optional<std::string> SettingRepository::get(const std::string& key) const {
    Statement query(m_connection, "SELECT value FROM settings WHERE key = ?");
    query.bind(key);
    if (!query.step()) return std::nullopt;
    return std::string(query.text(0));
}

void SettingRepository::set(const std::string& key, const std::string& value) {
    Statement insert(m_connection, "INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)");
    insert.bind(key).bind(value).run();
}

LabelSet SettingRepository::labels() const {
    LabelSet labels;
    const auto types = get(kTypesKey);
    if (types && !types->empty()) {
        for (std::string& type : splitLines(*types)) {
            if (isTypeName(type) && labels.types.size() < kMostTypes && labels.add(type)) continue;
            m_connection.noteOdd("row-damaged", 0, kTypesKey, printable(type.substr(0, kLongestType)));
        }
    }
    if (const auto scheme = get(kSchemeKey)) {
        const auto known = text::schemeFromName(*scheme);
        if (!known) m_connection.noteOdd("row-damaged", 0, kSchemeKey, printable(scheme->substr(0, kLongestType)));
        labels.scheme = known.value_or(text::TagScheme::Bio);
    }
    if (const auto notes = get(kNotesKey)) {
        auto read = labelNotesFromJson(tryParseJson(*notes, {kMostNoteBytes}));
        if (!read) m_connection.noteOdd("row-damaged", 0, kNotesKey, printable(notes->substr(0, kLongestType)));
        if (read) labels.notes = std::move(*read);
        std::erase_if(labels.notes, [&](const auto& note) { return !labels.contains(note.first); });
    }
    return labels;
}

bool SettingRepository::schemeDecided() const {
    return get(kSchemeKey).has_value();
}

void SettingRepository::setTypes(const std::vector<std::string>& types) {
    set(kTypesKey, joinLines(types));
}

void SettingRepository::setNotes(const std::map<std::string, LabelNote>& notes) {
    set(kNotesKey, labelNotesToJson(notes).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void SettingRepository::setScheme(text::TagScheme scheme) {
    set(kSchemeKey, std::string(text::schemeName(scheme)));
}

}  // namespace mnerva::store
