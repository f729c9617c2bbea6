#include "core/protocol/training_events.h"

#include <utility>

#include "core/protocol/run_record_internal.h"

namespace mnerva::protocol {

using nlohmann::json;

/// The score of all types stands without its support, which is "gold".
struct Micro {
    double precision = 0, recall = 0, f1 = 0;
};

template <class Visit>
void members(Visit& visit, Micro& score) {
    visit("p", score.precision);
    visit("r", score.recall);
    visit("f1", score.f1);
}
template <class Visit>
void members(Visit& visit, TypeScore& score) {
    visit("p", score.precision);
    visit("r", score.recall);
    visit("f1", score.f1);
    visit("support", score.support);
}
template <class Visit>
void members(Visit& visit, GroundedScore& score) {
    visit("gmner", score.triples);
    visit("eeg", score.extraction);
    visit("mner", score.entities);
}
template <class Visit>
void scoreMembers(Visit& visit, EvalEvent& event) {
    Micro micro{event.micro.precision, event.micro.recall, event.micro.f1};
    visit("rule", event.rule);
    visit("micro", micro);
    visit("types", event.types);
    visit("gold", event.gold);
    visit("predicted", event.predicted);
    visit("grounding", event.grounding);
    event.micro = {micro.precision, micro.recall, micro.f1, static_cast<int>(event.gold)};
}
template <class Visit>
void members(Visit& visit, EvalEvent& event) {
    visit("epoch", event.epoch);
    visit("split", event.split);
    scoreMembers(visit, event);
}
template <class Visit>
void members(Visit& visit, ChecksEvent& event) {
    visit("checks", event.checks);
}
template <class Visit>
void members(Visit& visit, StartEvent& event) {
    members(visit, event.record);
    visit("parameters", event.parameters);
    visit("resumed", event.resumed);
    visit("epoch", event.epoch);
    visit("epochs", event.epochs);
    visit("steps", event.steps);
    visit("arithmetic", event.arithmetic);
}
template <class Visit>
void members(Visit& visit, FeaturesEvent& event) {
    visit("done", event.done);
    visit("total", event.total);
    visit("stage", event.stage);
}
template <class Visit>
void members(Visit& visit, WarningEvent& event) {
    visit("code", event.code);
    visit("count", event.count);
    visit("text", event.text);
}
template <class Visit>
void members(Visit& visit, EpochStartEvent& event) {
    visit("epoch", event.epoch);
    visit("epochs", event.epochs);
    visit("padding", event.padding);
    visit("plain_padding", event.plainPadding);
}
template <class Visit>
void members(Visit& visit, StepEvent& event) {
    visit("epoch", event.epoch);
    visit("step", event.step);
    visit("steps", event.steps);
    visit("loss", event.loss);
    visit("flooded", event.flooded);
    visit("lr", event.learningRate);
    visit("posts_per_second", event.postsPerSecond);
    visit("memory_mb", event.memoryMiB);
    visit("seconds_left", event.secondsLeft);
}
template <class Visit>
void members(Visit& visit, CheckpointEvent& event) {
    visit("epoch", event.epoch);
    visit("file", event.file);
    visit("best", event.best);
    visit("loss", event.loss);
    visit("seconds", event.seconds);
    visit("relation_loss", event.relationLoss);
}
template <class Visit>
void members(Visit& visit, PredictionsEvent& event) {
    visit("split", event.split);
    visit("file", event.file);
}
template <class Visit>
void members(Visit& visit, FoldEvent& event) {
    visit("fold", event.fold);
    visit("folds", event.folds);
    visit("posts", event.posts);
    visit("kept", event.isKept);
}
template <class Visit>
void members(Visit& visit, CalibrationEvent& event) {
    visit("kept", event.kept);
    visit("entities", event.entities);
    visit("reason", event.reason);
    visit("wanted", event.wanted);
    visit("before", event.before);
    visit("after", event.after);
    visit("brier_before", event.brierBefore);
    visit("brier_after", event.brierAfter);
}
template <class Visit>
void members(Visit&, PausedEvent&) {}
template <class Visit>
void members(Visit&, AliveEvent&) {}
template <class Visit>
void members(Visit&, UnknownEvent&) {}
template <class Visit>
void members(Visit& visit, ResumedEvent& event) {
    visit("seconds", event.seconds);
}
template <class Visit>
void members(Visit& visit, EvaluatingEvent& event) {
    visit("split", event.split);
    visit("epoch", event.epoch);
    visit("done", event.done);
    visit("total", event.total);
}
template <class Visit>
void members(Visit& visit, RunFailure& failure) {
    visit("code", failure.code);
    visit("args", failure.args);
    visit("text", failure.text);
}
template <class Visit>
void members(Visit& visit, EndEvent& event) {
    visit("outcome", event.outcome);
    visit("best_epoch", event.bestEpoch);
    visit("best_f1", event.bestF1);
    visit("test", event.test);
    visit("error", event.error);
}

namespace {

/// In the order of TrainingEvent.
constexpr std::array<std::string_view, std::variant_size_v<TrainingEvent>> kNames{
    "",       "checks",  "start",      "features",    "warning",     "epoch_start",
    "step",   "eval",    "checkpoint", "predictions", "calibration", "fold",
    "paused", "resumed", "alive",      "evaluating",  "end"};

template <std::size_t... I>
bool readByName(std::string_view name, const json& from, TrainingEvent& to, std::index_sequence<I...>) {
    return ((kNames[I] == name && detail::read(from, to.emplace<I>())) || ...);
}

}  // namespace

std::string_view eventName(const TrainingEvent& event) {
    const auto* unknown = std::get_if<UnknownEvent>(&event);
    return unknown ? std::string_view(unknown->name) : kNames[event.index()];
}

json toJson(const TimedEvent& timed) {
    json out = std::visit([](const auto& event) { return detail::written(event); }, timed.event);
    out["event"] = eventName(timed.event);
    if (timed.time) out["time"] = *timed.time;
    return out;
}

std::optional<TimedEvent> trainingEventFromJson(const json& value) {
    std::string name;
    if (!value.is_object() || !value.contains("event") || !detail::read(value["event"], name) || name.empty())
        return std::nullopt;
    TimedEvent timed;
    if (!readByName(name, value, timed.event, std::make_index_sequence<kNames.size()>()))
        timed.event = UnknownEvent{name};
    if (double time = 0; value.contains("time") && detail::read(value["time"], time)) timed.time = time;
    return timed;
}

EndEvent failedEnd(const Error& error) {
    return {"failed", {}, {}, {}, RunFailure{std::string(errorName(error.code())), error.args(), error.what()}};
}

json scoreJson(const EvalEvent& event) {
    json out = json::object();
    detail::Writer writer{out};
    EvalEvent copy = event;
    scoreMembers(writer, copy);
    return out;
}

}  // namespace mnerva::protocol
