#include "ui/pages/scores/scores_page.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/charts/bar_charts.h"
#include "ui/charts/chart.h"
#include "ui/charts/figure_dialog.h"
#include "ui/frame/project_commands.h"
#include "ui/look/theme.h"
#include "ui/pages/scores/slices_view.h"
#include "ui/session/project_session.h"
#include "ui/session/runs_model.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

constexpr int kStringWidth = 320;
constexpr int kRowHeight = 32, kMostSystemRows = 7;
QLabel* quietLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

ScoresPage::ScoresPage(ProjectSession& session, ProjectCommands& commands, QWidget* parent)
    : Page(parent), m_session(session), m_commands(commands), m_host(session) {
    setObjectName(QStringLiteral("scoresPage"));
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(QStringLiteral("scores"));
    auto* work = new QWidget;
    auto* column = new QVBoxLayout(work);
    column->setContentsMargins(2 * Theme::kGrid, Theme::kGrid, 2 * Theme::kGrid, Theme::kGrid);
    column->setSpacing(Theme::kGrid);
    m_banner = new Banner;
    m_banner->setObjectName(QStringLiteral("scoresBanner"));
    column->addWidget(makeBar());
    column->addWidget(m_banner);
    m_systems = makeTable("systemsTable", m_systemsModel);
    m_systems->setSelectionBehavior(QAbstractItemView::SelectRows);
    column->addWidget(m_systems);
    auto* leaving = new ScoresExport(
        m_host, *m_export, *m_systems, [this] { return exportView(); }, this);
    connect(leaving, &ScoresExport::told, this, &Page::statusMessage);
    connect(leaving, &ScoresExport::failed, m_banner, &Banner::showError);
    column->addSpacing(Theme::kGrid);
    column->addWidget(makeViews(), 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(work);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);

    connect(&m_host, &ScoresHost::changed, this, &ScoresPage::refresh);
    connect(&m_host, &ScoresHost::failed, this,
            [this](const Error& error) { m_banner->showError(error, tr("The scores could not be computed.")); });
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_host.state() == ScoresHost::State::Hidden)
            m_session.setEditedLayer({});
        else
            Q_EMIT pageWanted(m_session.isOpen() ? QStringLiteral("train") : QStringLiteral("data"));
    });
    connect(m_systems, &QTableView::activated, this, &ScoresPage::openSystem);
    connect(m_systems->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ScoresPage::choose);
    retranslate();
}

// --- making it ------------------------------------------------------------------------------------------------------

QComboBox* ScoresPage::makeBox(const char* name) {
    auto* box = new QComboBox;
    box->setObjectName(QLatin1String(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(box, &QComboBox::activated, this, &ScoresPage::choose);
    return box;
}

QTableView* ScoresPage::makeTable(const char* name, CellModel& model) {
    auto* table = new QTableView;
    table->setObjectName(QLatin1String(name));
    table->setModel(&model);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setTabKeyNavigation(false);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    return table;
}

QWidget* ScoresPage::makeBar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    m_splitTitle = quietLabel("splitTitle");
    m_ruleTitle = quietLabel("ruleTitle");
    m_truthTitle = quietLabel("truthTitle");
    m_split = makeBox("scoresSplit");
    m_rule = makeBox("scoresRule");
    m_truth = makeBox("scoresTruth");
    for (const eval::Rule rule : eval::allRules()) m_rule->addItem(QString(), static_cast<int>(rule));
    m_rule->setMaxVisibleItems(20);
    m_export = new QToolButton;
    m_export->setObjectName(QStringLiteral("scoresExport"));
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_splitTitle, m_split, m_ruleTitle, m_rule, m_truthTitle, m_truth}) {
        row->addWidget(part);
        if (qobject_cast<QComboBox*>(part)) row->addSpacing(Theme::kGrid);
    }
    row->addStretch(1);
    row->addWidget(m_export);
    return bar;
}

QWidget* ScoresPage::scrolled(QWidget* chart, const char* name) {
    chart->setObjectName(QLatin1String(name));
    auto* area = new QScrollArea;
    area->setWidget(chart);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

QWidget* ScoresPage::makeViews() {
    auto* whole = new QWidget;
    auto* column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::kGrid);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("scoresTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int tab = 0; tab < kTabCount; ++tab) m_tabs->addTab(QString());
    m_about = quietLabel("scoresAbout");
    m_about->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_counted = quietLabel("scoresCounted");
    m_counted->setWordWrap(true);
    m_property = makeBox("scoresProperty");
    for (const eval::Property property : eval::allProperties())
        m_property->addItem(QString(), static_cast<int>(property));
    m_property->setMaxVisibleItems(20);
    m_otherTitle = quietLabel("otherTitle");
    m_other = makeBox("scoresOther");
    row->addWidget(m_tabs);
    row->addWidget(m_about, 1);
    row->addWidget(m_otherTitle);
    row->addWidget(m_other);
    row->addWidget(m_property);
    column->addLayout(row);
    column->addWidget(m_counted);

    makeCharts();
    column->addWidget(m_views, 1);
    connectViews();
    showTab(kMistakes);
    return whole;
}

void ScoresPage::makeCharts() {
    m_views = new QStackedWidget;
    m_mistakes = new StackedBars;
    m_confusion = makeTable("confusionTable", m_confusionModel);
    m_confusion->verticalHeader()->show();
    m_confusion->verticalHeader()->setHighlightSections(false);
    m_corner = new QLabel(m_confusion);
    m_corner->setObjectName(QStringLiteral("confusionCorner"));
    m_corner->setFont(Theme::secondaryFont());
    m_corner->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_corner->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_corner->setIndent(Theme::kGrid);
    for (const QHeaderView* header : {m_confusion->verticalHeader(), m_confusion->horizontalHeader()})
        connect(header, &QHeaderView::geometriesChanged, this, &ScoresPage::placeCorner);
    m_surfaces = makeTable("stringsTable", m_surfacesModel);
    m_surfaces->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_buckets = new IntervalChart;
    m_difference = new IntervalChart;
    auto* difference = new QWidget;
    auto* lines = new QVBoxLayout(difference);
    lines->setContentsMargins(0, 0, 0, 0);
    m_comparison = new QLabel;
    m_comparison->setObjectName(QStringLiteral("comparisonText"));
    m_comparison->setWordWrap(true);
    m_comparison->setTextInteractionFlags(Qt::TextSelectableByMouse);
    lines->addWidget(m_comparison);
    lines->addWidget(scrolled(m_difference, "differenceChart"), 1);
    m_reliability = new Chart;
    m_reliability->setObjectName(QStringLiteral("scoresReliability"));
    m_slices = new SlicesView(m_session, m_host);
    m_seeds = makeTable("seedsTable", m_seedsModel);
    m_seeds->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (QWidget* view : std::initializer_list<QWidget*>{scrolled(m_mistakes, "mistakesChart"), m_confusion, m_surfaces,
                                                         scrolled(m_buckets, "bucketsChart"), difference, m_reliability,
                                                         m_slices, m_seeds})
        m_views->addWidget(view);
}

void ScoresPage::connectViews() {
    connect(m_tabs, &QTabBar::currentChanged, this, &ScoresPage::showTab);
    connect(m_mistakes, &PressableChart::pressed, this, &ScoresPage::mistakePressed);
    connect(m_buckets, &PressableChart::pressed, this, [this](int id) {
        const int rows = static_cast<int>(m_host.answer()->table.rows.size());
        bucketPressed(id % rows, id / rows);
    });
    connect(m_difference, &PressableChart::pressed, this,
            [this](int id) { bucketPressed(m_host.answer()->systemRow, id); });
    connect(m_reliability, &Chart::pointPressed, this, &ScoresPage::reliabilityPressed);
    connect(m_reliability, &Chart::saveFailed, m_banner,
            [this](const Error& error) { m_banner->showError(error, tr("The figure was not saved.")); });
    connect(m_reliability, &Chart::saved, this,
            [this](const QString& path) { Q_EMIT statusMessage(tr("The figure is in %1").arg(path)); });
    connect(m_slices, &SlicesView::postsWanted, this, &ScoresPage::slicePressed);
    connect(&m_host, &ScoresHost::sliceRemoved, this, [this](const QString& name) {
        m_banner->showMessage(Banner::Kind::Info, tr("The slice %1 was deleted.").arg(name));
        m_banner->addButton(tr("Put it back"), [this] {
            m_banner->clear();
            m_host.restoreSlice();
        });
    });
    connect(m_confusion, &QTableView::activated, this, [this](const QModelIndex& index) {
        const auto labels = confusion_table::labels(*m_host.answer());
        const int gold = labels[static_cast<std::size_t>(index.row())],
                  predicted = labels[static_cast<std::size_t>(index.column())];
        openPosts(m_host.confusedPosts(gold, predicted), index.data(Qt::ToolTipRole).toString());
    });
    connect(m_surfaces, &QTableView::activated, this, [this](const QModelIndex& index) {
        const QString text = index.siblingAtColumn(0).data().toString(),
                      kind = index.siblingAtColumn(2).data().toString();
        openPosts(m_host.surfacePosts(index.row()), tr("%1: “%2” %3").arg(systemName(), text, kind));
    });
}

// --- keeping up -----------------------------------------------------------------------------------------------------

void ScoresPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_host.setWanted(true);
}

void ScoresPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_host.setWanted(false);
}

void ScoresPage::activated() {
    m_host.setWanted(true);
    m_systems->setFocus();
}

void ScoresPage::refresh() {
    const bool isReady = m_host.state() == ScoresHost::State::Ready && m_host.answer();
    const bool isOpen = m_session.isOpen();
    const bool isHidden = m_host.state() == ScoresHost::State::Hidden;
    m_empty->setSentence(!isOpen ? tr("No project is open. Open one, and its systems are compared here.")
                         : isHidden
                             ? tr("A blind layer is being made, so that what others say of its posts is hidden here.")
                         : m_host.state() == ScoresHost::State::Reading
                             ? tr("Reading the layers…")
                             : tr("No predictions yet. Train a system, or import a file of predictions, and its scores "
                                  "are here."));
    m_empty->setButton(!isOpen                                        ? tr("Go to Data")
                       : isHidden                                     ? tr("Edit the corrected layer")
                       : m_host.state() == ScoresHost::State::Reading ? QString()
                                                                      : tr("Go to Train"));
    m_stack->setCurrentIndex(isReady ? 1 : 0);
    if (!isReady) return;
    m_isFilling = true;
    const int column = std::max(0, m_systems->currentIndex().column());
    systems_table::fill(m_systemsModel, *m_host.answer());
    m_systems->setCurrentIndex(
        m_systemsModel.index(m_host.answer()->systemRow, std::min(column, m_systemsModel.columnCount() - 1)));
    const int rows = std::min(kMostSystemRows, m_systemsModel.rowCount());
    // A style may make rows higher than asked for.
    m_systems->setFixedHeight(m_systems->horizontalHeader()->sizeHint().height() + rows * m_systems->rowHeight(0) +
                              m_systems->horizontalScrollBar()->sizeHint().height() + 2);
    m_systems->setColumnHidden(systems_table::kChange, m_host.answer()->changes.empty());
    refreshBoxes();
    refreshWarnings();
    confusion_table::fill(m_confusionModel, *m_host.answer());
    surfaces_table::fill(m_surfacesModel, *m_host.answer());
    m_surfaces->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_surfaces->setColumnWidth(0, kStringWidth);
    refreshViews();
    showAbout();
    placeCorner();
    m_about->setToolTip(fromUtf8(m_host.answer()->caption));
    m_isFilling = false;
}

void ScoresPage::refreshBoxes() {
    const ScoresAnswer& answer = *m_host.answer();
    m_split->clear();
    m_split->addItem(tr("all posts"), -1);
    for (const Split split : m_host.splits()) m_split->addItem(splitText(split), static_cast<int>(split));
    m_split->setCurrentIndex(
        std::max(0, m_split->findData(answer.choice.split ? static_cast<int>(*answer.choice.split) : -1)));
    m_rule->setCurrentIndex(m_rule->findData(static_cast<int>(answer.choice.rule)));
    m_rule->setToolTip(
        QCoreApplication::translate("scores", std::string(eval::ruleSentence(answer.choice.rule)).c_str()));
    m_truth->clear();
    for (const char* layer : {"gold", "corrected"}) m_truth->addItem(layerText(layer), QString::fromLatin1(layer));
    m_truth->setCurrentIndex(std::max(0, m_truth->findData(fromUtf8(answer.choice.reference))));
    m_property->setCurrentIndex(m_property->findData(static_cast<int>(answer.choice.property)));
    m_other->clear();
    for (const auto& row : answer.table.rows)
        if (row.layer != answer.choice.system) m_other->addItem(layerText(row.layer), fromUtf8(row.layer));
    m_other->setCurrentIndex(std::max(0, m_other->findData(fromUtf8(answer.choice.other))));
    m_other->setEnabled(m_other->count() > 0);
}

void ScoresPage::refreshWarnings() {
    QStringList lines;
    for (const workflow::ScoreWarning& warning : m_host.answer()->table.warnings) lines << warningText(warning);
    const std::string now = toUtf8(lines.join(QLatin1Char('\n')));
    if (now == m_warned) return;  // one that was closed stays closed
    m_warned = now;
    if (lines.isEmpty())
        m_banner->clear();
    else
        m_banner->showMessage(Banner::Kind::Warning, lines.first(), QStringList(lines.mid(1)).join(QLatin1Char('\n')));
}

QString ScoresPage::systemName() const {
    return layerText(m_host.answer()->choice.system);
}

void ScoresPage::refreshViews() {
    const ScoresAnswer& answer = *m_host.answer();
    m_mistakeParts = fillMistakes(*m_mistakes, answer);
    fillBuckets(*m_buckets, answer);
    fillDifference(*m_difference, answer);
    m_comparison->setText(comparisonText(answer));
    m_reliabilityParts = fillReliability(*m_reliability, answer);
    m_slices->show(answer);
    seeds_table::fill(m_seedsModel, answer);
    m_seeds->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tabs->setTabVisible(kSeeds, !answer.seeds.empty());
}

void ScoresPage::showTab(int tab) {
    m_views->setCurrentIndex(tab);
    m_property->setVisible(tab == kBuckets || tab == kDifference);
    const bool isOfTwo = tab == kDifference || tab == kReliability || tab == kSlices;
    m_otherTitle->setVisible(isOfTwo);
    m_other->setVisible(isOfTwo);
    showAbout();
}

/// What must be known to read the figures of the tab.
void ScoresPage::showAbout() {
    if (!m_host.answer()) return;
    const int tab = m_views->currentIndex();
    QString text = tab == kBuckets || tab == kSlices || tab == kSeeds ? QString() : scoresSummary(*m_host.answer());
    m_about->setText(text);
    const QString counted =
        tab == kConfusion ? tr("By exact words: an entity with other boundaries counts as missed and as spurious.")
        : tab == kStrings ? tr("By exact words and type: an entity with other boundaries or another type counts as "
                               "missed and as spurious.")
        : tab == kBuckets || tab == kDifference
            ? tr("F1 of whole entities. A place belongs to what gold has there, else to what the system says; the "
                 "table above counts a wrong type under both types, so figures by type differ from it.")
            : QString();
    m_counted->setText(counted);
    m_counted->setVisible(!counted.isEmpty());
}

/// The corner of the confusion matrix says which side is which.
void ScoresPage::placeCorner() {
    const QHeaderView *rows = m_confusion->verticalHeader(), *columns = m_confusion->horizontalHeader();
    m_confusion->verticalHeader()->setMinimumWidth(m_corner->sizeHint().width() + Theme::kGrid);
    m_corner->setGeometry(m_confusion->frameWidth(), m_confusion->frameWidth(), rows->width(), columns->height());
    m_corner->raise();
}

// --- what a person does ---------------------------------------------------------------------------------------------

void ScoresPage::choose() {
    if (m_isFilling || !m_host.answer()) return;
    ScoresChoice choice = m_host.answer()->choice;
    const int split = m_split->currentData().toInt();
    choice.split = split < 0 ? std::nullopt : std::optional(static_cast<Split>(split));
    choice.rule = static_cast<eval::Rule>(m_rule->currentData().toInt());
    choice.reference = toUtf8(m_truth->currentData().toString());
    choice.property = static_cast<eval::Property>(m_property->currentData().toInt());
    const int row = m_systems->currentIndex().row();
    if (row >= 0) choice.system = m_host.answer()->table.rows[static_cast<std::size_t>(row)].layer;
    choice.other = toUtf8(m_other->currentData().toString());
    m_host.setChoice(choice);
}

void ScoresPage::openPosts(const std::vector<PostId>& posts, const QString& title) {
    if (posts.empty())
        Q_EMIT statusMessage(tr("There is no such post."));
    else
        m_commands.showPosts(posts, title);
}

void ScoresPage::openSystem(const QModelIndex& index) {
    const int type = index.column() - systems_table::kFirstType;
    const QString name = index.siblingAtColumn(systems_table::kSystem).data().toString();
    if (type < 0) return openPosts(m_host.wrongPosts(index.row()), tr("%1 is wrong").arg(name));
    const std::string& wanted = m_host.answer()->table.types.at(static_cast<std::size_t>(type));
    openPosts(m_host.wrongPosts(index.row(), wanted), tr("%1 is wrong about %2").arg(name, fromUtf8(wanted)));
}

void ScoresPage::mistakePressed(int id) {
    const MistakeBar& part = m_mistakeParts.at(static_cast<std::size_t>(id));
    const QString name = layerText(m_host.answer()->table.rows.at(static_cast<std::size_t>(part.row)).layer);
    QString title = tr("%1: %2", "a system and a kind of mistake").arg(name, errorKindText(part.kind));
    if (part.type != eval::Unit::kNone)
        title += QLatin1Char(' ') + fromUtf8(m_host.answer()->typeNames[static_cast<std::size_t>(part.type)]);
    openPosts(m_host.mistakePosts(part.row, part.kind, part.type), title);
}

void ScoresPage::reliabilityPressed(int series, int point) {
    const auto& [row, bins] = m_reliabilityParts.at(static_cast<std::size_t>(series));
    if (row < 0) return;
    const int bin = bins.at(static_cast<std::size_t>(point));
    const auto& system = m_host.answer()->reliability.at(static_cast<std::size_t>(row));
    const eval::ReliabilityBin& found = system->found.bins.at(static_cast<std::size_t>(bin));
    const QString name = layerText(m_host.answer()->table.rows.at(static_cast<std::size_t>(row)).layer);
    openPosts(m_host.confidencePosts(row, bin),
              tr("%1 is wrong with a confidence of %2 to %3")
                  .arg(name, QLocale().toString(found.from, 'f', 1), QLocale().toString(found.to, 'f', 1)));
}

void ScoresPage::slicePressed(int row, int slice) {
    const ScoresAnswer& answer = *m_host.answer();
    const QString name = fromUtf8(answer.slices.at(static_cast<std::size_t>(slice)).slice.name);
    if (row < 0) return openPosts(m_host.slicePosts(row, slice), name);
    openPosts(m_host.slicePosts(row, slice),
              tr("%1 is wrong in %2", "a system and a slice")
                  .arg(layerText(answer.table.rows.at(static_cast<std::size_t>(row)).layer), name));
}

void ScoresPage::bucketPressed(int row, int bucket) {
    const ScoresAnswer& answer = *m_host.answer();
    const QString name = layerText(answer.table.rows.at(static_cast<std::size_t>(row)).layer);
    openPosts(m_host.bucketPosts(row, bucket),
              tr("%1 is wrong, %2: %3", "a system, a property and its value")
                  .arg(name, propertyText(answer.choice.property),
                       bucketText(answer.choice.property, answer.bucketNames.at(static_cast<std::size_t>(bucket)))));
}

// --- leaving the window ---------------------------------------------------------------------------------------------

ScoresExport::View ScoresPage::exportView() const {
    const QString title = m_tabs->tabText(m_tabs->currentIndex());
    switch (m_tabs->currentIndex()) {
        case kConfusion:
            return {title, ScoresReport::Confusion, nullptr, m_confusion, nullptr};
        case kStrings:
            return {title, ScoresReport::Strings, nullptr, m_surfaces, nullptr};
        case kBuckets:
            return {title, ScoresReport::Buckets, m_buckets, nullptr, nullptr};
        case kDifference:
            return {title, ScoresReport::Difference, m_difference, nullptr, nullptr};
        case kReliability:
            return {title, ScoresReport::Reliability, nullptr, nullptr, m_reliability};
        case kSlices:
            return {title, ScoresReport::Slices, nullptr, &m_slices->table(), nullptr};
        case kSeeds:
            return {title, ScoresReport::Seeds, nullptr, m_seeds, nullptr};
        default:
            return {title, ScoresReport::Errors, m_mistakes, nullptr, nullptr};
    }
}

// --- texts ----------------------------------------------------------------------------------------------------------

void ScoresPage::retranslate() {
    m_splitTitle->setText(tr("Posts"));
    m_ruleTitle->setText(tr("Rule"));
    m_truthTitle->setText(tr("Against", "the layer that counts as true"));
    m_otherTitle->setText(tr("Compared with"));
    m_split->setAccessibleName(tr("Posts that are scored"));
    m_rule->setAccessibleName(tr("Scoring rule"));
    m_truth->setAccessibleName(tr("Layer that counts as true"));
    m_other->setAccessibleName(tr("System to compare with"));
    m_property->setAccessibleName(tr("Property of the buckets"));
    m_property->setToolTip(m_property->accessibleName());
    for (int i = 0; i < m_rule->count(); ++i)
        m_rule->setItemText(i, ruleTitleText(static_cast<eval::Rule>(m_rule->itemData(i).toInt())));
    for (int i = 0; i < m_property->count(); ++i)
        m_property->setItemText(i, propertyText(static_cast<eval::Property>(m_property->itemData(i).toInt())));
    m_export->setText(tr("Export"));
    m_export->setIcon(Theme::icon(QStringLiteral("export")));
    m_export->setAccessibleName(tr("Save tables and figures"));
    const QStringList tabs{tr("Mistakes"),   tr("Confusion"),   tr("Strings"), tr("By property"),
                           tr("Difference"), tr("Reliability"), tr("Slices"),  tr("Seeds")};
    for (int tab = 0; tab < kTabCount; ++tab) m_tabs->setTabText(tab, tabs[tab]);
    m_tabs->setAccessibleName(tr("What is looked at"));
    m_systems->setAccessibleName(tr("Scores of the systems"));
    m_systems->setToolTip(tr("Enter or a double click shows the posts behind a figure"));
    m_corner->setText(tr("gold ↓  system →"));
    m_buckets->setAxisTitle(tr("F1"));
    m_difference->setAxisTitle(tr("difference of F1 on the same posts"));
    m_confusion->setAccessibleName(tr("Gold labels in rows, predicted labels in columns"));
    m_surfaces->setAccessibleName(tr("Texts that are missed or spurious most"));
    m_mistakes->setAccessibleName(tr("Mistakes by kind; Enter shows their posts"));
    m_buckets->setAccessibleName(tr("F1 by property with intervals; Enter shows the posts"));
    m_difference->setAccessibleName(tr("Difference of two systems by property"));
    m_reliability->setToolTip(
        tr("On the dashed line confidences are exact. Press a point to see the posts that are wrong there."));
    m_seeds->setAccessibleName(tr("Runs that differ in their seed alone"));
    m_slices->retranslate();
    m_warned.assign(1, '\n');  // said again in the other language
    refresh();
}

std::vector<Page::CaptureState> ScoresPage::statesForCapture() {
    return {{QStringLiteral("confusion"), [this] { m_tabs->setCurrentIndex(kConfusion); }},
            {QStringLiteral("strings"), [this] { m_tabs->setCurrentIndex(kStrings); }},
            {QStringLiteral("buckets"), [this] { m_tabs->setCurrentIndex(kBuckets); }},
            {QStringLiteral("difference"), [this] { m_tabs->setCurrentIndex(kDifference); }},
            {QStringLiteral("reliability"), [this] { m_tabs->setCurrentIndex(kReliability); }},
            {QStringLiteral("slices"), [this] { m_tabs->setCurrentIndex(kSlices); }}};
}

std::vector<Page::CaptureDialog> ScoresPage::dialogsForCapture() {
    return {{QStringLiteral("figure"),
             [this]() -> QWidget* { return new FigureDialog(m_mistakes->figure(m_tabs->tabText(kMistakes))); }}};
}

bool ScoresPage::readyForCapture() const {
    return !m_host.isComputing();
}

PageSpec scoresPage() {
    return {.id = QStringLiteral("scores"),
            .icon = QStringLiteral("scores"),
            .title = [] { return ScoresPage::tr("Scores"); },
            .make = [](const PageContext& window) -> Page* { return new ScoresPage(window.session, window.commands); }};
}

}  // namespace mnerva::ui
