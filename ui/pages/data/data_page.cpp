#include "ui/pages/data/data_page.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/frame/project_commands.h"
#include "ui/look/theme.h"
#include "ui/pages/data/backups_dialog.h"
#include "ui/pages/data/bulk_dialog.h"
#include "ui/pages/data/detect_dialog.h"
#include "ui/pages/data/export_dialog.h"
#include "ui/pages/data/gazetteer_dialog.h"
#include "ui/pages/data/import_dialog.h"
#include "ui/pages/data/labels_dialog.h"
#include "ui/pages/data/new_project_dialog.h"
#include "ui/pages/data/post_table_delegate.h"
#include "ui/session/no_match_note.h"
#include "ui/session/picture_cache.h"
#include "ui/session/query_menu.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

constexpr int kNumbersRow = 28;

void makeQuiet(QTableView* view) {
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setFrameShape(QFrame::NoFrame);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

}  // namespace

DataPage::DataPage(ProjectSession& session, ProjectCommands& commands, const ActionRegistry& actions, QWidget* parent)
    : Page(parent),
      m_session(session),
      m_commands(commands),
      m_posts(session),
      m_banner(new Banner),
      m_stack(new QStackedWidget),
      m_welcome(new EmptyState(QStringLiteral("data"))),
      m_noPosts(new EmptyState(QStringLiteral("import"))) {
    setObjectName(QStringLiteral("dataPage"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addWidget(m_stack, 1);
    m_welcome->setObjectName(QStringLiteral("welcome"));
    m_noPosts->setObjectName(QStringLiteral("noPosts"));
    m_stack->addWidget(m_welcome);
    m_stack->addWidget(m_noPosts);
    m_stack->addWidget(makeContent());
    actions.describe(m_import, QStringLiteral("project.import"));
    actions.describe(m_detect, QStringLiteral("project.detect"));
    actions.describe(m_export, QStringLiteral("project.export"));

    connect(m_welcome, &EmptyState::triggered, &commands, &ProjectCommands::openDataSet);
    connect(m_noPosts, &EmptyState::triggered, &commands, &ProjectCommands::openDataSet);
    for (EmptyState* state : {m_welcome, m_noPosts}) {
        connect(state, &EmptyState::linkTriggered, this, [this](const QString& id) {
            if (id == QLatin1String("new")) m_commands.newProject();
            if (id == QLatin1String("open")) m_commands.openProject();
            if (id == QLatin1String("sample")) m_commands.trySample();
            if (id.startsWith(QLatin1String("recent:"))) m_commands.open(id.mid(7));
        });
    }
    connect(&commands, &ProjectCommands::failed, this, [this](const Error& error, const QString& what) {
        m_banner->showError(error, what);
        if (error.code() == ErrorCode::ProjectCorrupt || error.code() == ErrorCode::DatabaseFailed) {
            m_banner->addButton(tr("Repair…"), [this] { m_commands.repairProject(); });
            m_banner->addButton(tr("Backups…"), [this] { m_commands.showBackups(); });
        }
        Q_EMIT pageWanted(QStringLiteral("data"));
    });
    connect(&session, &ProjectSession::opened, this, [this] {
        m_banner->clear();
        m_statisticsAsked = false;
        showState();
    });
    connect(&session, &ProjectSession::closed, this, &DataPage::showState);
    connect(&session, &ProjectSession::summariesReset, this, &DataPage::showState);
    connect(&session, &ProjectSession::layersChanged, this, [this] {
        m_statisticsAsked = false;
        if (isVisible()) readStatistics();
    });
    // What was tagged since changes the numbers of the corrected layer: they are read again when the page is shown.
    connect(&session, &ProjectSession::summaryChanged, this, [this] { m_statisticsAsked = false; });
    connect(&session, &ProjectSession::infoChanged, this, [this] {
        m_statistics.setDone(m_session.info().doneOfSplit);
        m_statistics.setSkipped(m_session.info().skippedOfSplit);
        m_numbers->setColumnHidden(StatisticsModel::Skipped, !m_statistics.anySkipped());
    });
    connect(&session, &ProjectSession::currentPostChanged, this, &DataPage::selectCurrent);
    retranslate();
    showState();
}

DataPage::~DataPage() = default;

QWidget* DataPage::makeContent() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(24, 16, 24, 0);
    column->setSpacing(12);
    makeStatistics();
    makeTable();
    column->addWidget(makeHeader());
    column->addWidget(m_numbers);
    column->addSpacing(4);
    column->addWidget(makeFilters());
    column->addWidget(m_table, 1);
    return content;
}

QWidget* DataPage::makeHeader() {
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(0, 0, 0, 0);
    m_name = new QLabel;
    m_name->setFont(Theme::headingFont());
    m_name->setTextFormat(Qt::PlainText);
    m_folder = new QLabel;
    m_folder->setFont(Theme::secondaryFont());
    m_folder->setForegroundRole(QPalette::PlaceholderText);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_folder->setTextFormat(Qt::PlainText);
    m_labels = new QPushButton;
    m_labels->setObjectName(QStringLiteral("dataLabels"));
    m_import = new QPushButton;
    m_import->setObjectName(QStringLiteral("dataImport"));
    m_detect = new QPushButton;
    m_detect->setObjectName(QStringLiteral("dataDetect"));
    m_export = new QPushButton;
    m_export->setObjectName(QStringLiteral("dataExport"));
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    names->addWidget(m_name);
    names->addWidget(m_folder);
    row->addLayout(names, 1);
    row->addWidget(m_labels);
    row->addWidget(m_import);
    row->addWidget(m_detect);
    row->addWidget(m_export);
    connect(m_labels, &QPushButton::clicked, &m_commands, &ProjectCommands::editLabels);
    connect(m_import, &QPushButton::clicked, &m_commands, &ProjectCommands::openDataSet);
    connect(m_detect, &QPushButton::clicked, &m_commands, &ProjectCommands::findObjects);
    connect(&m_commands, &ProjectCommands::canFindObjectsChanged, this,
            [this] { m_detect->setEnabled(m_commands.canFindObjects()); });
    connect(m_export, &QPushButton::clicked, &m_commands, &ProjectCommands::exportPosts);
    return header;
}

QWidget* DataPage::makeFilters() {
    auto* filters = new QWidget;
    auto* row = new QHBoxLayout(filters);
    row->setContentsMargins(0, 0, 0, 0);
    m_filter = new QToolButton;
    m_filter->setObjectName(QStringLiteral("dataFilter"));
    m_filter->setPopupMode(QToolButton::InstantPopup);
    m_filter->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_filter->setMenu(new QueryMenu(m_session, this));
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("postCount"));
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(m_filter);
    connect(&m_posts, &QAbstractItemModel::modelReset, this, [this] {
        showCount();
        selectCurrent();
    });
    connect(&m_posts, &QAbstractItemModel::rowsInserted, this, [this] {
        showCount();
        if (!m_table->currentIndex().isValid()) selectCurrent();  // its row has just come
    });
    return filters;
}

void DataPage::makeStatistics() {
    m_numbers = new QTableView;
    m_numbers->setObjectName(QStringLiteral("statistics"));
    m_numbers->setModel(&m_statistics);
    makeQuiet(m_numbers);
    m_numbers->setSelectionMode(QAbstractItemView::NoSelection);
    m_numbers->setFocusPolicy(Qt::TabFocus);
    m_numbers->verticalHeader()->setMinimumSectionSize(kNumbersRow);
    m_numbers->verticalHeader()->setDefaultSectionSize(kNumbersRow);
    m_numbers->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_numbers->horizontalHeader()->setMinimumSectionSize(64);
    m_numbers->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&m_statistics, &QAbstractItemModel::modelReset, this, &DataPage::fitStatistics);
}

void DataPage::makeTable() {
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("postTable"));
    m_table->setModel(&m_posts);
    makeQuiet(m_table);
    m_table->setItemDelegate(new PostTableDelegate(m_table, &m_session));
    m_noMatch = new NoMatchNote(m_session, *m_table);
    m_table->setMouseTracking(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(PostTableDelegate::kRowHeight);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(PostTableModel::Text, QHeaderView::Stretch);
    header->resizeSection(PostTableModel::Picture, PostTableDelegate::kThumbnail + 16);
    header->resizeSection(PostTableModel::ExternalId, 120);
    header->resizeSection(PostTableModel::Entities, 96);
    header->resizeSection(PostTableModel::SplitColumn, 96);
    header->resizeSection(PostTableModel::Status, 168);  // "done, flagged · to review"
    for (const auto signal : {&PictureCache::ready, &PictureCache::missing}) {
        connect(&PictureCache::instance(), signal, m_table, [this] { m_table->viewport()->update(); });
    }
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (!m_following && current.isValid()) m_session.setCurrentPost(m_posts.postAt(current.row()));
            });
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        m_session.setCurrentPost(m_posts.postAt(index.row()));
        Q_EMIT pageWanted(QStringLiteral("tag"));
    });
}

void DataPage::retranslate() {
    const QString sample = tr("Try the sample");
    m_welcome->setSentence(tr("Open a data set of posts and pictures to start."));
    m_welcome->setButton(tr("Open data set…"));
    QList<std::pair<QString, QString>> links{{QStringLiteral("new"), tr("New project…")},
                                             {QStringLiteral("open"), tr("Open project…")},
                                             {QStringLiteral("sample"), sample}};
    for (const QString& folder : settings::recentProjects().mid(0, 4)) {
        links.append({QStringLiteral("recent:") + folder, QDir::toNativeSeparators(folder)});
    }
    m_welcome->setLinks(links);
    m_noPosts->setSentence(tr("No posts yet. Import a data set, or try the sample."));
    m_noPosts->setButton(tr("Import a data set…"));
    m_noPosts->setLinks({{QStringLiteral("sample"), sample}});
    m_labels->setText(tr("Labels…"));
    m_labels->setToolTip(tr("Add, order and take away the labels of the project"));
    m_import->setText(tr("Import…"));
    m_detect->setText(tr("Find objects…"));
    m_export->setText(tr("Export…"));
    m_table->setAccessibleName(tr("Posts"));
    m_numbers->setAccessibleName(tr("Numbers of the data set"));
    m_filter->setText(tr("Filter"));
    m_filter->setIcon(Theme::icon(QStringLiteral("filter")));
    m_filter->setToolTip(tr("Conditions to choose from; each is written into the query line"));
    m_noMatch->retranslate();
    m_posts.retranslate();
    m_statistics.retranslate();
    showState();
}

void DataPage::activated() {
    if (m_session.isOpen() && !m_statisticsAsked) readStatistics();
    selectCurrent();
    if (m_stack->currentIndex() == 2) m_table->setFocus();
}

void DataPage::showState() {
    const bool hasPosts = m_session.isOpen() && !m_session.summaries().empty();
    m_stack->setCurrentIndex(!m_session.isOpen() ? 0 : hasPosts ? 2 : 1);
    m_name->setText(fromUtf8(m_session.info().name));
    m_folder->setText(QDir::toNativeSeparators(m_session.folder()));
    m_import->setEnabled(m_session.isOpen() && !m_session.isReadOnly());
    m_labels->setEnabled(m_import->isEnabled());
    m_detect->setEnabled(m_commands.canFindObjects());
    if (!hasPosts) m_statistics.clear();
    showCount();
    if (hasPosts && isVisible() && !m_statisticsAsked) readStatistics();
}

void DataPage::readStatistics() {
    m_statisticsAsked = true;
    struct Counted {
        StatisticsModel::Numbers gold, corrected;
    };
    auto numbers = std::make_shared<Counted>();
    // On the reader thread behind the rows, because counting every tag of 100,000 posts takes a while.
    m_session.read(
        [numbers](const project::Project& project) {
            numbers->gold = workflow::statistics(project, "gold");
            const auto touched = [](const auto& split) { return split.second.correctedPosts > 0; };
            if (std::any_of(numbers->gold.begin(), numbers->gold.end(), touched))
                numbers->corrected = workflow::statistics(project, "corrected");
        },
        [this, numbers] {
            m_statistics.set(numbers->gold, m_session.info().doneOfSplit, m_session.labels(), numbers->corrected);
            m_statistics.setSkipped(m_session.info().skippedOfSplit);
            m_numbers->setColumnHidden(StatisticsModel::Skipped, !m_statistics.anySkipped());
        });
}

void DataPage::fitStatistics() {
    const int rows = m_statistics.rowCount();
    m_numbers->setVisible(rows > 0);
    m_numbers->setColumnHidden(StatisticsModel::Begun, !m_statistics.begunDiffers());
    m_numbers->setColumnHidden(StatisticsModel::Skipped, !m_statistics.anySkipped());
    m_numbers->setFixedHeight(m_numbers->horizontalHeader()->sizeHint().height() + rows * kNumbersRow + 2);
}

void DataPage::showCount() {
    m_count->setText(tr("%Ln post(s)", "rows of the table", m_posts.rowCount()));
}

void DataPage::selectCurrent() {
    const int row = m_posts.rowOfPost(m_session.currentPost());
    m_following = true;
    if (row >= 0) {
        m_table->setCurrentIndex(m_posts.index(row, PostTableModel::Text));
    } else {
        m_table->clearSelection();
    }
    m_following = false;
}

std::vector<Page::CaptureDialog> DataPage::dialogsForCapture() {
    std::vector<CaptureDialog> all;
    // A few posts of the resources stand for a person's files, whatever project is open.
    m_demo = std::make_unique<QTemporaryDir>();
    for (const char* name : {"train.txt", "valid.txt"}) {
        const QString file = QString::fromLatin1(name);
        QFile::copy(QStringLiteral(":/demo/") + file, m_demo->filePath(file));
    }
    all.push_back({QStringLiteral("new-project"), [this]() -> QWidget* {
                       auto* dialog = new NewProjectDialog(this);
                       dialog->setLocation(QDir::homePath());
                       dialog->suggestName(tr("My posts"));
                       return dialog;
                   }});
    all.push_back({QStringLiteral("import"), [this]() -> QWidget* {
                       auto* dialog = new ImportDialog(m_session, this);
                       dialog->addPaths({m_demo->filePath(QStringLiteral("train.txt")),
                                         m_demo->filePath(QStringLiteral("valid.txt"))});
                       return dialog;
                   }});
    all.push_back({QStringLiteral("labels"), [this]() -> QWidget* { return new LabelsDialog(m_session, this); }});
    all.push_back({QStringLiteral("backups"),
                   [this]() -> QWidget* { return new BackupsDialog(m_session.folder(), true, this); }});
    const auto detector = [this](bool faces) {
        DetectChoice choice;
        choice.faces = faces;
        choice.minScore = DetectChoice::kMinScore;
        if (!faces) choice.file = QDir::home().filePath(QStringLiteral("models/yolov8n.onnx"));
        auto* dialog = new DetectDialog(m_session, this);
        dialog->setChoice(choice);
        return dialog;
    };
    all.push_back({QStringLiteral("find-objects"), [detector]() -> QWidget* { return detector(true); }});
    all.push_back({QStringLiteral("find-objects-onnx"), [detector]() -> QWidget* { return detector(false); }});
    all.push_back({QStringLiteral("change-many"), [this]() -> QWidget* { return new BulkDialog(m_session, this); }});
    all.push_back(
        {QStringLiteral("word-lists"), [this]() -> QWidget* { return new GazetteerDialog(m_session, this); }});
    all.push_back({QStringLiteral("export"), [this]() -> QWidget* {
                       auto* dialog = new ExportDialog(m_session, this);
                       dialog->setTarget(QDir::home().filePath(QStringLiteral("corrected")));
                       return dialog;
                   }});
    return all;
}

bool DataPage::readyForCapture() const {
    return !m_session.isOpen() || !m_statistics.isEmpty() || m_session.summaries().empty();
}

PageSpec dataPage() {
    return {.id = QStringLiteral("data"),
            .icon = QStringLiteral("data"),
            .title = [] { return DataPage::tr("Data"); },
            .make = [](const PageContext& window) -> Page* {
                return new DataPage(window.session, window.commands, window.actions);
            },
            .standing = PageSpec::Standing::Start};
}

}  // namespace mnerva::ui
