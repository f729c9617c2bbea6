#include "ui/pages/attention/side_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/heat_legend.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

constexpr int kLargeTileFrom = 800;  // pixels of width: tiles of 72 instead of 56, of methods 104 instead of 72

QLabel* quiet(QWidget* parent, const char* name = "") {
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setFont(Theme::secondaryFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QPushButton* pushButton(QWidget* parent, const char* name) {
    auto* button = new QPushButton(parent);
    button->setObjectName(QLatin1String(name));
    return button;
}

}  // namespace

SidePanel::SidePanel(const ActionRegistry& actions, QWidget* parent) : QWidget(parent), m_actions(actions) {
    setObjectName(QStringLiteral("attentionPanel"));
    setAutoFillBackground(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    auto* top = new QHBoxLayout;
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("attentionTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int tab = 0; tab < kTabs; ++tab) m_tabs->addTab(QString());
    m_tabs->setTabVisible(kSimilar, false);
    top->addWidget(m_tabs);
    top->addStretch(1);
    m_byEntity = new QToolButton(this);
    m_byEntity->setObjectName(QStringLiteral("attentionByEntity"));
    m_byEntity->setCheckable(true);
    m_byEntity->setAutoRaise(true);
    top->addWidget(m_byEntity);
    layout->addLayout(top);
    m_facts = quiet(this, "wordFacts");
    m_facts->setForegroundRole(QPalette::WindowText);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setWordWrap(true);
    layout->addWidget(m_facts);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeWords());
    m_heads = new MapTiles(this);
    m_heads->setObjectName(QStringLiteral("headTiles"));
    m_pages->addWidget(m_heads);
    m_pages->addWidget(makeMethods());
    m_pages->addWidget(makeWhatIf());
    layout->addWidget(m_pages, 1);
    m_matrixToggle = new QToolButton(this);
    m_matrixToggle->setObjectName(QStringLiteral("matrixToggle"));
    m_matrixToggle->setAutoRaise(true);
    m_matrixToggle->setCheckable(true);
    m_matrixToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    layout->addWidget(m_matrixToggle);
    layout->addWidget(m_matrix = new MatrixView(this), 3);
    layout->addWidget(makeBars());
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        showPage(tab);
        m_byEntity->setVisible(tab == kWords);
        Q_EMIT tabChanged(tab);
    });
    connect(m_matrixToggle, &QToolButton::toggled, this, [this](bool isOpen) {
        setMatrixVisible(isOpen);
        Q_EMIT matrixToggled(isOpen);
    });
    connect(m_byEntity, &QToolButton::toggled, this, &SidePanel::byEntityToggled);
    m_actions.describe(m_byEntity, QStringLiteral("attention.byEntity"));
    m_actions.describe(m_matrixToggle, QStringLiteral("attention.matrix"));
    m_actions.describe(m_blank, QStringLiteral("attention.blank"));
    m_actions.describe(m_restore, QStringLiteral("attention.asItIs"));
    setMatrixVisible(false);
    retranslate();
}

QWidget* SidePanel::makeWords() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    m_messageBox = new QWidget(page);
    auto* lines = new QVBoxLayout(m_messageBox);
    lines->setContentsMargins(0, 2 * Theme::kGrid, 0, 0);
    m_message = new QLabel(m_messageBox);
    m_message->setObjectName(QStringLiteral("attentionMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_messageButton = pushButton(m_messageBox, "attentionMessageButton");
    lines->addWidget(m_message);
    lines->addWidget(m_messageButton, 0, Qt::AlignLeft);
    lines->addStretch(1);
    connect(m_messageButton, &QPushButton::clicked, this, &SidePanel::messagePressed);
    m_words = new MapTiles(page);
    m_words->setObjectName(QStringLiteral("wordTiles"));
    column->addWidget(m_messageBox, 1);
    column->addWidget(m_words, 1);
    return page;
}

QWidget* SidePanel::makeMethods() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid);
    m_target = new QLabel(page);
    m_target->setObjectName(QStringLiteral("explainTarget"));
    m_target->setWordWrap(true);
    m_target->setTextFormat(Qt::PlainText);
    column->addWidget(m_target);
    m_methods = new MapTiles(page);
    m_methods->setObjectName(QStringLiteral("methodTiles"));
    m_methods->setSide(72);
    column->addWidget(m_methods);
    column->addWidget(m_scaleNote = quiet(page));
    m_scaleNote->setWordWrap(true);
    column->addWidget(m_bench = quiet(page, "benchLine"));
    m_bench->setWordWrap(true);
    m_bench->setTextInteractionFlags(Qt::TextSelectableByMouse);  // the command is for copying
    auto* row = new QHBoxLayout;
    row->addWidget(m_compute = pushButton(page, "computeSlow"));
    row->addWidget(m_cancel = pushButton(page, "cancelSlow"));
    row->addWidget(m_measure = pushButton(page, "measureMaps"));
    row->addWidget(m_progress = quiet(page, "explainProgress"), 1);
    column->addLayout(row);
    column->addWidget(makeBelow(page), 1);
    column->addItem(new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding));  // what nothing needs
    connect(m_measure, &QPushButton::clicked, this, &SidePanel::measureWanted);
    connect(m_compute, &QPushButton::clicked, this, &SidePanel::computeWanted);
    connect(m_cancel, &QPushButton::clicked, this, &SidePanel::cancelWanted);
    return page;
}

/// What the maps are compared with, in a small window behind a scroll bar: the maps themselves keep their room.
QWidget* SidePanel::makeBelow(QWidget* page) {
    m_below = new QScrollArea(page);
    m_below->setFrameShape(QFrame::NoFrame);
    m_below->setWidgetResizable(true);
    m_below->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget(m_below);
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid / 2);
    column->addWidget(m_layersTitle = quiet(inside, "layersTitle"));
    m_layersTitle->setWordWrap(true);
    column->addWidget(m_layers = new BarList(inside));
    m_layers->setObjectName(QStringLiteral("layerBars"));
    column->addWidget(m_methodNote = quiet(inside, "methodNote"));
    m_methodNote->setWordWrap(true);
    column->addWidget(m_rankTitle = quiet(inside));
    column->addWidget(m_ranks = new RankTable(inside));
    m_below->setWidget(inside);
    return m_below;
}

/// It takes what the maps leave, and no more than it needs.
void SidePanel::fitBelow() {
    const QLayout* inside = m_below->widget()->layout();
    const int width = m_below->viewport()->width();
    m_below->setMaximumHeight(inside->hasHeightForWidth() ? inside->totalHeightForWidth(width)
                                                          : inside->totalSizeHint().height());
}

QWidget* SidePanel::makeWhatIf() {
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid);
    auto* row = new QHBoxLayout;
    row->addWidget(m_blank = pushButton(page, "blankPicture"));
    row->addWidget(m_otherPicture = pushButton(page, "otherPicture"));
    row->addWidget(m_restore = pushButton(page, "restorePicture"));
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(m_whatIfHint = quiet(page, "whatIfHint"));
    m_whatIfHint->setWordWrap(true);
    column->addWidget(m_whatIfState = new QLabel(page));
    m_whatIfState->setObjectName(QStringLiteral("whatIfState"));
    m_whatIfState->setWordWrap(true);
    m_whatIfState->setTextFormat(Qt::PlainText);
    m_changes = new QTreeWidget(page);
    m_changes->setObjectName(QStringLiteral("entityChanges"));
    m_changes->setRootIsDecorated(false);
    m_changes->setColumnCount(4);
    m_changes->setFrameShape(QFrame::NoFrame);
    m_changes->header()->setStretchLastSection(false);
    m_changes->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    column->addWidget(m_changes, 1);
    connect(m_blank, &QPushButton::clicked, this, &SidePanel::blankWanted);
    connect(m_otherPicture, &QPushButton::clicked, this, &SidePanel::pictureWanted);
    connect(m_restore, &QPushButton::clicked, this, &SidePanel::restoreWanted);
    return page;
}

QWidget* SidePanel::makeBars() {
    m_bars = new QWidget(this);
    auto* row = new QHBoxLayout(m_bars);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(3 * Theme::kGrid);
    const auto column = [&](QLabel*& title, QWidget* bars, int stretch) {
        auto* lines = new QVBoxLayout;
        lines->setSpacing(Theme::kGrid / 2);
        lines->addWidget(title = quiet(m_bars));
        lines->addWidget(bars);
        lines->addStretch(1);
        row->addLayout(lines, stretch);
    };
    column(m_relevanceTitle, m_relevance = new BarList(m_bars), 2);
    column(m_gatesTitle, m_gates = new GateBars(m_bars), 1);
    column(m_visualTitle, m_visual = new BarList(m_bars), 2);
    column(m_regionsTitle, m_regions = new BarList(m_bars), 2);
    m_relevance->setObjectName(QStringLiteral("relevanceBars"));
    m_visual->setObjectName(QStringLiteral("visualGateBars"));
    m_regions->setObjectName(QStringLiteral("regionBars"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_relevanceTitle, m_relevance, m_gatesTitle, m_gates,
                                                         m_visualTitle, m_visual, m_regionsTitle, m_regions})
        part->setVisible(false);
    fitBars();
    return m_bars;
}

/// No room is kept for what the run has not got.
void SidePanel::fitBars() {
    const bool isAny = !m_relevance->bars().empty() || !m_gates->gates().empty() || !m_visual->bars().empty() ||
                       !m_regions->bars().empty();
    m_bars->setVisible(isAny && m_isOfWords);
    m_bars->setFixedHeight(isAny && m_isOfWords ? kBarsHeight : 0);
    m_bars->layout()->invalidate();
}

/// The others ask for no room while they are not seen.
void SidePanel::showPage(int tab) {
    // The words' table and the bars belong to words, layers and heads; what other tabs show needs the room.
    const bool isOfWords = tab == kWords || tab == kHeads;
    m_matrixToggle->setVisible(isOfWords);
    fitMatrix(tab);
    m_isOfWords = isOfWords || tab == kWhatIf;
    fitBars();
    for (int index = 0; index < m_pages->count(); ++index)
        m_pages->widget(index)->setSizePolicy(QSizePolicy::Preferred,
                                              index == tab ? QSizePolicy::Expanding : QSizePolicy::Ignored);
    m_pages->setCurrentIndex(tab);
}

void SidePanel::setTab(int tab) {
    const int index = tab >= 0 && tab < kTabs && m_tabs->isTabVisible(tab) ? tab : int(kWords);
    m_tabs->setCurrentIndex(index);
    showPage(index);
    m_byEntity->setVisible(index == kWords);
}

void SidePanel::setSimilarVisible(bool visible) {
    if (visible == hasSimilar()) return;
    if (visible) {
        m_before = tab();
        m_tabs->setTabVisible(kSimilar, true);
        m_tabs->updateGeometry();
        setTab(kSimilar);
        return;
    }
    if (tab() == kSimilar) setTab(m_before);
    m_tabs->setTabVisible(kSimilar, false);
    m_tabs->updateGeometry();
}

void SidePanel::setMatrixVisible(bool visible) {
    m_matrixToggle->setChecked(visible);
    m_matrixToggle->setArrowType(visible ? Qt::DownArrow : Qt::RightArrow);
    fitMatrix(tab());
}

/// Unfolded it stands in the place of the small maps, whose words are its rows.
void SidePanel::fitMatrix(int tab) {
    const bool isShown = m_matrixToggle->isChecked() && (tab == kWords || tab == kHeads);
    m_matrix->setVisible(isShown);
    m_pages->setVisible(!isShown);
}

void SidePanel::setByEntity(bool byEntity) {
    m_byEntity->setChecked(byEntity);
}

void SidePanel::setFacts(const QString& text) {
    m_facts->setText(text);
    m_facts->setToolTip(text);
}

void SidePanel::setMessage(const QString& text, const QString& button) {
    m_message->setText(text);
    m_messageButton->setText(button);
    m_messageButton->setVisible(!button.isEmpty());
    m_messageBox->setVisible(!text.isEmpty());
    m_words->setVisible(text.isEmpty());
}

void SidePanel::setTarget(const QString& text) {
    m_target->setText(text);
}

void SidePanel::setMethodNote(const QString& text) {
    m_methodNote->setText(text);
    m_methodNote->setVisible(!text.isEmpty());
    fitBelow();
}

void SidePanel::setBench(const QString& text, const QString& tip, const QString& button) {
    m_bench->setText(text);
    m_bench->setToolTip(tip);
    m_bench->setVisible(!text.isEmpty());
    m_measure->setText(button);
    m_measure->setVisible(!button.isEmpty());
}

void SidePanel::setLayers(const QString& title, std::vector<BarList::Bar> bars) {
    m_layersTitle->setText(title);
    m_layersTitle->setVisible(!title.isEmpty());
    m_layers->setVisible(!bars.empty());
    m_layers->setBars(std::move(bars));
}

void SidePanel::setComputing(bool canCompute, bool isComputing, double fraction) {
    m_compute->setVisible(!isComputing);
    m_compute->setEnabled(canCompute);
    m_cancel->setVisible(isComputing);
    m_progress->setText(!isComputing    ? QString()
                        : fraction >= 0 ? tr("Computing: %1 %").arg(int(100 * fraction))
                                        : tr("Computing…"));
}

void SidePanel::setChanges(const QString& state, const std::vector<project::EntityChange>& changes,
                           const std::vector<std::string>& words, bool isSpaced) {
    m_whatIfState->setText(state);
    m_changes->clear();
    m_changes->setVisible(!changes.empty());
    const auto said = [](const std::optional<Entity>& entity) {
        if (!entity) return QStringLiteral("–");
        const QString type = fromUtf8(entity->type);
        return entity->confidence ? QStringLiteral("%1 %2").arg(type, weightText(*entity->confidence)) : type;
    };
    for (const project::EntityChange& change : changes) {
        QStringList covered;
        for (int word = change.entity.first; word <= change.entity.last && word < int(words.size()); ++word)
            covered << fromUtf8(words[std::size_t(word)]);
        const auto by = change.change();
        const bool isOther = !change.before || !change.after || !change.before->sameAs(*change.after);
        const QString arrow = isOther ? tr("changed")
                              : !by || std::abs(*by) < 0.005
                                  ? QStringLiteral("=")
                                  : (*by > 0 ? QStringLiteral("▲ +") : QStringLiteral("▼ ")) + weightText(*by);
        auto* row = new QTreeWidgetItem(m_changes, {covered.join(isSpaced ? QStringLiteral(" ") : QString()),
                                                    said(change.before), said(change.after), arrow});
        if (isOther) row->setForeground(3, Theme::color(Theme::Role::Bad));
        for (int column = 1; column < 4; ++column) row->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
}

void SidePanel::setRelevance(std::vector<BarList::Bar> bars) {
    m_relevanceTitle->setVisible(!bars.empty());
    m_relevance->setVisible(!bars.empty());
    m_relevance->setBars(std::move(bars));
    fitBars();
}

void SidePanel::setGates(std::vector<std::vector<double>> gates) {
    m_gates->setGates(std::move(gates));
    m_gatesTitle->setVisible(!m_gates->gates().empty());
    m_gates->setVisible(!m_gates->gates().empty());
    fitBars();
}

void SidePanel::setVisualGate(std::vector<BarList::Bar> bars) {
    m_visualTitle->setVisible(!bars.empty());
    m_visual->setVisible(!bars.empty());
    m_visual->setBars(std::move(bars));
    fitBars();
}

void SidePanel::setRegions(std::vector<BarList::Bar> bars) {
    m_regionsTitle->setVisible(!bars.empty());
    m_regions->setVisible(!bars.empty());
    m_regions->setBars(std::move(bars));
    fitBars();
}

void SidePanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    const int side = width() >= kLargeTileFrom ? 72 : 56;
    m_words->setSide(side);
    m_heads->setSide(side);
    m_methods->setSide(width() >= kLargeTileFrom ? 104 : 72);
    fitBelow();
}

void SidePanel::retranslate() {
    const QStringList tabs{tr("Words"), tr("Layers and heads"), tr("Methods"), tr("What if"), tr("Similar maps")};
    for (int tab = 0; tab < kTabs; ++tab) m_tabs->setTabText(tab, tabs[tab]);
    m_tabs->setTabToolTip(kWhatIf,
                          tr("Cover parts of the picture, blank it or exchange it, and see what the run says"));
    m_byEntity->setText(tr("by entity"));
    m_byEntity->setAccessibleName(m_actions.text(QStringLiteral("attention.byEntity")));
    m_matrixToggle->setText(tr("Words × regions"));
    m_matrixToggle->setAccessibleName(m_actions.text(QStringLiteral("attention.matrix")));
    m_words->setAccessibleName(tr("Maps of the words"));
    m_heads->setAccessibleName(tr("Maps of layers and heads"));
    m_methods->setAccessibleName(tr("Maps of all methods"));
    m_compute->setText(tr("Compute the slow methods"));
    m_compute->setToolTip(tr("Integrated gradients, occlusion and words left out ask the run many times"));
    m_cancel->setText(tr("Cancel"));
    m_rankTitle->setText(tr("How alike the maps order the cells (Spearman)"));
    m_scaleNote->setText(
        tr("Each map has its own scale. Where there is red and blue, red speaks for the target and blue against it."));
    m_blank->setText(tr("Blank the picture"));
    m_otherPicture->setText(tr("Another picture…"));
    m_restore->setText(tr("Own picture again"));
    m_whatIfHint->setText(tr("Shift and drag over the photo covers cells; drop a picture file on it to exchange it."));
    for (int column = 1; column < 4; ++column)
        m_changes->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    m_changes->setHeaderLabels({tr("Entity"), tr("As it is"), tr("Changed"), tr("Difference")});
    m_relevanceTitle->setText(tr("Relevance"));
    m_gatesTitle->setText(tr("Level gates by layer"));
    m_gates->setToolTip(tr("How much each of the four levels of picture features weighs, for each fusion layer"));
    m_visualTitle->setText(tr("Visual gate"));
    m_regionsTitle->setText(tr("Where the entity is"));
}

}  // namespace mnerva::ui
