#pragma once

#include <stop_token>

#include "core/base/progress.h"
#include "core/protocol/run_estimate.h"
#include "core/train/trainer.h"

namespace mnerva::train {

struct MeasureOptions {
    double seconds = 4;        ///< of timed steps, at least; a slow model gets two of each kind
    int mostRepetitions = 32;  ///< of one batch in a row
};

/// What a run would take: begins it as runTraining() does, in `config.runFolder`, on posts of two kinds of batches (the
/// longest one and one of middling length, by the words), times its steps and stops it. Nothing is stored of the
/// pictures' features, so that their making is timed too. The folder is left for the caller to remove.
/// Errors: those of runTraining(). Throws Cancelled.
protocol::RunEstimate measureTraining(const TrainingData& data, const RunConfig& config, const MeasureOptions& options,
                                      const ProgressSink& progress, const std::stop_token& stop);

}  // namespace mnerva::train
