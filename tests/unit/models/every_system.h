#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/unit/models/tiny.h"

namespace mnerva::models::test {

/// A system as it is asked for.
struct Asked {
    std::string system, variant;
    std::vector<std::string> options;
};

/// What reads pictures through a ResNet of its own, which these posts do not have.
inline const std::set<std::string> kNeedsAResNet{"use_16_prefix"};

/// Every system and variant, by itself and with each other choice of each of its options: those are other paths
/// through it.
inline std::vector<Asked> everySystem() {
    std::vector<Asked> all;
    const auto add = [&](const SystemInfo& info, const std::string& variant) {
        all.push_back({info.name, variant, {}});
        for (const OptionSpec& option : info.options) {
            const bool isOfModel = option.group == "model" || option.group == "ablation";
            if (!isOfModel || kNeedsAResNet.contains(option.name)) continue;
            for (const Choice& choice : option.choices)
                if (option.fallback != choice.value)
                    all.push_back({info.name, variant, {option.name + "=" + choice.value}});
            if (option.type == "bool")
                all.push_back({info.name, variant, {option.name + (option.fallback.get<bool>() ? "=false" : "=true")}});
        }
    };
    for (const SystemInfo& info : systems()) {
        if (info.variants.empty()) add(info, {});
        for (const std::string& variant : info.variants) add(variantInfo(info, variant), variant);
    }
    return all;
}

/// A post with a picture and two crops beside one without, as a batch.
inline Batch twoPostBatch(const ModelShape& shape) {
    const int rows = static_cast<int>(shape.pictures.objectRows);
    return batchOf(shape, twoPosts(), {picturesOf(1, 2, true, rows), picturesOf(2, 0, false, rows)});
}

}  // namespace mnerva::models::test
