#include "ui/pages/settings/encoder_list.h"

#include <QComboBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/workflow/library/encoder_places.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

enum Columns { kName, kReads, kSize, kBytes, kLanguages, kState, kColumns };
constexpr int kFewestRows = 2, kMostRows = 7;
constexpr int kThousand = 1000;  // of a progress bar

QString sizeText(std::uint64_t bytes) {
    return bytes == 0 ? QString() : QLocale().formattedDataSize(qint64(bytes), 0, QLocale::DataSizeTraditionalFormat);
}

/// What the row lacks to be used, in one clause, and all of it for the tool tip.
QString stateText(const QStringList& missing, const std::optional<Error>& fault) {
    if (!missing.isEmpty()) return EncoderList::tr("lacks %1").arg(missing.join(QStringLiteral(", ")));
    return fault ? EncoderList::tr("cannot be used") : EncoderList::tr("ready");
}

}  // namespace

EncoderList::EncoderList(QWidget* parent)
    : QWidget(parent),
      m_banner(new Banner(this)),
      m_list(new QTreeWidget(this)),
      m_addFolder(new QPushButton(this)),
      m_addFile(new QPushButton(this)),
      m_forget(new QPushButton(this)),
      m_fetch(new QPushButton(this)),
      m_name(new QComboBox(this)),
      m_nameLabel(new QLabel(this)),
      m_none(new QLabel(this)),
      m_progress(new QProgressBar(this)) {
    m_list->setObjectName(QStringLiteral("encoderList"));
    m_list->setColumnCount(kColumns);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_none->setObjectName(QStringLiteral("noEncoder"));
    m_none->setWordWrap(true);
    m_addFolder->setObjectName(QStringLiteral("addEncoderFolder"));
    m_addFile->setObjectName(QStringLiteral("addEncoderFile"));
    m_forget->setObjectName(QStringLiteral("forgetEncoder"));
    m_fetch->setObjectName(QStringLiteral("fetchEncoder"));
    m_name->setObjectName(QStringLiteral("fetchEncoderName"));
    m_name->setEditable(true);
    m_name->setInsertPolicy(QComboBox::NoInsert);
    m_name->addItems({QStringLiteral("all-MiniLM-L6-v2"), QStringLiteral("google-bert/bert-base-uncased"),
                      QStringLiteral("google-bert/bert-base-chinese"), QStringLiteral("FacebookAI/xlm-roberta-base"),
                      QStringLiteral("FacebookAI/xlm-roberta-large")});
    m_nameLabel->setBuddy(m_name);
    m_progress->setRange(0, kThousand);
    m_progress->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_banner);
    layout->addWidget(m_none);
    layout->addWidget(m_list);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_addFolder, m_addFile, m_forget}) buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    auto* line = new QHBoxLayout;
    line->addWidget(m_nameLabel);
    line->addWidget(m_name, 1);
    line->addWidget(m_fetch);
    layout->addLayout(line);
    layout->addWidget(m_progress);
    connect(&m_library, &EncoderLibrary::changed, this, &EncoderList::fill);
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &EncoderList::refreshButtons);
    connect(m_addFolder, &QPushButton::clicked, this, &EncoderList::addFolder);
    connect(m_addFile, &QPushButton::clicked, this, &EncoderList::addFile);
    connect(m_forget, &QPushButton::clicked, this, &EncoderList::forget);
    connect(m_fetch, &QPushButton::clicked, this, &EncoderList::fetchOrCancel);
    retranslate();
}

void EncoderList::retranslate() {
    m_list->setHeaderLabels(
        {tr("Encoder"), tr("Reads"), tr("Layers × width"), tr("Weights"), tr("Language"), tr("State")});
    m_list->setAccessibleName(tr("Encoders"));
    m_none->setText(
        tr("None was found on this machine. Add the folder of one, or download one; until then the tiny "
           "random encoder can be trained."));
    m_addFolder->setText(tr("Add folder…"));
    m_addFile->setText(tr("Add picture encoder…"));
    m_forget->setText(tr("Forget"));
    m_forget->setToolTip(tr("Lists it no more; nothing is deleted"));
    m_nameLabel->setText(tr("From the hub"));
    m_name->setAccessibleName(tr("Name on the hub"));
    fill();
}

void EncoderList::fill() {
    const QString chosen =
        m_list->currentItem() ? m_list->currentItem()->data(kName, Qt::UserRole).toString() : QString();
    m_list->clear();
    const auto add = [&](const QString& path, const QStringList& cells, bool isWhole,
                         const std::optional<Error>& fault) {
        auto* item = new QTreeWidgetItem(m_list, cells);
        item->setData(kName, Qt::UserRole, path);
        item->setToolTip(kName, path);
        if (fault) item->setToolTip(kState, errorText(*fault));
        if (!isWhole)
            for (int column = 0; column < kColumns; ++column)
                item->setForeground(column, Theme::color(Theme::Role::SecondaryText));
        item->setTextAlignment(kBytes, Qt::AlignRight | Qt::AlignVCenter);
        if (path == chosen) m_list->setCurrentItem(item);
    };
    for (const workflow::EncoderFacts& facts : m_library.encoders()) {
        QStringList missing;
        for (const std::string& file : facts.missing) missing << fromUtf8(file);
        const QString size = facts.layers > 0 && facts.hidden > 0
                                 ? QStringLiteral("%1 × %2").arg(facts.layers).arg(facts.hidden)
                                 : QString();
        add(fromPath(facts.folder),
            {fromUtf8(facts.name), tr("text"), size, sizeText(facts.bytes),
             EncoderLibrary::languagesText(facts.languages), stateText(missing, facts.fault)},
            facts.isWhole(), facts.fault);
    }
    for (const workflow::PictureEncoderFacts& facts : m_library.pictureEncoders())
        add(fromPath(facts.file),
            {fromUtf8(facts.name), tr("pictures"), facts.depth > 0 ? tr("ResNet-%1").arg(facts.depth) : QString(),
             sizeText(facts.bytes), QString(), stateText({}, facts.fault)},
            facts.isWhole(), facts.fault);
    for (int column = 0; column < kColumns; ++column) m_list->resizeColumnToContents(column);
    const int count = m_list->topLevelItemCount();
    m_list->setVisible(count > 0);
    m_none->setVisible(count == 0);
    const int row = count > 0 ? m_list->visualItemRect(m_list->topLevelItem(0)).height() : fontMetrics().height();
    m_list->setFixedHeight(m_list->header()->sizeHint().height() + row * std::clamp(count, kFewestRows, kMostRows) +
                           2 * m_list->frameWidth() + 2);
    refreshButtons();
}

void EncoderList::refreshButtons() {
    m_forget->setEnabled(!m_list->selectedItems().isEmpty());
    m_fetch->setText(m_download ? tr("Cancel") : tr("Download"));
    m_name->setEnabled(!m_download);
    m_progress->setVisible(m_download);
}

void EncoderList::addFolder() {
    const QString folder =
        dialogs::file(this, {QStringLiteral("encoder-folder"), dialogs::FileRequest::Kind::OpenFolder,
                             tr("Folder of an encoder, or of several"), QString(), QString()});
    if (!folder.isEmpty()) m_library.add(folder);
}

void EncoderList::addFile() {
    const QString file = dialogs::file(
        this, {QStringLiteral("resnet-file"), dialogs::FileRequest::Kind::OpenFile, tr("File of a picture encoder"),
               QString(), tr("Weights (*.pth *.pt *.safetensors);;All files (*)")});
    if (!file.isEmpty()) m_library.add(file);
}

void EncoderList::forget() {
    for (const QTreeWidgetItem* item : m_list->selectedItems()) {
        m_library.forget(item->data(kName, Qt::UserRole).toString());
        return;
    }
}

void EncoderList::fetchOrCancel() {
    if (m_download) return m_download->cancel();
    const QString name = m_name->currentText().trimmed();
    m_banner->clear();
    if (const QString problem = EncoderDownload::nameProblem(name); !problem.isEmpty())
        return m_banner->showMessage(Banner::Kind::Error, problem);
    const QDir own(fromPath(workflow::ownEncoderFolder()));
    const QString folder = own.filePath(QString(name).replace(u'/', QStringLiteral("--")));
    if (QDir(folder).exists() && !QDir(folder).isEmpty()) {
        m_library.add(folder);
        return m_banner->showMessage(Banner::Kind::Info, tr("%1 is here already.").arg(name), folder);
    }
    m_download =
        EncoderDownload::start(name, folder, this, [this, folder](const DownloadEnd& how) { fetched(folder, how); });
    m_progress->setRange(0, 0);  // until its size is known
    connect(m_download, &EncoderDownload::progress, this, [this](qint64 done, qint64 total) {
        m_progress->setRange(0, kThousand);
        m_progress->setValue(total > 0 ? int(double(done) / double(total) * kThousand) : 0);
    });
    refreshButtons();
}

void EncoderList::fetched(const QString& folder, const DownloadEnd& how) {
    m_download.clear();
    if (how.kind == DownloadEnd::Kind::Failed) m_banner->showMessage(Banner::Kind::Error, how.problem, how.detail);
    if (how.kind == DownloadEnd::Kind::Done) m_library.add(folder);
    refreshButtons();
}

}  // namespace mnerva::ui
