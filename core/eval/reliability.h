#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace mnerva::eval {

/// One predicted entity: how sure the model was, and whether the gold layer has the very same entity.
struct ConfidenceSample {
    double confidence = 0;  ///< 0..1
    bool right = false;
};

/// Entities whose confidence lies in [from, to); the last bin holds 1 too.
struct ReliabilityBin {
    double from = 0, to = 1;
    int count = 0;
    double confidence = 0;  ///< mean; 0 where there is none
    double right = 0;       ///< share of those that are right; 0 where there is none
};

/// Whether confidences mean what they say: of entities said to be right with 0.8, eight of ten should be.
struct Reliability {
    std::vector<ReliabilityBin> bins;  ///< of equal width, from 0 to 1
    int count = 0;
    double ece = 0;  ///< expected calibration error: mean distance of confidence and share right, by count
};

Reliability reliabilityOf(const std::vector<ConfidenceSample>& samples, int bins = 10);

/// {"ece", "count", "bins": [{"from", "to", "count", "confidence", "right"}]}
nlohmann::json toJson(const Reliability& reliability);
/// Nothing for what toJson did not write.
std::optional<Reliability> reliabilityFromJson(const nlohmann::json& body);

}  // namespace mnerva::eval
