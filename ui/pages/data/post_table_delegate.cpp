#include "ui/pages/data/post_table_delegate.h"

#include <QPainter>

#include "ui/look/theme.h"
#include "ui/pages/data/post_table_model.h"
#include "ui/session/found_words.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {
namespace {

void paintThumbnail(QPainter* painter, const QRect& cell, const QString& path) {
    const int side = PostTableDelegate::kThumbnail;
    const qreal ratio = painter->device()->devicePixelRatioF();
    const QRect box(cell.x() + 8, cell.y() + (cell.height() - side) / 2, side, side);
    PictureCache& cache = PictureCache::instance();
    const bool gone = cache.state(path) == PictureCache::State::Missing;
    const QPixmap thumbnail =
        gone ? PictureCache::missingPicture(box.size(), ratio) : cache.thumbnail(path, side, ratio);
    if (thumbnail.isNull()) {
        painter->fillRect(box, Theme::color(Theme::Role::Hover));
    } else {
        painter->drawPixmap(box, thumbnail);
    }
}

}  // namespace

void PostTableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    if (selected) {
        painter->fillRect(option.rect, Theme::color(Theme::Role::AccentSurface));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, Theme::color(Theme::Role::Hover));
    }
    painter->setPen(Theme::color(Theme::Role::Hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (index.column() == PostTableModel::Picture) {
        paintThumbnail(painter, option.rect, index.data(PostTableModel::ImagePathRole).toString());
    } else {
        const QVariant ink = index.data(Qt::ForegroundRole);
        painter->setPen(ink.isValid() ? ink.value<QColor>() : Theme::color(Theme::Role::Text));
        painter->setFont(option.font);
        const QRect box = option.rect.adjusted(8, 0, -8, 0);
        const QString text = option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, box.width());
        if (index.column() == PostTableModel::Text && m_session) paintFoundWords(*painter, box, text, *m_session);
        if (index.column() == PostTableModel::Text) painter->setLayoutDirection(Qt::LayoutDirectionAuto);
        painter->drawText(box, static_cast<int>(index.data(Qt::TextAlignmentRole).toInt()) | Qt::TextSingleLine, text);
    }
    painter->restore();
}

QSize PostTableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width() + 16, kRowHeight};
}

}  // namespace mnerva::ui
