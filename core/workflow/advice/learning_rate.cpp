#include "core/workflow/advice/learning_rate.h"

#include <algorithm>
#include <cmath>

namespace mnerva::workflow {
namespace {

constexpr int kWidestSmall = 512, kNarrowestLarge = 1024;  // hidden units
constexpr double kFarFactor = 5;

double borne(EncoderSize size) {
    switch (size) {
        case EncoderSize::Tiny:
            return 10;
        case EncoderSize::Small:
            return 6;
        case EncoderSize::Base:
            return 1;
        case EncoderSize::Large:
            return 1.0 / 3;
    }
    return 1;
}

double oneDigit(double value) {
    if (!(value > 0) || !std::isfinite(value)) return value;
    const double unit = std::pow(10.0, std::floor(std::log10(value)));
    const double digit = std::round(value / unit);
    return unit < 1 ? digit / std::round(1 / unit) : digit * unit;  // 3 * 1e-5 is not 3e-5
}

}  // namespace

EncoderSize encoderSizeOf(int hidden) {
    if (hidden <= kWidestSmall) return EncoderSize::Small;
    return hidden < kNarrowestLarge ? EncoderSize::Base : EncoderSize::Large;
}

EncoderSize sizeOfPreset(std::string_view preset) {
    if (preset == "sample") return EncoderSize::Tiny;
    return preset == "xlm-r" ? EncoderSize::Large : EncoderSize::Base;
}

bool isRate(std::string_view option) {
    return option == "lr" || option == "crf_lr";
}

double fittedRate(std::string_view option, double rate, EncoderSize madeFor, EncoderSize used, double usual) {
    if (madeFor == used) return rate;
    if (option == "lr") return oneDigit(rate * borne(used) / borne(madeFor));
    if (option != "crf_lr") return rate;
    if (used == EncoderSize::Tiny) return std::min(rate, 1e-3);
    if (used == EncoderSize::Small) return madeFor < used ? std::min(usual, 1e-2) : std::min(rate, 1e-2);
    return madeFor < EncoderSize::Base ? usual : rate;
}

bool isFarFrom(double rate, double fitted) {
    return rate > kFarFactor * fitted || rate < fitted / kFarFactor;
}

}  // namespace mnerva::workflow
