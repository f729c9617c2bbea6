#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/protocol/training_events.h"

namespace mnerva::protocol {

/// One `eval` event.
struct EvalPoint {
    int epoch = 0;
    std::string split;  ///< "valid" or "test"
    std::string rule;
    TypeScore micro;  ///< its support is the number of gold entities of the split
    std::map<std::string, TypeScore> types;
};

/// One `step` event.
struct StepPoint {
    double step = 0;  ///< number of the optimiser's step from the start of the run
    double epoch = 0;
    double loss = 0, floodedLoss = 0;
    double learningRate = 0;
    double postsPerSecond = 0, memoryMiB = 0;
};

enum class RunState { Unknown, Running, Paused, Succeeded, Failed, Cancelled, Interrupted };

/// All that the events of one run say, live or read again from events.jsonl (architecture.md, "Training events").
/// Events and members that are not known are passed over, so a newer engine still shows.
struct RunHistory {
    nlohmann::json options = nlohmann::json::object();
    std::string device;
    double parameters = 0;           ///< all weights
    int epochs = 0;                  ///< planned
    double steps = 0;                ///< planned, 0: unknown
    int epoch = 0;                   ///< being trained, from 1
    int fold = 0, folds = 0;         ///< of a run over folds: the one under way, from 1; planned
    double time = 0, startTime = 0;  ///< seconds since 1970 of the last and of the first event
    double workSeconds = 0;          ///< wall time without pauses and what lies between a stop and going on
    std::vector<StepPoint> points;
    std::vector<EvalPoint> evals;
    std::vector<WarningEvent> warnings;
    std::vector<TrainCheck> checks;
    double featuresDone = 0, featuresTotal = 0;  ///< pictures read before the first step
    int announcedSecondsLeft = -1;               ///< of the last step; negative: the trainer said nothing
    std::vector<std::string> unknownEvents;
    RunState state = RunState::Unknown;
    int bestEpoch = 0;  ///< whose weights are kept; 0: none yet
    std::optional<std::string> checkpoint;
    RunFailure failure;  ///< of a failed end

    /// Takes one event in.
    void take(const TimedEvent& event);
    /// The same of its JSON; false when it is no event at all.
    bool add(const nlohmann::json& event);
    /// Part of the whole run that is done, 0..1; negative: unknown.
    double fraction() const;
    /// Seconds to the end at the pace of the last steps; negative: unknown.
    int secondsLeft() const;
    /// Still before the first step: pictures are being read.
    bool isPreparing() const { return points.empty() && featuresTotal > 0 && featuresDone < featuresTotal; }
    /// The evaluation of the kept epoch on the validation split: the one the trainer says (a grounded run is judged by
    /// its triples, not by this F1), else the best, of equal ones the later; null when none.
    const EvalPoint* best() const;
    /// The last evaluation on the test split; null when none.
    const EvalPoint* test() const;
    /// The flood level of the options; 0: flooding is off.
    double floodLevel() const;
    /// Keeps at most `limit` step points, evenly thinned and the last one always.
    void thin(std::size_t limit);
    /// A copy that has only the last step point: cheap enough for a list that is updated 20 times a second.
    RunHistory summary() const;

private:
    void take(const StartEvent& event);
    void take(const EndEvent& event);
    void take(const EvalEvent& event);
    void take(const StepEvent& event);
    void take(const EpochStartEvent& event);
    void take(const FoldEvent& event);
    void take(const CheckpointEvent& event);
    void take(const FeaturesEvent& event);
    bool m_bestIsSaid = false;  ///< by the trainer; until then the best F1 counts
};

/// Cuts a byte stream into JSON lines. Partial lines wait for their rest; a line that is no JSON object is counted and
/// kept as the last garbage, a line longer than a mebibyte is given up.
class EventLineReader {
public:
    std::vector<nlohmann::json> feed(std::string_view bytes);
    /// What stands after the last line feed (a run that was killed while writing), as if a line feed followed.
    std::vector<nlohmann::json> finish();
    int garbageLines() const { return m_garbage; }
    /// The last lines that were no events (at most some kilobytes): an error report in several lines ends up here.
    const std::string& lastGarbage() const { return m_lastGarbage; }

private:
    void noteGarbage(std::string_view line);
    void take(std::string_view line, std::vector<nlohmann::json>& events);
    std::string m_buffer, m_lastGarbage;
    bool m_skipping = false;
    int m_garbage = 0;
};

/// Whole content of an events.jsonl.
RunHistory readHistory(std::string_view lines);

}  // namespace mnerva::protocol
