#include "ui/pages/tag/alike_delegate.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QPainter>

#include "ui/look/theme.h"
#include "ui/pages/tag/alike_model.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {
namespace {

constexpr int kGap = 8, kMentionPad = 4;

QPixmap thumbnailOf(const QString& path, const QPainter& painter) {
    if (path.isEmpty()) return {};
    auto& cache = PictureCache::instance();
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap picture = cache.thumbnail(path, AlikeDelegate::kThumbnail, ratio);
    if (!picture.isNull() || cache.state(path) != PictureCache::State::Missing) return picture;
    return PictureCache::missingPicture({AlikeDelegate::kThumbnail, AlikeDelegate::kThumbnail}, ratio);
}

}  // namespace

void AlikeDelegate::repaintWhenPicturesCome(QAbstractItemView& view) {
    auto& cache = PictureCache::instance();
    connect(&cache, &PictureCache::ready, view.viewport(), qOverload<>(&QWidget::update));
    connect(&cache, &PictureCache::missing, view.viewport(), qOverload<>(&QWidget::update));
}

void AlikeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    if (index.column() == AlikeModel::Tick) {
        paintTick(*painter, option, index);
    } else if (index.column() == AlikeModel::Context) {
        paintContext(*painter, option, index);
    } else {
        QStyledItemDelegate::paint(painter, option, index);
    }
}

void AlikeDelegate::paintTick(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QPixmap picture = thumbnailOf(index.data(AlikeModel::PictureRole).toString(), painter);
    QStyledItemDelegate::paint(&painter, option, index);
    if (picture.isNull()) return;
    const QRect place(option.rect.right() - kThumbnail - kMentionPad, option.rect.top() + (kRowHeight - kThumbnail) / 2,
                      kThumbnail, kThumbnail);
    painter.drawPixmap(place, picture);
}

void AlikeDelegate::paintContext(QPainter& painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    // The ground, without the text of the cell.
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &ground, &painter, option.widget);
    painter.save();
    painter.setFont(option.font);
    const QString words = index.data(AlikeModel::WordsRole).toString().simplified();
    const QFontMetrics metrics(option.font);
    const QRect row = option.rect.adjusted(kGap, 0, -kGap, 0);
    const int most = row.width() / 2;
    const QString shown = metrics.elidedText(words, Qt::ElideMiddle, most);
    const int width = metrics.horizontalAdvance(shown) + 2 * kMentionPad;
    const QRect mention(row.center().x() - width / 2, row.top() + 9, width, row.height() - 18);
    const bool isNear = index.data(AlikeModel::NearRole).toBool();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::color(Theme::Role::AccentSurface));
    painter.setPen(QPen(Theme::color(Theme::Role::Accent), 1, isNear ? Qt::DashLine : Qt::SolidLine));
    painter.drawRoundedRect(QRectF(mention).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(Theme::color(Theme::Role::Text));
    painter.drawText(mention, Qt::AlignCenter | Qt::TextSingleLine, shown);
    const bool isChosen = option.state & QStyle::State_Selected;
    painter.setPen(Theme::color(isChosen ? Theme::Role::Text : Theme::Role::SecondaryText));
    const QRect left(row.left(), row.top(), mention.left() - row.left() - kMentionPad, row.height());
    const QRect right(mention.right() + kMentionPad + 1, row.top(), row.right() - mention.right() - kMentionPad,
                      row.height());
    painter.drawText(
        left, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(index.data(AlikeModel::BeforeRole).toString().simplified(), Qt::ElideLeft, left.width()));
    painter.drawText(
        right, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
        metrics.elidedText(index.data(AlikeModel::AfterRole).toString().simplified(), Qt::ElideRight, right.width()));
    painter.restore();
}

}  // namespace mnerva::ui
