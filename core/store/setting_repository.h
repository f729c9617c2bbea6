#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/domain/label_set.h"
#include "core/store/connection.h"

namespace mnerva::store {

/// Names with values, and the label set, which is kept among them.
class SettingRepository {
public:
    explicit SettingRepository(Connection& connection) : m_connection(connection) {}

    std::optional<std::string> get(const std::string& key) const;
    void set(const std::string& key, const std::string& value);

    LabelSet labels() const;  ///< scheme: BIO while none is decided
    bool schemeDecided() const;
    void setTypes(const std::vector<std::string>& types);
    void setScheme(text::TagScheme scheme);
    void setNotes(const std::map<std::string, LabelNote>& notes);

private:
    Connection& m_connection;
};

}  // namespace mnerva::store
