#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace mnerva::protocol {

/// What a run would take, measured by a few of its steps: the answer of `train --measure`.
struct RunEstimate {
    std::string device;             ///< that it was measured on
    std::string precision;          ///< "fp32", "bf16"
    std::int64_t steps = 0;         ///< timed ones
    double secondsStep = 0;         ///< at a batch of middling length
    double secondsLongest = 0;      ///< at the longest batch
    std::int64_t batches = 0;       ///< of an epoch
    std::int64_t epochs = 0;        ///< asked for
    double secondsEpoch = 0;        ///< of training, from the lengths of all posts
    double secondsScoring = 0;      ///< of the validation posts, an epoch: a third of a step a post, not measured
    std::int64_t pictures = 0;      ///< posts with a picture
    double secondsPictures = 0;     ///< once, before the first epoch, where none is in the project's cache
    double peakMebibytes = 0;       ///< of the process, on this machine
    double availableMebibytes = 0;  ///< free before, under the limits of the process; 0: unknown
};

nlohmann::json toJson(const RunEstimate& estimate);
/// Members that are missing or of another kind keep their defaults.
RunEstimate runEstimateFromJson(const nlohmann::json& value);

}  // namespace mnerva::protocol
