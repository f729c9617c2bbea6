#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/protocol/run_record.h"

// What a training run tells (architecture.md, "Training events"): one type an event. Names of members in JSON stand in
// training_events.cpp, once for writing and reading.

namespace mnerva::protocol {

/// The data were looked at before anything was made of them.
struct ChecksEvent {
    std::vector<TrainCheck> checks;
};

/// The run begins, or goes on after its last checkpoint. Its record stands beside these members.
struct StartEvent {
    RunRecord record;                                ///< `device` is the one in use
    std::map<std::string, std::int64_t> parameters;  ///< of each group of the optimiser, and "total"
    bool resumed = false;
    int epoch = 0, epochs = 0;  ///< done; planned
    std::int64_t steps = 0;     ///< planned
    nlohmann::json arithmetic = nlohmann::json::object();
};

/// Pictures are read before the first step; with the stage "checking": looked at before the run.
struct FeaturesEvent {
    std::int64_t done = 0, total = 0;
    std::optional<std::string> stage;
};

/// A finding: its code, how often, and what it was about.
struct WarningEvent {
    std::string code;
    std::int64_t count = 0;
    std::string text;
};

struct EpochStartEvent {
    int epoch = 0, epochs = 0;
    /// Share of the sub-token positions that is padding, 0..1, with posts of like length in a batch and without;
    /// nothing where every post is padded to one length.
    std::optional<double> padding, plainPadding;
};

/// At most five times a second.
struct StepEvent {
    double epoch = 0;                  ///< being trained, from 1
    std::int64_t step = 0, steps = 0;  ///< from the start of the run; planned
    double loss = 0;
    std::optional<double> flooded;
    double learningRate = 0;
    double postsPerSecond = 0, memoryMiB = 0;
    double secondsLeft = -1;  ///< negative: not told
};

/// All in 0..1.
struct TypeScore {
    double precision = 0, recall = 0, f1 = 0;
    int support = 0;  ///< gold entities
};

/// Of a system that says where entities are (models.md 4.7).
struct GroundedScore {
    TypeScore triples, extraction, entities;  ///< "gmner", "eeg", "mner"
};

struct EvalEvent {
    int epoch = 0;
    std::string split;  ///< "valid" or "test"
    std::string rule;
    TypeScore micro;
    std::map<std::string, TypeScore> types;
    std::int64_t gold = 0, predicted = 0;
    std::optional<GroundedScore> grounding;
};

/// An epoch is done and everything is on the disk to go on from there.
struct CheckpointEvent {
    int epoch = 0;
    std::string file;
    bool best = false;  ///< its weights are the run's model from now on
    double loss = 0, seconds = 0;
    std::optional<double> relationLoss;
};

struct PredictionsEvent {
    std::string split, file;
};

/// Of a run over folds: the model of a fold begins, which sees all training posts but these.
struct FoldEvent {
    int fold = 0, folds = 0;  ///< from 1
    std::int64_t posts = 0;   ///< held out
    bool isKept = false;      ///< was done before the run went on: what it says of them is there already
};

/// Whether the confidences were calibrated, and what that does to entities they were not fitted on.
struct CalibrationEvent {
    bool kept = false;
    std::int64_t entities = 0;
    std::optional<std::string> reason;  ///< "too-few-entities": fewer than `wanted`
    std::optional<std::int64_t> wanted;
    std::optional<double> before, after, brierBefore, brierAfter;
};

struct PausedEvent {};
struct ResumedEvent {
    double seconds = 0;  ///< how long it was paused
};
/// A sign of life while nothing can be told.
struct AliveEvent {};
struct EvaluatingEvent {
    std::string split;
    int epoch = 0;
    std::int64_t done = 0, total = 0;
};

/// Why a run failed: a name of ErrorCode, its arguments, and the English sentence.
struct RunFailure {
    std::string code;
    std::vector<std::string> args;
    std::string text;
};

struct EndEvent {
    std::string outcome;  ///< "succeeded", "failed" or "cancelled"
    std::optional<int> bestEpoch;
    std::optional<double> bestF1;
    std::optional<nlohmann::json> test;  ///< the score of the test posts, as in metrics.json
    std::optional<RunFailure> error;
};

/// The end of a run that failed of `error`.
EndEvent failedEnd(const Error& error);

/// One that this program does not know: a newer engine still shows.
struct UnknownEvent {
    std::string name;
};

using TrainingEvent = std::variant<UnknownEvent, ChecksEvent, StartEvent, FeaturesEvent, WarningEvent, EpochStartEvent,
                                   StepEvent, EvalEvent, CheckpointEvent, PredictionsEvent, CalibrationEvent, FoldEvent,
                                   PausedEvent, ResumedEvent, AliveEvent, EvaluatingEvent, EndEvent>;

struct TimedEvent {
    TrainingEvent event;
    std::optional<double> time;  ///< seconds since 1970
};

/// "step": the name of an event in its JSON.
std::string_view eventName(const TrainingEvent& event);

/// One JSON object: "event", "time" where there is one, and the members.
nlohmann::json toJson(const TimedEvent& event);

/// Nothing for what is no event at all. Members that are missing or of another kind keep their defaults, members that
/// are not known are passed over: the file may come from another version, or from anybody.
std::optional<TimedEvent> trainingEventFromJson(const nlohmann::json& value);

/// The score of a split as it stands in `eval` and in metrics.json: "rule", "micro", "types", "gold", "predicted", and
/// "grounding" where there is one.
nlohmann::json scoreJson(const EvalEvent& event);

}  // namespace mnerva::protocol
