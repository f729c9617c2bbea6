#include "ui/jobs/child_process.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QStringList>

#include "core/base/json.h"
#include "core/base/log.h"

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace mnerva::ui {
namespace {
constexpr int kTailBytes = 16 * 1024;
constexpr int kCollectMs = 2000;
constexpr int kLowPriority = 10;

QString howItEnded(const QProcess& process) {
    return process.exitStatus() == QProcess::CrashExit ? QStringLiteral("signal %1").arg(process.exitCode())
                                                       : QStringLiteral("exit status %1").arg(process.exitCode());
}

}  // namespace

QString engineProgram() {
    const QString given = qEnvironmentVariable("MNERVA_CLI");
    if (!given.isEmpty()) return given;
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("mnerva-cli"));
}

void prepareChild(QProcess& process, ChildPriority priority) {
    process.setProcessChannelMode(QProcess::SeparateChannels);
    // Arithmetic threads that spin while they wait slow the window and themselves down as soon as a core is shared.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!environment.contains(QStringLiteral("OMP_WAIT_POLICY")))
        environment.insert(QStringLiteral("OMP_WAIT_POLICY"), QStringLiteral("passive"));
    process.setProcessEnvironment(environment);
#ifdef Q_OS_UNIX
    if (priority == ChildPriority::Low)
        process.setChildProcessModifier([] { ::setpriority(PRIO_PROCESS, 0, kLowPriority); });
#else
    Q_UNUSED(priority);
#endif
}

void endChild(QProcess& process) {
    if (process.state() == QProcess::NotRunning) return;
    process.disconnect();
    process.kill();
    process.waitForFinished(kCollectMs);
}

void StderrTail::feed(const QByteArray& bytes) {
    m_bytes += bytes;
    if (m_bytes.size() > kTailBytes) m_bytes = m_bytes.right(kTailBytes);
}

QString StderrTail::text(int lines) const {
    QStringList kept;
    const QList<QByteArray> all = m_bytes.split('\n');
    for (auto line = all.crbegin(); line != all.crend() && kept.size() < lines; ++line) {
        const QString text = QString::fromUtf8(*line).trimmed();
        if (!text.isEmpty()) kept.prepend(text);
    }
    return kept.join(QStringLiteral(" / "));
}

std::optional<Error> errorFromReport(const nlohmann::json& body) {
    if (!body.is_object()) return std::nullopt;
    if (body.contains("error")) return errorFromReport(body["error"]);
    const auto code = body.find("code");
    if (code == body.end() || !code->is_string()) return std::nullopt;
    const std::string name = code->get<std::string>();
    std::vector<std::string> args;
    if (const auto found = body.find("args"); found != body.end() && found->is_array())
        for (const auto& arg : *found) args.push_back(arg.is_string() ? arg.get<std::string>() : arg.dump());
    const ErrorCode known = errorFromName(name);
    if (known == ErrorCode::Internal && args.empty()) args.push_back(name);  // a code of a newer engine
    return Error(known, std::move(args));
}

std::optional<Error> errorFromReport(const QByteArray& text) {
    return errorFromReport(tryParseJson({text.constData(), static_cast<std::size_t>(text.size())}));
}

QString endReason(const QProcess& process, const StderrTail& tail) {
    const QString words = tail.text();
    if (process.error() == QProcess::FailedToStart)
        return QStringLiteral("%1: %2").arg(process.program(), process.errorString());
    const QString how = howItEnded(process);
    return words.isEmpty() ? how : QStringLiteral("%1 (%2)").arg(words, how);
}

void logDeath(const QProcess& process, const StderrTail& tail) {
    const QString child = QFileInfo(process.program()).fileName() + QLatin1Char(' ') + process.arguments().value(0);
    const bool started = process.error() != QProcess::FailedToStart;
    log::deathOf(child.toStdString(), (started ? howItEnded(process) : process.errorString()).toStdString(),
                 tail.bytes().toStdString());
}

}  // namespace mnerva::ui
