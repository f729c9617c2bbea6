#pragma once

#include <QStyledItemDelegate>

class QAbstractItemView;

namespace mnerva::ui {

/// Draws a row of mentions that are alike: tick and picture, the mention in the middle with what stands before and
/// behind it, the label it has.
class AlikeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kRowHeight = 40, kThumbnail = 32;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    static void repaintWhenPicturesCome(QAbstractItemView& view);

private:
    void paintTick(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintContext(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
};

}  // namespace mnerva::ui
