#include "core/base/error.h"
#include "core/models/system_internal.h"
#include "core/models/systems/systems_internal.h"

namespace mnerva::models {
namespace {

using nlohmann::json;

json toJson(const OptionSpec& option) {
    json out{{"name", option.name},        {"group", option.group}, {"type", option.type},
             {"default", option.fallback}, {"unit", option.unit},   {"sentence", option.sentence}};
    if (option.minimum < option.maximum) {
        out["minimum"] = option.minimum;
        out["maximum"] = option.maximum;
    }
    if (!option.choices.empty()) out["choices"] = option.choices;
    return out;
}

}  // namespace

const std::vector<System>& systemList() {
    static const std::vector<System> list{mpcfnSystem(), bertSystem(), bertCrfSystem(), umtSystem(), hvpnetSystem()};
    return list;
}

const System& systemCode(const std::string& name) {
    std::string known;
    for (const System& system : systemList()) {
        if (system.info.name == name) return system;
        known += (known.empty() ? "" : ", ") + system.info.name;
    }
    throw Error(ErrorCode::OptionInvalid, {"system", name, "one of " + known});
}

const std::vector<SystemInfo>& systems() {
    static const std::vector<SystemInfo> list = [] {
        std::vector<SystemInfo> infos;
        for (const System& system : systemList()) infos.push_back(system.info);
        return infos;
    }();
    return list;
}

json systemsJson() {
    json list = json::array();
    for (const SystemInfo& system : systems()) {
        json options = json::array(), presets = json::object();
        for (const OptionSpec& option : system.options) options.push_back(toJson(option));
        for (const Preset& preset : system.presets) presets[preset.name] = preset.values;
        list.push_back({{"name", system.name},
                        {"title", system.title},
                        {"variants", system.variants},
                        {"options", options},
                        {"presets", presets},
                        {"explains", system.explains}});
    }
    return json{{"systems", list}};
}

}  // namespace mnerva::models
