#include "ui/pages/data/import_dialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/formats/format.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/data/post_preview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {
namespace {

enum FileColumn { NameColumn, FormatColumn, SplitColumn, PostsColumn, CropsColumn, FileColumns };
constexpr int kFilesHeight = 148;

QStringList localPaths(const QMimeData* data) {
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) paths << url.toLocalFile();
    }
    return paths;
}

/// Why something is not taken, as the row says it.
QString leftOutText(const LeftOut& one) {
    switch (one.reason) {
        case LeftOut::Reason::Ending: {
            const QString ending = QFileInfo(fromPath(one.path)).suffix();
            return ImportDialog::tr(
                       "left out: files ending in %1 are not taken from a folder; add the file itself to try it")
                .arg(ending.isEmpty() ? QStringLiteral("…") : QLatin1Char('.') + ending);
        }
        case LeftOut::Reason::Name:
            return ImportDialog::tr("left out: the name is not UTF-8; rename the file");
        case LeftOut::Reason::CropListAlone:
            return ImportDialog::tr("left out: a list of crops needs a text file beside it");
        case LeftOut::Reason::Project:
            return ImportDialog::tr("left out: this is a Mnerva project; open it instead");
        case LeftOut::Reason::NoFile:
            return ImportDialog::tr("left out: it is not a file");
        case LeftOut::Reason::NothingThere:
            return ImportDialog::tr("left out: no text file in this folder");
    }
    return {};
}

QTableWidgetItem* textItem(const QString& text, const QString& tip = {}) {
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    item->setToolTip(tip.isEmpty() ? text : tip);
    return item;
}

}  // namespace

ImportDialog::ImportDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(session), m_banner(new Banner) {
    setObjectName(QStringLiteral("importDialog"));
    setWindowTitle(tr("Import a data set"));
    setAcceptDrops(true);
    resize(1080, std::min(760, screen()->availableGeometry().height() - 40));  // with its frame
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    column->addWidget(makeFiles());
    column->addWidget(makePictures());
    column->addWidget(makePreview(), 1);
    column->addWidget(makeBottom());

    connect(&m_host, &ImportHost::filesChanged, this, &ImportDialog::showFiles);
    connect(&m_host, &ImportHost::stateChanged, this, &ImportDialog::showState);
    connect(&m_host, &ImportHost::progressed, this, [this](const QString& what, double fraction) {
        m_progressText->setText(what);
        m_progress->setValue(static_cast<int>(fraction * 1000));
    });
    connect(&m_host, &ImportHost::finished, this, [this](int posts) {
        Q_EMIT imported(posts);
        accept();
    });
    connect(&m_host, &ImportHost::failed, this, [this](const Error& error, const QString& file, int posts) {
        m_banner->showError(
            error, posts == 0 ? tr("Nothing was imported; %1 could not be read.").arg(file)
                              : tr("%Ln post(s) were imported, then %1 could not be read.", nullptr, posts).arg(file));
    });
    connect(&m_host, &ImportHost::cancelled, this, [this](int posts) {
        m_banner->showMessage(Banner::Kind::Info,
                              posts == 0 ? tr("The import was stopped; nothing was written.")
                                         : tr("The import was stopped after %Ln post(s).", nullptr, posts));
    });
    showFiles();
    showState();
}

QWidget* ImportDialog::makeFiles() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_files = new QTableWidget(0, FileColumns);
    m_files->setObjectName(QStringLiteral("importFiles"));
    m_files->setAccessibleName(tr("Files to import"));
    m_files->setHorizontalHeaderLabels({tr("File"), tr("Format"), tr("Split"), tr("Posts"), tr("Crop list")});
    m_files->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_files->horizontalHeader()->setSectionResizeMode(CropsColumn, QHeaderView::Stretch);
    m_files->horizontalHeader()->setHighlightSections(false);
    m_files->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_files->horizontalHeaderItem(PostsColumn)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);  // as its numbers
    m_files->verticalHeader()->hide();
    m_files->setShowGrid(false);
    m_files->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_files->setSelectionMode(QAbstractItemView::SingleSelection);
    m_files->setFixedHeight(kFilesHeight);
    m_files->setColumnWidth(SplitColumn, 190);
    m_files->setColumnWidth(FormatColumn, 150);
    m_add = new QPushButton(tr("Add files…"));
    m_add->setObjectName(QStringLiteral("importAdd"));
    m_remove = new QToolButton;
    m_remove->setObjectName(QStringLiteral("importRemove"));
    m_remove->setIcon(Theme::icon(QStringLiteral("trash")));
    m_remove->setAutoRaise(true);
    m_remove->setToolTip(tr("Take the chosen file off the list (Delete)"));
    m_remove->setAccessibleName(m_remove->toolTip());
    m_remove->setShortcut(QKeySequence::Delete);
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove, 0, Qt::AlignRight);
    buttons->addStretch();
    row->addWidget(m_files, 1);
    row->addLayout(buttons);
    connect(m_add, &QPushButton::clicked, this, &ImportDialog::addFiles);
    connect(m_remove, &QToolButton::clicked, this, [this] {
        const int current = m_files->currentRow(), files = static_cast<int>(m_host.files().size());
        current < files ? m_host.removeFile(current) : m_host.removeLeftOut(current - files);
    });
    return box;
}

QWidget* ImportDialog::makePictures() {
    using Kind = dialogs::FileRequest::Kind;
    auto* box = new QWidget;
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    m_images = new PathField(
        {QStringLiteral("import.images"), Kind::OpenFolder, tr("Choose the folder of the pictures"), {}, {}});
    m_crops =
        new PathField({QStringLiteral("import.crops"), Kind::OpenFolder, tr("Choose the folder of the crops"), {}, {}});
    m_images->setPlaceholder(tr("none found beside the files"));
    m_crops->setPlaceholder(tr("none found beside the files"));
    auto* imagesLabel = new QLabel(tr("Pictures"));
    auto* cropsLabel = new QLabel(tr("Crops"));
    imagesLabel->setBuddy(m_images->edit());
    cropsLabel->setBuddy(m_crops->edit());
    grid->addWidget(imagesLabel, 0, 0);
    grid->addWidget(m_images, 0, 1);
    grid->addItem(new QSpacerItem(16, 1), 0, 2);
    grid->addWidget(cropsLabel, 0, 3);
    grid->addWidget(m_crops, 0, 4);
    m_boxes =
        new PathField({QStringLiteral("import.boxes"), Kind::OpenFolder, tr("Choose the folder of the boxes"), {}, {}});
    m_boxes->setPlaceholder(tr("no XML files (Pascal VOC)"));
    auto* boxesLabel = new QLabel(tr("Boxes"));
    boxesLabel->setBuddy(m_boxes->edit());
    grid->addWidget(boxesLabel, 1, 0);
    grid->addWidget(m_boxes, 1, 1);
    m_encodingLabel = new QLabel(tr("Encoding"));
    m_encodingLabel->setToolTip(tr("Encoding of files that are not UTF-8"));
    m_encoding = new QComboBox;
    m_encoding->setObjectName(QStringLiteral("importEncoding"));
    m_encoding->setAccessibleName(tr("Encoding of files that are not UTF-8"));
    m_encoding->addItem(tr("not named"), QString());
    const auto encodings = [this](const QString& language, const QStringList& names) {
        for (const QString& name : names) m_encoding->addItem(language.arg(name), name);
    };
    encodings(tr("Chinese: %1"), {QStringLiteral("GB18030"), QStringLiteral("Big5")});
    encodings(tr("Western: %1"), {QStringLiteral("windows-1252"), QStringLiteral("ISO-8859-1")});
    encodings(tr("Japanese: %1"), {QStringLiteral("Shift_JIS"), QStringLiteral("EUC-JP")});
    encodings(tr("Korean: %1"), {QStringLiteral("EUC-KR")});
    encodings(tr("Cyrillic: %1"), {QStringLiteral("windows-1251"), QStringLiteral("KOI8-R")});
    encodings(QStringLiteral("%1"), {QStringLiteral("UTF-16LE"), QStringLiteral("UTF-16BE")});
    m_encoding->addItem(tr("UTF-8 with damage (replaced)"), QStringLiteral("UTF-8"));
    m_encodingLabel->setBuddy(m_encoding);
    grid->addWidget(m_encodingLabel, 1, 3);
    grid->addWidget(m_encoding, 1, 4);
    connect(m_encoding, &QComboBox::activated, this,
            [this] { m_host.setEncoding(m_encoding->currentData().toString()); });
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(4, 1);
    connect(m_images, &PathField::changed, &m_host, &ImportHost::setImageFolder);
    connect(m_crops, &PathField::changed, &m_host, &ImportHost::setCropFolder);
    connect(m_boxes, &PathField::changed, &m_host, &ImportHost::setXmlFolder);
    return box;
}

QWidget* ImportDialog::makePreview() {
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(16);
    m_preview = new PostPreview;
    m_preview->setObjectName(QStringLiteral("importPreview"));
    m_preview->setAccessibleName(tr("The first posts as they will look"));
    m_preview->setPlaceholderText(tr("Drop files here: text files of an MNER data set, or its folder."));
    auto* side = new QWidget;
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_counts = new QLabel;
    m_counts->setObjectName(QStringLiteral("importCounts"));
    m_counts->setWordWrap(true);
    m_counts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* head = new QHBoxLayout;
    m_findingsTitle = new QLabel;
    m_findingsTitle->setObjectName(QStringLiteral("importFindingsTitle"));
    m_findingsTitle->setWordWrap(true);
    m_copyFindings = new QToolButton;
    m_copyFindings->setIcon(Theme::icon(QStringLiteral("copy")));
    m_copyFindings->setAutoRaise(true);
    m_copyFindings->setToolTip(tr("Copy the findings"));
    m_copyFindings->setAccessibleName(m_copyFindings->toolTip());
    head->addWidget(m_findingsTitle, 1);
    head->addWidget(m_copyFindings, 0, Qt::AlignTop);
    m_findingsView = new QTableView;
    m_findingsView->setObjectName(QStringLiteral("importFindings"));
    m_findingsView->setAccessibleName(tr("Findings"));
    m_findingsView->setModel(&m_findings);
    m_findingsView->verticalHeader()->hide();
    m_findingsView->verticalHeader()->setMinimumSectionSize(26);
    // As high as their sentences, of which those in sight are measured.
    m_findingsView->verticalHeader()->setResizeContentsPrecision(0);
    m_findingsView->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_findingsView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_findingsView->setShowGrid(false);
    m_findingsView->setWordWrap(true);
    m_findingsView->setAlternatingRowColors(true);
    m_findingsView->setTextElideMode(Qt::ElideNone);
    m_findingsView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_findingsView->horizontalHeader()->setHighlightSections(false);
    m_findingsView->horizontalHeader()->setStretchLastSection(true);
    m_findingsView->setColumnWidth(FindingsModel::What, 230);
    m_findingsView->setColumnWidth(FindingsModel::Where, 110);
    column->addWidget(m_counts);
    column->addLayout(head);
    column->addWidget(m_findingsView, 1);
    splitter->addWidget(m_preview);
    splitter->addWidget(side);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({600, 440});
    connect(m_copyFindings, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_findings.asText()); });
    return splitter;
}

QWidget* ImportDialog::makeBottom() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_progressText = new QLabel;
    m_progressText->setFont(Theme::secondaryFont());
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("importCancel"));
    m_import = new QPushButton;
    m_import->setObjectName(QStringLiteral("importStart"));
    m_import->setDefault(true);
    m_cancel->setAutoDefault(false);
    m_add->setAutoDefault(false);
    row->addWidget(m_progress, 1);
    row->addWidget(m_progressText);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_import);
    connect(m_cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_import, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        m_host.start();
    });
    return box;
}

void ImportDialog::addFiles() {
    const QStringList chosen = dialogs::files(this, {QStringLiteral("import.files"),
                                                     dialogs::FileRequest::Kind::OpenFiles,
                                                     tr("Choose the files of a data set"),
                                                     {},
                                                     tr("Data sets (%1);;All files (*)").arg(dataSetPatterns())});
    if (!chosen.isEmpty()) m_host.addPaths(chosen);
}

void ImportDialog::showFiles() {
    const auto& files = m_host.files();
    const auto& leftOut = m_host.leftOut();
    const int current = m_files->currentRow();
    m_files->clearSpans();
    m_files->setRowCount(static_cast<int>(files.size() + leftOut.size()));
    for (std::size_t i = 0; i < files.size(); ++i) fillRow(static_cast<int>(i), files[i]);
    for (std::size_t i = 0; i < leftOut.size(); ++i)
        fillReason(static_cast<int>(files.size() + i), fromPath(leftOut[i].path), leftOutText(leftOut[i]), false);
    const bool needsEncoding = m_host.needsEncoding();
    m_encodingLabel->setVisible(needsEncoding);
    m_encoding->setVisible(needsEncoding);
    m_files->setCurrentCell(std::min(current, m_files->rowCount() - 1), NameColumn);
    m_remove->setEnabled(m_files->rowCount() > 0);
    m_images->setPath(m_host.imageFolder());
    m_crops->setPath(m_host.cropFolder());
    m_boxes->setPath(m_host.xmlFolder());
    showTotal();
}

void ImportDialog::fillReason(int row, const QString& path, const QString& reason, bool isBad) {
    m_files->removeCellWidget(row, SplitColumn);
    for (int column = 0; column < FileColumns; ++column) delete m_files->takeItem(row, column);
    m_files->setItem(row, NameColumn, textItem(QFileInfo(path).fileName(), path));
    QTableWidgetItem* item = textItem(reason);
    item->setForeground(Theme::color(isBad ? Theme::Role::Bad : Theme::Role::SecondaryText));
    m_files->setItem(row, FormatColumn, item);
    m_files->setSpan(row, FormatColumn, 1, FileColumns - FormatColumn);
}

void ImportDialog::fillRow(int row, const ImportHost::File& file) {
    const QString name = QFileInfo(file.path).fileName();
    if (file.error) {
        fillReason(row, file.path, tr("cannot be imported: %1").arg(errorText(*file.error)), true);
        m_banner->showError(*file.error, tr("%1 cannot be imported.").arg(name));
        return;
    }
    if (file.report && file.report->posts == 0) {
        const bool known = file.report->findings.count("already-imported") > 0;
        fillReason(row, file.path, known ? tr("in the project already; left out") : tr("holds no post"), !known);
        return;
    }
    m_files->setItem(row, NameColumn, textItem(name, file.path));
    m_files->setItem(row, FormatColumn,
                     textItem(file.report ? fromUtf8(file.report->format).toUpper() + QStringLiteral(" · ") +
                                                schemeText(file.report->scheme)
                                          : tr("looking…")));
    QTableWidgetItem* posts = textItem(file.report ? QLocale().toString(file.report->posts) : QString());
    posts->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_files->setItem(row, PostsColumn, posts);
    m_files->setItem(
        row, CropsColumn,
        textItem(file.cropFile.isEmpty() ? tr("none") : QFileInfo(file.cropFile).fileName(), file.cropFile));
    fillSplit(row, file);
}

void ImportDialog::fillSplit(int row, const ImportHost::File& file) {
    auto* split = qobject_cast<QComboBox*>(m_files->cellWidget(row, SplitColumn));
    if (!split) {
        split = new QComboBox;
        split->setAccessibleName(tr("Split"));
        split->setFrame(false);
        m_files->setCellWidget(row, SplitColumn, split);
        connect(split, &QComboBox::activated, this, [this, row, split] {
            const QVariant chosen = split->currentData();
            m_host.setSplit(row, chosen.isValid() ? std::optional(static_cast<Split>(chosen.toInt())) : std::nullopt);
        });
    }
    const auto named = formats::splitOfFileName(toPath(file.path));
    split->clear();
    split->addItem(tr("by name: %1").arg(splitText(named.value_or(Split::None))), QVariant());
    for (const Split one : {Split::Train, Split::Valid, Split::Test})
        split->addItem(splitText(one), static_cast<int>(one));
    split->setCurrentIndex(file.split ? split->findData(static_cast<int>(*file.split)) : 0);
}

void ImportDialog::showTotal() {
    const workflow::ImportReport total = m_host.total();
    LabelSet labels = m_session.labels();
    for (const std::string& type : total.newTypes) labels.add(type);
    const QLocale locale;
    QString text;
    if (total.posts > 0) {
        text = tr("%1 posts · %2 words · %3 entities")
                   .arg(locale.toString(total.posts), locale.toString(total.words), locale.toString(total.entities));
        QStringList types;
        for (const auto& [type, count] : total.entitiesOfType)
            types << QStringLiteral("%1 %2").arg(fromUtf8(type), locale.toString(count));
        if (!types.isEmpty()) text += QLatin1Char('\n') + types.join(QStringLiteral(" · "));
        if (!total.newTypes.empty()) {
            QStringList fresh;
            for (const std::string& type : total.newTypes) fresh << fromUtf8(type);
            text += QLatin1Char('\n') + tr("New labels: %1").arg(fresh.join(QStringLiteral(", ")));
        }
        if (total.boxes.boxes > 0)
            text += QLatin1Char('\n') +
                    tr("Boxes: %1 · entities with a box: %2")
                        .arg(locale.toString(total.boxes.boxes), locale.toString(total.boxes.groundedEntities));
        if (total.missingImages > 0)
            text += QLatin1Char('\n') + tr("%Ln picture(s) not found", nullptr, total.missingImages);
    }
    m_counts->setText(text);
    m_preview->setPosts(total.preview, labels);
    m_findings.set(total.findings);
    m_copyFindings->setEnabled(!total.findings.isEmpty());
    int odd = 0;
    for (const auto& [code, count] : total.findings.counts()) odd += count;
    const QString nothing = total.posts > 0 ? tr("Nothing odd was found.") : QString();
    m_findingsTitle->setText(odd == 0 ? nothing : tr("%Ln thing(s) worth a look", nullptr, odd));
    m_findingsTitle->setToolTip(m_findings.summary());
}

void ImportDialog::showState() {
    const bool importing = m_host.state() == ImportHost::State::Importing;
    if (m_host.state() == ImportHost::State::Looking) m_banner->clear();
    const int posts = m_host.total().posts;
    m_import->setText(posts > 0 ? tr("Import %Ln post(s)", nullptr, posts) : tr("Import"));
    m_import->setEnabled(m_host.isReady());
    m_progress->setVisible(importing);
    m_progressText->setVisible(importing);
    m_cancel->setText(importing ? tr("Stop") : tr("Cancel"));
    for (QWidget* field :
         {static_cast<QWidget*>(m_files), static_cast<QWidget*>(m_add), static_cast<QWidget*>(m_remove),
          static_cast<QWidget*>(m_images), static_cast<QWidget*>(m_crops), static_cast<QWidget*>(m_encoding)}) {
        field->setEnabled(!importing);
    }
    if (!m_session.isOpen()) return;
    if (m_session.isReadOnly())
        m_banner->showMessage(Banner::Kind::Warning, tr("This project is open read-only; nothing can be imported."));
}

void ImportDialog::reject() {
    if (m_host.state() == ImportHost::State::Importing) {
        m_host.cancel();
        return;
    }
    QDialog::reject();
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (!localPaths(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event) {
    m_host.addPaths(localPaths(event->mimeData()));
}

}  // namespace mnerva::ui
