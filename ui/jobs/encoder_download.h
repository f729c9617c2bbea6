#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <functional>
#include <memory>

#include "ui/jobs/child_process.h"

namespace mnerva::ui {

/// How a download ended; for Failed a sentence and what the program said last.
struct DownloadEnd {
    enum class Kind { Done, Failed, Cancelled };
    Kind kind = Kind::Failed;
    QString problem, detail;
};

/// Fetches a text encoder from a hub into a new folder by packaging/get-encoder.sh, which the window carries with it.
/// Ends exactly once, through the event loop, and deletes itself; nothing is left of one that failed or was cancelled,
/// and a folder that holds something is left as it is.
class EncoderDownload : public QObject {
    Q_OBJECT
public:
    static EncoderDownload* start(const QString& name, const QString& folder, QObject* parent,
                                  std::function<void(const DownloadEnd&)> done);
    ~EncoderDownload() override;
    void cancel();

    /// What is wrong with a name as a person typed it, as a sentence; empty: "org/name" or a name that is known.
    static QString nameProblem(const QString& name);

Q_SIGNALS:
    /// Bytes.
    void progress(qint64 done, qint64 total);

private:
    EncoderDownload(QObject* parent, std::function<void(const DownloadEnd&)> done);
    void onFinished();
    void end(const DownloadEnd& how);

    std::unique_ptr<QProcess> m_process;
    std::function<void(const DownloadEnd&)> m_done;
    StderrTail m_stderr;
    bool m_cancelled = false;
};

}  // namespace mnerva::ui
