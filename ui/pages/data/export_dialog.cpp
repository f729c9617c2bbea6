#include "ui/pages/data/export_dialog.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include "core/formats/all.h"
#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/dialogs.h"
#include "ui/widgets/path_field.h"

namespace mnerva::ui {
namespace {

/// A text that a format has for people.
QString formatText(std::string_view text) {
    return QCoreApplication::translate("Format", std::string(text).c_str());
}

}  // namespace

ExportDialog::ExportDialog(ProjectSession& session, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(session), m_banner(new Banner) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export"));
    resize(960, 640);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    auto* splitter = new QSplitter;
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(16);
    splitter->addWidget(makeFields());
    splitter->addWidget(makePreview());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({380, 560});
    column->addWidget(splitter, 1);
    column->addWidget(makeBottom());
    fillChoices();
    connect(&m_host, &ExportHost::stateChanged, this, &ExportDialog::showState);
    connect(&m_host, &ExportHost::progressed, this,
            [this](double f) { m_progress->setValue(static_cast<int>(1000 * f)); });
    connect(&m_host, &ExportHost::failed, this,
            [this](const Error& error) { m_banner->showError(error, tr("Nothing was exported.")); });
    connect(&m_host, &ExportHost::replaceAsked, this, &ExportDialog::askToReplace);
    choose();
}

void ExportDialog::askToReplace(const QStringList& files, const QStringList& imported) {
    QString detail = files.join(QLatin1Char('\n'));
    if (!imported.isEmpty())
        detail +=
            QStringLiteral("\n\n") + tr("The project was imported from: %1").arg(imported.join(QStringLiteral(", ")));
    const int answer = dialogs::ask(
        this, {QStringLiteral("export-replace"),
               tr("Replace what is there?"),
               tr("%n file(s) exist already and would be replaced.", nullptr, static_cast<int>(files.size())),
               detail,
               {tr("Replace"), tr("Keep them")}});
    if (answer == 0) m_host.start(true);
}

QWidget* ExportDialog::makeFields() {
    auto* box = new QWidget;
    auto* form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_format = new QComboBox;
    m_layer = new QComboBox;
    m_split = new QComboBox;
    m_scheme = new QComboBox;
    m_target = new PathField(
        {QStringLiteral("export.target"), dialogs::FileRequest::Kind::SaveFile, tr("Choose where to write"), {}, {}});
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_layer->setObjectName(QStringLiteral("exportLayer"));
    m_split->setObjectName(QStringLiteral("exportSplit"));
    m_scheme->setObjectName(QStringLiteral("exportScheme"));
    m_counts = new QLabel;
    m_counts->setWordWrap(true);
    m_counts->setObjectName(QStringLiteral("exportCounts"));
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Layer"), m_layer);
    form->addRow(tr("Split"), m_split);
    form->addRow(tr("Tag scheme"), m_scheme);
    form->addRow(tr("Write to"), m_target);
    form->addRow(QString(), m_counts);
    for (QComboBox* combo : {m_format, m_layer, m_split, m_scheme})
        connect(combo, &QComboBox::activated, this, &ExportDialog::choose);
    connect(m_target, &PathField::changed, this, &ExportDialog::choose);
    return box;
}

QWidget* ExportDialog::makePreview() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_sample = new QPlainTextEdit;
    m_sample->setObjectName(QStringLiteral("exportSample"));
    m_sample->setAccessibleName(tr("First lines as they will be written"));
    m_sample->setReadOnly(true);
    m_sample->setFont(Theme::monoFont());
    m_sample->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_sample->setTabStopDistance(24 * m_sample->fontMetrics().averageCharWidth());
    m_lost = new QLabel;
    m_lost->setObjectName(QStringLiteral("exportLost"));
    m_lost->setWordWrap(true);
    m_findingsView = new QTableView;
    m_findingsView->setAccessibleName(tr("What the format cannot hold"));
    m_findingsView->setModel(&m_findings);
    m_findingsView->verticalHeader()->hide();
    m_findingsView->verticalHeader()->setMinimumSectionSize(26);
    m_findingsView->verticalHeader()->setDefaultSectionSize(26);
    m_findingsView->setShowGrid(false);
    m_findingsView->setWordWrap(false);
    m_findingsView->horizontalHeader()->setStretchLastSection(true);
    m_findingsView->horizontalHeader()->setHighlightSections(false);
    m_findingsView->setColumnWidth(FindingsModel::What, 260);
    m_findingsView->setMaximumHeight(180);
    column->addWidget(m_sample, 1);
    column->addWidget(m_lost);
    column->addWidget(m_findingsView);
    return box;
}

QWidget* ExportDialog::makeBottom() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_cancel = new QPushButton;
    m_export = new QPushButton;
    m_export->setObjectName(QStringLiteral("exportStart"));
    m_export->setDefault(true);
    m_cancel->setAutoDefault(false);
    row->addWidget(m_progress, 1);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_export);
    connect(m_cancel, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_export, &QPushButton::clicked, this, [this] {
        m_banner->clear();
        choose();
        m_host.start();
    });
    return box;
}

void ExportDialog::fillChoices() {
    for (const formats::Format* format : formats::writtenOfKind<formats::PostKind>())
        m_format->addItem(formatText(format->title), fromUtf8(std::string(format->name)));
    m_layer->addItem(tr("corrected (your work)"), QStringLiteral("corrected"));
    m_layer->addItem(tr("gold (as imported)"), QStringLiteral("gold"));
    for (const project::LayerInfo& layer : m_session.layers()) {
        if (layer.kind == project::LayerKind::Run)
            m_layer->addItem(tr("run %1").arg(fromUtf8(layer.name)), fromUtf8(layer.name));
    }
    m_split->addItem(tr("every split, a file each"), QVariant());
    for (const auto& [split, posts] : m_session.info().postsOfSplit) {
        if (posts > 0)
            m_split->addItem(tr("%1 (%2 posts)").arg(splitText(split), QLocale().toString(posts)),
                             static_cast<int>(split));
    }
    m_scheme->addItem(tr("%1, as in the project").arg(schemeText(m_session.labels().scheme)), QVariant());
    for (const auto scheme :
         {text::TagScheme::Bio, text::TagScheme::Bmes, text::TagScheme::Bioes, text::TagScheme::Iob1}) {
        m_scheme->addItem(schemeText(scheme), static_cast<int>(scheme));
    }
}

void ExportDialog::setTarget(const QString& path) {
    m_target->setPath(path);
    choose();
}

void ExportDialog::choose() {
    workflow::ExportOptions options;
    options.format = toUtf8(m_format->currentData().toString());
    options.layer = toUtf8(m_layer->currentData().toString());
    if (m_split->currentData().isValid()) options.split = static_cast<Split>(m_split->currentData().toInt());
    if (m_scheme->currentData().isValid())
        options.scheme = static_cast<text::TagScheme>(m_scheme->currentData().toInt());
    options.target = toPath(m_target->path());
    const bool folder = !options.split;
    const formats::Format& format = *formats::find(options.format);
    const QString ending = fromUtf8(std::string(format.files.front().ending));
    m_target->setRequest({QStringLiteral("export.target"),
                          folder ? dialogs::FileRequest::Kind::OpenFolder : dialogs::FileRequest::Kind::SaveFile,
                          folder ? tr("Choose the folder to write into") : tr("Choose the file to write"),
                          {},
                          tr("%1 (%2);;All files (*)").arg(formatText(format.filesTitle), QLatin1Char('*') + ending)});
    QStringList files;
    for (const Split split : {Split::Train, Split::Valid, Split::Test})
        files << fromUtf8(std::string(splitName(split))) + ending;
    m_target->setPlaceholder(folder ? tr("a folder: %1 are made in it").arg(files.join(QStringLiteral(", ")))
                                    : tr("a file"));
    m_host.setOptions(options);
}

void ExportDialog::showState() {
    const ExportHost::State state = m_host.state();
    const workflow::ExportReport& report = m_host.report();
    const QLocale locale;
    if (state == ExportHost::State::Previewed || state == ExportHost::State::Written) {
        m_sample->setPlainText(fromUtf8(report.sample));
        m_findings.set(report.findings);
        m_lost->setText(report.findings.isEmpty() ? tr("The format holds everything; nothing is lost.")
                                                  : tr("Changed or lost: %1").arg(m_findings.summary()));
        m_findingsView->setVisible(!report.findings.isEmpty());
        m_counts->setText(tr("%1 posts · %2 words · %3 entities; %4 posts corrected by hand")
                              .arg(locale.toString(report.posts), locale.toString(report.words),
                                   locale.toString(report.entities), locale.toString(report.correctedPosts)));
    }
    m_progress->setVisible(state == ExportHost::State::Writing);
    m_export->setEnabled(m_host.isReady());
    m_export->setText(tr("Export %Ln post(s)", nullptr, report.posts));
    m_cancel->setText(state == ExportHost::State::Written ? tr("Close") : tr("Cancel"));
    if (state != ExportHost::State::Written) return;
    const QString target = fromPath(m_host.options().target);
    m_banner->showMessage(Banner::Kind::Good, tr("%Ln post(s) written to %1", nullptr, report.posts).arg(target));
    const QString folder =
        report.files.size() == 1 ? QFileInfo(fromPath(report.files.front().first)).absolutePath() : target;
    m_banner->addButton(tr("Show in folder"), [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
}

void ExportDialog::reject() {
    m_host.cancel();
    QDialog::reject();
}

}  // namespace mnerva::ui
