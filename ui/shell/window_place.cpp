#include "ui/shell/window_place.h"

#include <algorithm>

namespace mnerva::ui {

QRect placeWithin(const QRect& wanted, const QRect& screen, const QSize& frame) {
    const QSize room = screen.size() - frame;
    const QSize size = wanted.size().boundedTo(room.expandedTo(QSize(1, 1)));
    const int left = screen.left() + frame.width() / 2, top = screen.top() + frame.height() - frame.width() / 2;
    const int right = std::max(left, screen.right() + 1 - frame.width() / 2 - size.width());
    const int bottom = std::max(top, screen.bottom() + 1 - frame.width() / 2 - size.height());
    return {QPoint(std::clamp(wanted.left(), left, right), std::clamp(wanted.top(), top, bottom)), size};
}

}  // namespace mnerva::ui
