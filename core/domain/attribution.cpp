#include "core/domain/attribution.h"

#include <algorithm>

#include "core/base/translatable.h"

namespace mnerva {
namespace {

// clang-format off
constexpr std::array<AttributionMethod, 8> kMethods{{
    {"attention", MNERVA_TEXT("Attribution", "Attention"),
     MNERVA_TEXT("Attribution", "Where the words of the target look in the last fusion layer, mean of the heads."),
     true, false, true},
    {"rollout", MNERVA_TEXT("Attribution", "Rollout"),
     MNERVA_TEXT("Attribution", "Attention of all layers multiplied out, each with the path past it."),
     true, false, true},
    {"relevancy", MNERVA_TEXT("Attribution", "Relevancy"),
     MNERVA_TEXT("Attribution", "Attention of all layers, counted only as far as it raises the target."),
     true, false, true},
    {"gradient-input", MNERVA_TEXT("Attribution", "Gradient times input"),
     MNERVA_TEXT("Attribution", "How the target changes with each cell's features, times the features."),
     true, true, true},
    {"grad-cam", MNERVA_TEXT("Attribution", "Grad-CAM"),
     MNERVA_TEXT("Attribution", "The channels of the last picture stage that raise the target, where they are strong."),
     true, false, true},
    {"integrated-gradients", MNERVA_TEXT("Attribution", "Integrated gradients"),
     MNERVA_TEXT("Attribution", "The change of the target on the way from an empty picture to this one, shared out to the cells."),
     true, true, false},
    {"occlusion", MNERVA_TEXT("Attribution", "Occlusion"),
     MNERVA_TEXT("Attribution", "How much the target loses when a cell is covered, alone and beside the hottest one."),
     true, true, false},
    {"word-out", MNERVA_TEXT("Attribution", "Words left out"),
     MNERVA_TEXT("Attribution", "How much the target loses when a word is masked, and with other names in its place."),
     false, true, false},
}};
// clang-format on

constexpr std::array<std::string_view, 3> kBaselines{"mean", "zeros", "grey"};

}  // namespace

std::string_view targetFormText(std::string_view form) {
    if (form == "span") return MNERVA_TEXT("Attribution", "Log probability of exactly this entity");
    if (form == "tags") return MNERVA_TEXT("Attribution", "Sum of the log probabilities of its tags");
    if (form == "answer") return MNERVA_TEXT("Attribution", "Log probability of writing this entity");
    return {};
}

const std::array<AttributionMethod, 8>& attributionMethods() {
    return kMethods;
}

const AttributionMethod* attributionMethod(std::string_view id) {
    const auto found = std::find_if(kMethods.begin(), kMethods.end(), [&](const auto& m) { return m.id == id; });
    return found == kMethods.end() ? nullptr : &*found;
}

std::string attributionMethodIds() {
    std::string out;
    for (const AttributionMethod& method : kMethods) {
        if (!out.empty()) out += ", ";
        out += method.id;
    }
    return out;
}

const std::array<std::string_view, 3>& attributionBaselines() {
    return kBaselines;
}

}  // namespace mnerva
