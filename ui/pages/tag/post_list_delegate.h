#pragma once

#include <QStyledItemDelegate>

namespace mnerva::ui {

class ProjectSession;

/// Draws a row of the post list: thumbnail, text, status mark, then id, split, whether it was edited, and number of
/// entities in small.
class PostListDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// What the session's query found is marked in the text.
    explicit PostListDelegate(QObject* parent, const ProjectSession* session = nullptr)
        : QStyledItemDelegate(parent), m_session(session) {}
    static constexpr int kThumbnail = 32;
    static constexpr int kRowHeight = 40;
    void setShape(bool hasThumbnails, bool isCompact);
    bool hasThumbnails() const { return m_hasThumbnails; }
    bool isCompact() const { return m_isCompact; }
    /// Where the status mark of a row takes clicks.
    QRect statusRect(const QRect& row) const;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    void paintThumbnail(QPainter& painter, const QRect& place, const QModelIndex& index) const;
    void paintTexts(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const;
    const ProjectSession* m_session;
    bool m_hasThumbnails = true, m_isCompact = false;
};

}  // namespace mnerva::ui
