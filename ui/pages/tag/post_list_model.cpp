#include "ui/pages/tag/post_list_model.h"

#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

PostListModel::PostListModel(ProjectSession& session, QObject* parent)
    : QAbstractListModel(parent), m_session(session), m_rows(session.visibleRows()) {
    connect(&session, &ProjectSession::visibleRowsChanged, this, &PostListModel::sync);
    connect(&session, &ProjectSession::summariesGrew, this, &PostListModel::sync);
    connect(&session, &ProjectSession::summariesReset, this, &PostListModel::reset);
    connect(&session, &ProjectSession::closed, this, &PostListModel::reset);
    connect(&session, &ProjectSession::summaryChanged, this, &PostListModel::summaryChanged);
}

int PostListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PostListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto row = static_cast<std::size_t>(m_rows[static_cast<std::size_t>(index.row())]);
    const auto& all = m_session.summaries();
    if (row >= all.size()) return {};
    const auto post = all[row];
    switch (role) {
        case Qt::DisplayRole:
        case PreviewRole:
            return fromUtf8(post.preview);
        case PostIdRole:
            return QVariant::fromValue<qint64>(post.id.value);
        case ExternalIdRole:
            return fromUtf8(post.externalId);
        case ImagePathRole:
            return fromUtf8(post.imagePath);
        case SplitRole:
            return static_cast<int>(post.split);
        case StatusRole:
            return static_cast<int>(post.status);
        case ReviewRole:
            return static_cast<int>(post.review);
        case CommentsRole:
            return post.comments;
        case EntityCountRole:
            return post.entityCount;
        case CorrectedRole:
            return post.corrected;
        case Qt::AccessibleTextRole:
            return tr("%1, %2, %n entities: %3", nullptr, post.entityCount)
                .arg(fromUtf8(post.externalId), marksOf(post), fromUtf8(post.preview));
        case Qt::ToolTipRole:
            return tr("%1 · %2 · %3").arg(fromUtf8(post.externalId), splitText(post.split), marksOf(post));
        default:
            return {};
    }
}

/// Status, review and comments in words.
QString PostListModel::marksOf(const project::PostSummary& post) {
    QStringList marks{statusText(post.status)};
    if (post.review != Review::None) marks << reviewText(post.review);
    if (post.comments > 0) marks << tr("%n comments", nullptr, post.comments);
    return marks.join(QStringLiteral(" · "));
}

PostId PostListModel::postAt(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    const auto at = static_cast<std::size_t>(m_rows[static_cast<std::size_t>(row)]);
    return at < m_session.summaries().size() ? m_session.summaries().idAt(at) : PostId{};
}

int PostListModel::rowOf(PostId post) const {
    return placeOf(m_session.rowOf(post));
}

int PostListModel::placeOf(int summaryRow) const {
    if (summaryRow < 0) return -1;
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), summaryRow,
                                     [this](int a, int b) { return m_session.comesBefore(a, b); });
    return at != m_rows.end() && *at == summaryRow ? static_cast<int>(at - m_rows.begin()) : -1;
}

void PostListModel::reset() {
    beginResetModel();
    m_rows = m_session.visibleRows();
    endResetModel();
}

void PostListModel::sync() {
    const auto& now = m_session.visibleRows();
    if (now.size() < m_rows.size() || !std::equal(m_rows.begin(), m_rows.end(), now.begin())) {
        reset();
        return;
    }
    if (now.size() == m_rows.size()) return;
    beginInsertRows({}, rowCount(), static_cast<int>(now.size()) - 1);
    m_rows.insert(m_rows.end(), now.begin() + static_cast<std::ptrdiff_t>(m_rows.size()), now.end());
    endInsertRows();
}

void PostListModel::summaryChanged(int summaryRow) {
    const int place = placeOf(summaryRow);
    if (place < 0) return;
    const QModelIndex changed = index(place);
    Q_EMIT dataChanged(changed, changed);
}

}  // namespace mnerva::ui
