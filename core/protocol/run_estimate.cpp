#include "core/protocol/run_estimate.h"

#include "core/protocol/members_internal.h"

namespace mnerva::protocol {

template <class Visit>
void members(Visit& visit, RunEstimate& estimate) {
    visit("device", estimate.device);
    visit("precision", estimate.precision);
    visit("steps", estimate.steps);
    visit("seconds_step", estimate.secondsStep);
    visit("seconds_longest", estimate.secondsLongest);
    visit("batches", estimate.batches);
    visit("epochs", estimate.epochs);
    visit("seconds_epoch", estimate.secondsEpoch);
    visit("seconds_scoring", estimate.secondsScoring);
    visit("pictures", estimate.pictures);
    visit("seconds_pictures", estimate.secondsPictures);
    visit("peak_mebibytes", estimate.peakMebibytes);
    visit("available_mebibytes", estimate.availableMebibytes);
}

nlohmann::json toJson(const RunEstimate& estimate) {
    return detail::written(estimate);
}

RunEstimate runEstimateFromJson(const nlohmann::json& value) {
    RunEstimate estimate;
    detail::read(value, estimate);
    return estimate;
}

}  // namespace mnerva::protocol
