#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// A value type that travels as a JSON object has one function
//     template <class Visit> void members(Visit& visit, T& value) { visit("name", value.name); ... }
// which names each member once; the two visitors below write and read by it.

namespace mnerva::protocol::detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class Value>
nlohmann::json written(const Value& value);
template <class Value>
bool read(const nlohmann::json& from, Value& to);

struct Writer {
    nlohmann::json& out;
    template <class Value>
    void operator()(const char* name, const Value& value) {
        if constexpr (IsOptional<Value>::value) {
            if (value) out[name] = written(*value);
        } else {
            out[name] = written(value);
        }
    }
};

/// A member that is missing or of another kind stays as it is.
struct Reader {
    const nlohmann::json& in;
    template <class Value>
    void operator()(const char* name, Value& value) {
        const auto found = in.find(name);
        if (found == in.end()) return;
        if constexpr (IsOptional<Value>::value) {
            typename Value::value_type inner{};
            if (read(*found, inner)) value = std::move(inner);
        } else {
            Value whole{};
            if (read(*found, whole)) value = std::move(whole);
        }
    }
};

template <class Value>
nlohmann::json written(const Value& value) {
    if constexpr (IsVector<Value>::value) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& item : value) list.push_back(written(item));
        return list;
    } else if constexpr (IsMap<Value>::value) {
        nlohmann::json object = nlohmann::json::object();
        for (const auto& [name, item] : value) object[name] = written(item);
        return object;
    } else if constexpr (std::is_arithmetic_v<Value> || std::is_same_v<Value, std::string> ||
                         std::is_same_v<Value, nlohmann::json>) {
        return value;
    } else {
        nlohmann::json object = nlohmann::json::object();
        Writer writer{object};
        members(writer, const_cast<Value&>(value));  // one list of members for both ways; this one changes nothing
        return object;
    }
}

template <class Value>
bool read(const nlohmann::json& from, Value& to) {
    if constexpr (std::is_same_v<Value, nlohmann::json>) {
        to = from;
        return true;
    } else if constexpr (std::is_same_v<Value, bool>) {
        if (!from.is_boolean()) return false;
        to = from.get<bool>();
        return true;
    } else if constexpr (std::is_integral_v<Value>) {
        if (!from.is_number()) return false;
        const auto number = from.get<double>();
        // The bounds are powers of two, so that they are exact as double.
        constexpr double kEnd = std::is_same_v<Value, int> ? 2147483648.0 : 9007199254740992.0;
        if (!(number > -kEnd && number < kEnd)) return false;
        to = static_cast<Value>(number);
        return true;
    } else if constexpr (std::is_floating_point_v<Value>) {
        if (!from.is_number() || !std::isfinite(from.get<double>())) return false;
        to = from.get<double>();
        return true;
    } else if constexpr (std::is_same_v<Value, std::string>) {
        if (!from.is_string()) return false;
        to = from.get<std::string>();
        return true;
    } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
        if (!from.is_array()) return false;
        for (const nlohmann::json& item : from) to.push_back(item.is_string() ? item.get<std::string>() : item.dump());
        return true;
    } else if constexpr (IsVector<Value>::value) {
        if (!from.is_array()) return false;
        for (const nlohmann::json& item : from) {
            typename Value::value_type whole{};
            if (read(item, whole)) to.push_back(std::move(whole));
        }
        return true;
    } else if constexpr (IsMap<Value>::value) {
        if (!from.is_object()) return false;
        for (const auto& [name, item] : from.items()) {
            typename Value::mapped_type whole{};
            if (read(item, whole)) to[name] = std::move(whole);
        }
        return true;
    } else {
        if (!from.is_object()) return false;
        Reader reader{from};
        members(reader, to);
        return true;
    }
}

}  // namespace mnerva::protocol::detail
