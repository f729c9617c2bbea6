#pragma once

#include <QStyledItemDelegate>

namespace mnerva::ui {

class ProjectSession;

/// Rows of the post table: a thumbnail in the first column, flat ground, an accent tint for the current row.
class PostTableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kRowHeight = 48;
    static constexpr int kThumbnail = 40;
    /// What the session's query found is marked in the text.
    explicit PostTableDelegate(QObject* parent, const ProjectSession* session = nullptr)
        : QStyledItemDelegate(parent), m_session(session) {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const ProjectSession* m_session;
};

}  // namespace mnerva::ui
