#include "ui/pages/data/bulk_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/domain/confidence.h"
#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"
#include "ui/session/query_line.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"

namespace mnerva::ui {
namespace {

constexpr int kDelayMs = 250, kSteps = 1000;
constexpr double kFirstAbove = 0.9;
enum ExampleColumn { Label, Mention, Around, PostName, kExampleColumns };

QTableWidgetItem* cell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

BulkDialog::BulkDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(session), m_banner(new Banner) {
    setObjectName(QStringLiteral("bulkDialog"));
    setWindowTitle(tr("Change many posts"));
    resize(1000, 600);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(16);
    splitter->addWidget(makeFields());
    splitter->addWidget(makePreview());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({360, 620});
    column->addWidget(splitter, 1);
    column->addWidget(makeBottom());
    fillChoices();
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, [this] { m_host.ask(m_query->text(), step()); });
    connect(&m_host, &BulkHost::stateChanged, this, &BulkDialog::showState);
    connect(&m_host, &BulkHost::progressed, this,
            [this] { m_progress->setValue(static_cast<int>(m_host.fraction() * kSteps)); });
    connect(&m_host, &BulkHost::failed, this,
            [this](const Error& error) { m_banner->showError(error, tr("Nothing was changed.")); });
    connect(&session, &ProjectSession::closed, this, &QDialog::reject);
    showFields();
    m_host.ask(m_query->text(), step());
}

QWidget* BulkDialog::makeFields() {
    auto* box = new QWidget;
    m_form = new QFormLayout(box);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setVerticalSpacing(12);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_query = new QLineEdit(m_session.filter());
    m_query->setObjectName(QStringLiteral("bulkQuery"));
    m_query->setPlaceholderText(m_session.isShowingOnly() ? tr("all posts that are shown") : tr("all posts"));
    m_mistake = new QLabel;
    m_mistake->setObjectName(QStringLiteral("bulkMistake"));
    m_mistake->setTextFormat(Qt::PlainText);
    m_mistake->setWordWrap(true);
    QPalette red;
    red.setColor(QPalette::WindowText, Theme::color(Theme::Role::Bad));
    m_mistake->setPalette(red);
    const auto combo = [](const char* name) {
        auto* made = new QComboBox;
        made->setObjectName(QLatin1String(name));
        return made;
    };
    m_doing = combo("bulkDoing");
    m_from = combo("bulkFrom");
    m_to = combo("bulkTo");
    m_run = combo("bulkRun");
    m_status = combo("bulkStatus");
    m_text = new QLineEdit;
    m_text->setObjectName(QStringLiteral("bulkText"));
    m_text->setPlaceholderText(tr("any text"));
    m_above = new QDoubleSpinBox;
    m_above->setObjectName(QStringLiteral("bulkAbove"));
    m_above->setRange(0, 1);
    m_above->setSingleStep(0.05);
    m_above->setValue(kFirstAbove);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("bulkCount"));
    m_count->setWordWrap(true);
    m_form->addRow(tr("Posts of the query"), m_query);
    m_form->addRow(QString(), m_mistake);
    m_form->addRow(tr("Do"), m_doing);
    m_form->addRow(tr("Entities with"), m_from);
    m_form->addRow(tr("only of the text"), m_text);
    m_form->addRow(tr("become"), m_to);
    m_form->addRow(tr("Suggestions of"), m_run);
    m_form->addRow(tr("Confidence at least"), m_above);
    m_form->addRow(tr("Mark them"), m_status);
    m_form->addRow(QString(), m_count);
    for (QComboBox* one : {m_doing, m_from, m_to, m_run, m_status})
        connect(one, &QComboBox::activated, this, &BulkDialog::askSoon);
    for (QLineEdit* one : {m_query, m_text}) connect(one, &QLineEdit::textEdited, this, &BulkDialog::askSoon);
    connect(m_above, &QDoubleSpinBox::valueChanged, this, &BulkDialog::askSoon);
    return box;
}

QWidget* BulkDialog::makePreview() {
    m_examples = new QTableWidget(0, kExampleColumns);
    m_examples->setObjectName(QStringLiteral("bulkExamples"));
    m_examples->setAccessibleName(tr("Some of what would be changed, drawn at random"));
    m_examples->setHorizontalHeaderLabels({tr("Label"), tr("Entity"), tr("Drawn at random"), tr("Post")});
    m_examples->verticalHeader()->hide();
    m_examples->setShowGrid(false);
    m_examples->setWordWrap(false);
    m_examples->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_examples->setTabKeyNavigation(false);
    auto* header = m_examples->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(Around, QHeaderView::Stretch);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_examples->setColumnWidth(Label, 120);
    m_examples->setColumnWidth(Mention, 128);
    m_examples->setColumnWidth(PostName, 96);
    return m_examples;
}

QWidget* BulkDialog::makeBottom() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_progress = new QProgressBar;
    m_progress->setRange(0, kSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_report = new QPushButton(tr("Save the list of posts…"));
    m_report->setObjectName(QStringLiteral("bulkReport"));
    m_report->setAutoDefault(false);
    m_cancel = new QPushButton;
    m_cancel->setObjectName(QStringLiteral("bulkCancel"));
    m_cancel->setAutoDefault(false);
    m_apply = new QPushButton;
    m_apply->setObjectName(QStringLiteral("bulkApply"));
    m_apply->setDefault(true);
    row->addWidget(m_progress, 1);
    row->addStretch(1);
    row->addWidget(m_report);
    row->addWidget(m_cancel);
    row->addWidget(m_apply);
    connect(m_report, &QPushButton::clicked, this, &BulkDialog::saveReport);
    connect(m_cancel, &QPushButton::clicked, this, &BulkDialog::reject);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        m_host.apply();
    });
    return box;
}

void BulkDialog::fillChoices() {
    m_doing->addItem(tr("Give entities another label"), Relabel);
    m_doing->addItem(tr("Delete entities"), Clear);
    if (!m_session.isBlind()) m_doing->addItem(tr("Accept suggestions"), Accept);
    m_doing->addItem(tr("Set the status"), Status);
    m_from->addItem(tr("any label"), QString());
    for (const std::string& type : m_session.labels().types) {
        const QString name = fromUtf8(type);
        m_from->addItem(name, name);
        m_to->addItem(name, name);
    }
    if (m_from->count() > 1) m_from->setCurrentIndex(1);
    if (m_to->count() > 1) m_to->setCurrentIndex(1);
    for (const project::LayerInfo& layer : m_session.layers())
        if (layer.kind == project::LayerKind::Run) m_run->insertItem(0, fromUtf8(layer.name));
    m_run->setCurrentIndex(0);
    const std::pair<QString, const char*> statuses[] = {{tr("done"), "done"},
                                                        {tr("open"), "open"},
                                                        {tr("skipped"), "skipped"},
                                                        {tr("flagged"), "flagged"},
                                                        {tr("not flagged"), "unflagged"},
                                                        {reviewText(Review::ToReview), "to-review"},
                                                        {reviewText(Review::Accepted), "accepted"},
                                                        {reviewText(Review::Returned), "returned"},
                                                        {reviewText(Review::None), "none"}};
    for (const auto& [text, name] : statuses) m_status->addItem(text, QLatin1String(name));
}

void BulkDialog::showFields() {
    const int doing = m_doing->currentData().toInt();
    const auto show = [this](QWidget* field, bool on) {
        field->setVisible(on);
        m_form->labelForField(field)->setVisible(on);
    };
    show(m_from, doing == Relabel || doing == Clear);
    show(m_text, doing == Relabel || doing == Clear);
    show(m_to, doing == Relabel);
    show(m_run, doing == Accept);
    show(m_above, doing == Accept);
    show(m_status, doing == Status);
}

void BulkDialog::askSoon() {
    showFields();
    m_delay.start();
}

std::optional<workflow::BulkStep> BulkDialog::step() const {
    using Kind = workflow::BulkStep::Kind;
    workflow::BulkStep step;
    step.from = toUtf8(m_from->currentData().toString());
    step.text = toUtf8(m_text->text().trimmed());
    switch (m_doing->currentData().toInt()) {
        case Relabel:
            step.kind = Kind::Relabel;
            step.to = toUtf8(m_to->currentData().toString());
            if (step.to.empty() || step.to == step.from) return std::nullopt;
            return step;
        case Clear:
            step.kind = Kind::Clear;
            return step;
        case Accept:
            step = {.kind = Kind::Accept, .run = toUtf8(m_run->currentText()), .atLeast = m_above->value()};
            if (step.run.empty()) return std::nullopt;
            return step;
        default: {
            const std::string status = toUtf8(m_status->currentData().toString());
            step = {.kind = Kind::SetStatus};
            if (status.ends_with("flagged"))
                step.flagged = status == "flagged";
            else if (const auto named = statusFromName(status))
                step.stage = stageOf(*named);
            else
                step.review = reviewFromName(status);
            return step;
        }
    }
}

QString BulkDialog::countText() const {
    const workflow::BulkPlan& plan = m_host.plan();
    const workflow::ManyChange& many = plan.many;
    const auto n = [](std::int64_t count) { return static_cast<int>(count); };
    if (m_host.state() == BulkHost::State::Looking) return tr("Looking through the posts…");
    if (m_host.state() == BulkHost::State::Idle) return {};
    QStringList parts{tr("%1 of %Ln post(s) of the query", nullptr, n(plan.looked))
                          .arg(QLocale().toString(static_cast<qulonglong>(many.posts())))};
    if (many.relabelled > 0) parts << tr("%Ln entities get another label", nullptr, n(many.relabelled));
    if (many.removed > 0) parts << tr("%Ln entities are deleted", nullptr, n(many.removed));
    if (many.added > 0) parts << tr("%Ln suggestions are accepted", nullptr, n(many.added));
    if (many.leftAlone > 0) parts << tr("%Ln left alone: another entity is in the way", nullptr, n(many.leftAlone));
    if (plan.unknownLabels > 0)
        parts << tr("%Ln left alone: their label is none of this project", nullptr, n(plan.unknownLabels));
    return parts.join(QLatin1Char('\n'));
}

void BulkDialog::showExamples() {
    const auto& examples = m_host.plan().examples;
    m_examples->setRowCount(static_cast<int>(examples.size()));
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const workflow::BulkExample& one = examples[i];
        const int row = static_cast<int>(i);
        QString label = fromUtf8(one.from.empty() ? one.to : one.from);
        if (!one.from.empty() && !one.to.empty()) label = tr("%1 → %2").arg(label, fromUtf8(one.to));
        if (one.confidence)
            label += QStringLiteral(" %1").arg(QString::fromStdString(confidenceDigits(*one.confidence)));
        m_examples->setItem(row, Label, cell(label));
        const QString words = fromUtf8(one.words).simplified();
        m_examples->setItem(row, Mention, cell(words));
        m_examples->setItem(
            row, Around,
            cell(QStringLiteral("%1 [%2] %3").arg(fromUtf8(one.before), words, fromUtf8(one.after)).simplified()));
        m_examples->setItem(row, PostName, cell(fromUtf8(one.externalId)));
    }
}

void BulkDialog::showState() {
    const BulkHost::State state = m_host.state();
    const bool isBusy = state == BulkHost::State::Looking || state == BulkHost::State::Writing;
    const bool isWritten = state == BulkHost::State::Written;
    m_mistake->setText(m_host.mistake() ? mistakeText(*m_host.mistake()) : QString());
    m_mistake->setVisible(m_host.mistake().has_value());
    m_count->setText(countText());
    showExamples();
    m_progress->setVisible(isBusy);
    m_progress->setValue(static_cast<int>(m_host.fraction() * kSteps));
    m_apply->setText(tr("Change %Ln post(s)", nullptr, static_cast<int>(m_host.plan().many.posts())));
    m_apply->setEnabled(m_host.isReady());
    m_apply->setVisible(!isWritten);
    m_report->setVisible(isWritten);
    m_cancel->setText(isWritten ? tr("Close") : tr("Cancel"));
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_query, m_doing, m_from, m_to, m_text, m_run, m_above, m_status})
        field->setEnabled(state != BulkHost::State::Writing && !isWritten);
    if (isWritten) showWritten();
}

void BulkDialog::showWritten() {
    m_banner->showMessage(Banner::Kind::Good, tr("%Ln post(s) changed in one step; Ctrl+Z takes all of it back.",
                                                 nullptr, static_cast<int>(m_host.plan().many.posts())));
    m_report->setFocus();
}

void BulkDialog::saveReport() {
    const QString file = dialogs::file(
        this, {QStringLiteral("bulk.report"), dialogs::FileRequest::Kind::SaveFile, tr("Save the list of posts"),
               QStringLiteral("changed-posts.tsv"), tr("Tables (*.tsv);;All files (*)")});
    if (file.isEmpty()) return;
    try {
        m_host.saveReport(file);
        m_banner->showMessage(Banner::Kind::Good, tr("The list is in %1.").arg(file));
    } catch (const Error& error) {
        m_banner->showError(error, tr("The list was not saved."));
    }
}

void BulkDialog::reject() {
    m_host.cancel();
    QDialog::reject();
}

}  // namespace mnerva::ui
