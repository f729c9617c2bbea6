#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::protocol {

/// One thing that the look at the data before training found (models.md 9.4).
struct TrainCheck {
    std::string code;
    bool stops = false;  ///< the run does not start unless it is overruled
    bool overruled = false;
    std::int64_t count = 0;
    std::vector<std::string> args;
    std::string text, advice;  ///< English sentences
    std::vector<std::string> examples;
    /// Ids of the posts concerned, those of a pair side by side; may be cut off. Older programs told none.
    std::optional<std::vector<std::int64_t>> posts = {};
};

/// Whether a check found posts that stand in two splits, or nearly so.
bool isLeak(const TrainCheck& check);
/// Whether some of them are of the test split: scores of the test are too high then.
bool leaksIntoTest(const TrainCheck& check);

/// run.json: what a run was started with, and what became of it. Written by the trainer, read by everybody.
struct RunRecord {
    std::string run;
    std::string system, variant, preset;
    std::string encoder, resnet;
    std::string device;         ///< that it was started on
    std::string boxes = "all";  ///< which boxes of the posts the model sees: "all", "detected", "none"
    std::vector<TrainCheck> checks;
    std::vector<std::string> tags;                      ///< the label map: index = class
    nlohmann::json options = nlohmann::json::object();  ///< every option of the system
    nlohmann::json seed;                                ///< that of the options
    nlohmann::json data = nlohmann::json::object();     ///< fingerprint of each split
    nlohmann::json versions = nlohmann::json::object();
    /// A run over folds (train --folds): {"count", "seed", "sizes"}. It has no model of its own but what models said of
    /// posts they had not seen (held_out.h).
    std::optional<nlohmann::json> folds = {};
    // What became of it.
    std::optional<std::string> outcome;    ///< "succeeded", "failed", "cancelled"; nothing while it is under way
    std::optional<nlohmann::json> course;  ///< pauses, early end, stop, going on: a list of {what, time, ...}
    std::optional<nlohmann::json> files;   ///< SHA-256 of each file that must not change, by name
};

nlohmann::json toJson(const RunRecord& record);
/// Members that are missing or of another kind keep their defaults.
RunRecord runRecordFromJson(const nlohmann::json& value);

/// A JSON object in a run folder, which may come from anybody: nothing where the file is missing, too large, or holds
/// something else.
std::optional<nlohmann::json> readRunObject(const std::filesystem::path& path);
/// The same of <run folder>/run.json.
std::optional<RunRecord> readRunRecord(const std::filesystem::path& runFolder);

}  // namespace mnerva::protocol
