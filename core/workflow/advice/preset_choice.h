#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/workflow/advice/data_sheet.h"
#include "core/workflow/advice/learning_rate.h"

namespace mnerva::workflow {

/// What is known of the text encoder of a run.
struct EncoderSketch {
    EncoderSize size = EncoderSize::Tiny;
    std::string modelType;  ///< "bert", "roberta", "xlm-roberta", ...; empty for the tiny random one
};

/// A preset, and why it is the one to begin with.
struct PresetChoice {
    std::string preset;             ///< empty: none, every option at its default
    std::string reason;             ///< code, for presetReasonText()
    std::vector<std::string> args;  ///< of the sentence: titles of data sets
    bool operator==(const PresetChoice&) const = default;
};

/// The preset that fits data and encoder, out of those that a system offers. A known data set gets its own; the sample,
/// and whatever is learned by a random encoder, that of the sample; a large XLM-RoBERTa the recipe made for it; other
/// data that of the published data set of the same language and labels.
PresetChoice choosePreset(const std::vector<std::string>& offered, const DataSheet& sheet,
                          const EncoderSketch& encoder);

/// English, one sentence with places for the arguments; empty for an unknown code.
std::string_view presetReasonText(std::string_view reason);

}  // namespace mnerva::workflow
