#include "ui/pages/data/post_table_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {

PostTableModel::PostTableModel(ProjectSession& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session) {
    connect(&session, &ProjectSession::summariesReset, this, &PostTableModel::reset);
    connect(&session, &ProjectSession::visibleRowsChanged, this, &PostTableModel::sync);
    connect(&session, &ProjectSession::closed, this, &PostTableModel::reset);
    connect(&session, &ProjectSession::summariesGrew, this, &PostTableModel::sync);
    connect(&session, &ProjectSession::summaryChanged, this, &PostTableModel::rowChanged);
    reset();
}

int PostTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}
int PostTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PostTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const int summaryRow = m_rows[static_cast<std::size_t>(index.row())];
    if (summaryRow >= static_cast<int>(m_session.summaries().size())) return {};
    const project::PostSummary summary = m_session.summaries()[static_cast<std::size_t>(summaryRow)];
    switch (role) {
        case Qt::DisplayRole:
            return textOf(summary, index.column());
        case Qt::TextAlignmentRole:
            return QVariant(index.column() == Entities ? Qt::AlignRight | Qt::AlignVCenter
                                                       : Qt::AlignLeft | Qt::AlignVCenter);
        case Qt::ForegroundRole:
            if (index.column() == Text) return {};
            if (index.column() == Status && isFlagged(summary.status)) return Theme::color(Theme::Role::Warning);
            if (index.column() == Status && isDone(summary.status)) return Theme::color(Theme::Role::Good);
            return Theme::color(Theme::Role::SecondaryText);
        case SummaryRowRole:
            return summaryRow;
        case ImagePathRole:
            return fromUtf8(summary.imagePath);
        case StatusRole:
            return static_cast<int>(summary.status);
        case CorrectedRole:
            return summary.corrected;
        default:
            return {};
    }
}

/// Status, and what a review says.
QString PostTableModel::marksOf(const project::PostSummary& summary) {
    const bool isEdited = summary.status == PostStatus::Open && summary.corrected;
    const QString status = isEdited ? tr("edited") : statusText(summary.status);
    return summary.review == Review::None ? status : status + QStringLiteral(" · ") + reviewText(summary.review);
}

QVariant PostTableModel::textOf(const project::PostSummary& summary, int column) const {
    switch (column) {
        case ExternalId:
            return fromUtf8(summary.externalId);
        case Text:
            return fromUtf8(summary.preview);
        case Entities:
            return QLocale().toString(summary.entityCount);
        case SplitColumn:
            return splitText(summary.split);
        case Status:
            return marksOf(summary);
        default:
            return {};
    }
}

QVariant PostTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant(section == Entities ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case ExternalId:
            return tr("Post");
        case Text:
            return tr("Text");
        case Entities:
            return tr("Entities");
        case SplitColumn:
            return tr("Split");
        case Status:
            return tr("Status");
        default:
            return {};
    }
}

PostId PostTableModel::postAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return m_session.summaries().idAt(static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)]));
}

int PostTableModel::rowOfPost(PostId post) const {
    return placeOf(m_session.rowOf(post));
}

int PostTableModel::placeOf(int summaryRow) const {
    if (summaryRow < 0) return -1;
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), summaryRow,
                                        [this](int a, int b) { return m_session.comesBefore(a, b); });
    return found != m_rows.end() && *found == summaryRow ? static_cast<int>(found - m_rows.begin()) : -1;
}

void PostTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void PostTableModel::reset() {
    beginResetModel();
    m_rows = m_session.visibleRows();
    endResetModel();
}

/// What a query finds later stands behind what it found before.
void PostTableModel::sync() {
    const auto& now = m_session.visibleRows();
    if (now.size() < m_rows.size() || !std::equal(m_rows.begin(), m_rows.end(), now.begin())) {
        reset();
        return;
    }
    if (now.size() == m_rows.size()) return;
    beginInsertRows({}, rowCount(), static_cast<int>(now.size()) - 1);
    m_rows = now;
    endInsertRows();
}

void PostTableModel::rowChanged(int summaryRow) {
    // A row that no longer fits the query stays until the list is made again: rows must not jump while working.
    const int row = placeOf(summaryRow);
    if (row < 0) return;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

}  // namespace mnerva::ui
