#include "ui/pages/train/train_page.h"

#include <QDesktopServices>
#include <QGridLayout>
#include <QHeaderView>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/check_texts.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {
enum StackPages { kEmptyPage, kRunsPage };

dialogs::Question checksQuestion(const QString& run, const std::vector<protocol::TrainCheck>& checks) {
    QStringList paragraphs;
    for (const protocol::TrainCheck& check : checks)
        if (check.stops && !check.overruled) paragraphs << checkParagraph(check);
    return {QStringLiteral("checks-stopped"),
            TrainPage::tr("Train on this data?"),
            TrainPage::tr("%1 was not started, because of what was found in its data. Train it all the same?").arg(run),
            paragraphs.join(QStringLiteral("\n\n")),
            {TrainPage::tr("Train anyway"), TrainPage::tr("Do not train")}};
}

/// Findings as the engine tells them: a test file imported twice, one type unknown, pictures moved away.
std::vector<protocol::TrainCheck> checksForCapture() {
    const auto check = [](const char* code, std::vector<std::string> args, std::vector<std::string> examples) {
        protocol::TrainCheck found;
        found.code = code;
        found.stops = true;
        found.count = std::stoll(args.front());
        found.args = std::move(args);
        found.examples = std::move(examples);
        return found;
    };
    return {check("valid-equals-test", {"1000"}, {}), check("label-outside-set", {"12", "OTHER (12)"}, {}),
            check("pictures-unreadable", {"1204", "4000"}, {"images/17_06_4705.jpg", "images/17_06_4815.jpg"})};
}

}  // namespace

TrainPage::TrainPage(ProjectSession& session, JobHost& jobs, QWidget* parent)
    : Page(parent), m_session(session), m_host(session, jobs) {
    setObjectName(QStringLiteral("trainPage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(QStringLiteral("train"), this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setObjectName(QStringLiteral("trainSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(makeList());
    m_details = new RunDetails(m_host, this);
    connect(m_details, &RunDetails::statusMessage, this, &Page::statusMessage);
    connect(m_details, &RunDetails::postsWanted, this, &TrainPage::postsWanted);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({480, 660});
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_splitter);
    layout->addWidget(m_stack);

    connect(m_empty, &EmptyState::triggered, this, [this] {
        if (m_session.isOpen() && !m_failedStart.isEmpty())
            startAgain(m_failedStart);
        else if (m_session.isOpen())
            newRun();
        else
            Q_EMIT pageWanted(QStringLiteral("data"));
    });
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed})
        connect(&session, signal, this, [this] {
            m_lastFailure.clear();
            m_failedStart.clear();
            refreshState();
        });
    connect(&session, &ProjectSession::infoChanged, this, &TrainPage::refreshState);
    connect(&m_host, &TrainHost::loaded, this, &TrainPage::refreshState);
    connect(&m_host, &TrainHost::predictingChanged, this, &TrainPage::refreshButtons);
    connect(&m_host, &TrainHost::historyChanged, this, &TrainPage::refreshButtons);
    connect(&m_host, &TrainHost::failed, this, [this](const QString& what, const Error& error) {
        m_details->banner().showError(error, what);
        m_lastFailure = what + QLatin1Char('\n') + errorText(error);
        refreshState();
    });
    connect(&m_host, &TrainHost::runEnded, this, &TrainPage::onRunEnded);
    connect(&m_host, &TrainHost::layerStored, this, [this](const QString& run) {
        showDone(run, tr("Its predictions of the test posts are the layer %1, which can be evaluated, compared and "
                         "exported.")
                          .arg(run));
    });
    connect(&m_host, &TrainHost::heldOutStored, this, &TrainPage::showJudged);
    connect(&m_host, &TrainHost::checksStopped, this, &TrainPage::onChecksStopped);
    connect(&m_host, &TrainHost::suggestionsReady, this, [this](const QString& run) {
        m_details->banner().showMessage(Banner::Kind::Good,
                                        tr("The suggestions of %1 are shown on the Tag page.").arg(run));
        m_details->banner().addButton(tr("Go to Tag"), [this] { Q_EMIT pageWanted(QStringLiteral("tag")); });
        Q_EMIT suggestionsReady(run);
    });
    retranslate();
}

QWidget* TrainPage::makeList() {
    auto* side = new QWidget(this);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(Theme::kGrid, Theme::kGrid, Theme::kGrid, Theme::kGrid);
    layout->setSpacing(Theme::kGrid);
    m_list = new QTableView(side);
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setModel(&m_host.runs());
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setShowGrid(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(4 * Theme::kGrid);
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->horizontalHeader()->setSectionResizeMode(RunsModel::kName, QHeaderView::Stretch);
    layout->addWidget(m_list, 1);

    const auto make = [side](const char* name) {
        auto* button = new QPushButton(side);
        button->setObjectName(QString::fromLatin1(name));
        return button;
    };
    m_new = make("newRun");
    m_clone = make("cloneRun");
    m_resume = make("resumeRun");
    m_suggest = make("useAsSuggestions");
    m_folder = make("openRunFolder");
    m_remove = make("deleteRun");
    m_new->setDefault(true);
    auto* grid = new QGridLayout;
    grid->setSpacing(Theme::kGrid);
    grid->addWidget(m_new, 0, 0);
    grid->addWidget(m_clone, 0, 1);
    grid->addWidget(m_resume, 0, 2);
    grid->addWidget(m_suggest, 1, 0);
    grid->addWidget(m_folder, 1, 1);
    grid->addWidget(m_remove, 1, 2);
    layout->addLayout(grid);
    connect(m_new, &QPushButton::clicked, this, &TrainPage::newRun);
    connect(m_clone, &QPushButton::clicked, this, &TrainPage::cloneRun);
    connect(m_resume, &QPushButton::clicked, this, &TrainPage::resumeRun);
    connect(m_suggest, &QPushButton::clicked, this, &TrainPage::suggest);
    connect(m_folder, &QPushButton::clicked, this, &TrainPage::openFolder);
    connect(m_remove, &QPushButton::clicked, this, &TrainPage::removeRun);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (const RunInfo* run = chosen()) m_details->setRun(fromUtf8(run->name));
        refreshButtons();
    });
    return side;
}

void TrainPage::retranslate() {
    m_new->setText(tr("New run…"));
    m_clone->setText(tr("Clone…"));
    m_clone->setToolTip(tr("A new run with the settings of this one"));
    m_resume->setText(tr("Resume"));
    m_resume->setToolTip(tr("Goes on from the last checkpoint, to the same numbers as if it had never stopped"));
    m_suggest->setText(tr("Use as suggestions"));
    m_suggest->setToolTip(tr("Predicts every post with this run and shows the result while tagging"));
    m_folder->setText(tr("Open folder"));
    m_remove->setText(tr("Delete"));
    m_list->setAccessibleName(tr("Runs"));
    m_host.runs().retranslate();
    m_details->retranslate();
    refreshState();
}

void TrainPage::activated() {
    m_host.refresh();
    m_host.loadSystems();
    m_list->setFocus();
}

void TrainPage::asked(const QString& what) {
    if (what != QLatin1String("folds") || !m_session.isOpen()) return;
    auto* dialog = new NewRunDialog(m_session, m_host, this);
    dialog->form().setHoldsOut(true);
    openForm(dialog);
}

void TrainPage::refreshState() {
    const bool open = m_session.isOpen();
    const bool runs = open && m_host.runs().rowCount() > 0;
    m_empty->setSentence(!open ? tr("No project is open. Open or import one to train on it.")
                         : m_lastFailure.isEmpty()
                             ? tr("No run yet. Train a model on this project to get suggestions and to see what "
                                  "it looks at.")
                             : m_lastFailure);
    m_empty->setButton(!open                     ? tr("Go to Data")
                       : m_failedStart.isEmpty() ? tr("New run…")
                                                 : tr("Change and start again…"));
    m_stack->setCurrentIndex(runs ? kRunsPage : kEmptyPage);
    if (runs && !chosen()) choose(fromUtf8(m_host.runs().run(0)->name));
    refreshButtons();
}

/// Nothing was made of the run yet; a person who knows better starts it all the same, and the run says so.
void TrainPage::onChecksStopped(const QString& run, const std::vector<protocol::TrainCheck>& checks,
                                const QStringList& arguments) {
    QStringList overruled;
    for (const protocol::TrainCheck& check : checks)
        if (check.stops && !check.overruled) overruled << QStringLiteral("--overrule") << fromUtf8(check.code);
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(run));
    const QString system = info ? fromUtf8(info->record.system) : QString();
    const QString preset = info ? fromUtf8(info->record.preset) : QString();
    if (dialogs::ask(this, checksQuestion(run, checks)) != 0) return;
    m_host.start(run, arguments + overruled, system, preset);
    refreshState();
    choose(run);
}

void TrainPage::onRunEnded(const QString& run, protocol::RunState state) {
    Q_EMIT statusMessage(tr("Run %1: %2").arg(run, runStateText(state)));
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(run));
    if (state == protocol::RunState::Succeeded && info && info->history.folds == 0) showDone(run, {});
    if (state == protocol::RunState::Failed && info && endedWithNothing(*info)) offerAgain(run);
}

/// A run that went well is there to be used: the next steps are one press away.
void TrainPage::showDone(const QString& run, const QString& detail) {
    const RunInfo* info = m_host.runs().run(m_host.runs().rowOf(run));
    if (!info) return;
    Banner& banner = m_details->banner();
    banner.showMessage(
        Banner::Kind::Good,
        info->valid ? tr("%1 is done: %2.").arg(run, validText(*info->valid)) : tr("%1 is done.").arg(run), detail);
    if (info->test)
        banner.addButton(tr("Show the test score"), [this, run] {
            choose(run);
            m_details->showTest(true);
        });
    if (!m_session.isReadOnly())
        banner.addButton(tr("Use as suggestions"), [this, run] {
            m_details->banner().clear();
            m_host.useAsSuggestions(run);
        });
    banner.addButton(tr("See what it looks at"), [this] { Q_EMIT pageWanted(QStringLiteral("attention")); });
}

/// A run over folds has no model to go on with: what it is for are the label errors.
void TrainPage::showJudged(const QString& run) {
    Banner& banner = m_details->banner();
    banner.showMessage(Banner::Kind::Good,
                       tr("%1 is done: every training post was judged by a model that had not seen it.").arg(run));
    banner.addButton(tr("See the label errors"), [this] { Q_EMIT pageWanted(QStringLiteral("cases:doctor")); });
}

/// Nothing came of it, so the next start may have its name.
void TrainPage::offerAgain(const QString& run) {
    m_failedStart = run;
    if (!m_details->banner().isHidden())
        m_details->banner().addButton(tr("Change and start again…"), [this, run] { startAgain(run); });
    refreshState();
}

const RunInfo* TrainPage::chosen() const {
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? const_cast<TrainPage*>(this)->m_host.runs().run(index.row()) : nullptr;
}

void TrainPage::choose(const QString& name) {
    const int row = m_host.runs().rowOf(name);
    if (row < 0) return;
    m_list->selectRow(row);
    m_details->setRun(name);
}

void TrainPage::refreshButtons() {
    const RunInfo* run = chosen();
    const bool running = run && m_host.process(fromUtf8(run->name));
    const bool complete = run && run->history.state == protocol::RunState::Succeeded;
    m_clone->setEnabled(run != nullptr);
    m_folder->setEnabled(run != nullptr);
    m_resume->setEnabled(run && !running && !complete && run->hasCheckpoint);
    m_remove->setEnabled(run && !running);
    m_suggest->setEnabled(run && run->hasModel && !m_host.isPredicting() && !m_session.isReadOnly());
    m_new->setEnabled(m_session.isOpen());
}

void TrainPage::newRun() {
    openForm(new NewRunDialog(m_session, m_host, this));
}

void TrainPage::startAgain(const QString& run) {
    auto* dialog = new NewRunDialog(m_session, m_host, this);
    dialog->form().proposeRunName(run);
    dialog->form().setHoldsOut(m_heldOut);
    openForm(dialog);
}

void TrainPage::cloneRun() {
    const RunInfo* run = chosen();
    if (!run) return;
    auto* dialog = new NewRunDialog(m_session, m_host, this);
    dialog->recall(run->config, fromUtf8(run->name));
    openForm(dialog);
}

void TrainPage::openForm(NewRunDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const TrainForm& form = dialog->form();
        const QString name = form.runName();
        m_heldOut = form.holdsOut();
        m_lastFailure.clear();
        m_failedStart.clear();
        m_details->banner().clear();
        m_host.start(name, form.arguments(m_session.folder()), form.systemName(), form.preset());
        refreshState();
        choose(name);
    });
    dialog->open();
}

void TrainPage::resumeRun() {
    if (const RunInfo* run = chosen()) m_host.resume(fromUtf8(run->name));
    refreshButtons();
}

void TrainPage::removeRun() {
    const RunInfo* run = chosen();
    if (!run) return;
    const QString name = fromUtf8(run->name);
    const int answer = dialogs::ask(this, {QStringLiteral("delete-run"),
                                           tr("Delete the run?"),
                                           tr("The run %1 goes to the trash with its model, scores and log.").arg(name),
                                           tr("Its suggestions stay in the project."),
                                           {tr("Delete"), tr("Keep it")}});
    if (answer == 0) m_host.remove(name);
}

void TrainPage::openFolder() {
    if (const RunInfo* run = chosen()) QDesktopServices::openUrl(QUrl::fromLocalFile(fromPath(run->folder)));
}

void TrainPage::suggest() {
    if (const RunInfo* run = chosen()) m_host.useAsSuggestions(fromUtf8(run->name));
}

std::vector<Page::CaptureDialog> TrainPage::dialogsForCapture() {
    std::vector<CaptureDialog> list;
    for (const bool unfolded : {false, true})
        list.push_back(
            {unfolded ? QStringLiteral("new-run-options") : QStringLiteral("new-run"), [this, unfolded]() -> QWidget* {
                 auto* dialog = new NewRunDialog(m_session, m_host);
                 dialog->setOptionsUnfolded(unfolded);
                 return dialog;
             }});
    const auto addOptions = [&](const QString& system, const QString& variant) {
        const QString name = QStringLiteral("options-") + system + (variant.isEmpty() ? QString() : u'-' + variant);
        list.push_back({name, [this, system, variant]() -> QWidget* {
                            auto* dialog = new NewRunDialog(m_session, m_host);
                            dialog->choose(system, variant);
                            dialog->showAllOptions();
                            return dialog;
                        }});
    };
    for (const SystemField& system : m_host.systems()) {
        addOptions(system.name, {});
        for (const SystemField& other : system.others) addOptions(system.name, other.variants.value(0));
    }
    list.push_back({QStringLiteral("checks"), [this] {
                        return dialogs::makeBox(this, checksQuestion(QStringLiteral("mpcfn-2"), checksForCapture()));
                    }});
    return list;
}

/// Each run that says how far its confidences can be believed would look alike; the first stands for all.
std::vector<Page::CaptureState> TrainPage::statesForCapture() {
    QString run;
    for (int row = m_host.runs().rowCount() - 1; row >= 0; --row)
        if (const RunInfo* one = m_host.runs().run(row); run.isEmpty() || one->calibration) run = fromUtf8(one->name);
    if (run.isEmpty()) return {};
    std::vector<CaptureState> states;
    for (const auto& [name, tab] :
         {std::pair("curves", RunDetails::kCurves), std::pair("epochs", RunDetails::kEpochs),
          std::pair("calibrated", RunDetails::kCalibration), std::pair("settings", RunDetails::kSettings),
          std::pair("notes", RunDetails::kNotes)})
        states.push_back({QLatin1String(name), [this, run, tab = tab] {
                              choose(run);
                              m_details->showTest(true);
                              m_details->showTab(tab);
                          }});
    return states;
}

bool TrainPage::readyForCapture() const {
    return !m_session.isOpen() || (m_host.isLoaded() && !m_host.isLoadingSystems());
}

}  // namespace mnerva::ui
