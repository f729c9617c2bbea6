#include "ui/jobs/engine_client.h"

#include <QDateTime>
#include <algorithm>

#include "core/base/json.h"
#include "core/base/log.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

/// Two loads with equal keys leave the same model in the engine.
std::string keyOf(const protocol::LoadRequest& model) {
    return protocol::toJson(model).dump();
}

Error errorOf(const nlohmann::json& message) {
    return errorFromReport(message).value_or(Error(ErrorCode::ProtocolInvalid, {"an error without a code"}));
}

/// `result`, `error` or `cancelled` of an answer; nothing for progress and for messages that end nothing.
std::optional<EngineAnswer<nlohmann::json>> endOf(const nlohmann::json& message) {
    if (message.contains("result")) return message["result"];
    if (message.contains("error")) return errorOf(message);
    if (message.contains("cancelled")) return Cancelled{};
    return std::nullopt;
}

}  // namespace

EngineClient::EngineClient(EngineOptions options, QObject* parent) : QObject(parent), m_options(std::move(options)) {
    m_silence.setSingleShot(true);
    m_idle.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, &EngineClient::onSilence);
    connect(&m_idle, &QTimer::timeout, this, &EngineClient::quit);
}

EngineClient::~EngineClient() {
    if (m_process) endChild(*m_process);
}

EngineClient::Ticket EngineClient::load(const protocol::LoadRequest& model, QObject* context,
                                        Done<nlohmann::json> done) {
    Pending pending;
    pending.type = "load";
    pending.model = model;
    pending.context = context;
    pending.done = std::move(done);
    return enqueue(std::move(pending));
}

EngineClient::Ticket EngineClient::predict(const protocol::LoadRequest& model, const protocol::PredictRequest& request,
                                           QObject* context, Done<Prediction> done) {
    dropOlderPredictions();
    Pending pending;
    pending.type = "predict";
    pending.body = protocol::toJson(request);
    pending.model = model;
    pending.context = context;
    pending.newestWins = true;
    pending.done = [done = std::move(done)](const EngineAnswer<nlohmann::json>& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) return done(*error);
        if (std::holds_alternative<Cancelled>(answer)) return done(Cancelled{});
        EngineAnswer<Prediction> decoded = Cancelled{};
        try {
            auto result = protocol::predictResultFromJson(std::get<nlohmann::json>(answer));
            decoded = std::make_shared<const protocol::PredictResult>(std::move(result));
        } catch (const Error& error) {
            decoded = error;
        }
        done(decoded);
    };
    return enqueue(std::move(pending));
}

EngineClient::Ticket EngineClient::explain(const protocol::LoadRequest& model, const protocol::ExplainRequest& request,
                                           QObject* context, std::function<void(const protocol::ExplainResult&)> part,
                                           Done<protocol::ExplainResult> done) {
    Pending pending;
    pending.type = "explain";
    pending.body = protocol::toJson(request);
    pending.model = model;
    pending.context = context;
    pending.part = [part = std::move(part)](const nlohmann::json& message) {
        try {
            part(protocol::explainResultFromJson(message));
        } catch (const Error& error) {  // the whole answer has it again, and says what is wrong with it
            log::error(error, "explain");
        }
    };
    pending.done = [done = std::move(done)](const EngineAnswer<nlohmann::json>& answer) {
        if (const auto* error = std::get_if<Error>(&answer)) return done(*error);
        if (std::holds_alternative<Cancelled>(answer)) return done(Cancelled{});
        EngineAnswer<protocol::ExplainResult> decoded = Cancelled{};
        try {
            decoded = protocol::explainResultFromJson(std::get<nlohmann::json>(answer));
        } catch (const Error& error) {
            decoded = error;
        }
        done(decoded);
    };
    return enqueue(std::move(pending));
}

EngineClient::Ticket EngineClient::request(const std::string& type, nlohmann::json body, QObject* context,
                                           Done<nlohmann::json> done) {
    Pending pending;
    pending.type = type;
    pending.body = std::move(body);
    pending.context = context;
    pending.done = std::move(done);
    return enqueue(std::move(pending));
}

EngineClient::Ticket EngineClient::enqueue(Pending pending) {
    pending.id = ++m_lastId;
    const Ticket ticket = pending.id;
    m_waiting.push_back(std::move(pending));
    // Through the event loop: a caller gets its ticket before anything can come of it.
    QMetaObject::invokeMethod(this, &EngineClient::pump, Qt::QueuedConnection);
    return ticket;
}

void EngineClient::dropOlderPredictions() {
    if (m_running && m_running->newestWins && !m_running->abandoned) cancel(m_running->id);
    std::vector<Ticket> older;
    for (const Pending& pending : m_waiting)
        if (pending.newestWins) older.push_back(pending.id);
    for (const Ticket ticket : older) cancel(ticket);
}

void EngineClient::cancel(Ticket ticket) {
    const auto waiting =
        std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Pending& p) { return p.id == ticket; });
    if (waiting != m_waiting.end()) {
        deliver(*waiting, Cancelled{});
        m_waiting.erase(waiting);
        return;
    }
    if (!m_running || m_running->id != ticket || m_running->abandoned) return;
    deliver(*m_running, Cancelled{});
    m_running->abandoned = true;
    if (m_state != State::Ready) return;
    // A model that is being loaded is wanted by the next request as a rule: loading goes on.
    if (!m_loading) send({{"id", ++m_lastId}, {"type", "cancel"}, {"target", m_awaitedId}});
    m_silence.start(m_loading ? m_options.answerTimeoutMs : m_options.cancelTimeoutMs);
}

void EngineClient::allowRestart() {
    m_deaths.clear();
    if (m_state == State::GaveUp) setState(State::Stopped);
    pump();
}

void EngineClient::quit() {
    cancelAllPending();
    m_idle.stop();
    if (!m_process || m_state == State::Stopping) return;
    if (m_process->state() == QProcess::Running) {
        send({{"id", ++m_lastId}, {"type", "quit"}});
        m_process->closeWriteChannel();
    }
    setState(State::Stopping);
    m_silence.start(m_options.quitTimeoutMs);
}

void EngineClient::pump() {
    if (m_running || m_waiting.empty()) {
        if (!m_running && m_state == State::Ready) m_idle.start(m_options.idleQuitMs);
        return;
    }
    m_idle.stop();
    switch (m_state) {
        case State::Stopped:
            startEngine();
            break;
        case State::Ready:
            sendNext();
            break;
        case State::GaveUp:
            failAll(Error(ErrorCode::EngineDied, {toUtf8(tr("it was started too often"))}));
            break;
        case State::Starting:
        case State::Stopping:
            break;  // goes on when the engine is there, or gone
    }
}

void EngineClient::startEngine() {
    m_decoder = {};
    m_stderr.clear();
    m_loaded.clear();
    m_loadedKey.clear();
    m_breakReason.reset();
    m_process = std::make_unique<QProcess>();
    prepareChild(*m_process, ChildPriority::Low);
    connect(m_process.get(), &QProcess::started, this, &EngineClient::onStarted);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &EngineClient::onOutput);
    connect(m_process.get(), &QProcess::readyReadStandardError, this,
            [this] { m_stderr.feed(m_process->readAllStandardError()); });
    connect(m_process.get(), &QProcess::finished, this, &EngineClient::onFinished);
    // Queued: QProcess reports this from within start().
    connect(
        m_process.get(), &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) onFailedToStart();
        },
        Qt::QueuedConnection);
    setState(State::Starting);
    m_silence.start(m_options.helloTimeoutMs);
    m_process->start(m_options.program.isEmpty() ? engineProgram() : m_options.program, m_options.arguments);
}

void EngineClient::onStarted() {
    m_awaitedId = ++m_lastId;
    send({{"id", m_awaitedId}, {"type", "hello"}, {"version", protocol::kProtocolVersion}});
}

void EngineClient::sendNext() {
    m_running = std::move(m_waiting.front());
    m_waiting.pop_front();
    const bool wantsLoad = m_running->type == "load";
    if (m_running->model && (wantsLoad || keyOf(*m_running->model) != m_loadedKey)) return sendLoad(*m_running->model);
    nlohmann::json message = m_running->body.is_object() ? m_running->body : nlohmann::json::object();
    m_awaitedId = m_running->id;
    message["id"] = m_awaitedId;
    message["type"] = m_running->type;
    try {
        send(message);
    } catch (const Error& error) {  // larger than a frame may be: the engine is fine, the request is not
        return finishRunning(error);
    }
    m_silence.start(m_options.answerTimeoutMs);
}

void EngineClient::sendLoad(const protocol::LoadRequest& model) {
    m_loading = model;
    m_awaitedId = ++m_lastId;
    nlohmann::json message = protocol::toJson(model);
    message["id"] = m_awaitedId;
    message["type"] = "load";
    send(message);
    m_silence.start(m_options.answerTimeoutMs);
}

void EngineClient::send(const nlohmann::json& message) {
    const std::string frame = protocol::encodeFrame(message);
    if (m_process) m_process->write(frame.data(), qint64(frame.size()));
}

void EngineClient::onOutput() {
    const QByteArray bytes = m_process->readAllStandardOutput();
    if (m_state == State::Stopping || m_breakReason) return;
    try {
        m_decoder.feed({bytes.constData(), std::size_t(bytes.size())});
        while (!m_breakReason) {
            const std::optional<nlohmann::json> message = m_decoder.next();
            if (!message) break;
            if (!message->is_object()) throw Error(ErrorCode::ProtocolInvalid, {"a message that is no map"});
            onMessage(*message);
        }
    } catch (const Error& error) {
        breakConnection(error);
    } catch (const nlohmann::json::exception& error) {
        breakConnection(Error(ErrorCode::ProtocolInvalid, {error.what()}));
    }
}

void EngineClient::onMessage(const nlohmann::json& message) {
    const Ticket id = message.value("id", Ticket(0));
    if (id == 0 && message.contains("error")) {  // the engine could not even read what we sent
        failAll(errorOf(message));
        return;
    }
    if (id != m_awaitedId || id == 0) return;  // late answers of what nobody waits for
    if (message.contains("progress")) {
        const auto& body = message["progress"];
        // A load that nobody waits for goes on (cancel()), and so does its right to take long.
        if (!m_running || !m_running->abandoned || m_loading) m_silence.start(m_options.answerTimeoutMs);
        if (m_running && body.is_object())
            Q_EMIT progress(m_running->id,
                            Progress{body.value("stage", std::string()), body.value("done", std::int64_t(0)),
                                     body.value("total", std::int64_t(0))});
        return;
    }
    if (message.contains("part")) {
        m_silence.start(m_options.answerTimeoutMs);
        if (m_running && !m_running->abandoned && m_running->part && m_running->context)
            QMetaObject::invokeMethod(
                m_running->context.data(), [part = m_running->part, body = message["part"]] { part(body); },
                Qt::QueuedConnection);
        return;
    }
    if (m_state == State::Starting) return onHello(message);
    if (m_loading) return onLoaded(message);
    if (auto end = endOf(message)) {
        finishRunning(*end);
        pump();
    }
}

void EngineClient::onHello(const nlohmann::json& message) {
    const auto answer = endOf(message);
    if (!answer) return;
    if (const auto* error = std::get_if<Error>(&*answer)) {
        failAll(*error);
        return quit();
    }
    int version = 0;
    if (const auto* result = std::get_if<nlohmann::json>(&*answer); result && result->is_object())
        version = wholeNumberOr(*result, "version", 0);
    if (version != protocol::kProtocolVersion) {
        failAll(Error(ErrorCode::EngineVersion, {std::to_string(version), std::to_string(protocol::kProtocolVersion)}));
        return quit();
    }
    m_silence.stop();
    setState(State::Ready);
    pump();
}

void EngineClient::onLoaded(const nlohmann::json& message) {
    const auto answer = endOf(message);
    if (!answer) return;
    const protocol::LoadRequest model = *std::exchange(m_loading, std::nullopt);
    const bool loaded = std::holds_alternative<nlohmann::json>(*answer);
    m_loaded = loaded ? model.runFolder : std::string();
    m_loadedKey = loaded ? keyOf(model) : std::string();
    if (!loaded || m_running->type == "load" || m_running->abandoned) {
        finishRunning(*answer);
    } else {
        m_waiting.push_front(std::move(*m_running));
        m_running.reset();
        m_silence.stop();
    }
    pump();
}

void EngineClient::onFailedToStart() {
    const Error error(ErrorCode::EngineDied, {toUtf8(endReason(*m_process, m_stderr))});
    logDeath(*m_process, m_stderr);
    m_silence.stop();
    m_process.release()->deleteLater();
    setState(State::Stopped);
    failAll(error);  // a program that is not there does not come by trying again
}

void EngineClient::onFinished() {
    m_silence.stop();
    m_idle.stop();
    m_stderr.feed(m_process->readAllStandardError());
    const bool wanted = m_state == State::Stopping;
    if (!wanted) logDeath(*m_process, m_stderr);
    const Error error =
        m_breakReason ? *m_breakReason : Error(ErrorCode::EngineDied, {toUtf8(endReason(*m_process, m_stderr))});
    m_process.release()->deleteLater();
    m_loading.reset();
    m_loaded.clear();
    m_loadedKey.clear();
    if (!wanted) m_deaths.push_back(QDateTime::currentMSecsSinceEpoch());
    if (m_running) finishRunning(error);
    if (recentDeaths() > m_options.maxRestarts) {
        setState(State::GaveUp);
        failAll(error);
        Q_EMIT restartWanted(error);
        return;
    }
    setState(State::Stopped);
    pump();
}

void EngineClient::onSilence() {
    if (!m_process) return;
    if (m_state == State::Stopping) return m_process->kill();
    const int ms = m_state == State::Starting ? m_options.helloTimeoutMs : m_silence.interval();
    const Error error(ErrorCode::EngineSilent, {std::to_string(std::max(1, ms / 1000))});
    // An engine that says nothing at its start would say nothing to the waiting requests either.
    if (m_state == State::Starting) failAll(error);
    breakConnection(error);
}

void EngineClient::breakConnection(const Error& error) {
    m_breakReason = error;
    m_silence.stop();
    if (m_running) finishRunning(error);
    m_process->kill();  // onFinished() goes on
}

void EngineClient::finishRunning(const EngineAnswer<nlohmann::json>& answer) {
    m_silence.stop();
    const Pending pending = *std::exchange(m_running, std::nullopt);
    if (!pending.abandoned) deliver(pending, answer);
}

void EngineClient::failAll(const Error& error) {
    if (m_running) finishRunning(error);
    const std::deque<Pending> waiting = std::exchange(m_waiting, {});
    for (const Pending& pending : waiting) deliver(pending, error);
}

void EngineClient::cancelAllPending() {
    if (m_running) finishRunning(Cancelled{});
    const std::deque<Pending> waiting = std::exchange(m_waiting, {});
    for (const Pending& pending : waiting) deliver(pending, Cancelled{});
}

void EngineClient::deliver(const Pending& pending, const EngineAnswer<nlohmann::json>& answer) {
    if (!pending.context || !pending.done) return;
    QMetaObject::invokeMethod(
        pending.context.data(), [done = pending.done, answer] { done(answer); }, Qt::QueuedConnection);
}

void EngineClient::setState(State state) {
    if (m_state == state) return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

int EngineClient::recentDeaths() {
    const qint64 oldest = QDateTime::currentMSecsSinceEpoch() - m_options.restartWindowMs;
    std::erase_if(m_deaths, [&](qint64 at) { return at < oldest; });
    return int(m_deaths.size());
}

}  // namespace mnerva::ui
