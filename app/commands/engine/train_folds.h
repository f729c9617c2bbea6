#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/protocol/held_out.h"
#include "core/train/folds.h"

namespace mnerva::app {

/// Folds for the training posts of a run: posts whose texts are near-duplicates, or that share their first picture,
/// stay together.
train::FoldOptions foldOptions(const train::TrainingData& data, int folds);

/// The number of folds that a run was started with; 0: it is no run over folds.
int foldsOfRun(const std::filesystem::path& runFolder);

/// What the models of a run over folds said. Errors: RunIncompatible where they are not all done; as readHeldOutFile.
protocol::HeldOut heldOutOf(const std::filesystem::path& runFolder);

/// Stores what models said of posts that they had not seen as the run's layer. False where the project cannot be
/// written now (another program has it); `predict --run` does it later. Other errors: as heldOutOf.
bool storeHeldOut(const std::filesystem::path& project, const std::string& run, const std::stop_token& stop);

}  // namespace mnerva::app
