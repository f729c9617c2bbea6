#include "core/models/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/base/error.h"

namespace mnerva::models {
namespace {

using nlohmann::json;

template <class List, class Name>
std::string joined(const List& list, Name name) {
    std::string out;
    for (const auto& item : list) out += (out.empty() ? "" : ", ") + name(item);
    return out;
}

std::string known(const SystemInfo& system) {
    return joined(system.options, [](const OptionSpec& o) { return o.name; });
}

const OptionSpec& specOf(const SystemInfo& system, const std::string& name) {
    const auto found =
        std::find_if(system.options.begin(), system.options.end(), [&](const OptionSpec& o) { return o.name == name; });
    if (found == system.options.end()) throw Error(ErrorCode::OptionUnknown, {name, known(system)});
    return *found;
}

/// What a good value looks like, for messages.
std::string wantedOf(const OptionSpec& spec) {
    if (spec.type == "bool") return "true or false";
    if (spec.type == "choice") return "one of " + joined(spec.choices, [](const Choice& c) { return c.value; });
    if (spec.type == "text") return "text";
    const std::string kind = spec.type == "int" ? "a whole number" : "a number";
    return spec.minimum < spec.maximum ? fmt::format("{} from {:g} to {:g}", kind, spec.minimum, spec.maximum) : kind;
}

[[noreturn]] void refuse(const OptionSpec& spec, const std::string& value) {
    throw Error(ErrorCode::OptionInvalid, {spec.name, value, wantedOf(spec)});
}

json parsed(const OptionSpec& spec, const std::string& text) {
    const char *begin = text.data(), *end = begin + text.size();
    if (spec.type == "bool") {
        if (text == "true" || text == "1" || text == "on" || text == "yes") return true;
        if (text == "false" || text == "0" || text == "off" || text == "no") return false;
        refuse(spec, text);
    }
    if (spec.type == "int") {
        std::int64_t value = 0;
        const auto [stop, failed] = std::from_chars(begin, end, value);
        if (failed != std::errc{} || stop != end) refuse(spec, text);
        return value;
    }
    if (spec.type == "real") {
        double value = 0;
        const auto [stop, failed] = std::from_chars(begin, end, value);
        if (failed != std::errc{} || stop != end || !std::isfinite(value)) refuse(spec, text);
        return value;
    }
    return text;
}

}  // namespace

const SystemInfo& systemByName(const std::string& name) {
    for (const SystemInfo& system : systems())
        if (system.name == name) return system;
    const std::string names = joined(systems(), [](const SystemInfo& s) { return s.name; });
    throw Error(ErrorCode::OptionInvalid, {"system", name, "one of " + names});
}

std::string variantOf(const SystemInfo& system, const std::string& variant) {
    if (variant.empty()) return system.variants.empty() ? std::string() : system.variants.front();
    if (std::find(system.variants.begin(), system.variants.end(), variant) != system.variants.end()) return variant;
    const std::string names = joined(system.variants, [](const std::string& v) { return v; });
    throw Error(ErrorCode::OptionInvalid, {"variant", variant, "one of " + names});
}

const SystemInfo& variantInfo(const SystemInfo& system, const std::string& variant) {
    for (const SystemInfo& other : system.others)
        if (std::find(other.variants.begin(), other.variants.end(), variant) != other.variants.end()) return other;
    return system;
}

std::pair<std::string, std::string> splitAssignment(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        throw Error(ErrorCode::OptionInvalid, {"--set", text, "name=value"});
    return {text.substr(0, equals), text.substr(equals + 1)};
}

void checkOption(const OptionSpec& spec, const json& value) {
    const bool fits = spec.type == "bool"   ? value.is_boolean()
                      : spec.type == "int"  ? value.is_number_integer()
                      : spec.type == "real" ? value.is_number()
                                            : value.is_string();
    if (!fits) refuse(spec, value.dump());
    if (spec.type == "choice" && std::none_of(spec.choices.begin(), spec.choices.end(), [&](const Choice& choice) {
            return choice.value == value.get<std::string>();
        }))
        refuse(spec, value.get<std::string>());
    if (value.is_number() && spec.minimum < spec.maximum) {
        const double number = value.get<double>();
        if (!(number >= spec.minimum && number <= spec.maximum)) refuse(spec, value.dump());
    }
}

json resolveOptions(const SystemInfo& system, const std::string& preset,
                    const std::vector<std::pair<std::string, std::string>>& assignments) {
    json values = json::object();
    for (const OptionSpec& spec : system.options) values[spec.name] = spec.fallback;
    if (!preset.empty()) {
        const auto found = std::find_if(system.presets.begin(), system.presets.end(),
                                        [&](const Preset& p) { return p.name == preset; });
        if (found == system.presets.end()) {
            const std::string names = joined(system.presets, [](const Preset& p) { return p.name; });
            throw Error(ErrorCode::OptionInvalid, {"preset", preset, "one of " + names});
        }
        for (const auto& [name, value] : found->values.items()) values[name] = value;
    }
    for (const auto& [name, text] : assignments) {
        const OptionSpec& spec = specOf(system, name);
        values[name] = parsed(spec, text);
        checkOption(spec, values[name]);
    }
    return values;
}

json completeOptions(const SystemInfo& system, const json& values) {
    json out = json::object();
    for (const OptionSpec& spec : system.options) out[spec.name] = spec.before.is_null() ? spec.fallback : spec.before;
    for (const auto& [name, value] : values.items()) {
        checkOption(specOf(system, name), value);
        out[name] = value;
    }
    return out;
}

}  // namespace mnerva::models
