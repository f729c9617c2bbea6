#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/models/text/classes_internal.h"

namespace mnerva::models {
namespace {

constexpr std::array<const char*, 4> kSpecial{"PAD", "X", "[CLS]", "[SEP]"};

int indexOf(const std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace

bool isSpecialTag(const std::string& tag) {
    return std::find(kSpecial.begin(), kSpecial.end(), tag) != kSpecial.end();
}

UnitMode unitModeOf(const nlohmann::json& options) {
    const std::string mode = options.value("subtoken", "first");
    if (mode == "x") return UnitMode::Pieces;
    if (mode == "mean") return UnitMode::Mean;
    return mode == "first" ? UnitMode::First : UnitMode::Sum;
}

std::vector<std::string> classesFor(const std::vector<std::string>& wordTags, UnitMode mode) {
    if (mode != UnitMode::Pieces) return wordTags;
    std::vector<std::string> classes{"PAD"};
    for (const std::string& tag : wordTags)
        if (!isSpecialTag(tag)) classes.push_back(tag);
    classes.insert(classes.end(), {"X", "[CLS]", "[SEP]"});
    return classes;
}

SpecialClasses specialsOf(const std::vector<std::string>& classes) {
    return {indexOf(classes, "PAD"), indexOf(classes, "X"), indexOf(classes, "[CLS]"), indexOf(classes, "[SEP]")};
}

int outsideClass(const std::vector<std::string>& classes) {
    const int found = indexOf(classes, "O");
    if (found < 0) throw Error(ErrorCode::LabelUnknown, {"O", "tags without O"});
    return found;
}

SpanClasses spanClassesOf(const std::vector<std::string>& classes) {
    SpanClasses out;
    for (const std::string& tag : classes) {
        const std::string name = isSpecialTag(tag) ? tag : tag.substr(0, 1);
        int index = indexOf(out.names, name);
        if (index < 0) {
            index = static_cast<int>(out.names.size());
            out.names.push_back(name);
        }
        out.ofClass.push_back(index);
    }
    out.share.assign(out.names.size(), std::vector<float>(classes.size(), 0.0f));
    for (std::size_t s = 0; s < out.names.size(); ++s) {
        const auto members =
            static_cast<float>(std::count(out.ofClass.begin(), out.ofClass.end(), static_cast<std::int64_t>(s)));
        for (std::size_t c = 0; c < classes.size(); ++c)
            if (out.ofClass[c] == static_cast<std::int64_t>(s)) out.share[s][c] = 1.0f / members;
    }
    return out;
}

}  // namespace mnerva::models
