#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/protocol/training_history.h"
#include "ui/jobs/child_process.h"

namespace mnerva::ui {

/// One running `mnerva-cli train`: its events as signals, four words to it. Ends exactly once, by its `end` event or,
/// when it died without one, with the reason it left behind.
class TrainProcess : public QObject {
    Q_OBJECT
public:
    explicit TrainProcess(QObject* parent = nullptr);
    ~TrainProcess() override;

    /// `program` empty: engineProgram(). The process runs at low priority so that tagging stays fluid beside it.
    void start(const QStringList& arguments, const QString& program = {});
    bool isRunning() const;
    bool isPaused() const { return m_paused; }
    bool finishAsked() const { return m_finishAsked; }
    bool stopAsked() const { return m_stopAsked; }

    void pause();
    void resume();
    /// After this epoch, then the test.
    void finish();
    /// Now; the last checkpoint stays. A process that does not listen is sent SIGTERM, then killed.
    void stop();

    const protocol::RunHistory& history() const { return m_history; }
    /// Why the run failed; empty unless it did.
    const std::optional<Error>& failure() const { return m_failure; }

Q_SIGNALS:
    void eventReceived(const nlohmann::json& event);
    /// At most 20 times a second: history() has grown.
    void historyChanged();
    void ended(mnerva::protocol::RunState state);

private:
    void say(const char* word);
    void onOutput();
    void take(const nlohmann::json& event);
    void onFinished();
    void onFailedToStart();
    void end(protocol::RunState state);

    std::unique_ptr<QProcess> m_process;
    StderrTail m_stderr;
    protocol::EventLineReader m_reader;
    protocol::RunHistory m_history;
    std::optional<Error> m_failure;
    QTimer *m_notify, *m_escalate;
    int m_escalations = 0;
    bool m_paused = false, m_finishAsked = false, m_stopAsked = false, m_ended = false;
};

}  // namespace mnerva::ui
