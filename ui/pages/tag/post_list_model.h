#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/domain/post.h"

namespace mnerva::project {
struct PostSummary;
}

namespace mnerva::ui {

class ProjectSession;

/// The posts the query line shows, one row each: a view over ProjectSession::visibleRows() that copies row numbers
/// only, so 100,000 posts cost 400 kB and a page of new rows is an insertion.
class PostListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        PostIdRole = Qt::UserRole,  ///< qint64
        ExternalIdRole,
        PreviewRole,
        ImagePathRole,
        SplitRole,   ///< int of Split
        StatusRole,  ///< int of PostStatus
        ReviewRole,  ///< int of Review
        CommentsRole,
        EntityCountRole,
        CorrectedRole,
    };

    explicit PostListModel(ProjectSession& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    PostId postAt(int row) const;
    /// Row of a post in this list, -1 when it is filtered out.
    int rowOf(PostId post) const;

private:
    static QString marksOf(const project::PostSummary& post);
    void sync();
    void reset();
    void summaryChanged(int summaryRow);
    int placeOf(int summaryRow) const;
    ProjectSession& m_session;
    std::vector<int> m_rows;  ///< into session.summaries(), in the order that the session shows
};

}  // namespace mnerva::ui
