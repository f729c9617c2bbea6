#include "ui/pages/tag/post_list_delegate.h"

#include <QPainter>

#include "core/domain/post.h"
#include "ui/base/error_text.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/session/found_words.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {

namespace {

constexpr int kRowPad = 8, kStatusStep = 14;

void paintFlag(QPainter& painter, const QPointF& centre) {
    painter.setPen(QPen(Theme::color(Theme::Role::Warning), 1.5));
    painter.drawLine(centre + QPointF(-3, -5), centre + QPointF(-3, 5));
    painter.setBrush(Theme::color(Theme::Role::Warning));
    const QPointF flag[] = {centre + QPointF(-3, -5), centre + QPointF(5, -2), centre + QPointF(-3, 1)};
    painter.drawPolygon(flag, 3);
}

/// A form for each status, so that colour is never alone: tick, flag, both side by side, or an empty ring.
void paintStatus(QPainter& painter, const QPointF& centre, PostStatus status) {
    if (isFlagged(status)) paintFlag(painter, isDone(status) ? centre - QPointF(kStatusStep, 0) : centre);
    if (isDone(status)) {
        painter.setPen(QPen(Theme::color(Theme::Role::Good), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF tick[] = {centre + QPointF(-4, 0), centre + QPointF(-1, 3), centre + QPointF(4, -4)};
        painter.drawPolyline(tick, 3);
    }
    if (status == PostStatus::Open) {
        painter.setPen(QPen(Theme::color(Theme::Role::SecondaryText), 1.2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 3, 3);
    }
}

}  // namespace

QSize PostListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {120, kRowHeight};
}

void PostListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(row, Theme::color(Theme::Role::AccentSurface));
        painter->fillRect(QRect(row.left(), row.top(), 2, row.height()), Theme::color(Theme::Role::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, Theme::color(Theme::Role::Hover));
    }
    const QRect thumb(row.left() + kRowPad, row.top() + (kRowHeight - kThumbnail) / 2, kThumbnail, kThumbnail);
    const QString path = index.data(PostListModel::ImagePathRole).toString();
    auto& cache = PictureCache::instance();
    const qreal ratio = painter->device()->devicePixelRatioF();
    QPixmap picture = path.isEmpty() ? QPixmap() : cache.thumbnail(path, kThumbnail, ratio);
    if (picture.isNull() && !path.isEmpty() && cache.state(path) == PictureCache::State::Missing) {
        picture = PictureCache::missingPicture(thumb.size(), ratio);
    }
    if (picture.isNull()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::color(Theme::Role::Hover));
        painter->drawRoundedRect(thumb, 3, 3);
    } else {
        painter->drawPixmap(thumb, picture);
    }

    const int left = thumb.right() + 1 + kRowPad;
    const int right = row.right() - kRowPad;
    const auto status = static_cast<PostStatus>(index.data(PostListModel::StatusRole).toInt());
    const int marks = status == PostStatus::DoneFlagged ? 16 + kStatusStep : 16;
    const QRect upper(left, row.top() + 8, right - left - marks, 20);
    painter->setFont(Theme::bodyFont());
    painter->setPen(Theme::color(Theme::Role::Text));
    const QString preview = painter->fontMetrics().elidedText(index.data(PostListModel::PreviewRole).toString(),
                                                              Qt::ElideRight, upper.width());
    if (m_session) paintFoundWords(*painter, upper, preview, *m_session);
    painter->setLayoutDirection(Qt::LayoutDirectionAuto);  // a right-to-left post is read from the right here too
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, preview);
    painter->setLayoutDirection(option.direction);
    paintStatus(*painter, QPointF(right - 6, upper.center().y() + 1), status);

    painter->setFont(Theme::secondaryFont());
    // On the accent of the chosen row the quiet colour is too weak.
    painter->setPen(
        Theme::color(option.state & QStyle::State_Selected ? Theme::Role::Text : Theme::Role::SecondaryText));
    const QString count = QString::number(index.data(PostListModel::EntityCountRole).toInt());
    const int countWidth = painter->fontMetrics().horizontalAdvance(count);
    const QRect lower(left, row.top() + 29, right - left, 18);
    painter->drawText(lower, Qt::AlignRight | Qt::AlignVCenter, count);
    const auto split = static_cast<Split>(index.data(PostListModel::SplitRole).toInt());
    QString detail = index.data(PostListModel::ExternalIdRole).toString();
    if (split != Split::None) detail += QStringLiteral(" · ") + splitText(split);
    const QRect detailRect = lower.adjusted(0, 0, -countWidth - kRowPad, 0);
    painter->drawText(detailRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(detail, Qt::ElideMiddle, detailRect.width()));
    painter->restore();
}

}  // namespace mnerva::ui
