#include "core/eval/reliability.h"
#include "core/base/json.h"

#include <algorithm>
#include <cmath>

namespace mnerva::eval {

Reliability reliabilityOf(const std::vector<ConfidenceSample>& samples, int bins) {
    Reliability out;
    out.bins.resize(static_cast<std::size_t>(std::max(1, bins)));
    const auto count = static_cast<double>(out.bins.size());
    for (std::size_t i = 0; i < out.bins.size(); ++i) {
        out.bins[i].from = static_cast<double>(i) / count;
        out.bins[i].to = static_cast<double>(i + 1) / count;
    }
    for (const ConfidenceSample& sample : samples) {
        if (!std::isfinite(sample.confidence)) continue;  // says nothing, and has no bin
        ++out.count;
        const double place = std::clamp(sample.confidence, 0.0, 1.0) * count;
        ReliabilityBin& bin = out.bins[std::min(out.bins.size() - 1, static_cast<std::size_t>(place))];
        ++bin.count;
        bin.confidence += sample.confidence;
        bin.right += sample.right ? 1 : 0;
    }
    for (ReliabilityBin& bin : out.bins) {
        if (bin.count == 0) continue;
        bin.confidence /= bin.count;
        bin.right /= bin.count;
        out.ece += std::abs(bin.confidence - bin.right) * bin.count / out.count;
    }
    return out;
}

nlohmann::json toJson(const Reliability& reliability) {
    nlohmann::json bins = nlohmann::json::array();
    for (const ReliabilityBin& bin : reliability.bins)
        bins.push_back({{"from", bin.from},
                        {"to", bin.to},
                        {"count", bin.count},
                        {"confidence", bin.confidence},
                        {"right", bin.right}});
    return {{"ece", reliability.ece}, {"count", reliability.count}, {"bins", bins}};
}

std::optional<Reliability> reliabilityFromJson(const nlohmann::json& body) {
    try {
        Reliability out;
        out.ece = body.at("ece").get<double>();
        out.count = wholeNumber<int>(body.at("count"));
        for (const nlohmann::json& bin : body.at("bins"))
            out.bins.push_back({bin.at("from").get<double>(), bin.at("to").get<double>(),
                                wholeNumber<int>(bin.at("count")), bin.at("confidence").get<double>(),
                                bin.at("right").get<double>()});
        return out;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

}  // namespace mnerva::eval
