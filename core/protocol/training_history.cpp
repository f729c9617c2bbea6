#include "core/protocol/training_history.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/json.h"
#include "core/protocol/training_events.h"

namespace mnerva::protocol {
namespace {

constexpr std::size_t kMaxLineBytes = 1 << 20;
constexpr std::size_t kMaxPoints = 20'000;  // a line of a chart has some thousand pixels
constexpr double kLongestSeconds = 1e9;

using nlohmann::json;

EvalPoint pointOf(const EvalEvent& event) {
    EvalPoint point{event.epoch, event.split, event.rule, event.micro, event.types};
    point.micro.support = static_cast<int>(std::clamp<std::int64_t>(event.gold, 0, 1 << 30));
    return point;
}

StepPoint pointOf(const StepEvent& event) {
    return {static_cast<double>(event.step),
            event.epoch,
            event.loss,
            event.flooded.value_or(event.loss),
            event.learningRate,
            event.postsPerSecond,
            event.memoryMiB};
}

}  // namespace

/// A resumed run begins again after its last checkpoint: what it had done beyond that is done anew.
void RunHistory::take(const StartEvent& event) {
    if (!event.record.options.empty()) options = event.record.options;
    if (!event.record.checks.empty()) checks = event.record.checks;
    device = event.record.device;
    if (const auto total = event.parameters.find("total"); total != event.parameters.end())
        parameters = static_cast<double>(total->second);
    epochs = event.epochs;
    steps = static_cast<double>(event.steps);
    epoch = event.epoch;
    std::erase_if(points, [&](const StepPoint& point) { return point.epoch > epoch; });
    std::erase_if(evals, [&](const EvalPoint& point) { return point.epoch > epoch || point.split == "test"; });
    if (bestEpoch > epoch) bestEpoch = 0, m_bestIsSaid = false;
    warnings.clear();
    featuresDone = featuresTotal = 0;
    failure = {};
    state = RunState::Running;
    if (startTime <= 0) startTime = time;
}

void RunHistory::take(const EndEvent& event) {
    state = event.outcome == "succeeded"   ? RunState::Succeeded
            : event.outcome == "cancelled" ? RunState::Cancelled
                                           : RunState::Failed;
    if (event.bestEpoch.value_or(0) > 0) bestEpoch = *event.bestEpoch, m_bestIsSaid = true;
    if (event.error) failure = *event.error;
}

void RunHistory::take(const EvalEvent& event) {
    evals.push_back(pointOf(event));
    if (m_bestIsSaid) return;
    bestEpoch = 0;
    if (const EvalPoint* found = best()) bestEpoch = found->epoch;
}

void RunHistory::take(const StepEvent& event) {
    points.push_back(pointOf(event));
    if (points.size() > kMaxPoints) thin(kMaxPoints / 2);
    if (event.steps > 0) steps = static_cast<double>(event.steps);
    announcedSecondsLeft =
        event.secondsLeft < 0 || event.secondsLeft > kLongestSeconds ? -1 : static_cast<int>(event.secondsLeft);
    state = RunState::Running;
}

void RunHistory::take(const EpochStartEvent& event) {
    if (event.epoch > 0) epoch = event.epoch;
    if (event.epochs > 0) epochs = event.epochs;
}

void RunHistory::take(const CheckpointEvent& event) {
    checkpoint = event.file;
    if (event.best) bestEpoch = event.epoch, m_bestIsSaid = true;
}

void RunHistory::take(const FoldEvent& event) {
    fold = event.fold;
    folds = event.folds;
}

void RunHistory::take(const FeaturesEvent& event) {
    featuresDone = static_cast<double>(event.done);
    featuresTotal = static_cast<double>(event.total);
}

void RunHistory::take(const TimedEvent& timed) {
    if (timed.time) {
        const bool isAtWork = state != RunState::Paused && !std::holds_alternative<StartEvent>(timed.event);
        if (time > 0 && isAtWork) workSeconds += std::clamp(*timed.time - time, 0.0, kLongestSeconds);
        time = *timed.time;
    }
    std::visit(
        [this](const auto& event) {
            using Event = std::decay_t<decltype(event)>;
            if constexpr (std::is_same_v<Event, WarningEvent>)
                warnings.push_back(event);
            else if constexpr (std::is_same_v<Event, ChecksEvent>)
                checks = event.checks;
            else if constexpr (std::is_same_v<Event, PausedEvent>)
                state = RunState::Paused;
            else if constexpr (std::is_same_v<Event, ResumedEvent>)
                state = RunState::Running;
            else if constexpr (std::is_same_v<Event, UnknownEvent>)
                unknownEvents.push_back(event.name);
            else if constexpr (requires { take(event); })
                take(event);
            // The others say nothing that is shown: files written, and signs of life.
        },
        timed.event);
}

bool RunHistory::add(const json& event) {
    const auto timed = trainingEventFromJson(event);
    if (timed) take(*timed);
    return timed.has_value();
}

double RunHistory::fraction() const {
    if (state == RunState::Succeeded) return 1;
    if (points.empty()) return epochs > 0 ? 0 : -1;
    const StepPoint& last = points.back();
    if (steps > 0) return std::clamp(last.step / steps, 0.0, 1.0);
    // A whole number of epochs says only which one is under way; its fraction counts as far as the engine gives it.
    if (epochs > 0)
        return std::clamp((std::max(last.epoch, double(epoch)) - (last.epoch > epoch ? 0 : 1)) / epochs, 0.0, 1.0);
    return -1;
}

int RunHistory::secondsLeft() const {
    if (state == RunState::Running && announcedSecondsLeft >= 0) return announcedSecondsLeft;
    const double part = fraction();
    const double gone = time - startTime;
    if (part <= 0.002 || startTime <= 0 || gone <= 0 || state != RunState::Running) return -1;
    return int(std::lround(gone * (1 - part) / part));
}

const EvalPoint* RunHistory::best() const {
    const EvalPoint* found = nullptr;
    for (const EvalPoint& point : evals) {
        if (point.split == "test") continue;
        if (bestEpoch > 0 && point.epoch == bestEpoch) return &point;
        if (!found || point.micro.f1 >= found->micro.f1) found = &point;
    }
    return found;
}

const EvalPoint* RunHistory::test() const {
    for (auto point = evals.crbegin(); point != evals.crend(); ++point)
        if (point->split == "test") return &*point;
    return nullptr;
}

double RunHistory::floodLevel() const {
    const auto found = options.find("flood_b");
    return found != options.end() && found->is_number() ? found->get<double>() : 0;
}

void RunHistory::thin(std::size_t limit) {
    if (points.size() <= limit || limit < 2) return;
    std::vector<StepPoint> kept;
    const double stride = double(points.size() - 1) / double(limit - 1);
    for (std::size_t i = 0; i < limit; ++i) kept.push_back(points[std::size_t(std::lround(double(i) * stride))]);
    points = std::move(kept);
}

RunHistory RunHistory::summary() const {
    RunHistory copy;
    copy.options = options;
    copy.device = device;
    copy.parameters = parameters;
    copy.epochs = epochs;
    copy.steps = steps;
    copy.epoch = epoch;
    copy.time = time;
    copy.startTime = startTime;
    if (!points.empty()) copy.points = {points.back()};
    copy.evals = evals;
    copy.checks = checks;
    copy.featuresDone = featuresDone;
    copy.featuresTotal = featuresTotal;
    copy.announcedSecondsLeft = announcedSecondsLeft;
    copy.state = state;
    copy.bestEpoch = bestEpoch;
    copy.m_bestIsSaid = m_bestIsSaid;
    copy.failure = failure;
    return copy;
}

std::vector<json> EventLineReader::feed(std::string_view bytes) {
    std::vector<json> events;
    m_buffer += bytes;
    std::size_t from = 0;
    for (std::size_t end; (end = m_buffer.find('\n', from)) != std::string::npos; from = end + 1)
        if (!std::exchange(m_skipping, false)) take(std::string_view(m_buffer).substr(from, end - from), events);
    m_buffer.erase(0, from);
    if (m_buffer.size() > kMaxLineBytes) {
        noteGarbage(std::string_view(m_buffer).substr(0, 200));
        m_buffer.clear();
        m_skipping = true;
    }
    return events;
}

std::vector<json> EventLineReader::finish() {
    std::vector<json> events;
    if (!m_skipping) take(m_buffer, events);
    m_buffer.clear();
    return events;
}

void EventLineReader::take(std::string_view line, std::vector<json>& events) {
    constexpr std::string_view kSpace = " \t\r\v\f";
    const std::size_t begin = line.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return;
    const std::string_view text = line.substr(begin, line.find_last_not_of(kSpace) + 1 - begin);
    json event = tryParseJson(text);
    if (event.is_object() && event.contains("event")) {
        m_lastGarbage.clear();
        events.push_back(std::move(event));
    } else {
        noteGarbage(text);
    }
}

void EventLineReader::noteGarbage(std::string_view line) {
    constexpr std::size_t kKeptBytes = 16 * 1024;
    ++m_garbage;
    m_lastGarbage.append(line).push_back('\n');
    if (m_lastGarbage.size() > kKeptBytes) m_lastGarbage.erase(0, m_lastGarbage.size() - kKeptBytes);
}

RunHistory readHistory(std::string_view lines) {
    RunHistory history;
    EventLineReader reader;
    // In pieces: the values of all lines at once would take many times the file.
    constexpr std::size_t kPieceBytes = 1 << 20;
    for (std::size_t at = 0; at < lines.size(); at += kPieceBytes)
        for (const json& event : reader.feed(lines.substr(at, kPieceBytes))) history.add(event);
    for (const json& event : reader.finish()) history.add(event);
    return history;
}

}  // namespace mnerva::protocol
