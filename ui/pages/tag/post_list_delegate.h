#pragma once

#include <QStyledItemDelegate>

namespace mnerva::ui {

/// Draws a row of the post list: thumbnail, status mark, text, then id, split and number of entities in small.
class PostListDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int kThumbnail = 40;
    static constexpr int kRowHeight = 56;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace mnerva::ui
