#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post_input.h"
#include "core/domain/prediction.h"

namespace mnerva::models {

// What is asked and answered; also known by these names, which whoever holds a Predictor says.
using mnerva::FloatArray;
using mnerva::Grounding;
using mnerva::PictureInput;
using mnerva::PostInput;
using mnerva::Prediction;
using mnerva::RegionInput;

struct Wanted {
    bool marginals = false;
    bool attention = false;
    bool rawConfidence = false;  ///< leave the run's calibration out
};

/// A trained run, loaded. Not thread-safe; torch stays behind this header.
class Predictor {
public:
    /// Loads `runFolder` (config.json, labels.json, the vocabulary, model.safetensors) on "cpu", "cuda" or "cuda:N".
    /// Errors: FileMissing, FormatInvalid, WeightMissing, WeightShape, DeviceMissing, MemoryExhausted, RunIncompatible.
    static std::unique_ptr<Predictor> load(const std::filesystem::path& runFolder, const std::string& device);
    ~Predictor();
    Predictor(const Predictor&) = delete;
    Predictor& operator=(const Predictor&) = delete;

    const std::string& system() const;
    const nlohmann::json& options() const;             ///< every option of the run
    const std::vector<std::string>& tagNames() const;  ///< index = CRF class
    std::vector<std::string> explains() const;         ///< "attention", "relevance", "level-gates",
                                                       ///< "visual-gate", "marginals", "regions" (may be fewer)

    /// The run has a calibration of its confidences (calibration.json).
    bool isCalibrated() const;

    /// Keeps picture features on disk from now on ("<project>/cache/features"); without it only in memory.
    void useCache(const std::filesystem::path& folder);

    /// A missing or unreadable picture or crop counts as absent and is noted in findings(). Throws Cancelled,
    /// MemoryExhausted.
    Prediction predict(const PostInput& post, const Wanted& wanted);
    /// In batches of posts of like length; answers in the order of `posts`.
    std::vector<Prediction> predictMany(std::span<const PostInput> posts, const Wanted& wanted,
                                        const ProgressSink& progress, const std::stop_token& stop);
    /// What was odd in the posts asked about since the last call; clears the list.
    Findings takeFindings();

private:
    struct Impl;
    explicit Predictor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::models
