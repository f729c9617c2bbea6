#pragma once

#include <QObject>
#include <QPointer>
#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/protocol/messages.h"
#include "ui/jobs/child_process.h"

namespace mnerva::ui {

struct EngineOptions {
    QString program;  ///< empty: engineProgram()
    QStringList arguments{QStringLiteral("serve")};
    int helloTimeoutMs = 30000;    ///< start (libtorch takes a second) and version check
    int answerTimeoutMs = 120000;  ///< silence of a running request; progress counts as a sign of life
    int cancelTimeoutMs = 30000;   ///< a cancelled request that does not end: the engine is killed
    int idleQuitMs = 10 * 60000;   ///< without requests the engine is let go and gives its memory back
    int quitTimeoutMs = 3000;
    int maxRestarts = 3;  ///< within restartWindowMs, then a person is asked
    int restartWindowMs = 60000;
};

/// The end of a request: exactly one of the three.
template <typename T>  // "class" would mislead lupdate
using EngineAnswer = std::variant<T, Error, Cancelled>;

/// `mnerva-cli serve` as the window sees it: started by the first request, one request at a time, all on the GUI thread
/// and never waiting. Answers come through the event loop, once each, and are dropped when their context object is
/// gone. If the engine dies, the running request fails with its reason and the waiting ones go to a new engine
/// (architecture.md, "Engine protocol").
class EngineClient : public QObject {
    Q_OBJECT
public:
    enum class State { Stopped, Starting, Ready, Stopping, GaveUp };
    using Ticket = std::uint64_t;
    using Prediction = std::shared_ptr<const protocol::PredictResult>;
    template <class T>
    using Done = std::function<void(const EngineAnswer<T>&)>;

    explicit EngineClient(EngineOptions options = {}, QObject* parent = nullptr);
    ~EngineClient() override;

    State state() const { return m_state; }
    bool isBusy() const { return m_running.has_value() || !m_waiting.empty(); }
    /// The run folder whose model the engine holds now; empty when none.
    const std::string& loadedRun() const { return m_loaded; }

    /// Loads a run's model ahead of its first prediction.
    Ticket load(const protocol::LoadRequest& model, QObject* context, Done<nlohmann::json> done);
    /// Predicts with a run's model, loading it first if another one (or none) is there. Newest wins: an older
    /// prediction that has not been answered ends as cancelled.
    Ticket predict(const protocol::LoadRequest& model, const protocol::PredictRequest& request, QObject* context,
                   Done<Prediction> done);
    /// Explains with a run's model, loading it first if another one is there. `part` gets each method as it is done,
    /// the answer has them all again.
    Ticket explain(const protocol::LoadRequest& model, const protocol::ExplainRequest& request, QObject* context,
                   std::function<void(const protocol::ExplainResult&)> part, Done<protocol::ExplainResult> done);
    /// Any request: `body` gets "id" and "type".
    Ticket request(const std::string& type, nlohmann::json body, QObject* context, Done<nlohmann::json> done);
    /// The request ends as cancelled at once for its owner; unknown or ended tickets are ignored.
    void cancel(Ticket ticket);
    /// The model's files may have changed: the next prediction loads it again.
    void forgetModel() { m_loadedKey.clear(); }
    /// After restartWanted(): forgets the deaths and starts again with the next request.
    void allowRestart();
    /// Lets the engine go (its memory comes back); waiting requests end as cancelled.
    void quit();

Q_SIGNALS:
    void stateChanged(mnerva::ui::EngineClient::State state);
    void progress(mnerva::ui::EngineClient::Ticket ticket, const mnerva::Progress& progress);
    /// The engine died too often; nothing is started until allowRestart().
    void restartWanted(const mnerva::Error& lastError);

private:
    struct Pending {
        Ticket id = 0;
        std::string type;
        nlohmann::json body;
        std::optional<protocol::LoadRequest> model;  ///< must be loaded first
        QPointer<QObject> context;
        Done<nlohmann::json> done;
        std::function<void(const nlohmann::json&)> part;  ///< of the result ahead of the whole; may be empty
        bool abandoned = false;                           ///< its owner was told "cancelled" already
        bool newestWins = false;
    };

    Ticket enqueue(Pending pending);
    void dropOlderPredictions();
    void pump();
    void startEngine();
    void sendNext();
    void send(const nlohmann::json& message);
    void sendLoad(const protocol::LoadRequest& model);
    void onStarted();
    void onOutput();
    void onMessage(const nlohmann::json& message);
    void onHello(const nlohmann::json& message);
    void onLoaded(const nlohmann::json& message);
    void onFinished();
    void onFailedToStart();
    void onSilence();
    void breakConnection(const Error& error);
    void finishRunning(const EngineAnswer<nlohmann::json>& answer);
    void failAll(const Error& error);
    void cancelAllPending();
    void deliver(const Pending& pending, const EngineAnswer<nlohmann::json>& answer);
    void setState(State state);
    int recentDeaths();

    EngineOptions m_options;
    std::unique_ptr<QProcess> m_process;
    StderrTail m_stderr;
    protocol::FrameDecoder m_decoder;
    State m_state = State::Stopped;
    std::deque<Pending> m_waiting;
    std::optional<Pending> m_running;
    std::optional<protocol::LoadRequest> m_loading;  ///< being loaded on behalf of m_running
    Ticket m_lastId = 0, m_awaitedId = 0;            ///< id of the frame whose answer we wait for
    std::string m_loaded, m_loadedKey;
    std::optional<Error> m_breakReason;  ///< why we killed the engine ourselves
    std::vector<qint64> m_deaths;
    QTimer m_silence, m_idle;
};

}  // namespace mnerva::ui
