#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/pages/data/backups_dialog.h"
#include "ui/pages/data/data_commands.h"
#include "ui/pages/data/rescue_host.h"
#include "ui/session/project_session.h"
#include "ui/widgets/dialogs.h"

// Backups and repairs: the part of DataCommands that saves what would be lost.

namespace mnerva::ui {
namespace {

QString counted(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

}  // namespace

void DataCommands::connectRescue() {
    connect(m_rescue, &RescueHost::backedUp, this, &DataCommands::backedUp);
    connect(m_rescue, &RescueHost::repaired, this, &DataCommands::offerRepaired);
    connect(m_rescue, &RescueHost::replaced, this, [this](const QString& folder, const QString& aside) {
        const QString kept = aside.isEmpty()
                                 ? QString()
                                 : tr("The file that was there is kept: %1").arg(QDir::toNativeSeparators(aside));
        connect(
            &m_session, &ProjectSession::opened, this,
            [this, kept, folder] {
                if (m_session.folder() != folder) return;
                Banner::Notice notice;
                notice.kind = Banner::Kind::Good;
                notice.text = tr("The project is open with the file that you chose.");
                notice.detail = kept;
                Q_EMIT noticed(notice);
            },
            static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
        open(folder);
    });
    connect(m_rescue, &RescueHost::failed, this, [this](const Error& error, const QString& what) {
        Banner::Notice notice;
        notice.error = error;
        notice.text = what;
        Q_EMIT noticed(notice);
    });
}

QString DataCommands::rescueFolder() const {
    return m_session.isOpen() ? m_session.folder() : m_askedFolder;
}

bool DataCommands::closeForRescue() {
    if (!m_session.isOpen()) return true;
    m_askedFolder = m_session.folder();
    if (!mayLeave()) return false;
    m_session.close();
    return true;
}

void DataCommands::backedUp(const project::DailyBackup& backup, bool isDaily) {
    if (!isDaily)
        Q_EMIT message(backup.made ? tr("A backup was made.") : tr("Nothing has changed since the newest backup."));
    if (backup.findings.isEmpty()) return;
    const Finding& finding = backup.findings.list().front();
    const bool isDamaged = finding.code == "backup-damaged";
    Banner::Notice notice;
    notice.kind = Banner::Kind::Warning;
    notice.text = tr("%1.", "a sentence").arg(findingText(finding.code));
    notice.detail = fromUtf8(finding.text);
    if (isDamaged) {
        notice.button = tr("Repair…");
        notice.run = [this] { repairProject(); };
    }
    Q_EMIT noticed(notice);
}

void DataCommands::showBackups() {
    const QString folder = rescueFolder();
    if (folder.isEmpty() || m_rescue->isBusy()) return;
    BackupsDialog dialog(folder, m_session.isOpen() && !m_session.isReadOnly(), m_window);
    const int answer = dialogs::run(dialog);
    if (answer == BackupsDialog::kMakeOne) return m_rescue->backUp();
    const QString chosen = dialog.chosen();
    if (answer != QDialog::Accepted || chosen.isEmpty()) return;
    const int sure = dialogs::ask(
        m_window,
        {QStringLiteral("restore-backup"),
         tr("Go back to a backup"),
         tr("Go back to the backup of %1?").arg(dialog.chosenTime()),
         tr("What was done since is not in it. The present file is kept in the folder “backups” of the project."),
         {tr("Go back"), tr("Keep the present state")}});
    if (sure == 0 && closeForRescue()) m_rescue->replace(folder, chosen);
}

void DataCommands::repairProject() {
    const QString folder = rescueFolder();
    if (folder.isEmpty() || m_rescue->isBusy() || !closeForRescue()) return;
    m_rescue->repair(folder);
}

void DataCommands::offerRepaired(const QString& folder, const project::RepairReport& report) {
    QStringList lines;
    lines << tr("Posts: %1 kept, %2 lost").arg(counted(report.posts), counted(report.lostPosts));
    lines << tr("Steps of the history: %1 kept, %2 lost").arg(counted(report.steps), counted(report.lostSteps));
    if (!report.backup.empty())
        lines << tr("What was missing came from the backup %1.").arg(QFileInfo(fromPath(report.backup)).fileName());
    if (report.replayedPosts > 0)
        lines << tr("The labels of %Ln posts were made again from the history.", nullptr,
                    static_cast<int>(report.replayedPosts));
    if (!report.isHistoryWhole) lines << tr("Steps of the history are missing, so undo begins anew.");
    if (report.lostRows > 0)
        lines << tr("%Ln rows that cannot be right were left out.", nullptr, static_cast<int>(report.lostRows));
    lines << tr("The new file: %1").arg(QDir::toNativeSeparators(fromPath(report.file)));
    const int answer = dialogs::ask(
        m_window, {QStringLiteral("use-repaired"),
                   tr("The project was repaired"),
                   report.isWhole() ? tr("Everything could be saved.") : tr("What could be read was saved."),
                   lines.join(QLatin1Char('\n')) + QStringLiteral("\n\n") + tr("The damaged file is kept either way."),
                   {tr("Use the repaired file"), tr("Only keep it beside the damaged one")}});
    if (answer == 0) m_rescue->replace(folder, fromPath(report.file));
}

}  // namespace mnerva::ui
