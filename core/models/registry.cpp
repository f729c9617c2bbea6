#include <algorithm>

#include "core/base/error.h"
#include "core/models/model/option_lists.h"
#include "core/models/registry_internal.h"
#include "core/models/system.h"

// The systems in the order in which they are shown, variants after their system; `one(x)` is `System xSystem()` of a
// file of systems/.
#define MNERVA_SYSTEMS(one)                                                                                     \
    one(mpcfn) one(mpcfnReference) one(bert) one(bertCrf) one(umt) one(rpbert) one(umgf) one(hvpnet) one(mgcmt) \
        one(gmner)

namespace mnerva::models {
namespace {

using nlohmann::json;

json toJson(const OptionSpec& option) {
    json out{{"name", option.name},   {"group", option.group},      {"groupTitle", groupTitle(option.group)},
             {"type", option.type},   {"default", option.fallback}, {"unit", option.unit},
             {"title", option.title}, {"sentence", option.sentence}};
    if (option.minimum < option.maximum) {
        out["minimum"] = option.minimum;
        out["maximum"] = option.maximum;
    }
    if (!option.zero.empty()) out["zero"] = option.zero;
    if (!option.isOffered) out["offered"] = false;
    for (const Choice& choice : option.choices) {
        out["choices"].push_back(choice.value);
        out["choiceTitles"].push_back(choice.title.empty() ? choice.value : choice.title);
    }
    return out;
}

json toJson(const SystemInfo& system) {
    json options = json::array(), presets = json::object(), titles = json::object(), defaults = json::object();
    for (const OptionSpec& option : system.options) {
        options.push_back(toJson(option));
        defaults[option.name] = option.fallback;
    }
    for (const Preset& preset : system.presets) {
        presets[preset.name] = preset.values;
        titles[preset.name] = presetTitle(preset.name);
    }
    const std::string variant = system.variants.empty() ? std::string() : system.variants.front();
    return {{"name", system.name},
            {"title", system.title},
            {"variants", system.variants},
            {"options", options},
            {"presets", presets},
            {"presetTitles", titles},
            {"reads_pictures", readsPictures(system.name, variant, defaults)},
            {"explains", system.explains}};
}

}  // namespace

#define MNERVA_DECLARED(name) System name##System();
MNERVA_SYSTEMS(MNERVA_DECLARED)
#undef MNERVA_DECLARED

const std::vector<System>& systemList() {
#define MNERVA_LISTED(name) name##System(),
    static const std::vector<System> list{MNERVA_SYSTEMS(MNERVA_LISTED)};
#undef MNERVA_LISTED
    return list;
}

const System& systemCode(const std::string& name, const std::string& variant) {
    std::string known;
    const System* found = nullptr;
    for (const System& system : systemList()) {
        const auto& own = system.info.variants;
        const bool named = system.info.name == name;
        if (named && (!found || std::find(own.begin(), own.end(), variant) != own.end())) found = &system;
        if (known.find(system.info.name) == std::string::npos) known += (known.empty() ? "" : ", ") + system.info.name;
    }
    if (!found) throw Error(ErrorCode::OptionInvalid, {"system", name, "one of " + known});
    return *found;
}

int longestSequence(const ModelShape& shape) {
    int longest = shape.encoder.longestSequence() - systemCode(shape.system, shape.variant).reservedPositions(shape);
    const int asked = shape.options.at("max_pieces").get<int>();
    if (asked > 0) longest = std::min(longest, asked);
    if (longest < 3)
        throw Error(ErrorCode::OptionInvalid,
                    {"max_pieces", std::to_string(longest), "room for [CLS], one sub-token and [SEP]"});
    return longest;
}

std::shared_ptr<NerModel> makeModel(const ModelShape& shape) {
    const std::shared_ptr<NerModel> model = systemCode(shape.system, shape.variant).make(shape);
    if (shape.pictures.use && shape.pictures.pixels) model->ownResNet(shape);
    return model;
}

const std::vector<SystemInfo>& systems() {
    static const std::vector<SystemInfo> list = [] {
        std::vector<SystemInfo> infos;
        for (const System& system : systemList()) {
            const SystemInfo& info = system.info;
            if (infos.empty() || infos.back().name != info.name) {
                infos.push_back(info);
                continue;
            }
            infos.back().others.push_back(info);
            infos.back().variants.insert(infos.back().variants.end(), info.variants.begin(), info.variants.end());
        }
        return infos;
    }();
    return list;
}

bool readsPictures(const std::string& system, const std::string& variant, const json& options) {
    return systemCode(system, variant).pictures(options, {}).use;
}

json systemsJson() {
    json list = json::array();
    for (const SystemInfo& system : systems()) {
        json entry = toJson(system);
        for (const SystemInfo& other : system.others) entry["variantDetails"].push_back(toJson(other));
        list.push_back(entry);
    }
    return json{{"systems", list}};
}

}  // namespace mnerva::models
