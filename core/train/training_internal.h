#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "core/base/part_size.h"
#include "core/domain/run_lock.h"
#include "core/models/model/inference_internal.h"
#include "core/models/pictures/picture_reader_internal.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/optim/loss_scale.h"
#include "core/protocol/dynamics.h"
#include "core/train/ahead.h"
#include "core/train/events_internal.h"
#include "core/train/relation_file.h"
#include "core/train/run_state_internal.h"
#include "core/train/trainer.h"

namespace mnerva::train {

/// One run in progress. Used once: run().
class Training {
public:
    Training(const TrainingData& data, const RunConfig& config, const EventSink& events, Control& control,
             const std::stop_token& stop);
    TrainingResult run();
    /// Tells a failure: to the observer and, where this process owns the run, in its folder. Never throws.
    void fail(const Error& error) noexcept;

private:
    /// A split as the model sees it.
    struct EncodedSplit {
        std::string name;
        const std::vector<TrainingPost>* posts = nullptr;
        std::vector<models::EncodedPost> encoded;
        std::vector<int> usable;   ///< posts with at least one sub-token
        std::vector<int> lengths;  ///< sub-tokens of the usable ones
    };
    struct EpochLoss {
        double loss = 0;
        std::optional<double> relation;  ///< mean cross-entropy of the relation task
        double seconds = 0;
    };
    /// The batch that is being computed, for messages.
    struct Place {
        const EncodedSplit* split = nullptr;
        const std::vector<int>* members = nullptr;
        std::size_t batch = 0, batches = 0;  ///< from 1, of the epoch
    };

    /// Posts that are computed at once, as tensors on the CPU.
    struct Part {
        std::vector<int> members;                ///< of EncodedSplit::usable
        models::Batch batch;                     ///< undefined tensors: not made yet
        std::vector<std::vector<int>> regionOf;  ///< of each post, PostPictures::regionOf; empty without pictures
    };
    /// What is learned from batches.
    struct Objective {
        /// As NerModel::lossParts() and lossCounts().
        std::function<std::vector<torch::Tensor>(const models::Batch&, const std::vector<int>& members)> parts;
        std::function<std::vector<double>(const models::Batch&)> counts;
        double weight = 1, flood = 0;
    };
    struct Loss {
        double value = 0, flooded = 0;
        torch::Tensor graph;  ///< what gradients are still to be taken of; undefined: they are there
    };
    using Feed = Ahead<std::vector<Part>>;

    void openFolder();
    void requireSameRun(nlohmann::json found, const nlohmann::json& wanted) const;
    void removeStart() noexcept;
    void writeRecord();
    nlohmann::json& files();
    void note(nlohmann::json entry);
    std::string placeText(int epoch) const;
    template <class Work>
    void atPlace(int epoch, Work&& work);
    void tellAlive(const EncodedSplit& split, int epoch, std::size_t done);
    void buildParts();
    void openPictures(models::RunResNets resnets);
    void restore();
    EncodedSplit encode(const std::string& name, const std::vector<TrainingPost>& posts);
    void prepareFeatures();
    void emitStart();
    EpochLoss trainEpoch(int epoch);
    void readRelations();
    void dropBlindRelations();
    void countSteps();
    Objective relationObjective();
    Objective tagObjective();
    double overBatches(const EncodedSplit& split, int epoch, const Objective& objective);
    double learn(const EncodedSplit& split, const std::vector<int>& members, Feed& feed, const Objective& objective,
                 int epoch);
    Loss gradientsOf(const Part& whole, const Objective& objective);
    Loss gradientsOf(const std::vector<Part>& parts, const Objective& objective);
    bool isUnscaled();
    void step(const Loss& loss, int epoch);
    /// Both throw Cancelled where `stop` asks for it.
    Part partOf(const EncodedSplit& split, const std::vector<int>& members, const std::stop_token& stop = {});
    std::vector<Part> partsOf(const EncodedSplit& split, const std::vector<int>& members, const PartSize& size,
                              const std::stop_token& stop = {});
    /// Makes the parts of these batches while others are computed. The batches must outlive it, and meanwhile nobody
    /// else asks for pictures.
    Feed feedOf(const EncodedSplit& split, const std::vector<std::vector<int>>& batches, const PartSize& size);
    std::vector<std::vector<int>> orderOf(const EncodedSplit& split, int epoch) const;
    models::Batch onDevice(const Part& part);
    void hearOfParts();
    using UsePart = std::function<void(const Part& part, const models::Batch& batch)>;
    /// Calls use(part, batch) for all posts of a split, in batches by length; `batch` is the part's where the model
    /// computes. Repeats with fewer posts what memory does not hold: so `use` keeps nothing before it has its answer.
    void eachPart(const EncodedSplit& split, int epoch, const UsePart& use);
    void answerPart(const EncodedSplit& split, const Part& part, const UsePart& use);
    /// Of the posts of a part.
    static std::vector<const models::EncodedPost*> postsOf(const EncodedSplit& split, const Part& part);
    nlohmann::json evaluate(const EncodedSplit& split, int epoch, const std::string& predictionFile);
    bool recordsDynamics() const { return m_config.options.value("dynamics", false); }
    void beginDynamics();
    void keepDynamics(const std::filesystem::path& file);
    void recordDynamics(int epoch);
    void checkpoint(int epoch, const EpochLoss& loss, const nlohmann::json& valid);
    nlohmann::json testBest();
    template <class Use>
    void eachPredictedEntity(const EncodedSplit& split, Use&& use);
    void calibrate();
    void writeMetrics(const nlohmann::json& test, const std::string& outcome);
    void pollControl();
    bool shouldEvaluate(int epoch) const;
    int option(const char* name) const { return m_config.options.at(name).get<int>(); }

    const TrainingData& m_data;
    RunConfig m_config;
    Control& m_control;
    std::stop_token m_stop;
    EventSink m_sink;
    std::unique_ptr<EventLog> m_log;
    torch::Device m_device{torch::kCPU};
    models::RunParts m_parts;
    models::TextLayout m_text;
    nn::Schedule m_schedule = nn::Schedule::Linear;
    std::unique_ptr<models::PictureReader> m_pictures;
    std::unique_ptr<nn::Optimiser> m_optimiser;
    nn::LossScale m_lossScale;  ///< on in float16 alone
    RunState m_state;
    EncodedSplit m_train, m_valid, m_test;
    protocol::Dynamics m_dynamics;                  ///< what stands before the epochs
    std::string m_dynamicsText;                     ///< the file so far
    std::vector<std::vector<Entity>> m_askedAbout;  ///< of each training post
    std::vector<TrainingPost> m_relationPosts;
    std::vector<std::int64_t> m_relationLabels;
    EncodedSplit m_relations;
    std::int64_t m_totalSteps = 0;
    int m_outside = 0;
    bool m_resumed = false;
    std::optional<RunLock> m_lock;
    protocol::RunRecord m_record;
    nlohmann::json m_calibration;
    Place m_place;
    PartSize m_trainSize, m_evalSize;
    bool m_feedsAhead = true;      ///< batches are made by a second thread; one core has no use for it
    bool m_isNew = false;          ///< no run of this name was there
    bool m_madeFolder = false;     ///< nor a folder
    bool m_hasBegun = false;       ///< all is there and the first step comes next
    std::int64_t m_postsSeen = 0;  ///< since the epoch began, for posts per second
    std::chrono::steady_clock::time_point m_epochBegan{};
};

inline double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Runs the work of the batch at m_place; numbers that left the finite in it, or a post that memory does not hold, are
/// told with the place.
template <class Work>
void Training::atPlace(int epoch, Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ErrorCode::NumberNotFinite && error.code() != ErrorCode::MemoryOfOne) throw;
        throw Error(error.code(), {error.args().at(0) + ", " + placeText(epoch)});
    }
}

}  // namespace mnerva::train
