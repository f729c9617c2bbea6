#pragma once

#include <QStyledItemDelegate>

namespace mnerva::ui {

/// Rows of the post table: a thumbnail in the first column, flat ground, an accent tint for the current row.
class PostTableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kRowHeight = 48;
    static constexpr int kThumbnail = 40;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace mnerva::ui
