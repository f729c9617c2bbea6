#pragma once

#include <QColor>
#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <vector>

#include "core/domain/label_set.h"
#include "core/domain/post.h"
#include "core/domain/region.h"

class QPainter;

namespace mnerva::ui {

/// A region as it is drawn over a picture.
struct PictureBox {
    QRectF place;   ///< pixels of the picture's file
    QString label;  ///< what is inside, short
    QString tip;    ///< what is inside, who says so, which entities it shows; one a line
    RegionOrigin origin = RegionOrigin::Human;
    RegionId id = {};
    QColor colour = {};     ///< of the entity that it shows; invalid: that of its origin
    bool isThin = false;    ///< nobody drew it and no entity is linked to it
    bool isChosen = false;  ///< with handles
    bool isDraft = false;   ///< in hand: not kept yet
};

/// The regions of a post's picture number `image`, the least to be believed first, so that the best is drawn on top.
/// With labels, a box that an entity is linked to has its label's name and colour.
std::vector<PictureBox> pictureBoxes(const PostRegions& regions, const Post& post, int image,
                                     const LabelSet* labels = nullptr);

/// Where a box is drawn: `picture` is the picture's place, `filePixels` its size in its own pixels.
QRectF placeOfBox(const PictureBox& box, const QRectF& picture, const QSizeF& filePixels);

/// The smallest box at a point, -1 for none.
int boxAt(const std::vector<PictureBox>& boxes, const QPointF& point, const QRectF& picture, const QSizeF& filePixels);

/// The eight handles of a box that is drawn there, clockwise from the upper left.
std::vector<QPointF> boxHandles(const QRectF& place);

/// Outlines with their labels: what a person or a file says by a full line, what a detector says by a dashed one.
void paintBoxes(QPainter& painter, const std::vector<PictureBox>& boxes, const QRectF& picture,
                const QSizeF& filePixels);

}  // namespace mnerva::ui
