#include "ui/jobs/encoder_download.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QTimer>

#include "core/protocol/progress_line.h"
#include "ui/base/text_border.h"

namespace mnerva::ui {
namespace {

constexpr int kStopPatienceMs = 5'000;
// Exit statuses that get-encoder.sh names.
constexpr int kNotEmpty = 1, kOutOfReach = 3, kDamaged = 4, kNoEncoder = 5;

QString sentenceOf(int status) {
    switch (status) {
        case kNotEmpty:
            return EncoderDownload::tr("The folder for it is not empty, or cannot be written.");
        case kOutOfReach:
            return EncoderDownload::tr(
                "The hub is out of reach, or does not know this name. A folder that was copied here by other means can "
                "be added.");
        case kDamaged:
            return EncoderDownload::tr("The weights arrived damaged. Try again.");
        case kNoEncoder:
            return EncoderDownload::tr(
                "This is no encoder that can be used: it needs the vocabulary of a BERT, RoBERTa "
                "or XLM-RoBERTa.");
        default:
            return EncoderDownload::tr("The download broke off.");
    }
}

QString script() {
    QFile file(QStringLiteral(":/get-encoder.sh"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

EncoderDownload::EncoderDownload(QObject* parent, std::function<void(const DownloadEnd&)> done)
    : QObject(parent), m_process(std::make_unique<QProcess>()), m_done(std::move(done)) {}

EncoderDownload::~EncoderDownload() {
    if (m_process->state() == QProcess::NotRunning) return;
    // It clears up after itself when it is asked to end, which takes no time.
    m_process->disconnect();
    m_process->terminate();
    if (!m_process->waitForFinished(1000)) endChild(*m_process);
}

EncoderDownload* EncoderDownload::start(const QString& name, const QString& folder, QObject* parent,
                                        std::function<void(const DownloadEnd&)> done) {
    auto* download = new EncoderDownload(parent, std::move(done));
    QProcess& process = *download->m_process;
    prepareChild(process, ChildPriority::Low);
    QProcessEnvironment environment = process.processEnvironment();
    environment.insert(QStringLiteral("MNERVA_PROGRESS"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    connect(&process, &QProcess::readyReadStandardError, download, [download] {
        const QByteArray bytes = download->m_process->readAllStandardError();
        QByteArray words;
        for (const QByteArray& line : bytes.split('\n')) {
            if (const auto progress = protocol::progressFromLine(line.trimmed().toStdString()))
                Q_EMIT download->progress(progress->done, progress->total);
            else
                words += line + '\n';
        }
        download->m_stderr.feed(words);
    });
    connect(&process, &QProcess::finished, download, &EncoderDownload::onFinished);
    connect(
        &process, &QProcess::errorOccurred, download,
        [download](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                download->end({DownloadEnd::Kind::Failed, tr("There is no bash here, which fetches encoders."), {}});
        },
        Qt::QueuedConnection);
    QDir().mkpath(QFileInfo(folder).absolutePath());
    // The script as an argument: what it calls must not read the rest of it from standard input.
    process.start(QStringLiteral("bash"),
                  {QStringLiteral("-c"), script(), QStringLiteral("get-encoder"), name, folder});
    process.closeWriteChannel();
    return download;
}

void EncoderDownload::cancel() {
    if (m_cancelled) return;
    m_cancelled = true;
    m_process->terminate();
    QTimer::singleShot(kStopPatienceMs, this, [this] { m_process->kill(); });
}

void EncoderDownload::onFinished() {
    if (m_cancelled) return end({DownloadEnd::Kind::Cancelled, {}, {}});
    if (m_process->exitStatus() == QProcess::NormalExit && m_process->exitCode() == 0)
        return end({DownloadEnd::Kind::Done, {}, {}});
    const bool crashed = m_process->exitStatus() == QProcess::CrashExit;
    end({DownloadEnd::Kind::Failed, sentenceOf(crashed ? -1 : m_process->exitCode()), m_stderr.text()});
}

void EncoderDownload::end(const DownloadEnd& how) {
    const auto done = std::exchange(m_done, nullptr);
    if (!done) return;
    deleteLater();
    done(how);
}

QString EncoderDownload::nameProblem(const QString& name) {
    static const QRegularExpression known(
        QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9][A-Za-z0-9._-]{0,95})?$"));
    if (known.match(name.trimmed()).hasMatch() && !name.contains(QStringLiteral(".."))) return {};
    return tr("An encoder is called as on the hub, such as google-bert/bert-base-uncased.");
}

}  // namespace mnerva::ui
