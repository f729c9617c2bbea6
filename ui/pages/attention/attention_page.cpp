#include "ui/pages/attention/attention_page.h"

#include <QKeyEvent>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/vision/geometry.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/attention/attention_actions.h"
#include "ui/pages/attention/similar_panel.h"
#include "ui/pages/attention/stage_layout.h"
#include "ui/session/picture_view.h"
#include "ui/widgets/action_keys.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

using project::HeatView;

enum StackPages { kEmptyPage, kViewPage };
constexpr int kExplainDelayMs = 200;  // the caret may go on

}  // namespace

AttentionPage::AttentionPage(ProjectSession& session, JobHost& jobs, ActionRegistry& actions, ProjectCommands* commands,
                             QWidget* parent)
    : Page(parent),
      m_session(session),
      m_actions(actions),
      m_host(session, jobs),
      m_explains(m_host),
      m_whatIf(m_host),
      m_bench(m_host),
      m_similar(m_host),
      m_commands(commands) {
    defineAttentionActions(actions);
    setObjectName(QStringLiteral("attentionPage"));
    setAcceptDrops(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner = new Banner(this));
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty = new EmptyState(QStringLiteral("attention"), this));
    auto* view = new QWidget(this);
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar = new ControlBar(actions, view));
    column->addWidget(m_lanes = new LanesStrip(view));
    const auto line = [&](const char* name) {
        auto* label = new QLabel(view);
        label->setObjectName(QLatin1String(name));
        label->setFont(Theme::secondaryFont());
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, Theme::kGrid / 2);
        column->addWidget(label);
        return label;
    };
    m_wordNote = line("wordNote");
    m_wordNote->setVisible(false);
    m_odd = line("oddInAnswer");
    makeStage();
    column->addWidget(m_stage, 1);
    m_stack->addWidget(view);
    layout->addWidget(m_stack, 1);
    m_explainTimer.setSingleShot(true);
    m_explainTimer.setInterval(kExplainDelayMs);
    connectHosts();
    connectParts();
    connectPanel();
    connectSimilar();
    retranslate();
    refreshPost();
}

void AttentionPage::makeStage() {
    m_stage = new QWidget(this);
    m_stage->setObjectName(QStringLiteral("attentionStage"));
    m_stage->setMinimumSize(420, 240);
    m_stage->installEventFilter(this);
    const auto photo = [this](const char* name) {
        auto* view = new PictureView(m_stage);
        view->setObjectName(QLatin1String(name));
        view->setGridVisible(true);
        view->setEdgeLabelsVisible(true);
        view->setLegendVisible(true);
        return view;
    };
    m_picture = photo("attentionPicture");
    m_secondPicture = photo("attentionSecondPicture");
    m_panel = new SidePanel(m_actions, m_stage);
    m_panel->addSimilar(m_similarPanel = new SimilarPanel(m_similar, m_panel));
    const ViewSettings& settings = m_bar->view();
    m_panel->setTab(settings.tab);
    m_panel->setMatrixVisible(settings.hasMatrix);
    m_panel->setByEntity(settings.byEntity);
    m_picture->setGrey(settings.isGrey);
    m_secondPicture->setGrey(settings.isGrey);
    m_heat.setChoice(settings.heat);
}

void AttentionPage::connectHosts() {
    connect(&m_session, &ProjectSession::opened, this, [this] {
        m_placesCaret = true;
        refreshPost();
    });
    connect(&m_session, &ProjectSession::closed, this, &AttentionPage::refreshPost);
    // Nobody sees the page while posts are tagged: what changed then is shown when it comes up.
    connect(&m_session, &ProjectSession::currentPostChanged, this, [this] {
        m_placesCaret = true;
        showNews(Stale::Post);
    });
    connect(&m_session, &ProjectSession::layersChanged, this, [this] { showNews(Stale::State); });
    connect(&m_host, &AttentionHost::runsChanged, this, [this] {
        const QString second =
            m_whatIf.isWithoutPicture() ? ControlBar::withoutPicture() : m_host.run(AttentionHost::kSecond);
        m_bar->setRuns(m_host.runs(), m_host.run(AttentionHost::kFirst), second);
        refreshState();
    });
    connect(&m_host, &AttentionHost::changed, this, [this] { showNews(Stale::State); });
    connect(&m_whatIf, &WhatIfHost::changed, this, [this] { showNews(Stale::State); });
    connect(&m_explains, &ExplainHost::explained, this, [this] {
        takeAttributions();
        refreshHeat();
        refreshMethods();
    });
    connect(&m_explains, &ExplainHost::progressed, this, &AttentionPage::refreshMethods);
    connect(&m_explains, &ExplainHost::failed, this, [this] {
        refreshMessage();
        refreshMethods();
    });
    connect(&m_bench, &BenchHost::changed, this, &AttentionPage::refreshMethods);
    connect(&m_bench, &BenchHost::failed, this, [this](const QString& run, const Error& error) {
        m_banner->showError(error, tr("The maps of %1 were not measured.").arg(run));
    });
    connect(&m_explainTimer, &QTimer::timeout, this, [this] { askMethods(false); });
}

void AttentionPage::connectParts() {
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_session.isBlind())
            m_session.setEditedLayer({});
        else
            Q_EMIT pageWanted(m_emptyTarget);
    });
    // Queued: the list that was pressed is filled again.
    connect(
        m_bar, &ControlBar::runChosen, this,
        [this](const QString& run) {
            const QString second = m_host.run(AttentionHost::kSecond);
            if (second == run || second == AttentionHost::lastEpochOf(m_host.run(AttentionHost::kFirst)))
                m_host.setRun(AttentionHost::kSecond, {});
            m_host.setRun(AttentionHost::kFirst, run);
            m_bar->setRuns(m_host.runs(), run, m_host.run(AttentionHost::kSecond));
        },
        Qt::QueuedConnection);
    connect(m_bar, &ControlBar::secondRunChosen, this, [this](const QString& run) {
        const bool isWithout = run == ControlBar::withoutPicture();
        m_host.setRun(AttentionHost::kSecond, isWithout ? QString() : run);
        m_whatIf.setWithoutPicture(isWithout);
        refreshState();
    });
    connect(m_bar, &ControlBar::viewChanged, this, [this] {
        const ViewSettings& view = m_bar->view();
        m_picture->setGrey(view.isGrey);
        m_secondPicture->setGrey(view.isGrey);
        refreshMaps();
    });
    connect(m_bar, &ControlBar::drawerToggled, this, [this] {
        layOutStage();
        refreshPanel();
    });
    connect(m_bar, &ControlBar::exportWanted, this, &AttentionPage::exportFigure);
    connect(m_bar, &ControlBar::previousWanted, this, [this] { stepPost(-1); });
    connect(m_bar, &ControlBar::nextWanted, this, [this] { stepPost(1); });
    connect(m_bar, &ControlBar::pictureStepWanted, this, &AttentionPage::stepPicture);
    connect(m_lanes, &LanesStrip::currentChanged, this, [this] {
        m_placesCaret = false;
        refreshHeat();
    });
    connect(m_lanes, &LanesStrip::wordHovered, this, &AttentionPage::hoverWord);
    for (PictureView* view : {m_picture, m_secondPicture})
        connect(view, &PictureView::cellHovered, this, &AttentionPage::hoverCell);
    connect(m_picture, &PictureView::cellBrushed, this, &AttentionPage::brush);
}

void AttentionPage::connectPanel() {
    connect(&m_panel->words(), &MapTiles::chosen, this, [this](int tile) {
        if (tile < int(m_tiles.size())) m_lanes->setCurrent(m_tiles[std::size_t(tile)].first);
    });
    connect(&m_panel->words(), &MapTiles::hovered, this, [this](int tile) {
        hoverSpan(tile >= 0 && tile < int(m_tiles.size()) ? &m_tiles[std::size_t(tile)] : nullptr);
    });
    connect(&m_panel->heads(), &MapTiles::chosen, this, &AttentionPage::chooseHead);
    connect(&m_panel->methods(), &MapTiles::chosen, this, &AttentionPage::chooseMethod);
    connect(&m_panel->matrix(), &MatrixView::wordChosen, m_lanes, &LanesStrip::setCurrent);
    connect(&m_panel->matrix(), &MatrixView::cellHovered, this, [this](int, int region) { hoverCell(region); });
    connect(m_panel, &SidePanel::messagePressed, this, [this] {
        if (m_messageTarget.startsWith(QLatin1Char('#')))
            m_panel->setTab(SidePanel::kMethods);
        else
            Q_EMIT pageWanted(m_messageTarget);
    });
    const auto remembers = [this](auto change) {
        ViewSettings view = m_bar->view();
        change(view);
        m_bar->setView(view);
    };
    connect(m_panel, &SidePanel::tabChanged, this, [this, remembers](int tab) {
        if (tab != SidePanel::kSimilar) remembers([&](ViewSettings& view) { view.tab = tab; });
        refreshPanel();
    });
    connect(m_panel, &SidePanel::matrixToggled, this, [this, remembers](bool isOpen) {
        remembers([&](ViewSettings& view) { view.hasMatrix = isOpen; });
        refreshPanel();
    });
    connect(m_panel, &SidePanel::byEntityToggled, this, [this, remembers](bool isOn) {
        remembers([&](ViewSettings& view) { view.byEntity = isOn; });
        refreshWordTiles();
        refreshHeat();
    });
    connect(m_panel, &SidePanel::computeWanted, this, [this] { askMethods(true); });
    connect(m_panel, &SidePanel::measureWanted, &m_bench, &BenchHost::measure);
    connect(m_panel, &SidePanel::cancelWanted, &m_explains, &ExplainHost::cancel);
    connect(m_panel, &SidePanel::blankWanted, this, &AttentionPage::toggleBlank);
    connect(m_panel, &SidePanel::pictureWanted, this, &AttentionPage::choosePicture);
    connect(m_panel, &SidePanel::restoreWanted, this, &AttentionPage::restorePicture);
}

void AttentionPage::retranslate() {
    m_lanes->setToolTip(tr("← and → move the words whose map is shown"));
    m_bar->retranslate();
    m_panel->retranslate();
    m_similarPanel->retranslate();
    const QString second =
        m_whatIf.isWithoutPicture() ? ControlBar::withoutPicture() : m_host.run(AttentionHost::kSecond);
    m_bar->setRuns(m_host.runs(), m_host.run(AttentionHost::kFirst), second);
    refreshPost();
}

void AttentionPage::activated() {
    m_host.refreshRuns();
    m_bench.refresh();
    m_lanes->setFocus();
}

void AttentionPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    showNews(Stale::Nothing);
    m_host.setActive(true);
}

void AttentionPage::showNews(Stale news) {
    m_stale = std::max(m_stale, news);
    if (!isVisible()) return;
    const Stale stale = std::exchange(m_stale, Stale::Nothing);
    if (stale == Stale::Post) refreshPost();
    if (stale == Stale::State) refreshState();
}

void AttentionPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_host.setActive(false);
    m_explainTimer.stop();
}

bool AttentionPage::runAction(const QString& id) {
    return runRow(attentionActions(), *this, id);
}

void AttentionPage::keyPressEvent(QKeyEvent* event) {
    if (!runRowOfKey(m_actions, QStringLiteral("attention"), attentionActions(), *this, event))
        Page::keyPressEvent(event);
}

bool AttentionPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_stage && event->type() == QEvent::Resize) layOutStage();
    return Page::eventFilter(watched, event);
}

bool AttentionPage::isComparing() const {
    return !m_host.run(AttentionHost::kSecond).isEmpty();
}

bool AttentionPage::isSideBySide() const {
    return isComparing() && !m_bar->view().heat.difference;
}

void AttentionPage::layOutStage() {
    const bool isPair = isSideBySide();
    m_bar->setComparing(isComparing());
    const StageLayout layout =
        layStage(m_stage->size(), isPair ? StageMode::Compare : StageMode::One, m_bar->isDrawerOpen());
    m_picture->setGeometry(layout.first);
    m_secondPicture->setVisible(isPair);
    if (isPair) m_secondPicture->setGeometry(layout.second);
    m_panel->setVisible(!layout.panel.isEmpty());
    m_panel->setGeometry(layout.panel);
    if (layout.isDrawer) m_panel->raise();
    m_panel->setContentsMargins(layout.isDrawer ? 2 * Theme::kGrid : 0, 0, layout.isDrawer ? 2 * Theme::kGrid : 0, 0);
}

void AttentionPage::refreshPost() {
    QString title;
    if (m_session.isOpen() && m_session.hasView()) {
        const project::PostView& view = m_session.view();
        title = tr("%1 · %2", "post id and split").arg(fromUtf8(view.post.externalId), splitText(view.post.split));
    }
    m_bar->setTitle(title);
    m_bar->setPicture(0);
    refreshState();
}

void AttentionPage::refreshState() {
    if (!m_session.isOpen())
        return showEmpty(tr("No project is open. Open one to see what a trained model looks at."), tr("Go to Data"),
                         QStringLiteral("data"));
    if (m_session.isBlind())
        return showEmpty(tr("A blind layer is being made, so that what the runs see in its posts is hidden here."),
                         tr("Edit the corrected layer"), {});
    if (m_host.areRunsRead() && m_host.runs().empty())
        return showEmpty(tr("No trained run yet. Train one to see which parts of a picture each word looks at."),
                         tr("Go to Train"), QStringLiteral("train"));
    if (!m_session.hasView())
        return showEmpty(tr("No post is chosen. Choose one on the Tag page."), tr("Go to Tag"), QStringLiteral("tag"));
    m_stack->setCurrentIndex(kViewPage);
    refreshLanes();
    placeCaret();
    layOutStage();
    refreshMaps();
}

void AttentionPage::refreshLanes() {
    const project::PostView& view = m_session.view();
    std::vector<workflow::LaneReading> readings;
    const bool hasGold = std::any_of(m_session.layers().begin(), m_session.layers().end(), [](const auto& layer) {
        return layer.kind == project::LayerKind::Gold && layer.entities > 0;
    });
    readings.push_back({"gold", project::LayerKind::Gold, hasGold, false, view.gold});
    const auto add = [&](const QString& name, const EngineClient::Prediction& result) {
        readings.push_back({toUtf8(name), project::LayerKind::Run, result != nullptr, false,
                            result ? result->entities : std::vector<Entity>()});
    };
    const QString first = m_host.run(AttentionHost::kFirst), second = m_host.run(AttentionHost::kSecond);
    const bool hasSecond = isComparing() || !m_whatIf.whatIf().isNothing();
    if (!first.isEmpty())
        add(hasSecond ? tr("A %1", "the first of two runs").arg(first) : first, m_host.result(AttentionHost::kFirst));
    if (isComparing()) add(tr("B %1", "the second of two runs").arg(second), m_host.result(AttentionHost::kSecond));
    if (!m_whatIf.whatIf().isNothing())
        add(m_whatIf.whatIf().isBlank ? tr("A without picture") : tr("A changed", "run A with the picture changed"),
            m_whatIf.result());
    m_lanes->setCase(workflow::makeCase(view.post, std::move(readings), "gold"), m_session.labels());
    m_entities = {};
    if (const auto result = m_host.result(AttentionHost::kFirst)) m_entities = result->entities;
    const std::size_t found = m_entities.size();
    for (const Entity& gold : view.gold)
        if (std::none_of(m_entities.begin(), m_entities.begin() + std::ptrdiff_t(found),
                         [&](const Entity& e) { return e.overlaps(gold.first, gold.last); }))
            m_entities.push_back(gold);
}

void AttentionPage::placeCaret() {
    if (m_openingWord >= 0) {
        const QSignalBlocker blocker(m_lanes);
        const int word = std::exchange(m_openingWord, -1);
        if (m_session.currentPost() == m_opening) {
            m_placesCaret = false;
            return m_lanes->setCurrent(word);
        }
    }
    if (!m_placesCaret || !m_host.result(AttentionHost::kFirst)) return;
    m_placesCaret = false;
    const QSignalBlocker blocker(m_lanes);  // its map is shown with the rest of the post
    const workflow::Place* wrong = workflow::nextDisagreement(m_lanes->shown(), -1, 1);
    const auto& places = m_lanes->shown().places;
    m_lanes->setCurrent(wrong ? wrong->first : places.empty() ? 0 : places.front().first);
}

project::WordSpan AttentionPage::span() const {
    const int word = m_lanes->current();
    if (m_bar->view().byEntity)
        if (const auto entity = project::entityAt(m_entities, word, m_lanes->wordCount()))
            return {entity->first, entity->last};
    return {word, word};
}

EngineClient::Prediction AttentionPage::shownResult(Slot slot) const {
    const bool isOther = slot == AttentionHost::kFirst && !m_whatIf.whatIf().picture.isEmpty();
    return isOther ? m_whatIf.result() : m_host.result(slot);
}

project::PostImage AttentionPage::pictureOf(Slot slot) const {
    if (!m_session.isOpen() || !m_session.hasView()) return {};
    if (const QString& other = m_whatIf.whatIf().picture; slot == AttentionHost::kFirst && !other.isEmpty()) {
        project::PostImage image;
        image.path = image.file = toUtf8(other);
        image.exists = true;
        return image;
    }
    const std::vector<project::PostImage>& images = m_session.view().images;
    const int picture = m_bar->view().heat.attention.picture;
    std::size_t place = std::size_t(picture);
    const auto result = m_host.result(slot);
    if (result && !result->pictureOf.empty())
        place = std::size_t(result->pictureOf[std::size_t(std::min(picture, project::picturesRead(*result) - 1))]);
    if (place < images.size()) return images[place];
    return images.empty() ? project::PostImage{} : images.front();
}

void AttentionPage::refreshPictures() {
    m_picture->setFile(pictureOf(AttentionHost::kFirst));
    m_secondPicture->setFile(pictureOf(AttentionHost::kSecond));
    const auto result = m_host.result(AttentionHost::kFirst);
    m_bar->setPictures(m_bar->view().heat.attention.picture, result ? project::picturesRead(*result) : 1);
    std::vector<int> covered = m_whatIf.whatIf().covered;
    if (m_whatIf.whatIf().isBlank && !m_whatIf.isWithoutPicture()) {
        covered.resize(std::size_t(vision::kGridCells));
        for (int cell = 0; cell < vision::kGridCells; ++cell) covered[std::size_t(cell)] = cell;
    }
    m_picture->setCoveredCells(std::move(covered));
}

void AttentionPage::refreshMaps() {
    const auto first = m_host.result(AttentionHost::kFirst);
    if (first && m_bar->view().heat.attention.picture >= project::picturesRead(*first)) m_bar->setPicture(0);
    refreshPictures();
    m_heat.setChoice(m_bar->view().heat);
    for (const auto slot : {AttentionHost::kFirst, AttentionHost::kSecond})
        m_heat.setAnswer(HeatView::Side(slot), blindReason(slot).isEmpty() ? shownResult(slot) : nullptr,
                         m_host.wordCount());
    m_bar->setResult(first.get());
    layOutStage();
    refreshBars();
    refreshHeat();
    refreshWordTiles();
    refreshPanel();
    refreshOdd();
    refreshMessage();
}

void AttentionPage::refreshHeat() {
    const project::WordSpan words = span();
    takeAttributions();
    const project::Heat heat = m_heat.at(words);
    PictureView* const views[] = {m_picture, m_secondPicture};
    for (int side = 0; side < 2; ++side) {
        const project::Heat::Side& one = heat.sides[std::size_t(side)];
        views[side]->setHeatOptions(heat.options);
        views[side]->setHeat(one.cells, heat.maximum);
        views[side]->setOutlinedCells(one.hottest);
        views[side]->setMarkedCells({});
        views[side]->setNote(sideNote(Slot(side)));
    }
    m_lanes->setChosen(words);
    m_lanes->setLights({});
    refreshWordWeights();
    m_panel->setFacts(describe(words, heat));
    m_bar->setSavable(heat.maximum > 0);
    markWordTile();
    refreshBoxes();
    if (!m_panel->isVisible()) return;
    if (m_panel->hasMatrix()) m_panel->matrix().setCurrentWord(m_lanes->current());
    if (m_panel->tab() == SidePanel::kHeads) refreshHeadTiles();
    if (m_panel->tab() == SidePanel::kMethods) refreshMethods();
    if (m_panel->tab() == SidePanel::kSimilar) refreshSimilar();
    wantMethods();
}

PageSpec attentionPage() {
    return {.id = QStringLiteral("attention"),
            .icon = QStringLiteral("attention"),
            .title = [] { return AttentionPage::tr("Attention"); },
            .make = [](const PageContext& window) -> Page* {
                return new AttentionPage(window.session, window.jobs, window.actions, &window.commands);
            },
            .defineActions = defineAttentionActions};
}

}  // namespace mnerva::ui
