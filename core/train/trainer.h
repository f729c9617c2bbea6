#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/models/predictor.h"
#include "core/protocol/training_events.h"
#include "core/train/control.h"

namespace mnerva::train {

/// Where an entity of a post is in its picture.
struct EntityBoxes {
    int first = 0, last = 0;  ///< its words
    std::vector<models::RegionInput> boxes;
};

/// A post with its gold tags (as in the file; OTHER is read as MISC here). `tags` is as long as `input.words`.
struct TrainingPost {
    models::PostInput input;
    std::vector<std::string> tags;
    std::vector<EntityBoxes> boxes = {};  ///< of the entities that the picture shows; read by grounded systems
    std::string id = {};                  ///< as the project's files call it; for messages and prediction files
    PostId number = {};                   ///< in the project, where it is of one
};

/// One snapshot of a project. `tagNames` is the word-level label map of models.md 1.3 [S]; index = CRF class, must hold
/// O.
struct TrainingData {
    std::vector<TrainingPost> train, valid, test;
    std::vector<std::string> tagNames;
    /// Of "train", "valid" and "test": the fingerprint that `stats` prints, where the posts are a project's. Recorded.
    std::map<std::string, std::string> fingerprints = {};
};

/// What makes a run: kept whole in run.json.
struct RunConfig {
    std::string run;  ///< its name
    std::string system = "mpcfn", variant = "paper";
    std::string preset;                             ///< only recorded; its values are in `options` already
    std::string encoder = "tiny";                   ///< Hugging Face folder, or "tiny"
    std::string resnet = "random18";                ///< torchvision file, or "random18", "random34", ... "random152"
    std::string device = "cpu";                     ///< "cpu", "cuda", "cuda:N"
    nlohmann::json options;                         ///< every option of the system (models::resolveOptions)
    std::vector<protocol::TrainCheck> checks = {};  ///< what was found in the data before; recorded
    std::vector<protocol::WarningEvent> warnings = {};  ///< of whoever starts it; told after its start
    std::filesystem::path runFolder;                    ///< made when it does not exist
    std::filesystem::path cacheFolder;                  ///< for picture features; empty: never on disk
    std::string boxes = "all";                          ///< which boxes of the posts the model sees; only recorded
    bool resume = false;
};

/// Called from the training thread with each event of architecture.md "Training events", as it stands in events.jsonl.
using EventSink = std::function<void(const protocol::TimedEvent&)>;

struct TrainingResult {
    std::string outcome;  ///< "succeeded" | "cancelled"
    int bestEpoch = 0;    ///< from 1; 0: none was scored
    double bestF1 = 0;    ///< on valid
    nlohmann::json metrics;
};

/// Trains one run from start (or from its last checkpoint) to end, on the caller's thread. Failures end in an `end`
/// event with "failed" and are then thrown: RunExists, RunBusy (another process trains it), NothingToResume,
/// RunIncompatible, RunDamaged, SplitEmpty, those of nn::requireDevice, MemoryExhausted, MemoryOfOne (memory that runs
/// out in a batch halves what is computed at once, and the step stays the same: experiments.md 4), DeviceFailed (a
/// graphics card that stopped answering; the last checkpoint is whole), NumberNotFinite, those of the encoder and
/// ResNet files, DiskFull, UnsafeTarget (a link in the run folder). A start that fails before the first step leaves no
/// run; the name of one that failed before its first checkpoint may be taken again.
/// A run killed at any moment leaves a folder that resumes to the same numbers (bit for bit on the CPU).
TrainingResult runTraining(const TrainingData& data, const RunConfig& config, const EventSink& events, Control& control,
                           const std::stop_token& stop);

/// run.json of a configuration.
protocol::RunRecord runRecord(const RunConfig& config, const TrainingData& data);

/// For each of the three splits "inputs_sha256" (words, tags, names of pictures and crops, boxes, texts: two runs with
/// equal ones saw the same), counts of posts and entities and, where `data` has it, the project's "fingerprint".
nlohmann::json dataFingerprint(const TrainingData& data);

/// Whether a folder holds a run whose name is taken: any but one that failed before its first checkpoint, which holds
/// nothing to go on from.
bool isTaken(const std::filesystem::path& runFolder);

/// Names of the devices of this build: "cpu", "cuda:0", ...
std::vector<std::string> deviceNames();

}  // namespace mnerva::train
