#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/attribution.h"
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

/// Which weights of a run: those of its best epoch, or those that it ended with, of its checkpoint.
enum class Weights { Best, Last };

struct Wanted {
    bool marginals = false;
    bool attention = false;
    bool rawConfidence = false;  ///< leave the run's calibration out
    Cover cover{};               ///< cells of the first picture that are not to be seen
};

/// Entities of each post whose y is asked for (explanation.md 1), and the answers: log probabilities, -1000 for one
/// that the run cannot say.
struct TargetLogs {
    std::vector<std::vector<Entity>> targets;
    std::vector<std::vector<double>> logs;
};

/// One post of a run, being explained (explanation.md 1 to 3); lives no longer than its Predictor. Cells are those of
/// the first picture.
class Explaining {
public:
    virtual ~Explaining() = default;
    virtual const Target& target() const = 0;
    virtual const Prediction& prediction() const = 0;
    /// One method, by its id. What the system cannot serve is said in Attribution::unavailable. Throws Cancelled,
    /// MemoryExhausted, Error(OptionInvalid) for a layer or head that is not there.
    virtual Attribution attribution(const AttributionMethod& method, const ProgressSink& progress,
                                    const std::stop_token& stop) = 0;
    /// y of the target with each of these sets of cells covered, as the query's baseline says. Throws Cancelled.
    virtual std::vector<double> covered(const std::vector<std::vector<int>>& sets, const ProgressSink& progress,
                                        const std::stop_token& stop) = 0;
    /// Why nothing can be covered; empty where something can.
    virtual std::string blindness() const = 0;
};

/// Attributions in the order of attributionMethods().
struct Explained {
    Target target;
    std::vector<Attribution> attributions;
};

/// A trained run, loaded. Not thread-safe; torch stays behind this header.
class Predictor {
public:
    /// Loads `runFolder` (config.json, labels.json, the vocabulary, model.safetensors) on "cpu", "cuda" or "cuda:N".
    /// The last weights have no calibration. Errors: FileMissing, FormatInvalid, WeightMissing, WeightShape,
    /// DeviceMissing, MemoryExhausted, RunIncompatible.
    static std::unique_ptr<Predictor> load(const std::filesystem::path& runFolder, const std::string& device,
                                           Weights weights = Weights::Best);
    ~Predictor();
    Predictor(const Predictor&) = delete;
    Predictor& operator=(const Predictor&) = delete;

    const std::string& system() const;
    const nlohmann::json& options() const;             ///< every option of the run
    const std::vector<std::string>& tagNames() const;  ///< index = CRF class
    std::vector<std::string> explains() const;         ///< "attention", "relevance", "level-gates",
                                                       ///< "visual-gate", "marginals", "regions" (may be fewer)

    /// What products multiply from now on: "fp32", "bf16", "fp16", or "" for what the run was trained with, as after
    /// load(). Without bf16 (an older processor, a GPU) it is fp32 all the same, and findings() says so. Errors:
    /// OptionInvalid.
    void usePrecision(const std::string& name);
    /// What they do multiply: "fp32", "bf16" or "fp16".
    std::string precision() const;

    /// The run has a calibration of its confidences (calibration.json).
    bool isCalibrated() const;

    /// Keeps picture features on disk from now on ("<project>/cache/features"); without it only in memory.
    void useCache(const std::filesystem::path& folder);

    /// A missing or unreadable picture or crop counts as absent and is noted in findings(). Throws Cancelled,
    /// MemoryExhausted.
    Prediction predict(const PostInput& post, const Wanted& wanted);
    /// In batches of posts of like length; answers in the order of `posts`.
    std::vector<Prediction> predictMany(std::span<const PostInput> posts, const Wanted& wanted,
                                        const ProgressSink& progress, const std::stop_token& stop,
                                        TargetLogs* logs = nullptr);

    /// Works out the target. Errors: OptionInvalid for words that are not there or not read, and for a type that the
    /// run does not know; MemoryExhausted.
    std::unique_ptr<Explaining> explaining(const PostInput& post, const AttributionQuery& query);
    /// explaining() and all methods that the query asks for; `each` is told of each as soon as it is done. Throws
    /// Cancelled.
    Explained explain(const PostInput& post, const AttributionQuery& query, const ProgressSink& progress,
                      const std::stop_token& stop,
                      const std::function<void(const Target&, const Attribution&)>& each = {});

    /// The mean cell of the training posts stands for "nothing there" in some methods. It is kept in the run's folder
    /// (mean-cell.json) once it was learned from these posts. Throws Cancelled, FileUnwritable.
    bool knowsMeanCell() const;
    void learnMeanCell(std::span<const PostInput> trainingPosts, const ProgressSink& progress,
                       const std::stop_token& stop);

    /// Names of the model's layers from the answer down, for the randomisation check (explanation.md 3).
    std::vector<std::string> layersFromTop() const;
    /// Gives the first `count` of them random values of the same mean and deviation, and the others those that were
    /// learned; 0 makes the run itself again.
    void randomiseLayers(std::size_t count, std::uint64_t seed);

    /// What was odd in the posts asked about since the last call; clears the list.
    Findings takeFindings();

private:
    struct Impl;
    explicit Predictor(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::models
