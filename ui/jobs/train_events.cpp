#include "ui/jobs/train_events.h"

#include <algorithm>
#include <cmath>

#include "core/base/json.h"

namespace mnerva::ui {
namespace {

constexpr int kMaxLineBytes = 1 << 20;
constexpr std::size_t kMaxPoints = 20'000;  // a line of a chart has some thousand pixels

using nlohmann::json;

double number(const json& object, std::initializer_list<const char*> names, double fallback = 0) {
    for (const char* name : names)
        if (const auto found = object.find(name); found != object.end() && found->is_number()) {
            const double value = found->get<double>();
            if (std::isfinite(value)) return value;
        }
    return fallback;
}

std::string word(const json& object, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto found = object.find(name); found != object.end() && found->is_string())
            return found->get<std::string>();
    return {};
}

TypeScore scoreOf(const json& body) {
    if (!body.is_object()) return {};
    return {number(body, {"p", "precision"}), number(body, {"r", "recall"}), number(body, {"f1", "f"}),
            int(number(body, {"support", "gold"}))};
}

EvalPoint evalOf(const json& event) {
    EvalPoint point;
    point.epoch = int(number(event, {"epoch"}));
    point.split = word(event, {"split"});
    point.rule = word(event, {"rule"});
    const json& score = event.contains("score") && event["score"].is_object() ? event["score"] : event;
    if (point.rule.empty()) point.rule = word(score, {"rule"});
    if (const auto micro = score.find("micro"); micro != score.end()) point.micro = scoreOf(*micro);
    if (const auto types = score.find("types"); types != score.end() && types->is_object())
        for (const auto& [type, body] : types->items()) point.types[type] = scoreOf(body);
    return point;
}

StepPoint stepOf(const json& event) {
    StepPoint point;
    point.step = number(event, {"step"});
    point.epoch = number(event, {"epoch"});
    point.loss = number(event, {"loss"});
    point.floodedLoss = number(event, {"flooded_loss", "flooded"}, point.loss);
    point.learningRate = number(event, {"lr", "learning_rate"});
    point.gradientNorm = number(event, {"gradient_norm", "grad_norm"});
    point.postsPerSecond = number(event, {"posts_per_second", "posts_s", "speed"});
    point.memoryMiB = number(event, {"memory_mib", "memory_mb", "memory"});
    return point;
}

}  // namespace

void RunHistory::addChecks(const json& list) {
    checks.clear();
    const auto words = [](const json& check, const char* name) {
        std::vector<std::string> out;
        if (const auto found = check.find(name); found != check.end() && found->is_array())
            for (const json& value : *found) out.push_back(value.is_string() ? value.get<std::string>() : value.dump());
        return out;
    };
    for (const json& check : list)
        if (check.is_object())
            checks.push_back({word(check, {"code"}), check.value("stops", json()) == true,
                              check.value("overruled", json()) == true, words(check, "args"),
                              words(check, "examples")});
}

/// A resumed run begins again after its last checkpoint: what it had done beyond that is done anew.
void RunHistory::addStart(const json& event) {
    if (event.contains("options") && event["options"].is_object()) options = event["options"];
    if (event.contains("checks") && event["checks"].is_array()) addChecks(event["checks"]);
    device = word(event, {"device"});
    if (const auto found = event.find("parameters"); found != event.end())
        parameters = found->is_object() ? number(*found, {"total"}) : number(event, {"parameters"});
    epochs = int(number(event, {"epochs"}, number(options, {"epochs"})));
    steps = number(event, {"steps"});
    epoch = int(number(event, {"epoch"}));
    std::erase_if(points, [&](const StepPoint& point) { return point.epoch > epoch; });
    std::erase_if(evals, [&](const EvalPoint& point) { return point.epoch > epoch || point.split == "test"; });
    warnings.clear();
    featuresDone = featuresTotal = 0;
    failureCode.clear();
    failureArgs.clear();
    failureText.clear();
    state = RunState::Running;
    if (startTime <= 0) startTime = time;
}

void RunHistory::addEnd(const json& event) {
    const std::string outcome = word(event, {"outcome", "state"});
    if (outcome == "succeeded")
        state = RunState::Succeeded;
    else if (outcome == "cancelled")
        state = RunState::Cancelled;
    else
        state = RunState::Failed;
    if (const int best = int(number(event, {"best_epoch"})); best > 0) bestEpoch = best;
    const json& error = event.contains("error") && event["error"].is_object() ? event["error"] : event;
    failureCode = word(error, {"code"});
    failureText = word(error, {"text", "reason", "message"});
    if (event.contains("error") && event["error"].is_string()) failureText = event["error"].get<std::string>();
    if (error.contains("args") && error["args"].is_array())
        for (const json& arg : error["args"])
            failureArgs.push_back(arg.is_string() ? arg.get<std::string>() : arg.dump());
}

bool RunHistory::add(const json& event) {
    const std::string name = event.is_object() ? word(event, {"event"}) : std::string();
    if (name.empty()) return false;
    time = number(event, {"time"}, time);
    if (name == "start") {
        addStart(event);
    } else if (name == "epoch_start") {
        epoch = int(number(event, {"epoch"}, epoch));
        epochs = int(number(event, {"epochs"}, epochs));
    } else if (name == "step") {
        points.push_back(stepOf(event));
        if (points.size() > kMaxPoints) thin(kMaxPoints / 2);
        steps = number(event, {"steps"}, steps);
        announcedSecondsLeft = int(number(event, {"seconds_left"}, -1));
        state = RunState::Running;
    } else if (name == "eval") {
        evals.push_back(evalOf(event));
        if (const EvalPoint* found = best()) bestEpoch = found->epoch;
    } else if (name == "checkpoint") {
        checkpoint = word(event, {"file", "path", "kind"});
    } else if (name == "warning") {
        warnings.push_back({word(event, {"code"}), word(event, {"text", "message"}), int(number(event, {"count"}))});
    } else if (name == "checks") {
        if (event.contains("checks") && event["checks"].is_array()) addChecks(event["checks"]);
    } else if (name == "features") {
        featuresDone = number(event, {"done"});
        featuresTotal = number(event, {"total"});
    } else if (name == "paused") {
        state = RunState::Paused;
    } else if (name == "resumed") {
        state = RunState::Running;
    } else if (name == "end") {
        addEnd(event);
    } else if (name != "predictions") {
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
    for (const EvalPoint& point : evals)
        if (point.split != "test" && (!found || point.micro.f1 >= found->micro.f1)) found = &point;
    return found;
}

const EvalPoint* RunHistory::test() const {
    for (auto point = evals.crbegin(); point != evals.crend(); ++point)
        if (point->split == "test") return &*point;
    return nullptr;
}

double RunHistory::floodLevel() const {
    return number(options, {"flood_b"});
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
    copy.failureCode = failureCode;
    copy.failureArgs = failureArgs;
    copy.failureText = failureText;
    return copy;
}

std::vector<json> EventLineReader::feed(const QByteArray& bytes) {
    std::vector<json> events;
    m_buffer += bytes;
    qsizetype from = 0;
    for (qsizetype end; (end = m_buffer.indexOf('\n', from)) >= 0; from = end + 1) {
        if (!std::exchange(m_skipping, false)) take(m_buffer.mid(from, end - from), events);
    }
    m_buffer.remove(0, from);
    if (m_buffer.size() > kMaxLineBytes) {
        noteGarbage(m_buffer.left(200));
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

void EventLineReader::take(const QByteArray& line, std::vector<json>& events) {
    const QByteArray text = line.trimmed();
    if (text.isEmpty()) return;
    json event = tryParseJson({text.constData(), static_cast<std::size_t>(text.size())});
    if (event.is_object() && event.contains("event")) {
        m_lastGarbage.clear();
        events.push_back(std::move(event));
    } else {
        noteGarbage(text);
    }
}

void EventLineReader::noteGarbage(const QByteArray& line) {
    constexpr int kKeptBytes = 16 * 1024;
    ++m_garbage;
    m_lastGarbage += line + '\n';
    if (m_lastGarbage.size() > kKeptBytes) m_lastGarbage = m_lastGarbage.right(kKeptBytes);
}

RunHistory readHistory(const QByteArray& lines) {
    RunHistory history;
    EventLineReader reader;
    // In pieces: the values of all lines at once would take many times the file.
    constexpr qsizetype kPieceBytes = 1 << 20;
    for (qsizetype at = 0; at < lines.size(); at += kPieceBytes)
        for (const json& event : reader.feed(lines.mid(at, kPieceBytes))) history.add(event);
    for (const json& event : reader.finish()) history.add(event);
    return history;
}

}  // namespace mnerva::ui
