#include "core/protocol/training_history.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/base/json.h"
#include "core/protocol/training_event.h"

namespace mnerva::protocol {
namespace {

constexpr std::size_t kMaxLineBytes = 1 << 20;
constexpr std::size_t kMaxPoints = 20'000;  // a line of a chart has some thousand pixels

using nlohmann::json;

/// Names of members come from eventKey(), so that nothing is read that nobody sends.
double number(const json& object, const char* name, double fallback = 0) {
    if (const auto found = object.find(name); found != object.end() && found->is_number())
        if (const double value = found->get<double>(); std::isfinite(value)) return value;
    return fallback;
}

std::string word(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isTrue(const json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && *found == true;
}

/// A list of texts; what is no text stands as it is written.
std::vector<std::string> words(const json& object, const char* name) {
    std::vector<std::string> out;
    if (const auto found = object.find(name); found != object.end() && found->is_array())
        for (const json& value : *found) out.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    return out;
}

TypeScore scoreOf(const json& body) {
    if (!body.is_object()) return {};
    return {number(body, eventKey("type", "p")), number(body, eventKey("type", "r")),
            number(body, eventKey("type", "f1")), int(number(body, eventKey("type", "support")))};
}

EvalPoint evalOf(const json& event) {
    EvalPoint point;
    point.epoch = int(number(event, eventKey("eval", "epoch")));
    point.split = word(event, eventKey("eval", "split"));
    point.rule = word(event, eventKey("eval", "rule"));
    if (const auto micro = event.find(eventKey("eval", "micro")); micro != event.end()) point.micro = scoreOf(*micro);
    point.micro.support = int(number(event, eventKey("eval", "gold")));
    if (const auto types = event.find(eventKey("eval", "types")); types != event.end() && types->is_object())
        for (const auto& [type, body] : types->items()) point.types[type] = scoreOf(body);
    return point;
}

StepPoint stepOf(const json& event) {
    StepPoint point;
    point.step = number(event, eventKey("step", "step"));
    point.epoch = number(event, eventKey("step", "epoch"));
    point.loss = number(event, eventKey("step", "loss"));
    point.floodedLoss = number(event, eventKey("step", "flooded"), point.loss);
    point.learningRate = number(event, eventKey("step", "lr"));
    point.postsPerSecond = number(event, eventKey("step", "posts_per_second"));
    point.memoryMiB = number(event, eventKey("step", "memory_mb"));
    return point;
}

}  // namespace

void RunHistory::addChecks(const json& list) {
    checks.clear();
    for (const json& check : list)
        if (check.is_object())
            checks.push_back({word(check, eventKey("check", "code")), isTrue(check, eventKey("check", "stops")),
                              isTrue(check, eventKey("check", "overruled")), words(check, eventKey("check", "args")),
                              words(check, eventKey("check", "examples"))});
}

/// A resumed run begins again after its last checkpoint: what it had done beyond that is done anew.
void RunHistory::addStart(const json& event) {
    if (const auto found = event.find(eventKey("start", "options")); found != event.end() && found->is_object())
        options = *found;
    if (const auto found = event.find(eventKey("start", "checks")); found != event.end() && found->is_array())
        addChecks(*found);
    device = word(event, eventKey("start", "device"));
    if (const auto found = event.find(eventKey("start", "parameters")); found != event.end() && found->is_object())
        parameters = number(*found, eventKey("parameters", "total"));
    epochs = int(number(event, eventKey("start", "epochs")));
    steps = number(event, eventKey("start", "steps"));
    epoch = int(number(event, eventKey("start", "epoch")));
    std::erase_if(points, [&](const StepPoint& point) { return point.epoch > epoch; });
    std::erase_if(evals, [&](const EvalPoint& point) { return point.epoch > epoch || point.split == "test"; });
    if (bestEpoch > epoch) bestEpoch = 0, m_bestIsSaid = false;
    warnings.clear();
    featuresDone = featuresTotal = 0;
    failureCode.clear();
    failureArgs.clear();
    failureText.clear();
    state = RunState::Running;
    if (startTime <= 0) startTime = time;
}

void RunHistory::addEnd(const json& event) {
    const std::string outcome = word(event, eventKey("end", "outcome"));
    if (outcome == "succeeded")
        state = RunState::Succeeded;
    else if (outcome == "cancelled")
        state = RunState::Cancelled;
    else
        state = RunState::Failed;
    if (const int best = int(number(event, eventKey("end", "best_epoch"))); best > 0)
        bestEpoch = best, m_bestIsSaid = true;
    const auto error = event.find(eventKey("end", "error"));
    if (error == event.end() || !error->is_object()) return;
    failureCode = word(*error, eventKey("error", "code"));
    failureText = word(*error, eventKey("error", "text"));
    failureArgs = words(*error, eventKey("error", "args"));
}

void RunHistory::addEval(const json& event) {
    evals.push_back(evalOf(event));
    if (m_bestIsSaid) return;
    bestEpoch = 0;
    if (const EvalPoint* found = best()) bestEpoch = found->epoch;
}

bool RunHistory::add(const json& event) {
    const std::string name = event.is_object() ? word(event, "event") : std::string();
    if (name.empty()) return false;
    time = number(event, "time", time);
    if (name == "start") {
        addStart(event);
    } else if (name == "epoch_start") {
        epoch = int(number(event, eventKey("epoch_start", "epoch"), epoch));
        epochs = int(number(event, eventKey("epoch_start", "epochs"), epochs));
    } else if (name == "step") {
        points.push_back(stepOf(event));
        if (points.size() > kMaxPoints) thin(kMaxPoints / 2);
        steps = number(event, eventKey("step", "steps"), steps);
        announcedSecondsLeft = int(number(event, eventKey("step", "seconds_left"), -1));
        state = RunState::Running;
    } else if (name == "eval") {
        addEval(event);
    } else if (name == "checkpoint") {
        checkpoint = word(event, eventKey("checkpoint", "file"));
        if (isTrue(event, eventKey("checkpoint", "best")))
            bestEpoch = int(number(event, eventKey("checkpoint", "epoch"))), m_bestIsSaid = true;
    } else if (name == "warning") {
        warnings.push_back({word(event, eventKey("warning", "code")), word(event, eventKey("warning", "text")),
                            int(number(event, eventKey("warning", "count")))});
    } else if (name == "checks") {
        if (const auto found = event.find(eventKey("checks", "checks")); found != event.end() && found->is_array())
            addChecks(*found);
    } else if (name == "features") {
        featuresDone = number(event, eventKey("features", "done"));
        featuresTotal = number(event, eventKey("features", "total"));
    } else if (name == "paused") {
        state = RunState::Paused;
    } else if (name == "resumed") {
        state = RunState::Running;
    } else if (name == "end") {
        addEnd(event);
    } else if (!trainingEventKind(name)) {
        unknownEvents.push_back(name);
    }
    return true;
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
    return number(options, "flood_b");
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
    copy.failureCode = failureCode;
    copy.failureArgs = failureArgs;
    copy.failureText = failureText;
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
