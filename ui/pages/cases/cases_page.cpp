#include "ui/pages/cases/cases_page.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/file.h"
#include "core/workflow/exchange/targets.h"
#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/charts/figure_dialog.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/agreement_view.h"
#include "ui/pages/cases/cases_actions.h"
#include "ui/pages/cases/doctor_view.h"
#include "ui/pages/cases/lanes_view.h"
#include "ui/pages/cases/sentence_bar.h"
#include "ui/session/picture_cache.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"
#include "ui/widgets/action_keys.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

enum StackPages { kEmptyPage, kCasePage };
constexpr std::size_t kCasesOfAFigure = 20;
constexpr QSize kFigurePhoto{1600, 1600};
const QString kShowAll = QStringLiteral("#all");

QToolButton* stepButton(QWidget* parent, const char* icon, const char* name) {
    auto* button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(Theme::icon(QString::fromLatin1(icon)));
    button->setObjectName(QLatin1String(name));
    return button;
}

}  // namespace

CasesPage::CasesPage(ProjectSession& session, ActionRegistry& actions, QWidget* parent)
    : Page(parent), m_session(session), m_actions(actions), m_host(session) {
    defineCasesActions(actions);
    setObjectName(QStringLiteral("casesPage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner = new Banner(this));
    layout->addWidget(makeTabs());
    m_upright = new QSplitter(Qt::Vertical, this);
    m_upright->setObjectName(QStringLiteral("casesUpright"));
    m_upright->setChildrenCollapsible(false);
    m_upright->addWidget(m_doctor = new DoctorView(session, actions, this));
    m_upright->addWidget(m_agreement = new AgreementView(session, actions, this));
    m_upright->addWidget(m_below = makeBelow());
    m_upright->setSizes({460, 460, 380});  // the lists have the larger part
    layout->addWidget(m_upright, 1);
    layout->addWidget(m_hidden = new EmptyState(QStringLiteral("cases"), this), 1);
    m_agreement->table()->installEventFilter(this);
    connect(&m_agreement->host(), &AgreementHost::currentChanged, this, &CasesPage::chooseDoubt);
    connect(&m_agreement->host(), &AgreementHost::message, this, &CasesPage::statusMessage);
    connect(&m_agreement->host(), &AgreementHost::stateChanged, this, [this] {
        if (view() == View::Agreement) m_host.showLayers(m_agreement->host().layers());
    });
    connect(m_agreement, &AgreementView::tableWanted, this, &CasesPage::saveTable);
    connect(m_hidden, &EmptyState::triggered, this, [this] { m_session.setEditedLayer({}); });
    m_doctor->table()->installEventFilter(this);
    connect(&m_doctor->host(), &DoctorHost::currentChanged, this, &CasesPage::chooseDoubt);
    connect(&m_doctor->host(), &DoctorHost::message, this, &CasesPage::statusMessage);
    connect(m_doctor, &DoctorView::trainingWanted, this, [this] { Q_EMIT pageWanted(QStringLiteral("train:folds")); });
    connect(m_tabs, &QTabBar::currentChanged, this, &CasesPage::takeView);
    connect(&m_host, &CasesHost::listChanged, this, &CasesPage::refreshState);
    connect(&m_host, &CasesHost::caseChanged, this, &CasesPage::refreshCase);
    connect(&m_host, &CasesHost::message, this, &CasesPage::statusMessage);
    // Queued: a new case has got its height by then.
    connect(
        m_lanes, &LanesView::placeWanted, this,
        [this](const QRect& place) {
            m_scroll->ensureVisible(place.center().x(), place.bottom(), 0, Theme::kGrid);
            m_scroll->ensureVisible(place.center().x(), place.top(), 0, Theme::kGrid);
            // From the top of a line, so that marks stand under their words.
            QScrollBar* bar = m_scroll->verticalScrollBar();
            bar->setValue(bar->value() > 0 ? std::min(m_lanes->lineTopFrom(bar->value()), place.top()) : 0);
        },
        Qt::QueuedConnection);
    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_emptyTarget == kShowAll)
            m_session.setFilter({});
        else
            Q_EMIT pageWanted(m_emptyTarget);
    });
    retranslate();
    takeView();
    refreshCase();
}

QToolButton* CasesPage::menuButton(const char* name, const char* icon, std::function<void(QMenu&)> fill) {
    auto* button = stepButton(this, icon, name);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* menu = new QMenu(button);
    menu->setObjectName(QLatin1String(name) + QStringLiteral("Menu"));
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [menu, fill = std::move(fill)] {
        menu->clear();
        fill(*menu);
    });
    return button;
}

QWidget* CasesPage::makeTabs() {
    auto* bars = new QWidget(this);
    auto* rows = new QVBoxLayout(bars);
    rows->setContentsMargins(2 * Theme::kGrid, Theme::kGrid / 2, 2 * Theme::kGrid, Theme::kGrid / 2);
    rows->setSpacing(Theme::kGrid / 2);
    m_tabs = new QTabBar(bars);
    m_tabs->setObjectName(QStringLiteral("caseTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int tab = 0; tab < 3; ++tab) m_tabs->addTab({});
    rows->addWidget(m_tabs, 0, Qt::AlignLeft);
    rows->addWidget(m_sentence = new SentenceBar(m_host, bars));
    return bars;
}

QWidget* CasesPage::makeRow() {
    m_row = new QWidget(this);
    auto* row = new QHBoxLayout(m_row);
    row->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, Theme::kGrid / 2);
    row->setSpacing(Theme::kGrid / 2);
    m_title = new QLabel(m_row);
    m_title->setObjectName(QStringLiteral("caseTitle"));
    m_position = new QLabel(m_row);
    m_position->setObjectName(QStringLiteral("casePosition"));
    m_previous = stepButton(m_row, "previous", "casePrevious");
    m_next = stepButton(m_row, "next", "caseNext");
    connect(m_previous, &QToolButton::clicked, this, [this] { m_host.step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_host.step(1); });
    m_layers = menuButton("caseLayers", "list", [this](QMenu& menu) { fillLayers(menu); });
    m_order = menuButton("caseOrder", "down", [this](QMenu& menu) { fillOrder(menu); });
    m_export = menuButton("caseExport", "export", [this](QMenu& menu) { fillExport(menu); });
    row->addWidget(m_previous);
    row->addWidget(m_position);
    row->addWidget(m_next);
    row->addSpacing(Theme::kGrid);
    row->addWidget(m_title, 1);
    row->addWidget(m_layers);
    row->addWidget(m_order);
    row->addWidget(m_export);
    return m_row;
}

/// One post: its title and buttons, the photo, the lanes.
QWidget* CasesPage::makeBelow() {
    auto* below = new QWidget(this);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeRow());
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty = new EmptyState(QStringLiteral("cases"), this));
    m_empty->setObjectName(QStringLiteral("casesEmpty"));
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("casesSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_picture = new PictureView(this);
    m_picture->setObjectName(QStringLiteral("casePhoto"));
    m_picture->setGridVisible(false);
    m_lanes = new LanesView(m_host, this);
    m_scroll = new QScrollArea(this);
    m_scroll->setObjectName(QStringLiteral("lanesScroll"));
    m_scroll->setWidget(m_lanes);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusProxy(m_lanes);
    m_lanes->installEventFilter(this);
    m_splitter->addWidget(m_picture);
    m_splitter->addWidget(m_scroll);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({480, 720});
    m_splitter->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, Theme::kGrid);
    m_stack->addWidget(m_splitter);
    column->addWidget(m_stack, 1);
    return below;
}

CasesPage::View CasesPage::view() const {
    return static_cast<View>(m_tabs->currentIndex());
}

void CasesPage::showView(View view) {
    m_tabs->setCurrentIndex(static_cast<int>(view));
}

void CasesPage::takeView() {
    const bool isCases = view() == View::Cases;
    m_sentence->setVisible(isCases);
    m_doctor->setVisible(view() == View::Doctor);
    m_agreement->setVisible(view() == View::Agreement);
    for (QWidget* ofWalking : {static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_next),
                               static_cast<QWidget*>(m_position), static_cast<QWidget*>(m_order)})
        ofWalking->setVisible(isCases);
    m_host.setWalking(isCases);
    m_host.showLayers(view() == View::Agreement ? m_agreement->host().layers() : QStringList());
    m_doctor->host().setActive(isVisible() && view() == View::Doctor);
    m_agreement->host().setActive(isVisible() && view() == View::Agreement);
    refreshState();
    activated();
}

void CasesPage::chooseDoubt() {
    showBelow();
    const bool isDoctor = view() == View::Doctor;
    const workflow::LearntEntity* learnt = isDoctor ? m_doctor->host().lookedAt() : nullptr;
    if (learnt) {
        if (m_host.shown() && m_host.shown()->post == learnt->post)
            m_host.select(learnt->entity.first, learnt->entity.last);
        return;
    }
    const workflow::Suspect* doubt = isDoctor ? m_doctor->host().suspect() : nullptr;
    if (doubt && m_host.shown() && m_host.shown()->post == doubt->post) m_host.select(doubt->first, doubt->last);
    const workflow::Conflict* conflict = view() == View::Agreement ? m_agreement->host().conflict() : nullptr;
    if (conflict && m_host.shown() && m_host.shown()->post == conflict->post)
        m_host.select(conflict->first, conflict->last);
}

/// A post stands under a list of which it is a row, and under no other.
void CasesPage::showBelow() {
    const DoctorHost& doctor = m_doctor->host();
    const bool hasRow = view() == View::Cases    ? true
                        : view() == View::Doctor ? doctor.suspect() || doctor.lookedAt()
                                                 : m_agreement->host().conflict() != nullptr;
    if (m_below->isHidden() != hasRow) return;
    m_below->setVisible(hasRow);
    // Where the chosen words stand is known once the lanes have got their size.
    if (hasRow) QTimer::singleShot(0, m_lanes, &LanesView::showChosen);
}

void CasesPage::fillLayers(QMenu& menu) {
    for (const QString& layer : m_host.knownLayers()) {
        QAction* action = menu.addAction(withoutMnemonic(layer));
        action->setCheckable(true);
        action->setChecked(m_host.chosenLayers().contains(layer));
        connect(action, &QAction::toggled, this, [this, layer](bool isOn) {
            QStringList chosen = m_host.chosenLayers();
            chosen.removeAll(layer);
            if (isOn) chosen << layer;
            m_host.setChosenLayers(chosen);
        });
    }
    menu.addSeparator();
    for (const auto& [name, text] : {std::pair(QStringLiteral("gold"), tr("Hold against gold")),
                                     std::pair(QStringLiteral("corrected"), tr("Hold against the corrected layer"))}) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(m_host.reference() == name);
        connect(action, &QAction::triggered, this, [this, name = name] { m_host.setReference(name); });
    }
}

void CasesPage::fillOrder(QMenu& menu) {
    using workflow::CaseOrder;
    for (const auto& [order, text] : {std::pair(CaseOrder::Project, tr("In the project's order")),
                                      std::pair(CaseOrder::Disagreeing, tr("Most systems wrong first")),
                                      std::pair(CaseOrder::Gap, tr("Widest gap of confidence first"))}) {
        QAction* action = menu.addAction(text);
        action->setCheckable(true);
        action->setChecked(m_host.order() == order);
        connect(action, &QAction::triggered, this, [this, order = order] { m_host.setOrder(order); });
    }
}

void CasesPage::fillExport(QMenu& menu) {
    const auto add = [&](const QString& text, const char* name, std::function<void()> run) {
        QAction* action = menu.addAction(text);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, std::move(run));
        return action;
    };
    add(tr("This case as a figure…"), "figureCase", [this] { exportFigure(Scope::Current); });
    add(tr("This case as LaTeX…"), "latexCase", [this] { exportText(Scope::Current, Writing::Latex); });
    add(tr("This case as one HTML page…"), "htmlCase", [this] { exportText(Scope::Current, Writing::Html); });
    menu.addSeparator();
    add(tr("Up to %n case(s) found as a figure…", nullptr, static_cast<int>(kCasesOfAFigure)), "figureFound",
        [this] { exportFigure(Scope::Found); });
    add(tr("All cases found as LaTeX…"), "latexFound", [this] { exportText(Scope::Found, Writing::Latex); });
    add(tr("All cases found as one HTML page…"), "htmlFound", [this] { exportText(Scope::Found, Writing::Html); });
}

void CasesPage::retranslate() {
    for (const auto& [button, id] :
         {std::pair(m_previous, "cases.previousPost"), std::pair(m_next, "cases.nextPost")}) {
        button->setToolTip(m_actions.tooltip(QLatin1String(id)));
        button->setAccessibleName(m_actions.text(QLatin1String(id)));
    }
    m_layers->setText(tr("Layers"));
    m_layers->setToolTip(tr("Which runs and imported predictions are compared, and with what"));
    m_order->setText(tr("Order"));
    m_order->setToolTip(tr("In which order the posts come"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("Save what is seen as a figure or a table"));
    m_lanes->setAccessibleName(tr("Lanes"));
    m_tabs->setTabText(static_cast<int>(View::Cases), tr("Cases"));
    m_tabs->setTabText(static_cast<int>(View::Doctor), tr("Label errors"));
    m_tabs->setTabText(static_cast<int>(View::Agreement), tr("Agreement"));
    m_tabs->setAccessibleName(tr("Views of the posts"));
    m_hidden->setSentence(tr("A blind layer is being made, so that what others say is hidden here."));
    m_hidden->setButton(tr("Edit the corrected layer"));
    m_agreement->retranslate();
    m_sentence->retranslate();
    m_doctor->retranslate();
    refreshState();
}

void CasesPage::activated() {
    if (view() == View::Doctor)
        m_doctor->table()->setFocus();
    else if (view() == View::Agreement)
        m_agreement->table()->setFocus();
    else
        m_lanes->setFocus();
}

void CasesPage::asked(const QString& what) {
    if (what == QLatin1String("doctor")) showView(View::Doctor);
}

void CasesPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_host.setActive(true);
    m_doctor->host().setActive(view() == View::Doctor);
    m_agreement->host().setActive(view() == View::Agreement);
}

void CasesPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_host.setActive(false);
    m_doctor->host().setActive(false);
    m_agreement->host().setActive(false);
}

bool CasesPage::runAction(const QString& id) {
    if (id.startsWith(QLatin1String("doctor."))) {
        showView(View::Doctor);
        return runRow(doctorActions(), m_doctor->host(), id);
    }
    if (id.startsWith(QLatin1String("agreement."))) {
        showView(View::Agreement);
        return runRow(agreementActions(), m_agreement->host(), id);
    }
    return runRow(casesActions(), m_host, id);
}

bool CasesPage::handleKey(QKeyEvent* event) {
    return runRowOfKey(m_actions, QStringLiteral("cases"), casesActions(), m_host, event);
}

/// The scroll area would take the arrow keys on their way up.
bool CasesPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (view() == View::Doctor && m_doctor->handleKey(key)) return true;
        if (view() == View::Agreement && watched == m_agreement->table() && m_agreement->handleKey(key)) return true;
        if (handleKey(key)) return true;
    }
    return Page::eventFilter(watched, event);
}

void CasesPage::keyPressEvent(QKeyEvent* event) {
    if (!handleKey(event)) Page::keyPressEvent(event);
}

void CasesPage::showEmpty(const QString& sentence, const QString& button, const QString& target) {
    m_empty->setSentence(sentence);
    m_empty->setButton(button);
    m_emptyTarget = target;
    m_stack->setCurrentIndex(kEmptyPage);
}

void CasesPage::refreshState() {
    using State = CasesHost::State;
    const State state = m_host.state();
    const bool hasSomething = state != State::NoProject && state != State::NoLayers;
    m_row->setVisible(hasSomething);
    m_sentence->setVisible(hasSomething && view() == View::Cases);
    const bool isHidden = state == State::Hidden;
    m_tabs->setVisible(state != State::NoProject && !isHidden);
    m_upright->setVisible(!isHidden);
    m_hidden->setVisible(isHidden);
    showBelow();
    if (isHidden) return m_sentence->hide();
    const int at = m_host.position();
    m_position->setText(at < 0 ? tr("– / %1", "no place among so many posts").arg(m_host.found())
                               : tr("%1 / %2", "place among so many posts").arg(at + 1).arg(m_host.found()));
    m_previous->setEnabled(at > 0);
    m_next->setEnabled(at + 1 < m_host.found());
    m_export->setEnabled(state == State::Ready);
    switch (state) {
        case State::NoProject:
            return showEmpty(tr("No project is open. Open one to compare what systems say of its posts."),
                             tr("Go to Data"), QStringLiteral("data"));
        case State::Hidden:
            return;
        case State::NoLayers:
            return showEmpty(tr("No predictions yet. Train a run and let it predict, or import a file of predictions "
                                "from the command line."),
                             tr("Go to Train"), QStringLiteral("train"));
        case State::Loading:
            return showEmpty(tr("Reading the layers…"), QString(), QString());
        case State::Failed:
            m_banner->showError(*m_host.error(), tr("The layers could not be read."));
            return showEmpty(tr("The layers could not be read."), QString(), QString());
        case State::Nothing:
            return showEmpty(tr("No post matches the query."), tr("Show all posts"), kShowAll);
        case State::Ready:
            m_stack->setCurrentIndex(kCasePage);
    }
}

void CasesPage::refreshCase() {
    const workflow::Case* shown = m_host.shown();
    if (!shown) {
        m_title->clear();
        m_picture->setFile({});
        return;
    }
    chooseDoubt();
    QString title = fromUtf8(shown->externalId);
    if (shown->split != Split::None) title = tr("%1 · %2", "post id and split").arg(title, splitText(shown->split));
    const int disagreements = shown->disagreements();
    title =
        tr("%1 · %2", "post and number of disagreements")
            .arg(title, disagreements == 0 ? tr("no disagreement") : tr("%n disagreement(s)", nullptr, disagreements));
    if (!shown->hasReference) title = tr("%1 · %2", "post and a remark").arg(title, tr("nothing to hold against"));
    m_title->setText(title);
    m_picture->setVisible(shown->image.has_value());
    if (shown->image)
        m_picture->setFile(*shown->image);
    else
        m_picture->setFile({});
}

QString CasesPage::proposedName(Scope scope, const QString& ending) const {
    const workflow::Case* shown = m_host.shown();
    QString name = scope == Scope::Current && shown ? fromUtf8(shown->externalId) : QStringLiteral("cases");
    for (QChar& c : name)
        if (!c.isLetterOrNumber() && c != QLatin1Char('-') && c != QLatin1Char('_')) c = QLatin1Char('-');
    return (scope == Scope::Current ? QStringLiteral("case-") : QString()) + name + ending;
}

QString CasesPage::caption(int cases) const {
    const QString reference = m_host.reference() == QLatin1String("gold") ? tr("gold") : tr("the corrected layer");
    return tr("%1 against %2; %n post(s)", nullptr, cases)
        .arg(m_host.chosenLayers().join(tr(", ", "between names of layers")), reference);
}

void CasesPage::withCases(Scope scope, std::function<void(workflow::CaseReport&&)> use) {
    if (!m_host.shown() || !m_host.table()) return;
    auto report = std::make_shared<workflow::CaseReport>();
    const auto rows = std::make_shared<std::vector<std::uint32_t>>(m_host.rows());
    if (scope == Scope::Current) {
        const auto row = m_host.table()->rowOf(m_host.shown()->post);
        rows->assign(1, static_cast<std::uint32_t>(row.value_or(0)));
    }
    m_session.read(
        [report, rows, table = m_host.table()](const project::Project& project) {
            *report = workflow::reportOf(project, *table, *rows, rows->size());
        },
        [this, report, use = std::move(use)] {
            report->title = toUtf8(m_session.isOpen() ? fromUtf8(m_session.info().name) : QString());
            report->caption = toUtf8(caption(static_cast<int>(report->cases.size())));
            use(std::move(*report));
        });
}

void CasesPage::exportFigure(Scope scope) {
    withCases(scope, [this, scope](workflow::CaseReport&& report) {
        auto figure = std::make_shared<CaseFigure>();
        figure->labels = m_session.labels();
        report.cases.resize(std::min(report.cases.size(), kCasesOfAFigure));
        for (workflow::Case& one : report.cases) figure->cases.push_back({std::move(one), {}});
        finishFigure(figure, fromUtf8(report.caption), proposedName(scope, {}));
    });
}

void CasesPage::finishFigure(std::shared_ptr<CaseFigure> figure, const QString& caption, const QString& name) {
    PictureCache& cache = PictureCache::instance();
    bool isWaiting = false;
    for (FigureCase& one : figure->cases) {
        if (!one.photo.isNull() || !one.shown.image || one.shown.image->path.empty()) continue;
        const QString photo = fromUtf8(one.shown.image->path);
        one.photo = cache.picture(photo, kFigurePhoto);
        isWaiting = isWaiting || (one.photo.isNull() && cache.state(photo) != PictureCache::State::Missing);
    }
    if (!isWaiting) return saveFigureOf(*figure, caption, name);
    // Each picture that comes is looked at once more; the guard goes with the first of them.
    auto* guard = new QObject(this);
    const auto again = [this, guard, figure, caption, name] {
        PictureCache::instance().disconnect(guard);
        guard->deleteLater();
        finishFigure(figure, caption, name);
    };
    connect(&cache, &PictureCache::ready, guard, again);
    connect(&cache, &PictureCache::missing, guard, again);
}

void CasesPage::saveFigureOf(const CaseFigure& cases, const QString& caption, const QString& name) {
    Figure figure = paperFigure(cases);
    figure.title = tr("Cases");
    figure.caption = caption;
    figure.name = name;
    const FigureSaving saving = askAndSaveFigure(this, QStringLiteral("save-case-figure"), figure);
    if (saving.error || !saving.path.isEmpty()) told(saving.error, saving.path);
}

void CasesPage::saveTable(const QString& name, const std::string& csv) {
    const QString path = dialogs::file(this, {QStringLiteral("save-table"), dialogs::FileRequest::Kind::SaveFile,
                                              tr("Save table"), name, tr("CSV table (*.csv)")});
    if (path.isEmpty()) return;
    auto error = std::make_shared<std::optional<Error>>();
    m_session.read(
        [error, csv, path = toPath(path)](const project::Project& project) {
            try {
                workflow::requireFreeTargets(project, {path}, true);  // the dialog has asked about a file there
                writeFileAtomic(path, csv);
            } catch (const Error& failed) {
                *error = failed;
            }
        },
        [this, error, path] {
            if (*error)
                m_banner->showError(**error, tr("The table was not saved."));
            else
                Q_EMIT statusMessage(tr("The table is in %1").arg(path));
        });
}

void CasesPage::exportText(Scope scope, Writing writing) {
    const bool isHtml = writing == Writing::Html;
    const QString path =
        dialogs::file(this, {QStringLiteral("save-cases"), dialogs::FileRequest::Kind::SaveFile, tr("Save cases"),
                             proposedName(scope, isHtml ? QStringLiteral(".html") : QStringLiteral(".tex")),
                             isHtml ? tr("HTML page (*.html)") : tr("LaTeX document (*.tex)")});
    if (path.isEmpty()) return;
    withCases(scope, [this, path, isHtml](workflow::CaseReport&& report) {
        auto error = std::make_shared<std::optional<Error>>();
        m_session.read(
            [error, isHtml, path = toPath(path), report = std::move(report),
             words = caseWords()](const project::Project& project) {
                try {
                    workflow::requireFreeTargets(project, {path}, true);  // the dialog has asked about a file there
                    writeFileAtomic(path, isHtml ? workflow::casesHtml(report, path, words)
                                                 : workflow::casesLatex(report, path, words));
                } catch (const Error& failed) {
                    *error = failed;
                }
            },
            [this, error, path] { told(*error, path); });
    });
}

void CasesPage::told(const std::optional<Error>& error, const QString& path) {
    if (error)
        m_banner->showError(*error, tr("The cases were not saved."));
    else
        Q_EMIT statusMessage(tr("The cases are in %1").arg(path));
}

std::vector<Page::CaptureState> CasesPage::statesForCapture() {
    return {{QStringLiteral("differ"),
             [this] {
                 workflow::CaseSentence said;
                 said.agreement = workflow::CaseSentence::Agreement::SomeWrong;
                 m_host.setSentence(said);
             }},
            {QStringLiteral("nothing"),
             [this] {
                 workflow::CaseSentence said;
                 said.posts = {"none"};
                 m_host.setSentence(said);
             }},
            {QStringLiteral("doctor"),
             [this] {
                 m_session.setFilter({});
                 showView(View::Doctor);
             }},
            {QStringLiteral("dynamics"), [this] { m_doctor->host().setQueue(QStringLiteral("hard-to-learn")); }},
            {QStringLiteral("agreement"), [this] {
                 m_doctor->host().setQueue({});
                 showView(View::Agreement);
             }}};
}

bool CasesPage::readyForCapture() const {
    if (view() == View::Doctor && m_doctor->host().suspect() &&
        m_doctor->host().suspect()->post != m_session.currentPost())
        return false;
    if (m_picture->isVisible() && m_picture->isWaiting()) return false;
    return m_host.state() != CasesHost::State::Loading && !m_session.isFiltering() &&
           (view() != View::Doctor || m_doctor->host().state() != DoctorHost::State::Examining) &&
           (view() != View::Agreement || m_agreement->host().state() != AgreementHost::State::Reading);
}

PageSpec casesPage() {
    return {.id = QStringLiteral("cases"),
            .icon = QStringLiteral("cases"),
            .title = [] { return CasesPage::tr("Cases"); },
            .make = [](const PageContext& window) -> Page* { return new CasesPage(window.session, window.actions); },
            .defineActions = defineCasesActions};
}

}  // namespace mnerva::ui
