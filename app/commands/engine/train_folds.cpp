#include "app/commands/engine/train_folds.h"

#include "app/commands/engine/run_support.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/protocol/run_record.h"
#include "core/workflow/quality/near_duplicates.h"
#include "core/workflow/runs/test_layer.h"

namespace mnerva::app {
namespace {
namespace fs = std::filesystem;

constexpr double kLeastAlike = 0.8;  // as the checks before training

}  // namespace

train::FoldOptions foldOptions(const train::TrainingData& data, int folds) {
    std::vector<std::vector<std::uint64_t>> shingles;
    std::vector<std::string> pictures;
    for (const train::TrainingPost& post : data.train) {
        shingles.push_back(workflow::textShingles(post.input.words, guessJoinRule(post.input.words)));
        pictures.push_back(post.input.imagePath);
    }
    return {folds, workflow::duplicateGroups(shingles, pictures, kLeastAlike)};
}

int foldsOfRun(const fs::path& runFolder) {
    const auto record = protocol::readRunRecord(runFolder);
    return record && record->folds ? wholeNumberOr<int>(*record->folds, "count", 0) : 0;
}

protocol::HeldOut heldOutOf(const fs::path& runFolder) {
    std::error_code failed;
    if (!fs::exists(runFolder / protocol::kHeldOutFile, failed))
        throw Error(ErrorCode::RunIncompatible, {runFolder.filename().string(), "folds that are not done",
                                                 "a run over folds that came to its end"});
    return protocol::readHeldOutFile(runFolder);
}

bool storeHeldOut(const fs::path& project, const std::string& run, const std::stop_token& stop) {
    const protocol::HeldOut heldOut = heldOutOf(runFolder(project, run));
    try {
        const auto opened = project::Project::open(project, project::OpenMode::ReadWrite, "mnerva-cli train", stop);
        const workflow::HeldOutLayer layer = workflow::heldOutLayer(heldOut, opened->posts(std::nullopt));
        opened->storePredictions(run, layer.entities, layer.tags);
        return true;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::ProjectLocked || error.code() == ErrorCode::ProjectReadOnly) return false;
        throw;
    }
}

}  // namespace mnerva::app
