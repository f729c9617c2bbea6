#include "ui/pages/data/backups_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

enum Column { Made, Posts, Done, Changes, Size, kColumns };

QString number(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

}  // namespace

BackupsDialog::BackupsDialog(const QString& folder, bool canMake, QWidget* parent)
    : QDialog(parent),
      m_sentence(new QLabel),
      m_list(new QTreeWidget),
      m_make(new QPushButton(tr("Back up now"))),
      m_restore(new QPushButton(tr("Go back to it…"))) {
    setObjectName(QStringLiteral("backupsDialog"));
    setWindowTitle(tr("Backups of the project"));
    resize(660, 360);
    m_sentence->setWordWrap(true);
    m_sentence->setObjectName(QStringLiteral("backupsSentence"));
    m_list->setObjectName(QStringLiteral("backupsList"));
    m_list->setAccessibleName(tr("Backups, the newest first"));
    m_list->setHeaderLabels({tr("Made"), tr("Posts"), tr("Done"), tr("Changes"), tr("Size")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_make->setObjectName(QStringLiteral("backupsMake"));
    m_make->setAutoDefault(false);
    m_make->setEnabled(canMake);
    m_restore->setObjectName(QStringLiteral("backupsRestore"));
    m_restore->setDefault(true);
    auto* cancel = new QPushButton(tr("Close"));
    cancel->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_sentence);
    column->addWidget(m_list, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(m_make);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(m_restore);
    column->addLayout(row);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_make, &QPushButton::clicked, this, [this] { done(kMakeOne); });
    connect(m_restore, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &BackupsDialog::showChosen);
    fill(project::backupsOf(toPath(folder)));
}

void BackupsDialog::fill(const std::vector<project::Backup>& backups) {
    m_sentence->setText(backups.empty()
                            ? tr("There is no backup yet. One is made each day that the project is opened and changed.")
                            : tr("One is made each day that the project is opened and changed; the newest %1 are kept.")
                                  .arg(project::kKeptBackups));
    std::vector<std::filesystem::path> files;
    for (const project::Backup& backup : backups) {
        files.push_back(backup.file);
        auto* item = new QTreeWidgetItem(m_list);
        const auto seconds = std::chrono::system_clock::to_time_t(backup.madeAt);
        item->setText(Made, QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds), QLocale::ShortFormat));
        item->setText(Size, QLocale().formattedDataSize(static_cast<qint64>(backup.bytes), 1));
        item->setData(Made, Qt::UserRole, fromPath(backup.file));
        for (int at = Posts; at < kColumns; ++at) item->setTextAlignment(at, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(Made, QHeaderView::Stretch);
    for (int at = Posts; at < kColumns; ++at)
        m_list->headerItem()->setTextAlignment(at, Qt::AlignRight | Qt::AlignVCenter);
    if (!backups.empty()) m_list->setCurrentItem(m_list->topLevelItem(0));
    showChosen();
    using Contents = std::vector<std::optional<project::BackupContent>>;
    m_reading.run<Contents>(
        [files](std::stop_token stop) {
            Contents contents;
            for (const auto& file : files) contents.push_back(project::contentOf(file, stop));
            return contents;
        },
        [this](const std::variant<Contents, Error, Cancelled>& answer) {
            if (const auto* contents = std::get_if<Contents>(&answer)) showContent(*contents);
        });
}

void BackupsDialog::showContent(const std::vector<std::optional<project::BackupContent>>& contents) {
    for (std::size_t i = 0; i < contents.size(); ++i) {
        QTreeWidgetItem* item = m_list->topLevelItem(static_cast<int>(i));
        if (!contents[i]) {
            item->setText(Posts, tr("cannot be read"));
            continue;
        }
        item->setText(Posts, number(contents[i]->posts));
        item->setText(Done, number(contents[i]->done));
        item->setText(Changes, number(contents[i]->changes));
    }
}

void BackupsDialog::showChosen() {
    m_restore->setEnabled(!chosen().isEmpty());
}

QString BackupsDialog::chosen() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    return item ? item->data(Made, Qt::UserRole).toString() : QString();
}

QString BackupsDialog::chosenTime() const {
    const QTreeWidgetItem* item = m_list->currentItem();
    return item ? item->text(Made) : QString();
}

}  // namespace mnerva::ui
