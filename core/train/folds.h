#pragma once

#include "core/train/trainer.h"

namespace mnerva::train {

/// How the training posts are shared among folds.
struct FoldOptions {
    int folds = 5;
    /// Of each training post: posts of one group stay in one fold. Empty: each on its own.
    std::vector<int> groups = {};
};

/// Trains a model for each fold, on all training posts but those of the fold, and keeps what it says of these: every
/// post gets probabilities by a model that has not seen it (error-analysis.md 5). Validation posts choose the epoch as
/// in any run; of them and of the test posts the mean of all models is kept. The run folder holds run.json with
/// `folds`, events.jsonl, metrics.json and held-out.jsonl (protocol::HeldOut); models are removed once they have
/// spoken. The seed is the run's. Stopped or killed, it goes on with `config.resume` at the checkpoint of the fold that
/// was under way, with the same plan.
///
/// Errors besides those of runTraining: OptionInvalid for a system that knows no probabilities or folds that cannot be;
/// RunIncompatible where a run goes on with other posts or folds. Events: those of each model with epochs and steps
/// counted over all folds, `fold` before each; `eval` of the split "held-out".
TrainingResult runFolds(const TrainingData& data, const FoldOptions& options, const RunConfig& config,
                        const EventSink& events, Control& control, const std::stop_token& stop);

}  // namespace mnerva::train
