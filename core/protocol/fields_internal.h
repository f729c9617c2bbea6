#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace mnerva::protocol {

/// Reads the fields of one map; what does not fit is named with its path.
class Fields {
public:
    Fields(const nlohmann::json& map, std::string what) : m_map(map), m_what(std::move(what)) {
        if (!map.is_object()) refuse({}, map, "a map");
    }

    [[noreturn]] void refuse(const std::string& field, const nlohmann::json& found, const std::string& wanted) const {
        const std::string where = field.empty() ? m_what : m_what + "." + field;
        throw Error(ErrorCode::ProtocolInvalid, {where + " is " + found.type_name() + ", wanted " + wanted});
    }

    const nlohmann::json* find(const std::string& field) const {
        const auto found = m_map.find(field);
        return found == m_map.end() || found->is_null() ? nullptr : &*found;
    }
    const nlohmann::json& require(const std::string& field, const std::string& wanted) const {
        const nlohmann::json* found = find(field);
        if (!found) throw Error(ErrorCode::ProtocolInvalid, {m_what + "." + field + " is missing, wanted " + wanted});
        return *found;
    }

    std::string text(const std::string& field) const { return asText(field, require(field, "text")); }
    std::string text(const std::string& field, std::string fallback) const {
        const nlohmann::json* found = find(field);
        return found ? asText(field, *found) : fallback;
    }
    std::string bytes(const std::string& field) const {
        const nlohmann::json* found = find(field);
        if (!found) return {};
        if (!found->is_binary()) refuse(field, *found, "bytes");
        const auto& binary = found->get_binary();
        return {reinterpret_cast<const char*>(binary.data()), binary.size()};
    }
    bool flag(const std::string& field) const {
        const nlohmann::json* found = find(field);
        if (!found) return false;
        if (!found->is_boolean()) refuse(field, *found, "true or false");
        return found->get<bool>();
    }
    int integer(const std::string& field) const { return asInteger(field, require(field, "a whole number")); }
    double number(const std::string& field, double fallback) const {
        const nlohmann::json* found = find(field);
        return found ? asNumber(field, *found) : fallback;
    }
    double number(const std::string& field) const { return asNumber(field, require(field, "a number")); }
    std::vector<std::string> texts(const std::string& field) const { return list<std::string>(field, &Fields::asText); }
    std::vector<double> numbers(const std::string& field) const { return list<double>(field, &Fields::asNumber); }
    std::vector<int> integers(const std::string& field) const { return list<int>(field, &Fields::asInteger); }

    /// Items of a list (absent: none), each with the name it has in messages.
    template <class Use>
    void each(const std::string& field, Use use) const {
        const nlohmann::json* found = find(field);
        if (!found) return;
        if (!found->is_array()) refuse(field, *found, "a list");
        for (std::size_t i = 0; i < found->size(); ++i)
            use((*found)[i], m_what + "." + field + "[" + std::to_string(i) + "]");
    }

private:
    std::string asText(const std::string& field, const nlohmann::json& value) const {
        if (!value.is_string()) refuse(field, value, "text");
        return value.get<std::string>();
    }
    double asNumber(const std::string& field, const nlohmann::json& value) const {
        if (!value.is_number()) refuse(field, value, "a number");
        return value.get<double>();
    }
    int asInteger(const std::string& field, const nlohmann::json& value) const {
        if (!value.is_number_integer()) refuse(field, value, "a whole number");
        const bool fits = value.is_number_unsigned()
                              ? value.get<std::uint64_t>() <= 0x7fffffffu
                              : value.get<std::int64_t>() >= -0x7fffffffll && value.get<std::int64_t>() <= 0x7fffffffll;
        if (!fits) refuse(field, value, "a whole number of at most 31 bits");
        return value.get<int>();
    }
    template <class T>
    std::vector<T> list(const std::string& field,
                        T (Fields::*as)(const std::string&, const nlohmann::json&) const) const {
        std::vector<T> out;
        const nlohmann::json* found = find(field);
        if (!found) return out;
        if (!found->is_array()) refuse(field, *found, "a list");
        out.reserve(found->size());
        for (std::size_t i = 0; i < found->size(); ++i)
            out.push_back((this->*as)(field + "[" + std::to_string(i) + "]", (*found)[i]));
        return out;
    }

    const nlohmann::json& m_map;
    std::string m_what;
};

}  // namespace mnerva::protocol
