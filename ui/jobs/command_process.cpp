#include "ui/jobs/command_process.h"

#include <QRegularExpression>
#include <QTimer>

#include "core/base/json.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {
constexpr int kCancelPatienceMs = 5'000;
constexpr qsizetype kMaxOutputBytes = 64 << 20;
}  // namespace

CommandProcess::CommandProcess(QObject* parent, std::function<void(const CommandResult&)> done)
    : QObject(parent), m_process(std::make_unique<QProcess>()), m_done(std::move(done)) {}

CommandProcess::~CommandProcess() {
    endChild(*m_process);
}

CommandProcess* CommandProcess::run(const QStringList& arguments, QObject* parent,
                                    std::function<void(const CommandResult&)> done, const QString& program) {
    auto* command = new CommandProcess(parent, std::move(done));
    QProcess& process = *command->m_process;
    prepareChild(process, ChildPriority::Low);
    connect(&process, &QProcess::readyReadStandardOutput, command, [command] {
        command->m_output += command->m_process->readAllStandardOutput();
        if (command->m_output.size() > kMaxOutputBytes) command->m_process->kill();
    });
    connect(&process, &QProcess::readyReadStandardError, command, [command] {
        const QByteArray bytes = command->m_process->readAllStandardError();
        command->m_stderr.feed(bytes);
        for (const QByteArray& line : bytes.split('\n'))
            if (!line.trimmed().isEmpty()) Q_EMIT command->message(QString::fromUtf8(line).trimmed());
    });
    connect(&process, &QProcess::finished, command, &CommandProcess::onFinished);
    connect(
        &process, &QProcess::errorOccurred, command,
        [command](QProcess::ProcessError error) {
            if (error != QProcess::FailedToStart) return;
            logDeath(*command->m_process, command->m_stderr);
            command->end(Error(ErrorCode::EngineDied, {toUtf8(endReason(*command->m_process, command->m_stderr))}));
        },
        Qt::QueuedConnection);
    process.start(program.isEmpty() ? engineProgram() : program, QStringList(arguments) << QStringLiteral("--json"));
    process.closeWriteChannel();
    return command;
}

void CommandProcess::cancel() {
    if (m_cancelled) return;
    m_cancelled = true;
    m_process->terminate();
    QTimer::singleShot(kCancelPatienceMs, this, [this] { m_process->kill(); });
}

void CommandProcess::onFinished() {
    m_output += m_process->readAllStandardOutput();
    m_stderr.feed(m_process->readAllStandardError());
    end(result());
}

CommandResult CommandProcess::result() const {
    constexpr int kCancelledStatus = 130;
    if (m_cancelled) return Cancelled{};
    const bool crashed = m_process->exitStatus() == QProcess::CrashExit;
    if (!crashed && m_process->exitCode() == kCancelledStatus) return Cancelled{};
    nlohmann::json body = tryParseJson({m_output.constData(), static_cast<std::size_t>(m_output.size())});
    if (body.is_object() && body.contains("error"))
        if (const auto error = errorFromReport(body)) return *error;
    if (crashed || m_process->exitCode() != 0) {
        logDeath(*m_process, m_stderr);
        return Error(ErrorCode::EngineDied, {toUtf8(endReason(*m_process, m_stderr))});
    }
    if (!body.is_object())
        return Error(ErrorCode::ProtocolInvalid, {"no JSON object: " + m_output.left(120).toStdString()});
    return body;
}

void CommandProcess::end(const CommandResult& result) {
    const auto done = std::exchange(m_done, nullptr);
    if (!done) return;
    deleteLater();
    done(result);
}

QString shellText(const QString& program, const QStringList& arguments) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    QStringList words{program};
    words += arguments;
    for (QString& word : words) {
        if (plain.match(word).hasMatch()) continue;
        word = QLatin1Char('\'') + QString(word).replace(QLatin1Char('\''), QLatin1String("'\\''")) + QLatin1Char('\'');
    }
    return words.join(QLatin1Char(' '));
}

}  // namespace mnerva::ui
