#include "ui/pages/data/gazetteer_dialog.h"

#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/data/gazetteer_fields.h"
#include "ui/pages/data/gazetteer_preview.h"
#include "ui/session/project_session.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

using gazetteer::Source;

constexpr int kGazetteerSteps = 1000, kSourceRow = 28, kLeastLeft = 440;
enum SourceColumn { SourceName, SourceLabel, SourceNames, SourceFinds, kSourceColumns };

QStringList localFiles(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

}  // namespace

GazetteerDialog::GazetteerDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(session), m_banner(new Banner), m_preview(new GazetteerPreview) {
    setObjectName(QStringLiteral("gazetteerDialog"));
    setWindowTitle(tr("Word lists and rules"));
    setAcceptDrops(true);
    resize(1120, 680);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(16);
    splitter->addWidget(makeLeft());
    splitter->addWidget(m_preview);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({400, 700});
    column->addWidget(splitter, 1);
    column->addWidget(makeBottom());
    connectHost();
    if (session.isReadOnly())
        m_banner->showMessage(Banner::Kind::Info,
                              tr("The project is open read-only: lists and rules cannot be changed."));
    showState();
}

QWidget* GazetteerDialog::makeLeft() {
    m_left = new QStackedWidget;
    m_empty = new EmptyState(QStringLiteral("list"));
    m_empty->setObjectName(QStringLiteral("gazetteerEmpty"));
    m_empty->setSentence(
        tr("No word lists yet. Drop text files here, one name a line, or begin with the names that are "
           "tagged already."));
    m_empty->setButton(tr("Make a list of the tagged names"));
    m_empty->button()->setAutoDefault(false);  // Enter in a field is not meant for it
    m_empty->setLinks({{QStringLiteral("files"), tr("Add files…")}, {QStringLiteral("pattern"), tr("Add a pattern")}});
    connect(m_empty, &EmptyState::triggered, this, &GazetteerDialog::addFromTagged);
    connect(m_empty, &EmptyState::linkTriggered, this, [this](const QString& id) {
        if (id == QLatin1String("files"))
            chooseFiles();
        else
            addPattern();
    });
    m_left->addWidget(m_empty);
    m_left->addWidget(makeSources());
    m_left->setMinimumWidth(kLeastLeft);  // the sentence of the empty state has the whole width
    return m_left;
}

QWidget* GazetteerDialog::makeSources() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    const auto button = [](const QString& text, const char* name, const QString& tip) {
        auto* made = new QPushButton(text);
        made->setObjectName(QLatin1String(name));
        made->setAutoDefault(false);
        made->setToolTip(tip);
        return made;
    };
    m_files = button(tr("Add files…"), "gazetteerFiles",
                     tr("Text files, one name a line, or name, tab, label. They can be dropped here too."));
    m_tagged = button(tr("From tagged names"), "gazetteerTagged",
                      tr("A list of the names that are tagged in the training posts, with their labels. Those of the "
                         "test posts stay out, so that scores on them stay fair."));
    m_pattern = button(tr("Add a pattern"), "gazetteerAddPattern", tr("A regular expression"));
    auto* adding = new QHBoxLayout;
    for (QPushButton* one : {m_files, m_tagged, m_pattern}) adding->addWidget(one);
    adding->addStretch(1);
    column->addLayout(adding);
    m_sources = new QTableWidget(0, kSourceColumns);
    m_sources->setObjectName(QStringLiteral("gazetteerSources"));
    m_sources->setAccessibleName(tr("Word lists and rules in the order in which they count"));
    m_sources->setHorizontalHeaderLabels({tr("List or rule"), tr("Label"), tr("Names"), tr("Found")});
    m_sources->verticalHeader()->hide();
    m_sources->verticalHeader()->setDefaultSectionSize(kSourceRow);
    m_sources->setShowGrid(false);
    m_sources->setWordWrap(false);
    m_sources->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_sources->setSelectionMode(QAbstractItemView::SingleSelection);
    m_sources->setTabKeyNavigation(false);
    m_sources->horizontalHeader()->setHighlightSections(false);
    m_sources->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_sources->horizontalHeader()->setSectionResizeMode(SourceName, QHeaderView::Stretch);
    for (const auto& [at, width] : {std::pair(SourceLabel, 72), {SourceNames, 88}, {SourceFinds, 80}})
        m_sources->setColumnWidth(at, width);
    for (const int at : {SourceNames, SourceFinds})
        m_sources->horizontalHeaderItem(at)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_sources, 1);
    middle->addWidget(makeTools());
    column->addLayout(middle, 1);
    m_fields = new GazetteerFields;
    column->addWidget(m_fields);
    connect(m_files, &QPushButton::clicked, this, &GazetteerDialog::chooseFiles);
    connect(m_tagged, &QPushButton::clicked, this, &GazetteerDialog::addFromTagged);
    connect(m_pattern, &QPushButton::clicked, this, &GazetteerDialog::addPattern);
    connect(m_fields, &GazetteerFields::edited, this, &GazetteerDialog::changeSource);
    connect(m_sources, &QTableWidget::currentCellChanged, this, [this] {
        if (!m_isShowing) showFields();
    });
    connect(m_sources, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
        if (!m_isShowing && item->column() == SourceName) switchSource(item->row(), item->checkState() == Qt::Checked);
    });
    return box;
}

QWidget* GazetteerDialog::makeTools() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    const auto tool = [column](const char* icon, const char* name, const QString& text) {
        auto* made = new QToolButton;
        made->setObjectName(QLatin1String(name));
        made->setIcon(Theme::icon(QString::fromLatin1(icon)));
        made->setAutoRaise(true);
        made->setToolTip(text);
        made->setAccessibleName(text);
        column->addWidget(made);
        return made;
    };
    m_up = tool("up", "gazetteerUp", tr("Move up: it counts before what stands below"));
    m_down = tool("down", "gazetteerDown", tr("Move down"));
    m_remove = tool("trash", "gazetteerRemove", tr("Take this list or rule away"));
    column->addStretch(1);
    m_undo = tool("undo", "gazetteerUndo", tr("Take the last change of lists and rules back (Ctrl+Z)"));
    m_redo = tool("redo", "gazetteerRedo", tr("Do it again (Ctrl+Shift+Z)"));
    connect(m_up, &QToolButton::clicked, this, [this] { moveSource(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveSource(1); });
    connect(m_remove, &QToolButton::clicked, this, &GazetteerDialog::removeSource);
    connect(m_undo, &QToolButton::clicked, &m_host, &GazetteerHost::undo);
    connect(m_redo, &QToolButton::clicked, &m_host, &GazetteerHost::redo);
    connect(new QShortcut(QKeySequence(QStringLiteral("Ctrl+Z")), this), &QShortcut::activated, &m_host,
            &GazetteerHost::undo);
    connect(new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")), this), &QShortcut::activated, &m_host,
            &GazetteerHost::redo);
    return box;
}

QWidget* GazetteerDialog::makeBottom() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_layer = new QLineEdit;
    m_layer->setObjectName(QStringLiteral("gazetteerLayer"));
    m_layer->setMaxLength(64);
    m_layer->setFixedWidth(160);
    auto* name = new QLabel(tr("Layer of suggestions"));
    name->setBuddy(m_layer);
    m_delete = new QPushButton(tr("Delete the layer"));
    m_delete->setObjectName(QStringLiteral("gazetteerDelete"));
    m_delete->setAutoDefault(false);
    m_progress = new QProgressBar;
    m_progress->setRange(0, kGazetteerSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_cancel = new QPushButton;
    m_cancel->setObjectName(QStringLiteral("gazetteerCancel"));
    m_cancel->setAutoDefault(false);
    m_apply = new QPushButton(tr("Make the suggestions"));
    m_apply->setObjectName(QStringLiteral("gazetteerApply"));
    m_apply->setAutoDefault(false);
    row->addWidget(name);
    row->addWidget(m_layer);
    row->addWidget(m_delete);
    row->addSpacing(16);
    row->addWidget(m_progress, 1);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_apply);
    connect(m_layer, &QLineEdit::editingFinished, this, &GazetteerDialog::nameLayer);
    connect(m_delete, &QPushButton::clicked, &m_host, &GazetteerHost::deleteLayer);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_host.work() == GazetteerHost::Work::Adding || m_host.work() == GazetteerHost::Work::Applying)
            m_host.cancel();
        else
            reject();
    });
    connect(m_apply, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        m_host.apply();
    });
    return box;
}

void GazetteerDialog::connectHost() {
    connect(&m_host, &GazetteerHost::changed, this, &GazetteerDialog::showState);
    connect(&m_host, &GazetteerHost::progressed, this,
            [this] { m_progress->setValue(static_cast<int>(m_host.fraction() * kGazetteerSteps)); });
    connect(&m_host, &GazetteerHost::listAdded, this, &GazetteerDialog::showListAdded);
    connect(&m_host, &GazetteerHost::applied, this, &GazetteerDialog::showApplied);
    connect(&m_host, &GazetteerHost::layerDeleted, this, [this] {
        m_banner->showMessage(Banner::Kind::Good,
                              tr("The layer of suggestions is deleted; what was accepted of it stays."));
    });
    connect(&m_host, &GazetteerHost::failed, this, [this](const Error& error, bool isOfKept) {
        // Of several files each has its say.
        if (m_host.work() == GazetteerHost::Work::Adding) {
            m_said << errorText(error);
            m_hasFailed = true;
            return showSaid();
        }
        m_banner->showError(
            error, isOfKept ? tr("The word lists of this project cannot be read.") : tr("Nothing was changed."));
        if (isOfKept && !m_session.isReadOnly())
            m_banner->addButton(tr("Start anew"), [this] {
                m_banner->clear();
                m_host.startAnew();
            });
    });
    connect(m_preview, &GazetteerPreview::labelsWanted, &m_host, &GazetteerHost::addMissingLabels);
    connect(&m_session, &ProjectSession::layersChanged, this, &GazetteerDialog::showState);
    connect(&m_session, &ProjectSession::closed, this, &QDialog::reject);
}

void GazetteerDialog::showState() {
    const GazetteerHost::Work work = m_host.work();
    const bool can = m_host.canChange(), isEmpty = m_host.definition().sources.empty();
    const bool isBusy = work == GazetteerHost::Work::Adding || work == GazetteerHost::Work::Applying;
    m_left->setCurrentIndex(isEmpty ? 0 : 1);
    m_empty->setEnabled(can && !isBusy);
    m_preview->setVisible(!isEmpty);
    showSources();
    showFields();
    m_preview->setLabelsCanBeAdded(can && !isBusy);
    m_preview->showReport(m_host.report() ? &*m_host.report() : nullptr);
    for (QPushButton* one : {m_files, m_pattern}) one->setEnabled(can);
    // In a blind layer nobody is to see what is tagged elsewhere.
    m_tagged->setEnabled(can && !isBusy && !m_session.isBlind());
    m_undo->setEnabled(m_host.canUndo());
    m_redo->setEnabled(m_host.canRedo());
    m_progress->setVisible(work != GazetteerHost::Work::None);
    m_progress->setValue(static_cast<int>(m_host.fraction() * kGazetteerSteps));
    if (!m_layer->hasFocus()) m_layer->setText(fromUtf8(m_host.definition().layer));
    m_layer->setEnabled(can);
    m_delete->setEnabled(can && m_host.hasLayer() && !isBusy);
    m_cancel->setText(isBusy ? tr("Stop") : tr("Close"));
    m_apply->setEnabled(can && !isEmpty && !isBusy);
}

void GazetteerDialog::showSources() {
    m_isShowing = true;
    const auto& sources = m_host.definition().sources;
    const std::string current = m_wanted.empty() && currentSource() >= 0
                                    ? toUtf8(m_sources->item(currentSource(), SourceName)->text())
                                    : m_wanted;
    m_sources->setRowCount(static_cast<int>(sources.size()));
    int row = sources.empty() ? -1 : std::clamp(currentSource(), 0, static_cast<int>(sources.size()) - 1);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const Source& source = sources[i];
        const int at = static_cast<int>(i);
        if (source.name == current) row = at;
        const workflow::SourceReport* told = nullptr;
        if (m_host.report())
            for (const workflow::SourceReport& one : m_host.report()->sources)
                if (one.name == source.name) told = &one;
        const auto cell = [&](int column, const QString& text) {
            auto* item = new QTableWidgetItem(text);
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
            if (column >= SourceNames) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            item->setToolTip(source.isList() ? fromUtf8(source.origin) : fromUtf8(source.pattern));
            m_sources->setItem(at, column, item);
            return item;
        };
        QTableWidgetItem* name = cell(SourceName, fromUtf8(source.name));
        if (m_host.canChange()) name->setFlags(name->flags() | Qt::ItemIsUserCheckable);
        name->setCheckState(source.isEnabled ? Qt::Checked : Qt::Unchecked);
        cell(SourceLabel, source.label.empty() && source.isList() ? tr("own") : fromUtf8(source.label));
        cell(SourceNames, source.isList() ? QLocale().toString(static_cast<qlonglong>(source.names)) : tr("rule"));
        cell(SourceFinds, told ? QLocale().toString(static_cast<qlonglong>(told->kept)) : QString());
    }
    m_sources->setCurrentCell(row, SourceName);
    m_wanted.clear();
    m_isShowing = false;
}

int GazetteerDialog::currentSource() const {
    return m_sources->currentRow();
}

void GazetteerDialog::showFields() {
    const auto& sources = m_host.definition().sources;
    const int row = currentSource();
    const bool isThere = row >= 0 && row < static_cast<int>(sources.size());
    std::vector<std::string> labels = m_session.labels().types;
    m_fields->showSource(isThere ? &sources[static_cast<std::size_t>(row)] : nullptr, labels);
    m_fields->setEnabled(isThere && m_host.canChange());
    m_up->setEnabled(m_host.canChange() && row > 0);
    m_down->setEnabled(m_host.canChange() && isThere && row + 1 < static_cast<int>(sources.size()));
    m_remove->setEnabled(m_host.canChange() && isThere);
}

void GazetteerDialog::changeSource(const Source& source) {
    gazetteer::Definition next = m_host.definition();
    const int row = currentSource();
    if (row < 0 || row >= static_cast<int>(next.sources.size())) return;
    Source& old = next.sources[static_cast<std::size_t>(row)];
    const std::string before = old.name;
    old = source;
    if (source.name != before) {
        old.name.clear();
        old.name = next.freeName(source.name);
    }
    m_wanted = old.name;
    m_host.change(next);
}

void GazetteerDialog::switchSource(int row, bool isOn) {
    gazetteer::Definition next = m_host.definition();
    if (row < 0 || row >= static_cast<int>(next.sources.size())) return;
    next.sources[static_cast<std::size_t>(row)].isEnabled = isOn;
    m_host.change(next);
}

void GazetteerDialog::chooseFiles() {
    clearSaid();
    m_host.addFiles(dialogs::files(this, {QStringLiteral("gazetteer.files"),
                                          dialogs::FileRequest::Kind::OpenFiles,
                                          tr("Choose word lists"),
                                          {},
                                          tr("Text files (*.txt *.tsv *.lst);;All files (*)")}));
}

void GazetteerDialog::addFromTagged() {
    clearSaid();
    m_host.addFromGold({});
}

void GazetteerDialog::addPattern() {
    Source source;
    source.kind = Source::Kind::TextPattern;
    source.pattern = "[A-Z]\\w+ (Inc|Ltd|Corp)\\.?";
    source.caseSensitive = true;
    const auto& types = m_session.labels().types;
    const bool hasOrg = std::find(types.begin(), types.end(), "ORG") != types.end();
    source.label = hasOrg ? "ORG" : types.empty() ? "ORG" : types.front();
    gazetteer::Definition next = m_host.definition();
    source.name = next.freeName(toUtf8(tr("Pattern")));
    m_wanted = source.name;
    next.sources.push_back(std::move(source));
    m_host.change(next);
    m_fields->beginEditing();
}

void GazetteerDialog::removeSource() {
    gazetteer::Definition next = m_host.definition();
    const int row = currentSource();
    if (row < 0 || row >= static_cast<int>(next.sources.size())) return;
    next.sources.erase(next.sources.begin() + row);
    m_host.change(next);
}

void GazetteerDialog::moveSource(int by) {
    gazetteer::Definition next = m_host.definition();
    const int from = currentSource(), to = from + by;
    if (from < 0 || to < 0 || to >= static_cast<int>(next.sources.size())) return;
    std::swap(next.sources[static_cast<std::size_t>(from)], next.sources[static_cast<std::size_t>(to)]);
    m_wanted = next.sources[static_cast<std::size_t>(to)].name;
    m_host.change(next);
}

void GazetteerDialog::nameLayer() {
    gazetteer::Definition next = m_host.definition();
    const std::string name = toUtf8(m_layer->text().trimmed());
    if (name.empty() || name == next.layer) return m_layer->setText(fromUtf8(next.layer));
    next.layer = name;
    m_host.change(next);
}

void GazetteerDialog::showListAdded(const workflow::MadeList& made) {
    m_said
        << tr("%Ln name(s) from %1.", nullptr, static_cast<int>(made.source.names)).arg(fromUtf8(made.source.origin));
    for (const auto& [code, count] : made.findings.counts()) m_said << findingText(code, count);
    if (made.isOfAllPosts) m_said << tr("There are no training posts; the names of all posts were taken.");
    if (made.severalLabels > 0)
        m_said << tr("%Ln name(s) have several labels; each got its commonest one.", nullptr,
                     static_cast<int>(made.severalLabels));
    showSaid();
}

void GazetteerDialog::showSaid() {
    const auto kind = m_hasFailed ? Banner::Kind::Error : m_said.size() == 1 ? Banner::Kind::Good : Banner::Kind::Info;
    m_banner->showMessage(kind, m_said.value(0), m_said.mid(1).join(QLatin1Char('\n')));
}

void GazetteerDialog::clearSaid() {
    m_said.clear();
    m_hasFailed = false;
    m_banner->clear();
}

void GazetteerDialog::showApplied() {
    m_banner->showMessage(Banner::Kind::Good,
                          tr("%Ln suggestion(s) wait on the page Tag, and the page Scores knows the layer %1.", nullptr,
                             static_cast<int>(m_host.report()->entities))
                              .arg(fromUtf8(m_host.definition().layer)));
}

void GazetteerDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (m_host.canChange() && !localFiles(event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void GazetteerDialog::dropEvent(QDropEvent* event) {
    const QStringList files = localFiles(event->mimeData());
    if (!m_host.canChange() || files.isEmpty()) return;
    event->acceptProposedAction();
    clearSaid();
    m_host.addFiles(files);
}

void GazetteerDialog::reject() {
    m_host.cancel();
    QDialog::reject();
}

}  // namespace mnerva::ui
