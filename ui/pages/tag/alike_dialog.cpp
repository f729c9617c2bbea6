#include "ui/pages/tag/alike_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/base/bidi.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/alike_delegate.h"
#include "ui/session/project_session.h"
#include "ui/widgets/banner.h"

namespace mnerva::ui {
namespace {

constexpr int kSteps = 1000, kLabelWidth = 96, kPostWidth = 120, kTickWidth = 32;

QPixmap swatchOf(const QColor& colour) {
    QPixmap pixmap(14, 14);
    pixmap.fill(colour);
    return pixmap;
}

}  // namespace

AlikeDialog::AlikeDialog(ProjectSession& session, const QString& mention, const std::string& type, QWidget* parent)
    : QDialog(parent), m_session(session), m_host(session, mention, type), m_banner(new Banner) {
    setObjectName(QStringLiteral("alikeDialog"));
    setWindowTitle(tr("Label everything alike"));
    resize(960, 620);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_banner);
    column->addWidget(makeWish());
    column->addWidget(makeTable(), 1);
    column->addWidget(makeBottom());
    fillLabels(type);
    connect(m_label, &QComboBox::activated, this, &AlikeDialog::takeWish);
    connect(m_override, &QCheckBox::toggled, this, &AlikeDialog::takeWish);
    connect(m_near, &QCheckBox::toggled, this, &AlikeDialog::takeWish);
    connect(m_stop, &QPushButton::clicked, &m_host, &AlikeHost::stopSearching);
    connect(m_cancel, &QPushButton::clicked, this, &AlikeDialog::reject);
    connect(m_apply, &QPushButton::clicked, &m_host, &AlikeHost::apply);
    connect(&m_host, &AlikeHost::stateChanged, this, &AlikeDialog::showState);
    connect(&m_host, &AlikeHost::written, this, &AlikeDialog::written);
    connect(&m_host, &AlikeHost::failed, this,
            [this](const Error& error) { m_banner->showError(error, tr("Nothing was changed.")); });
    connect(&session, &ProjectSession::closed, this, &QDialog::reject);
    m_table->setFocus();
    m_host.start();
    showState();
}

QWidget* AlikeDialog::makeWish() {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    auto* mention = new QLabel(isolated(m_host.mention().simplified()));
    mention->setObjectName(QStringLiteral("alikeMention"));
    mention->setTextFormat(Qt::PlainText);
    mention->setFont(Theme::headingFont());
    mention->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_label = new QComboBox;
    m_label->setObjectName(QStringLiteral("alikeLabel"));
    m_label->setAccessibleName(tr("What becomes of the ticked mentions"));
    m_label->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_override = new QCheckBox(tr("&Other labels too"));
    m_override->setObjectName(QStringLiteral("alikeOverride"));
    m_override->setToolTip(tr("Ticks the mentions that carry another label; they get this one."));
    m_near = new QCheckBox(tr("One &letter off too"));
    m_near->setObjectName(QStringLiteral("alikeNear"));
    m_near->setToolTip(tr("Ticks the mentions that differ by one letter; look through them before."));
    row->addWidget(mention, 1);
    row->addWidget(m_near);
    row->addWidget(m_override);
    row->addWidget(m_label);
    return box;
}

QWidget* AlikeDialog::makeTable() {
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("alikeTable"));
    m_table->setAccessibleName(tr("Mentions that are alike; Space ticks"));
    m_table->setModel(&m_host.model());
    m_table->setItemDelegate(new AlikeDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setMouseTracking(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(AlikeDelegate::kRowHeight);
    auto* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(kTickWidth);
    header->setSectionResizeMode(AlikeModel::Context, QHeaderView::Stretch);
    header->setSectionResizeMode(AlikeModel::Tick, QHeaderView::Fixed);
    const bool hasPictures = m_host.model().hasPictures();
    m_table->setColumnWidth(AlikeModel::Tick, kTickWidth + (hasPictures ? AlikeDelegate::kRowHeight : 0));
    m_table->setColumnWidth(AlikeModel::Label, kLabelWidth);
    m_table->setColumnWidth(AlikeModel::PostName, kPostWidth);
    m_table->installEventFilter(this);
    AlikeDelegate::repaintWhenPicturesCome(*m_table);
    m_nothing = new QLabel(m_table->viewport());
    m_nothing->setObjectName(QStringLiteral("alikeNothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    m_table->viewport()->installEventFilter(this);
    return m_table;
}

QWidget* AlikeDialog::makeBottom() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("alikeCount"));
    m_count->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setRange(0, kSteps);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_stop = new QPushButton(tr("Stop looking"));
    m_stop->setObjectName(QStringLiteral("alikeStop"));
    m_stop->setAutoDefault(false);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setAutoDefault(false);
    m_apply = new QPushButton;
    m_apply->setObjectName(QStringLiteral("alikeApply"));
    m_apply->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_progress, 1);
    row->addWidget(m_stop);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_apply);
    column->addWidget(m_count);
    column->addLayout(row);
    return box;
}

void AlikeDialog::fillLabels(const std::string& type) {
    const LabelSet& labels = m_session.labels();
    for (const std::string& one : labels.types) {
        const QString name = fromUtf8(one);
        m_label->addItem(swatchOf(Theme::labelColor(one, labels)), tr("Label as %1").arg(name), name);
        if (one == type) m_label->setCurrentIndex(m_label->count() - 1);
    }
    m_label->insertSeparator(m_label->count());
    m_label->addItem(Theme::icon(QStringLiteral("trash")), tr("Delete their labels"), QString());
}

void AlikeDialog::takeWish() {
    const QString label = m_label->currentData().toString();
    m_override->setEnabled(!label.isEmpty());
    m_host.model().setWish({toUtf8(label), m_override->isChecked(), m_near->isChecked()});
    showState();
}

QString AlikeDialog::countText() const {
    const AlikeModel::Counts counts = m_host.model().counts();
    const QString label = m_label->currentData().toString();
    const bool deletes = label.isEmpty();
    QStringList parts;
    if (counts.mentions == 0) {
        parts << (m_host.isSearching() ? tr("Looking through the project…") : tr("No mention is like this one."));
    } else {
        parts << tr("%Ln mention(s) found", nullptr, counts.mentions);
        if (!deletes && counts.settled > 0) parts << tr("%Ln are %1 already", nullptr, counts.settled).arg(label);
        if (!deletes && counts.others > 0) parts << tr("%Ln carry another label", nullptr, counts.others);
        if (counts.near > 0) parts << tr("%Ln differ by one letter", nullptr, counts.near);
    }
    if (m_host.inTheWay() > 0) parts << tr("%Ln inside of other entities are left alone", nullptr, m_host.inTheWay());
    QString text = parts.join(QStringLiteral(" · "));
    if (m_host.isCut())
        text +=
            QLatin1Char('\n') + tr("More are there than are shown here. The bulk change takes all posts of a query.");
    return text;
}

/// Why the table is empty, where it is.
QString AlikeDialog::nothingText() const {
    const AlikeModel::Counts counts = m_host.model().counts();
    const QString label = m_label->currentData().toString();
    if (m_host.model().rowCount() > 0 || m_host.isSearching()) return {};
    if (counts.mentions == 0) return tr("No mention is like this one.");
    if (label.isEmpty()) return tr("None of them carries a label that could be deleted.");
    return tr("All of them are %1 already: nothing is left to do.").arg(label);
}

QString AlikeDialog::applyText() const {
    const AlikeModel::Counts counts = m_host.model().counts();
    return m_label->currentData().toString().isEmpty() ? tr("Delete %Ln label(s)", nullptr, counts.ticked)
                                                       : tr("Label %Ln mention(s)", nullptr, counts.ticked);
}

void AlikeDialog::showState() {
    m_count->setText(countText());
    m_nothing->setText(nothingText());
    m_nothing->setVisible(!m_nothing->text().isEmpty());
    m_nothing->setGeometry(m_table->viewport()->rect());
    m_apply->setText(applyText());
    m_apply->setEnabled(m_host.isReady());
    m_stop->setVisible(m_host.isSearching());
    m_progress->setVisible(m_host.isSearching() || m_host.isWriting());
    m_progress->setRange(0, m_host.isWriting() ? 0 : kSteps);
    if (m_host.isSearching()) m_progress->setValue(static_cast<int>(m_host.fraction() * kSteps));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_label, m_near, m_table})
        widget->setEnabled(!m_host.isWriting());
    m_override->setEnabled(!m_host.isWriting() && !m_label->currentData().toString().isEmpty());
}

void AlikeDialog::written(int mentions, int posts, int leftAlone) {
    const QString label = m_label->currentData().toString();
    const QString where = tr("in %Ln post(s)", nullptr, posts);
    QString sentence =
        label.isEmpty()
            ? tr("%Ln label(s) deleted %1; Ctrl+Z takes all of it back.", nullptr, mentions).arg(where)
            : tr("%Ln mention(s) labelled %1 %2; Ctrl+Z takes all of it back.", nullptr, mentions).arg(label, where);
    if (leftAlone > 0)
        sentence += QLatin1Char(' ') + tr("%Ln changed meanwhile and were left alone.", nullptr, leftAlone);
    Q_EMIT labelled(label, sentence);
    accept();
}

bool AlikeDialog::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && watched == m_table->viewport())
        m_nothing->setGeometry(m_table->viewport()->rect());
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        std::vector<int> rows;
        for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows.push_back(index.row());
        if (rows.empty() && m_table->currentIndex().isValid()) rows.push_back(m_table->currentIndex().row());
        m_host.model().toggle(rows);
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void AlikeDialog::reject() {
    m_host.cancel();
    QDialog::reject();
}

}  // namespace mnerva::ui
