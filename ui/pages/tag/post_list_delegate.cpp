#include "ui/pages/tag/post_list_delegate.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "core/domain/post.h"
#include "ui/base/error_text.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/session/found_words.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {

namespace {

constexpr int kRowPad = 8, kStatusStep = 14, kStatusWidth = 28, kBadge = 18, kCommentMark = 13;

void paintFlag(QPainter& painter, const QPointF& centre) {
    painter.setPen(QPen(Theme::color(Theme::Role::Warning), 1.5));
    painter.drawLine(centre + QPointF(-3, -5), centre + QPointF(-3, 5));
    painter.setBrush(Theme::color(Theme::Role::Warning));
    const QPointF flag[] = {centre + QPointF(-3, -5), centre + QPointF(5, -2), centre + QPointF(-3, 1)};
    painter.drawPolygon(flag, 3);
}

bool hasTwoMarks(PostStatus status) {
    return isFlagged(status) && stageOf(status) != PostStage::Open;
}

/// A form for each status, so that colour is never alone: tick, flag, a ring that is empty or struck through; the flag
/// stands beside the others.
void paintStatus(QPainter& painter, const QPointF& centre, PostStatus status) {
    if (isFlagged(status)) paintFlag(painter, hasTwoMarks(status) ? centre - QPointF(kStatusStep, 0) : centre);
    if (isDone(status)) {
        painter.setPen(QPen(Theme::color(Theme::Role::Good), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF tick[] = {centre + QPointF(-4, 0), centre + QPointF(-1, 3), centre + QPointF(4, -4)};
        painter.drawPolyline(tick, 3);
    }
    if (status == PostStatus::Open || isSkipped(status)) {
        painter.setPen(QPen(Theme::color(Theme::Role::SecondaryText), 1.2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, 4.5, 4.5);
        if (isSkipped(status)) painter.drawLine(centre + QPointF(-3.2, 3.2), centre + QPointF(3.2, -3.2));
    }
}

}  // namespace

void PostListDelegate::setShape(bool hasThumbnails, bool isCompact) {
    m_hasThumbnails = hasThumbnails;
    m_isCompact = isCompact;
}

QRect PostListDelegate::statusRect(const QRect& row) const {
    if (m_isCompact) return {row.right() - kBadge + 1, row.bottom() - kBadge + 1, kBadge, kBadge};
    return {row.right() - kStatusWidth + 1, row.top(), kStatusWidth, row.height()};
}

QSize PostListDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {m_isCompact ? kThumbnail : 120, kRowHeight};
}

void PostListDelegate::paintThumbnail(QPainter& painter, const QRect& place, const QModelIndex& index) const {
    const QString path = index.data(PostListModel::ImagePathRole).toString();
    auto& cache = PictureCache::instance();
    const qreal ratio = painter.device()->devicePixelRatioF();
    QPixmap picture = path.isEmpty() ? QPixmap() : cache.thumbnail(path, kThumbnail, ratio);
    if (picture.isNull() && !path.isEmpty() && cache.state(path) == PictureCache::State::Missing) {
        picture = PictureCache::missingPicture(place.size(), ratio);
    }
    if (picture.isNull()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::color(Theme::Role::Hover));
        painter.drawRoundedRect(place, 3, 3);
    } else {
        painter.drawPixmap(place, picture);
    }
}

void PostListDelegate::paintTexts(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
    painter.setFont(Theme::bodyFont());
    painter.setPen(Theme::color(Theme::Role::Text));
    const QRect upper(row.left(), row.top() + 1, row.width(), 21);
    const QString preview = painter.fontMetrics().elidedText(index.data(PostListModel::PreviewRole).toString(),
                                                             Qt::ElideRight, upper.width());
    if (m_session) paintFoundWords(painter, upper, preview, *m_session);
    painter.setLayoutDirection(Qt::LayoutDirectionAuto);  // a right-to-left post is read from the right here too
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, preview);
    painter.setLayoutDirection(option.direction);

    painter.setFont(Theme::secondaryFont());
    // On the accent of the chosen row the quiet colour is too weak.
    painter.setPen(
        Theme::color(option.state & QStyle::State_Selected ? Theme::Role::Text : Theme::Role::SecondaryText));
    const QString count = QString::number(index.data(PostListModel::EntityCountRole).toInt());
    int countWidth = painter.fontMetrics().horizontalAdvance(count);
    const QRect lower(row.left(), row.top() + 21, row.width(), 17);
    painter.drawText(lower, Qt::AlignRight | Qt::AlignVCenter, count);
    if (index.data(PostListModel::CommentsRole).toInt() > 0) {
        countWidth += kRowPad + kCommentMark;
        const QRect mark(lower.right() + 1 - countWidth, lower.top() + (lower.height() - kCommentMark) / 2,
                         kCommentMark, kCommentMark);
        Theme::icon(QStringLiteral("comment")).paint(&painter, mark);
    }
    const auto split = static_cast<Split>(index.data(PostListModel::SplitRole).toInt());
    // What a review says comes first: where the list is narrow, what is behind it goes.
    QStringList detail{index.data(PostListModel::ExternalIdRole).toString()};
    const auto review = static_cast<Review>(index.data(PostListModel::ReviewRole).toInt());
    if (review != Review::None) detail.prepend(reviewText(review));
    if (split != Split::None) detail << splitText(split);
    if (index.data(PostListModel::CorrectedRole).toBool()) detail << tr("edited");
    const QRect detailRect = lower.adjusted(0, 0, -countWidth - kRowPad, 0);
    painter.drawText(detailRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(detail.join(QStringLiteral(" · ")),
                                                      review == Review::None ? Qt::ElideMiddle : Qt::ElideRight,
                                                      detailRect.width()));
}

void PostListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(row, Theme::color(Theme::Role::AccentSurface));
        painter->fillRect(QRect(row.left(), row.top(), 3, row.height()), Theme::color(Theme::Role::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, Theme::color(Theme::Role::Hover));
    }
    int left = row.left() + kRowPad + 2;
    if (m_hasThumbnails) {
        const int at = m_isCompact ? row.left() + (row.width() - kThumbnail) / 2 : left;
        paintThumbnail(*painter, QRect(at, row.top() + (kRowHeight - kThumbnail) / 2, kThumbnail, kThumbnail), index);
        left = at + kThumbnail + kRowPad;
    }
    const auto status = static_cast<PostStatus>(index.data(PostListModel::StatusRole).toInt());
    const QRect mark = statusRect(row);
    if (m_isCompact) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(Theme::color(Theme::Role::Surface));
        painter->drawEllipse(QRectF(mark).adjusted(1, 1, -1, -1));
        paintStatus(*painter, QRectF(mark).center(), hasTwoMarks(status) ? PostStatus::Flagged : status);
    } else {
        paintStatus(*painter, QPointF(mark.right() - 12, row.center().y() + 1), status);
        const int right = mark.left() - (hasTwoMarks(status) ? kStatusStep : 0);
        paintTexts(*painter, QRect(left, row.top(), std::max(0, right - left), row.height()), option, index);
    }
    painter->restore();
}

bool PostListDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid() || !statusRect(option.rect).contains(event->pos()))
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto status = static_cast<PostStatus>(index.data(PostListModel::StatusRole).toInt());
    QToolTip::showText(event->globalPos(),
                       isDone(status)      ? tr("Done. Click: open again")
                       : isSkipped(status) ? tr("Skipped. Click: mark this post done")
                                           : tr("Click: mark this post done"),
                       view->viewport());
    return true;
}

}  // namespace mnerva::ui
