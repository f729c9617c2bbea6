#pragma once

#include <QAbstractTableModel>

#include "ui/session/project_session.h"

namespace mnerva::ui {

/// The posts of the session's query line as rows with a thumbnail. Fluid at
/// 100,000 rows: it keeps row numbers only, everything shown is made on demand.
class PostTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Picture, ExternalId, Text, Entities, SplitColumn, Status, ColumnCount };
    enum Role {
        SummaryRowRole = Qt::UserRole,  ///< row in ProjectSession::summaries()
        ImagePathRole,
        StatusRole,  ///< int of PostStatus
        CorrectedRole,
    };
    explicit PostTableModel(ProjectSession& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    PostId postAt(int row) const;
    /// Row of a post, -1 when it is not shown.
    int rowOfPost(PostId post) const;
    void retranslate();

private:
    void reset();
    void sync();
    void rowChanged(int summaryRow);
    static QString marksOf(const project::PostSummary& summary);
    int placeOf(int summaryRow) const;
    QVariant textOf(const project::PostSummary& summary, int column) const;

    ProjectSession& m_session;
    std::vector<int> m_rows;  ///< of summaries(), in the order that the session shows
};

}  // namespace mnerva::ui
