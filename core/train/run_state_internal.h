#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/models/model/model_internal.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/optim/optimiser.h"

namespace mnerva::train {

/// The checkpoint of a run, in its folder.
using models::kStateFile;

/// The whole state of a training run after an epoch. One file, state.safetensors, holds all of it (this as metadata,
/// weights, moments and random states as tensors), so one rename makes a checkpoint; state.json is a readable copy.
struct RunState {
    int epoch = 0;  ///< finished epochs
    std::int64_t step = 0;
    int bestEpoch = 0;
    double bestF1 = -1;
    bool finished = false;                             ///< no further epoch is wanted
    nlohmann::json history = nlohmann::json::array();  ///< per epoch: what metrics.json shows
    std::int64_t eventBytes = 0;                       ///< length of events.jsonl at the checkpoint
    nlohmann::json arithmetic;                         ///< threads and linear path: what bits depend on
    std::size_t trainPart = 0, evalPart = 0;           ///< posts computed at once, where memory ran out; 0: no limit
};

nlohmann::json toJson(const RunState& state);
RunState runStateFromJson(const nlohmann::json& json);

bool hasState(const std::filesystem::path& folder);
void writeState(const std::filesystem::path& folder, const RunState& state, const models::NerModel& model,
                const nn::Optimiser& optimiser, const torch::Device& device);
/// Fills model, optimiser and torch's random states. Errors: FormatInvalid, WeightMissing, WeightShape.
RunState readState(const std::filesystem::path& folder, models::NerModel& model, nn::Optimiser& optimiser,
                   const torch::Device& device);

/// The optimiser groups of a model under its options (models.md 5.3): text, vision, crf; each in two where biases and
/// norms do not decay; empty ones are left out.
std::vector<nn::ParameterGroup> parameterGroups(const models::NerModel& model, const nlohmann::json& options);

nn::OptimiserOptions optimiserOptionsOf(const nlohmann::json& options);
nn::Schedule scheduleOf(const nlohmann::json& options);

}  // namespace mnerva::train
