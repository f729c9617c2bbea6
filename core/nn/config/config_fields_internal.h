#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

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
/// what was wanted; a field that is not needed may be missing or null, and then the value stays as it is.
///
/// A configuration lists its fields once, in a function template that ConfigReader and ConfigWriter visit alike.
class ConfigReader {
public:
    ConfigReader(const nlohmann::json& fields, const std::filesystem::path& path)
        : m_fields(fields), m_path(path.string()) {
        if (!fields.is_object()) throw Error(ErrorCode::FormatInvalid, {m_path, fields.type_name(), "a JSON object"});
    }

    /// A whole number that must be there.
    void needed(const char* name, int& value, int smallest, Largest largest) const {
        if (!m_fields.contains(name)) refuse(name, "missing", "a whole number");
        const nlohmann::json& found = m_fields[name];
        if (!isWholeNumber<int>(found) || wholeNumber<int>(found) < smallest || wholeNumber<int>(found) > largest.value)
            refuse(name, excerpt(found.dump()),
                   "a whole number from " + std::to_string(smallest) + " to " + std::to_string(largest.value));
        value = wholeNumber<int>(found);
    }

    /// A token's id, less than `vocabulary`.
    void id(const char* name, int& value, int vocabulary) const {
        if (present(name)) needed(name, value, 0, {vocabulary - 1});
    }

    void real(const char* name, double& value, double low, double high) const {
        if (!present(name)) return;
        const nlohmann::json& found = m_fields[name];
        const double number = found.is_number() ? found.get<double>() : -1;
        if (!(number >= low && number <= high))
            refuse(name, excerpt(found.dump()),
                   "a number from " + nlohmann::json(low).dump() + " to " + nlohmann::json(high).dump());
        value = number;
    }

    void text(const char* name, std::string& value) const {
        if (!present(name)) return;
        if (!m_fields[name].is_string()) refuse(name, excerpt(m_fields[name].dump()), "a text");
        value = m_fields[name].get<std::string>();
    }

    void flag(const char* name, bool& value) const {
        if (!present(name)) return;
        if (!m_fields[name].is_boolean()) refuse(name, excerpt(m_fields[name].dump()), "true or false");
        value = m_fields[name].get<bool>();
    }

    /// A text that can be `only` this; `missing` stands for it where it is not there.
    void fixed(const char* name, const char* only, const char* missing) const {
        std::string value = missing;
        text(name, value);
        if (value != only) refuse(name, value, only);
    }
    void fixed(const char* name, const char* only) const { fixed(name, only, only); }

    [[noreturn]] void refuse(const std::string& name, const std::string& found, const std::string& wanted) const {
        throw Error(ErrorCode::FormatInvalid, {m_path, "\"" + name + "\" " + excerpt(found, 200), wanted});
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

/// Writes what ConfigReader reads.
class ConfigWriter {
public:
    explicit ConfigWriter(nlohmann::json& fields) : m_fields(fields) {}

    void needed(const char* name, int value, int, Largest) { m_fields[name] = value; }
    void id(const char* name, int value, int) { m_fields[name] = value; }
    void real(const char* name, double value, double, double) { m_fields[name] = value; }
    void text(const char* name, const std::string& value) { m_fields[name] = value; }
    void flag(const char* name, bool value) { m_fields[name] = value; }
    void fixed(const char* name, const char* only, const char* = nullptr) { m_fields[name] = only; }

private:
    nlohmann::json& m_fields;
};

}  // namespace mnerva::nn
