#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/printable.h"

namespace mnerva::nn {

/// What a config.json may cost.
inline constexpr JsonLimits kConfigLimits{std::size_t{4} << 20, 32, 100'000};

/// The largest value a field may have: several times what the largest published encoders of these kinds have, and small
/// enough that no product of two of them is out of range.
struct Largest {
    int value;
};
inline constexpr Largest kMostVocabulary{1 << 22}, kMostWidth{1 << 15}, kMostLayers{512}, kMostHeads{1024},
    kMostInner{1 << 17}, kMostPositions{1 << 18}, kMostTypes{1024};
/// Of dropouts.
inline constexpr double kHighestRate = 0.999;

/// Takes fields out of an encoder's config.json. All throw FormatInvalid naming the file, the field, what was found and
/// what was wanted; a field with a fallback may be missing or null.
class ConfigFields {
public:
    ConfigFields(const nlohmann::json& fields, std::string path) : m_fields(fields), m_path(std::move(path)) {
        if (!fields.is_object()) throw Error(ErrorCode::FormatInvalid, {m_path, fields.type_name(), "a JSON object"});
    }

    [[noreturn]] void refuse(const std::string& name, const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, "\"" + name + "\" " + excerpt(found, 200), wanted});
    }

    int size(const char* name, int smallest, Largest largest) const {
        if (!m_fields.contains(name)) refuse(name, "missing", "a whole number");
        const nlohmann::json& value = m_fields[name];
        if (!isWholeNumber<int>(value) || wholeNumber<int>(value) < smallest || wholeNumber<int>(value) > largest.value)
            refuse(name, excerpt(value.dump()),
                   "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest.value));
        return wholeNumber<int>(value);
    }
    int size(const char* name, int smallest, Largest largest, int fallback) const {
        return present(name) ? size(name, smallest, largest) : fallback;
    }

    double real(const char* name, double low, double high, double fallback) const {
        if (!present(name)) return fallback;
        const nlohmann::json& value = m_fields[name];
        const double number = value.is_number() ? value.get<double>() : -1;
        if (!(number >= low && number <= high))
            refuse(name, excerpt(value.dump()),
                   "a number from " + nlohmann::json(low).dump() + " to " + nlohmann::json(high).dump());
        return number;
    }

    std::string text(const char* name, const std::string& fallback) const {
        if (!present(name)) return fallback;
        if (!m_fields[name].is_string()) refuse(name, excerpt(m_fields[name].dump()), "a text");
        return m_fields[name].get<std::string>();
    }

    bool flag(const char* name, bool fallback) const {
        if (!present(name)) return fallback;
        if (!m_fields[name].is_boolean()) refuse(name, excerpt(m_fields[name].dump()), "true or false");
        return m_fields[name].get<bool>();
    }

    /// Throws BoundExceeded where the encoder would have more than `most` parameters.
    void requireParameters(std::uint64_t count, std::uint64_t most) const {
        if (count > most)
            throw Error(ErrorCode::BoundExceeded,
                        {m_path, "parameters (" + std::to_string(count) + ")", std::to_string(most)});
    }

private:
    bool present(const char* name) const { return m_fields.contains(name) && !m_fields[name].is_null(); }

    const nlohmann::json& m_fields;
    std::string m_path;
};

}  // namespace mnerva::nn
