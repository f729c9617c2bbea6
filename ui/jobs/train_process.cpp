#include "ui/jobs/train_process.h"

#include "core/base/check.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {
constexpr int kNotifyMs = 50;
constexpr int kStopPatienceMs = 15'000;  // a step of a large model on two cores, and its checkpoint
}  // namespace

TrainProcess::TrainProcess(QObject* parent)
    : QObject(parent), m_notify(new QTimer(this)), m_escalate(new QTimer(this)) {
    m_notify->setSingleShot(true);
    m_notify->setInterval(kNotifyMs);
    connect(m_notify, &QTimer::timeout, this, &TrainProcess::historyChanged);
    m_escalate->setInterval(kStopPatienceMs);
    connect(m_escalate, &QTimer::timeout, this, [this] {
        if (!isRunning()) return m_escalate->stop();
        if (m_escalations++ == 0)
            m_process->terminate();
        else
            m_process->kill();
    });
}

TrainProcess::~TrainProcess() {
    if (m_process) endChild(*m_process);
}

void TrainProcess::start(const QStringList& arguments, const QString& program) {
    MNERVA_CHECK(!m_process);
    m_process = std::make_unique<QProcess>();
    prepareChild(*m_process, ChildPriority::Low);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &TrainProcess::onOutput);
    connect(m_process.get(), &QProcess::readyReadStandardError, this,
            [this] { m_stderr.feed(m_process->readAllStandardError()); });
    connect(m_process.get(), &QProcess::finished, this, &TrainProcess::onFinished);
    connect(
        m_process.get(), &QProcess::errorOccurred, this,
        [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart) onFailedToStart();
        },
        Qt::QueuedConnection);
    m_history.state = protocol::RunState::Running;
    // With --json a failure before the first event is told with its code, so that it can be translated. When this
    // window is gone, however it went, the pipe to the run ends with it: the run stops and keeps its last checkpoint.
    m_process->start(program.isEmpty() ? engineProgram() : program,
                     QStringList(arguments) << QStringLiteral("--json") << QStringLiteral("--until-input-ends"));
}

bool TrainProcess::isRunning() const {
    return m_process && !m_ended;
}

void TrainProcess::pause() {
    if (!isRunning() || m_paused) return;
    say("pause\n");
    m_paused = true;
    m_history.state = protocol::RunState::Paused;
    m_notify->start();
}

void TrainProcess::resume() {
    if (!isRunning() || !m_paused) return;
    say("resume\n");
    m_paused = false;
    m_history.state = protocol::RunState::Running;
    m_notify->start();
}

void TrainProcess::finish() {
    if (!isRunning() || m_finishAsked) return;
    resume();  // a paused run would never come to the end of its epoch
    say("finish\n");
    m_finishAsked = true;
    m_notify->start();
}

void TrainProcess::stop() {
    if (!isRunning() || m_stopAsked) return;
    say("stop\n");
    m_stopAsked = true;
    m_escalate->start();
    m_notify->start();
}

void TrainProcess::say(const char* word) {
    m_process->write(word);
}

void TrainProcess::onOutput() {
    for (const nlohmann::json& event : m_reader.feed(m_process->readAllStandardOutput().toStdString())) take(event);
}

void TrainProcess::take(const nlohmann::json& event) {
    if (!m_history.add(event)) return;
    if (m_paused && m_history.state == protocol::RunState::Running) m_history.state = protocol::RunState::Paused;
    Q_EMIT eventReceived(event);
    if (!m_notify->isActive()) m_notify->start();
}

void TrainProcess::onFailedToStart() {
    logDeath(*m_process, m_stderr);
    m_failure = Error(ErrorCode::EngineDied, {toUtf8(endReason(*m_process, m_stderr))});
    end(protocol::RunState::Failed);
}

void TrainProcess::onFinished() {
    onOutput();
    m_stderr.feed(m_process->readAllStandardError());
    for (const nlohmann::json& event : m_reader.finish()) take(event);
    const protocol::RunState said = m_history.state;
    if (said == protocol::RunState::Succeeded || said == protocol::RunState::Cancelled) return end(said);
    if (said == protocol::RunState::Failed && !m_history.failure.code.empty()) {
        m_failure = Error(errorFromName(m_history.failure.code), m_history.failure.args);
        return end(protocol::RunState::Failed);
    }
    if (const auto told = errorFromReport(QByteArray::fromStdString(m_reader.lastGarbage()))) {
        m_failure = *told;
        return end(protocol::RunState::Failed);
    }
    // A stop that was asked for is no failure, however roughly the process left.
    if (m_stopAsked) return end(protocol::RunState::Cancelled);
    logDeath(*m_process, m_stderr);
    std::string reason = m_history.failure.text;
    if (reason.empty()) reason = toUtf8(endReason(*m_process, m_stderr));
    m_failure = Error(ErrorCode::EngineDied, {reason});
    end(protocol::RunState::Failed);
}

void TrainProcess::end(protocol::RunState state) {
    if (m_ended) return;
    m_ended = true;
    m_paused = false;
    m_escalate->stop();
    m_notify->stop();
    m_history.state = state;
    Q_EMIT historyChanged();
    Q_EMIT ended(state);
}

}  // namespace mnerva::ui
