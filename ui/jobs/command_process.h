#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <variant>

#include "core/base/error.h"
#include "ui/jobs/child_process.h"

namespace mnerva::ui {

using CommandResult = std::variant<nlohmann::json, Error, Cancelled>;

/// One `mnerva-cli ... --json`: its one object, or an Error. Ends exactly once through the event loop and deletes
/// itself; the end is dropped (and the program killed) when the parent goes first.
class CommandProcess : public QObject {
    Q_OBJECT
public:
    /// `arguments` without "--json". `program` empty: engineProgram().
    static CommandProcess* run(const QStringList& arguments, QObject* parent,
                               std::function<void(const CommandResult&)> done, const QString& program = {});
    ~CommandProcess() override;

    /// Asks the program to stop (SIGTERM); the end is Cancelled.
    void cancel();

Q_SIGNALS:
    /// What the program writes to stderr meanwhile, line by line.
    void message(const QString& line);

private:
    CommandProcess(QObject* parent, std::function<void(const CommandResult&)> done);
    void onFinished();
    CommandResult result() const;
    void end(const CommandResult& result);

    std::unique_ptr<QProcess> m_process;
    std::function<void(const CommandResult&)> m_done;
    QByteArray m_output;
    StderrTail m_stderr;
    bool m_cancelled = false;
};

/// A command line as a person could type it into a shell: arguments quoted where they need it.
QString shellText(const QString& program, const QStringList& arguments);

}  // namespace mnerva::ui
