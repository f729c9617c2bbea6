#include "ui/pages/data/post_table_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {

namespace {

/// A post that is done and flagged is found under both.
bool fits(PostStatus status, PostStatus wanted) {
    switch (wanted) {
        case PostStatus::Open:
            return !isDone(status);
        case PostStatus::Done:
            return isDone(status);
        case PostStatus::Flagged:
            return isFlagged(status);
        case PostStatus::DoneFlagged:
            break;
    }
    return status == wanted;
}

}  // namespace

PostTableModel::PostTableModel(ProjectSession& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session) {
    connect(&session, &ProjectSession::summariesReset, this, &PostTableModel::rebuild);
    connect(&session, &ProjectSession::visibleRowsChanged, this, &PostTableModel::rebuild);
    connect(&session, &ProjectSession::closed, this, &PostTableModel::rebuild);
    connect(&session, &ProjectSession::summariesGrew, this, &PostTableModel::grew);
    connect(&session, &ProjectSession::summaryChanged, this, &PostTableModel::rowChanged);
    rebuild();
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
    const project::PostSummary& summary = m_session.summaries()[static_cast<std::size_t>(summaryRow)];
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
            return summary.status == PostStatus::Open && summary.corrected ? tr("edited") : statusText(summary.status);
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

void PostTableModel::setSplit(std::optional<Split> split) {
    m_split = split;
    rebuild();
}

void PostTableModel::setStatus(std::optional<PostStatus> status) {
    m_status = status;
    rebuild();
}

PostId PostTableModel::postAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    return m_session.summaries()[static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)])].id;
}

int PostTableModel::rowOfPost(PostId post) const {
    const int summaryRow = m_session.rowOf(post);
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), summaryRow);
    if (summaryRow < 0 || found == m_rows.end() || *found != summaryRow) return -1;
    return static_cast<int>(found - m_rows.begin());
}

void PostTableModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

bool PostTableModel::accepts(const project::PostSummary& summary) const {
    return (!m_split || summary.split == *m_split) && (!m_status || fits(summary.status, *m_status));
}

void PostTableModel::rebuild() {
    beginResetModel();
    m_rows.clear();
    for (const int row : m_session.visibleRows()) {
        if (accepts(m_session.summaries()[static_cast<std::size_t>(row)])) m_rows.push_back(row);
    }
    endResetModel();
}

void PostTableModel::grew(int first, int last) {
    // Rows arrive in order, so what is new among the visible ones stands at the end.
    std::vector<int> fresh;
    const auto& visible = m_session.visibleRows();
    for (auto at = std::lower_bound(visible.begin(), visible.end(), first); at != visible.end() && *at <= last; ++at) {
        const bool known = !m_rows.empty() && *at <= m_rows.back();
        if (!known && accepts(m_session.summaries()[static_cast<std::size_t>(*at)])) fresh.push_back(*at);
    }
    if (fresh.empty()) return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void PostTableModel::rowChanged(int summaryRow) {
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), summaryRow);
    if (found == m_rows.end() || *found != summaryRow) return;
    // A row that no longer fits the chosen status stays until the list is made again: rows must not jump while working.
    const int row = static_cast<int>(found - m_rows.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

}  // namespace mnerva::ui
