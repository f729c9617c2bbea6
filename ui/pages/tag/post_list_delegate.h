#pragma once

#include <QStyledItemDelegate>

namespace mnerva::ui {

class ProjectSession;

/// Draws a row of the post list: thumbnail, status mark, text, then id, split and number of entities in small.
class PostListDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// What the session's query found is marked in the text.
    explicit PostListDelegate(QObject* parent, const ProjectSession* session = nullptr)
        : QStyledItemDelegate(parent), m_session(session) {}
    static constexpr int kThumbnail = 40;
    static constexpr int kRowHeight = 56;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const ProjectSession* m_session;
};

}  // namespace mnerva::ui
