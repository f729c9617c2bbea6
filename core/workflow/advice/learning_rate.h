#pragma once

#include <optional>
#include <string_view>

namespace mnerva::workflow {

/// Encoders by what learning rate they bear: random ones that learn from nothing; pre-trained ones narrower than a
/// BERT-base (MiniLM); BERT-base; BERT-large and wider.
enum class EncoderSize { Tiny, Small, Base, Large };

/// By the width of the hidden states.
EncoderSize encoderSizeOf(int hidden);

/// What the recipe of a preset was made for; no preset ("") and those of the papers: a base encoder.
EncoderSize sizeOfPreset(std::string_view preset);

/// Options that follow the encoder: "lr", "crf_lr".
bool isRate(std::string_view option);

/// The rate for an encoder of a size, from that of a recipe made for another: one significant digit. `lr` scales by
/// what the sizes bear (tiny 10, small 6, base 1, large 1/3); `crf_lr` of encoders that are small is at most .01 and of
/// tiny ones at most .001, as measured (tests/bench/RESULTS.md), and that of a larger one than the recipe's is `usual`,
/// the system's own. The same where sizes agree.
double fittedRate(std::string_view option, double rate, EncoderSize madeFor, EncoderSize used, double usual);

/// Whether a learning rate is more than five times above or below the one that fits.
bool isFarFrom(double rate, double fitted);

}  // namespace mnerva::workflow
