#include "ui/pages/cases/agreement_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>

#include "core/eval/report_table.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/cases_actions.h"
#include "ui/pages/cases/rows_model.h"
#include "ui/session/project_session.h"
#include "ui/widgets/action_keys.h"
#include "ui/widgets/actions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/empty_state.h"

namespace mnerva::ui {
namespace {

enum AgreementPages { kNoAgreement, kTablePage };
constexpr int kAgreementRow = 28, kMostKeys = 9, kTextColumns = 3, kWordsWidth = 180, kSaidWidth = 170;

QString causeText(std::string_view cause) {
    static constexpr std::array kTexts{
        QT_TRANSLATE_NOOP("Decision", "ambiguous text"), QT_TRANSLATE_NOOP("Decision", "gap in the guideline"),
        QT_TRANSLATE_NOOP("Decision", "slip"), QT_TRANSLATE_NOOP("Decision", "edge case"),
        QT_TRANSLATE_NOOP("Decision", "matter of taste")};
    for (std::size_t i = 0; i < kDecisionCauses.size(); ++i)
        if (kDecisionCauses[i] == cause) return QCoreApplication::translate("Decision", kTexts[i]);
    return AgreementView::tr("no cause given");
}

QString saidText(const std::optional<std::vector<Entity>>& said, int first) {
    if (!said) return QStringLiteral("–");
    QStringList parts;
    for (const Entity& entity : *said)
        parts << (entity.first == entity.last ? AgreementView::tr("%1 word %2", "a label at a word of the conflict")
                                                    .arg(fromUtf8(entity.type))
                                                    .arg(entity.first - first + 1)
                                              : AgreementView::tr("%1 words %2–%3", "a label at words of the conflict")
                                                    .arg(fromUtf8(entity.type))
                                                    .arg(entity.first - first + 1)
                                                    .arg(entity.last - first + 1));
    return parts.isEmpty() ? AgreementView::tr("nothing") : parts.join(QStringLiteral(", "));
}

QToolButton* textButton(const char* name) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return button;
}

std::vector<QStringList> textsOf(const std::vector<std::vector<std::string>>& table) {
    std::vector<QStringList> rows;
    for (const auto& line : table) {
        QStringList& row = rows.emplace_back();
        for (const std::string& cell : line) row << fromUtf8(cell);
    }
    return rows;
}

}  // namespace

AgreementView::AgreementView(ProjectSession& session, ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_session(session), m_actions(actions), m_host(session), m_model(new RowsModel(this)) {
    setObjectName(QStringLiteral("agreementView"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * Theme::kGrid, 0, 2 * Theme::kGrid, Theme::kGrid);
    column->setSpacing(Theme::kGrid);
    column->addWidget(m_banner = new Banner);
    m_banner->setObjectName(QStringLiteral("agreementBanner"));
    column->addWidget(makeBar());
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty = new EmptyState(QStringLiteral("cases")));
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("agreementTable"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kAgreementRow);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_stack->addWidget(m_table);
    column->addWidget(m_stack, 1);
    column->addWidget(m_decision = makeDecision());
    column->addWidget(makeNewLayer());
    connect(&m_host, &AgreementHost::stateChanged, this, &AgreementView::refreshState);
    connect(&m_host, &AgreementHost::currentChanged, this, &AgreementView::refreshCurrent);
    connect(&m_host, &AgreementHost::remarkChanged, this, &AgreementView::refreshRemark);
    connect(&m_host, &AgreementHost::failed, this, [this](const Error& error) { m_banner->showError(error); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (row.isValid() && !m_isFilling && m_tabs->currentIndex() == kConflicts) m_host.setCurrent(row.row());
    });
    retranslate();
}

QWidget* AgreementView::makeBar() {
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("agreementTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (int tab = 0; tab < 3; ++tab) m_tabs->addTab({});
    m_layers = textButton("agreementLayers");
    m_layers->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_layers);
    menu->setObjectName(QStringLiteral("agreementLayersMenu"));
    m_layers->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillLayers(*menu);
    });
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("agreementSummary"));
    m_summary->setFont(Theme::secondaryFont());
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_tabs);
    row->addWidget(m_layers);
    row->addWidget(m_summary, 1);
    row->addWidget(m_start = textButton("agreementStart"));
    row->addWidget(m_save = textButton("agreementSave"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        fillTable();
        refreshCurrent();
    });
    connect(m_start, &QToolButton::clicked, &m_host, &AgreementHost::start);
    connect(m_save, &QToolButton::clicked, this, &AgreementView::saveTable);
    return bar;
}

QWidget* AgreementView::makeDecision() {
    auto* panel = new QWidget;
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    row->addWidget(m_causeTitle = new QLabel);
    row->addWidget(m_cause = new QComboBox);
    m_cause->setObjectName(QStringLiteral("decisionCause"));
    row->addWidget(m_note = new QLineEdit, 1);
    m_note->setObjectName(QStringLiteral("decisionNote"));
    row->addWidget(m_forGuideline = new QCheckBox);
    m_forGuideline->setObjectName(QStringLiteral("decisionForGuideline"));
    row->addWidget(m_takeTitle = new QLabel);
    m_takes = new QHBoxLayout;
    m_takes->setSpacing(Theme::kGrid / 2);
    row->addLayout(m_takes);
    connect(m_cause, &QComboBox::activated, this, &AgreementView::takeRemark);
    connect(m_note, &QLineEdit::textEdited, this, &AgreementView::takeRemark);
    connect(m_note, &QLineEdit::returnPressed, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_forGuideline, &QCheckBox::toggled, this, &AgreementView::takeRemark);
    return panel;
}

QWidget* AgreementView::makeNewLayer() {
    auto* panel = new QWidget;
    auto* row = new QHBoxLayout(panel);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::kGrid);
    row->addWidget(m_name = new QLineEdit);
    m_name->setObjectName(QStringLiteral("annotatorName"));
    m_name->setMinimumWidth(32 * Theme::kGrid);
    m_name->setMaximumWidth(48 * Theme::kGrid);
    row->addWidget(m_isBlind = new QCheckBox);
    m_isBlind->setObjectName(QStringLiteral("annotatorIsBlind"));
    row->addWidget(m_make = textButton("annotatorMake"));
    row->addStretch(1);
    const auto make = [this] {
        if (m_name->text().trimmed().isEmpty()) return;
        m_banner->clear();
        m_host.addAnnotator(m_name->text(), m_isBlind->isChecked());
        m_name->clear();
    };
    connect(m_name, &QLineEdit::returnPressed, this, make);
    connect(m_make, &QToolButton::clicked, this, make);
    return panel;
}

bool AgreementView::handleKey(QKeyEvent* event) {
    return runRowOfKey(m_actions, QStringLiteral("agreement"), agreementActions(), m_host, event);
}

void AgreementView::fillLayers(QMenu& menu) {
    for (const QString& layer : m_host.knownLayers()) {
        QAction* action = menu.addAction(withoutMnemonic(layer));
        action->setCheckable(true);
        action->setChecked(m_host.layers().contains(layer));
        connect(action, &QAction::toggled, this, [this, layer](bool isOn) {
            QStringList chosen = m_host.layers();
            chosen.removeAll(layer);
            if (isOn) chosen << layer;
            m_host.setLayers(chosen);
        });
    }
    if (menu.isEmpty()) menu.addAction(tr("There are no layers of annotators or runs yet."))->setEnabled(false);
}

void AgreementView::retranslate() {
    m_tabs->setTabText(kLabels, tr("By label"));
    m_tabs->setTabText(kPosts, tr("By post"));
    m_tabs->setAccessibleName(tr("Tables of agreement"));
    m_layers->setText(tr("Compared layers"));
    m_layers->setToolTip(tr("Which layers are held against each other"));
    m_start->setText(tr("Start from what agrees"));
    m_save->setText(tr("Save as CSV…"));
    m_save->setToolTip(tr("Save the table that is shown"));
    m_causeTitle->setText(tr("Why they differ"));
    m_cause->setAccessibleName(tr("Why they differ"));
    m_note->setPlaceholderText(tr("Note"));
    m_note->setAccessibleName(tr("Note"));
    m_forGuideline->setText(tr("For the guideline"));
    m_forGuideline->setToolTip(tr("Puts the post on the list that mnerva-cli adjudication --guideline writes"));
    m_takeTitle->setText(tr("Take"));
    m_name->setPlaceholderText(tr("Name of a new layer"));
    m_name->setAccessibleName(tr("Name of a new layer"));
    m_isBlind->setText(tr("Blind"));
    m_isBlind->setToolTip(tr("Hides gold, suggestions and other layers while it is made; the layer remembers it"));
    m_make->setText(tr("Make a layer"));
    m_make->setToolTip(tr("Make a layer for a person; it is edited once it is chosen at the top"));
    m_cause->clear();
    m_cause->addItem(causeText({}), QString());
    for (const std::string_view cause : kDecisionCauses)
        m_cause->addItem(causeText(cause), QString::fromLatin1(cause.data(), qsizetype(cause.size())));
    refreshRemark();
    refreshState();
}

QString AgreementView::summary() const {
    if (m_host.state() != AgreementHost::State::Ready) return {};
    const workflow::Adjudication& found = m_host.adjudication();
    const auto& all = m_host.agreement().agreement.all;
    const auto number = [](const std::optional<double>& value) {
        return value ? QString::number(*value, 'f', 3) : QStringLiteral("–");
    };
    return tr("%1 of %n post(s) agree · F1 %2 · alpha %3", nullptr, found.posts)
        .arg(found.unanimous)
        .arg(number(all.meanF1), number(all.alpha));
}

void AgreementView::fillButtons() {
    while (QLayoutItem* item = m_takes->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const QString& text, int number) {
        auto* button = textButton("decisionTake");
        button->setText(withoutMnemonic(text));
        if (number <= kMostKeys) m_actions.describe(button, QStringLiteral("agreement.take%1").arg(number));
        connect(button, &QToolButton::clicked, this, [this, number] { m_host.take(number); });
        m_takes->addWidget(button);
    };
    for (int i = 0; i < std::min<int>(static_cast<int>(m_host.layers().size()), kMostKeys); ++i)
        add(tr("%1 %2", "key and layer").arg(i + 1).arg(m_host.layers()[i]), i + 1);
    add(tr("0 nothing", "key and what it takes"), 0);
}

void AgreementView::fillTable() {
    m_isFilling = true;
    const bool isReady = m_host.state() == AgreementHost::State::Ready;
    QStringList head;
    std::vector<QStringList> rows;
    int numbers = kTextColumns;
    if (!isReady || m_tabs->currentIndex() == kConflicts) {
        head << tr("Post") << tr("Words");
        for (const QString& layer : m_host.layers()) head << layer;
        head << tr("Decision");
        for (const workflow::Conflict& conflict : m_host.conflicts()) {
            QStringList& row = rows.emplace_back();
            row << fromUtf8(conflict.id) << fromUtf8(conflict.words);
            for (const auto& said : conflict.said) row << saidText(said, conflict.first);
            const auto& decision = conflict.decision;
            row << (!decision ? tr("open")
                    : decision->note.empty()
                        ? causeText(decision->cause)
                        : tr("%1: %2", "cause and note").arg(causeText(decision->cause), fromUtf8(decision->note)));
        }
        numbers = static_cast<int>(head.size());
    } else if (m_tabs->currentIndex() == kLabels) {
        rows = textsOf(workflow::labelRows(m_host.agreement()));
        rows.erase(rows.begin());
        head << tr("Label") << tr("Layer") << tr("Other layer") << tr("Posts") << tr("Same") << tr("F1") << tr("kappa")
             << tr("alpha") << tr("Unitised alpha");
    } else {
        rows = textsOf(workflow::postRows(m_host.agreement(), m_host.agreement().ids.size()));
        rows.erase(rows.begin());
        head << tr("Post") << tr("Layers") << tr("F1") << tr("alpha");
        numbers = 1;
    }
    m_model->setRows(head, std::move(rows), numbers);
    m_table->horizontalHeader()->setStretchLastSection(m_tabs->currentIndex() == kConflicts);
    if (m_tabs->currentIndex() == kConflicts)
        for (int column = 1; column + 1 < head.size(); ++column)
            m_table->setColumnWidth(column, column == 1 ? kWordsWidth : kSaidWidth);
    m_isFilling = false;
}

void AgreementView::saveTable() {
    const bool isPosts = m_tabs->currentIndex() == kPosts;
    if (m_tabs->currentIndex() != kConflicts) {
        const auto rows = isPosts ? workflow::postRows(m_host.agreement(), m_host.agreement().ids.size())
                                  : workflow::labelRows(m_host.agreement());
        return Q_EMIT tableWanted(
            isPosts ? QStringLiteral("agreement-posts.csv") : QStringLiteral("agreement-labels.csv"),
            eval::toCsv(rows));
    }
    Q_EMIT tableWanted(QStringLiteral("conflicts.csv"), eval::toCsv(workflow::conflictRows(m_host.adjudication())));
}

void AgreementView::refreshState() {
    using State = AgreementHost::State;
    const State state = m_host.state();
    const bool isReady = state == State::Ready;
    m_tabs->setTabText(
        kConflicts,
        isReady ? tr("Conflicts (%1 open)").arg(std::ssize(m_host.conflicts()) - m_host.adjudication().decided())
                : tr("Conflicts"));
    m_summary->setText(summary());
    m_start->setEnabled(isReady && m_host.adjudication().startable > 0);
    m_start->setToolTip(tr("What all layers say of %n post(s) that nobody has touched becomes the corrected layer",
                           nullptr, m_host.adjudication().startable));
    m_save->setEnabled(isReady);
    fillButtons();
    fillTable();
    refreshCurrent();
    const bool hasRows = m_model->rowCount() > 0;
    m_stack->setCurrentIndex(isReady && hasRows ? kTablePage : kNoAgreement);
    m_empty->setButton({});
    if (state == State::Failed && m_host.error()) {
        m_banner->showError(*m_host.error(), tr("The layers could not be compared."));
        m_empty->setSentence(tr("The layers could not be compared."));
    } else if (state == State::TooFew || state == State::NoProject) {
        m_empty->setSentence(
            tr("Agreement needs two layers. Make a layer for each person below, let each fill in their own, or choose "
               "runs under Compared layers."));
    } else if (state == State::Reading) {
        m_empty->setSentence(tr("Comparing the layers…"));
    } else {
        m_empty->setSentence(m_host.adjudication().posts == 0
                                 ? tr("There is no post of which two of these layers speak.")
                                 : tr("These layers agree everywhere."));
    }
}

void AgreementView::refreshCurrent() {
    const bool isConflicts = m_tabs->currentIndex() == kConflicts;
    m_decision->setVisible(isConflicts && m_host.conflict());
    if (!isConflicts) return;
    m_isFilling = true;
    const int row = m_host.current();
    if (row >= 0 && row < m_model->rowCount()) {
        m_table->setCurrentIndex(m_model->index(row, 0));
        m_table->scrollTo(m_model->index(row, 0));
    }
    m_isFilling = false;
}

void AgreementView::refreshRemark() {
    m_isFilling = true;
    const AgreementHost::Remark& remark = m_host.remark();
    m_cause->setCurrentIndex(std::max(0, m_cause->findData(fromUtf8(remark.cause))));
    m_note->setText(fromUtf8(remark.note));
    m_forGuideline->setChecked(remark.isForGuideline);
    m_isFilling = false;
}

void AgreementView::takeRemark() {
    if (m_isFilling) return;
    m_host.setRemark({toUtf8(m_cause->currentData().toString()), toUtf8(m_note->text()), m_forGuideline->isChecked()});
}

}  // namespace mnerva::ui
