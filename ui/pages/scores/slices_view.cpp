#include "ui/pages/scores/slices_view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <cmath>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/project_session.h"
#include "ui/session/query_line.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

CellModel::Cell cellOf(const std::optional<eval::Prf>& prf, const std::optional<eval::Prf>& base) {
    if (!prf) return {QStringLiteral("–"), SlicesView::tr("The system has none of these posts"), 0, 0, false};
    CellModel::Cell cell{scoreText(prf->f1),
                         SlicesView::tr("P %1, R %2; %L3 entities in gold, %L4 predicted")
                             .arg(scoreText(prf->precision), scoreText(prf->recall))
                             .arg(prf->support)
                             .arg(prf->predicted),
                         0, 0, false};
    if (!base) return cell;
    const double change = prf->f1 - base->f1;
    if (change == 0) return cell;
    cell.text += (change > 0 ? QStringLiteral("  ▲ +") : QStringLiteral("  ▼ −")) + scoreText(std::abs(change));
    cell.trend = change > 0 ? 1 : -1;
    return cell;
}

}  // namespace

SlicesView::SlicesView(ProjectSession& session, ScoresHost& host, QWidget* parent)
    : QWidget(parent), m_session(session), m_host(host) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kGrid);
    auto* line = new QHBoxLayout;
    line->setSpacing(Theme::kGrid);
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("sliceName"));
    m_query = new QLineEdit;
    m_query->setObjectName(QStringLiteral("sliceQuery"));
    m_add = new QPushButton;
    m_add->setObjectName(QStringLiteral("addSlice"));
    m_remove = new QPushButton;
    m_remove->setObjectName(QStringLiteral("removeSlice"));
    line->addWidget(m_query, 3);
    line->addWidget(m_name, 1);
    line->addWidget(m_add);
    line->addWidget(m_remove);
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("sliceNote"));
    m_note->setFont(Theme::secondaryFont());
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->hide();
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("slicesTable"));
    m_table->setModel(&m_model);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(4 * Theme::kGrid);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->installEventFilter(this);
    column->addLayout(line);
    column->addWidget(m_note);
    column->addWidget(m_table, 1);
    column->addStretch(0);

    connect(m_add, &QPushButton::clicked, this, &SlicesView::add);
    connect(m_query, &QLineEdit::returnPressed, this, &SlicesView::add);
    connect(m_name, &QLineEdit::returnPressed, this, &SlicesView::add);
    connect(m_query, &QLineEdit::textChanged, this, &SlicesView::refreshButtons);
    connect(m_remove, &QPushButton::clicked, this, &SlicesView::remove);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT postsWanted(index.column() - slices_table::kFirstSystem, index.row());
    });
    connect(&host, &ScoresHost::sliceAdded, this, [this] {
        m_name->clear();
        m_query->clear();
        m_isRefused = false;
        m_note->hide();
    });
    connect(&host, &ScoresHost::sliceRefused, this, [this](const std::optional<query::Mistake>& mistake) {
        m_note->setText(mistake ? mistakeText(*mistake) : tr("This query line is watched already."));
        m_isRefused = true;
        m_note->show();
    });
    retranslate();
}

void SlicesView::retranslate() {
    m_name->setPlaceholderText(tr("Name (optional)"));
    m_name->setAccessibleName(tr("Name of the slice"));
    m_query->setPlaceholderText(tr("Query to watch, for example label:PER img:no"));
    m_query->setAccessibleName(tr("Query line of the slice"));
    m_add->setText(tr("Watch"));
    m_add->setToolTip(tr("Keeps the query line as a slice of the project"));
    m_remove->setText(tr("Delete"));
    m_remove->setToolTip(tr("Takes the chosen slice away (Delete); it can be put back"));
    m_table->setAccessibleName(tr("F1 of slices; Enter shows their posts"));
    refreshButtons();
}

void SlicesView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    // What is asked at the top of the window is what one wants to watch most often.
    if (m_query->text().isEmpty() && !m_query->isModified()) m_query->setText(m_session.filter());
}

void SlicesView::add() {
    const QString query = m_query->text().trimmed();
    if (query.isEmpty()) return;
    m_isRefused = false;
    m_note->hide();
    m_host.addSlice({toUtf8(m_name->text().trimmed()), toUtf8(query)});
}

void SlicesView::remove() {
    const QModelIndex current = m_table->currentIndex();
    if (m_remove->isEnabled() && current.isValid()) m_host.removeSlice(current.row());
}

bool SlicesView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        remove();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SlicesView::refreshButtons() {
    const bool canWrite = m_session.isOpen() && !m_session.isReadOnly();
    m_add->setEnabled(canWrite && !m_query->text().trimmed().isEmpty());
    m_remove->setEnabled(canWrite && m_model.rowCount() > 0);
}

void SlicesView::show(const ScoresAnswer& answer) {
    const QModelIndex before = m_table->currentIndex();
    slices_table::fill(m_model, answer);
    m_table->horizontalHeader()->setSectionResizeMode(slices_table::kQuery, QHeaderView::Stretch);
    if (m_model.rowCount() > 0)
        m_table->setCurrentIndex(m_model.index(std::clamp(before.row(), 0, m_model.rowCount() - 1),
                                               std::clamp(before.column(), 0, m_model.columnCount() - 1)));
    const bool isEmpty = m_model.rowCount() == 0;
    if (isEmpty && m_note->isHidden())
        m_note->setText(tr("No query is watched yet. Save one, and every system's score on its posts stands here."));
    m_note->setVisible(isEmpty || m_isRefused);
    m_table->setVisible(!isEmpty);
    refreshButtons();
}

namespace slices_table {
void fill(CellModel& model, const ScoresAnswer& answer) {
    QStringList head{SlicesView::tr("Slice"), SlicesView::tr("Query line"), SlicesView::tr("Posts")};
    for (std::size_t s = 0; s < answer.table.rows.size(); ++s) {
        const QString name = layerText(answer.table.rows[s].layer);
        head << (static_cast<int>(s) == answer.otherRow ? SlicesView::tr("%1 (compared with)").arg(name) : name);
    }
    std::vector<std::vector<CellModel::Cell>> rows;
    for (std::size_t i = 0; i < answer.sliceRows.size(); ++i) {
        const workflow::FoundSlice& slice = answer.slices[i];
        const workflow::SliceRow& row = answer.sliceRows[i];
        std::vector<CellModel::Cell> cells;
        cells.push_back({fromUtf8(slice.slice.name), {}, 0, 0, false});
        cells.push_back({fromUtf8(slice.slice.query), {}, 0, 0, false});
        if (slice.mistake)
            cells.push_back({SlicesView::tr("no query"), mistakeText(*slice.mistake), 0, -1, false});
        else
            cells.push_back({QLocale().toString(qulonglong(row.posts.size())), {}, 0, 0, false});
        for (std::size_t s = 0; s < row.systems.size(); ++s) {
            const bool isBase = static_cast<int>(s) == answer.otherRow;
            const auto& base =
                answer.otherRow < 0 ? row.systems[s] : row.systems[static_cast<std::size_t>(answer.otherRow)];
            cells.push_back(cellOf(row.systems[s], isBase || answer.otherRow < 0 ? std::nullopt : base));
        }
        rows.push_back(std::move(cells));
    }
    model.setTextColumns(2);
    model.setCells(head, std::move(rows));
}

}  // namespace slices_table

}  // namespace mnerva::ui
