#include "ui/session/picture_boxes.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QStringList>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kShownDigits = 12;  ///< of a fingerprint
constexpr qreal kLine = 2, kHandle = 3.5;
constexpr qreal kLongestLabel = 160;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(PictureBoxes)
};

QString originText(const Region& region) {
    switch (region.origin) {
        case RegionOrigin::Human:
            return Texts::tr("Drawn by a person");
        case RegionOrigin::Xml:
            return Texts::tr("From an XML file");
        case RegionOrigin::CropList:
            return Texts::tr("From a crop list");
        case RegionOrigin::Detector:
            break;
    }
    QString text = Texts::tr("Found by the detector %1").arg(fromUtf8(region.detector));
    if (region.score) text = Texts::tr("%1, score %2").arg(text, QLocale().toString(*region.score, 'f', 2));
    if (!region.fingerprint.empty())
        text += QLatin1Char('\n') + Texts::tr("Fingerprint %1").arg(fromUtf8(region.fingerprint).left(kShownDigits));
    return text;
}

QString wordsOf(const Entity& entity, const Post& post) {
    QStringList words;
    const int last = std::min(entity.last, static_cast<int>(post.words.size()) - 1);
    for (int w = entity.first; w <= last; ++w) words << fromUtf8(post.words[static_cast<std::size_t>(w)]);
    return words.join(post.join == JoinRule::Space ? QStringLiteral(" ") : QString());
}

QString tipOf(const Region& region, const PostRegions& regions, const Post& post) {
    QStringList lines;
    if (!region.label.empty()) lines << fromUtf8(region.label);
    lines << originText(region);
    lines << Texts::tr("%1 × %2 pixels").arg(region.width).arg(region.height);
    for (const RegionLink& link : regions.links) {
        if (link.region == region.id)
            lines << Texts::tr("Shows %1 (%2)").arg(wordsOf(link.entity, post), fromUtf8(link.entity.type));
    }
    return lines.join(QLatin1Char('\n'));
}

void paintLabel(QPainter& painter, const PictureBox& box, const QRectF& place, const QRectF& picture) {
    if (box.label.isEmpty()) return;
    const QFontMetricsF metrics(painter.font());
    const QString text = metrics.elidedText(box.label, Qt::ElideRight, std::min(kLongestLabel, picture.width() - 8));
    // Above the box, so that nothing it shows is covered; inside where there is no room.
    QRectF badge(place.left(), place.top(), metrics.horizontalAdvance(text) + 8, metrics.height() + 2);
    if (badge.top() - badge.height() >= picture.top()) badge.translate(0, -badge.height());
    if (badge.right() > picture.right()) badge.moveRight(picture.right());
    if (badge.bottom() > picture.bottom()) badge.moveBottom(picture.bottom());
    painter.setPen(Qt::NoPen);
    const QColor ground = box.colour.isValid()                ? box.colour
                          : box.origin == RegionOrigin::Human ? Theme::color(Theme::Role::Accent)
                                                              : QColor(0, 0, 0, 190);
    painter.setBrush(ground);
    painter.drawRoundedRect(badge, 3, 3);
    painter.setPen(ground.alpha() < 255 ? QColor(Qt::white) : Theme::textOn(ground));
    painter.drawText(badge, Qt::AlignCenter, text);
}

}  // namespace

std::vector<PictureBox> pictureBoxes(const PostRegions& regions, const Post& post, int image, const LabelSet* labels) {
    std::vector<PictureBox> boxes;
    for (const Region& region : regions.regions) {
        if (region.image != image) continue;
        PictureBox box{QRectF(region.left, region.top, region.width, region.height), fromUtf8(region.label),
                       tipOf(region, regions, post), region.origin, region.id};
        const auto link = std::find_if(regions.links.begin(), regions.links.end(),
                                       [&](const RegionLink& l) { return l.region == region.id; });
        const bool isLinked = link != regions.links.end();
        if (labels && isLinked) {
            box.colour = Theme::labelColor(link->entity.type, *labels);
            const QString name = region.label.empty() ? wordsOf(link->entity, post) : box.label;
            box.label = QStringLiteral("%1 · %2").arg(fromUtf8(link->entity.type), name.simplified());
        }
        box.isThin = labels && !isLinked && region.origin != RegionOrigin::Human;
        boxes.push_back(std::move(box));
    }
    std::reverse(boxes.begin(), boxes.end());
    return boxes;
}

QRectF placeOfBox(const PictureBox& box, const QRectF& picture, const QSizeF& filePixels) {
    if (filePixels.isEmpty() || picture.isEmpty()) return {};
    const qreal scaleX = picture.width() / filePixels.width(), scaleY = picture.height() / filePixels.height();
    const QRectF place(picture.left() + box.place.left() * scaleX, picture.top() + box.place.top() * scaleY,
                       box.place.width() * scaleX, box.place.height() * scaleY);
    return place.intersected(picture);  // a copy of the picture may be smaller than the one that was annotated
}

int boxAt(const std::vector<PictureBox>& boxes, const QPointF& point, const QRectF& picture, const QSizeF& filePixels) {
    int best = -1;
    qreal smallest = 0;
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const QRectF place = placeOfBox(boxes[i], picture, filePixels);
        const qreal area = place.width() * place.height();
        if (!place.contains(point) || (best >= 0 && area > smallest)) continue;
        best = static_cast<int>(i);
        smallest = area;
    }
    return best;
}

std::vector<QPointF> boxHandles(const QRectF& place) {
    const QPointF middle = place.center();
    return {place.topLeft(),     {middle.x(), place.top()},    place.topRight(),   {place.right(), middle.y()},
            place.bottomRight(), {middle.x(), place.bottom()}, place.bottomLeft(), {place.left(), middle.y()}};
}

void paintBoxes(QPainter& painter, const std::vector<PictureBox>& boxes, const QRectF& picture,
                const QSizeF& filePixels) {
    painter.save();
    painter.setFont(Theme::secondaryFont());
    for (const PictureBox& box : boxes) {
        const QRectF place = placeOfBox(box, picture, filePixels).adjusted(1, 1, -1, -1);
        if (place.width() < 1 || place.height() < 1) continue;
        painter.setBrush(Qt::NoBrush);
        // A dark line under a light one is seen on any picture.
        const qreal line = box.isThin ? 1 : box.isChosen || box.isDraft ? kLine + 1 : kLine;
        painter.setPen(
            QPen(QColor(0, 0, 0, box.isThin ? 110 : 170), line + 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(place);
        const bool isDashed = box.origin == RegionOrigin::Detector || box.isDraft;
        const QColor colour = box.colour.isValid()                ? box.colour.lighter(130)
                              : box.origin == RegionOrigin::Human ? Theme::color(Theme::Role::Accent)
                                                                  : QColor(Qt::white);
        painter.setPen(QPen(colour, line, isDashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.drawRect(place);
        if (!box.isChosen && !box.isDraft) continue;
        painter.setPen(QPen(QColor(0, 0, 0, 200), 1));
        painter.setBrush(Qt::white);
        for (const QPointF& handle : boxHandles(place))
            painter.drawRect(QRectF(handle - QPointF(kHandle, kHandle), QSizeF(2 * kHandle, 2 * kHandle)));
    }
    for (const PictureBox& box : boxes)
        if (const QRectF place = placeOfBox(box, picture, filePixels); !place.isEmpty())
            paintLabel(painter, box, place, picture);
    painter.restore();
}

}  // namespace mnerva::ui
