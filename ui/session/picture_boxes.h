#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <vector>

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
};

/// The regions of a post's picture number `image`, the least to be believed first, so that the best is drawn on top.
std::vector<PictureBox> pictureBoxes(const PostRegions& regions, const Post& post, int image);

/// Where a box is drawn: `picture` is the picture's place, `filePixels` its size in its own pixels.
QRectF placeOfBox(const PictureBox& box, const QRectF& picture, const QSizeF& filePixels);

/// The smallest box at a point, -1 for none.
int boxAt(const std::vector<PictureBox>& boxes, const QPointF& point, const QRectF& picture, const QSizeF& filePixels);

/// Outlines with their labels: what a person or a file says by a full line, what a detector says by a dashed one.
void paintBoxes(QPainter& painter, const std::vector<PictureBox>& boxes, const QRectF& picture,
                const QSizeF& filePixels);

}  // namespace mnerva::ui
