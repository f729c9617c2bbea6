#pragma once

#include <QRect>
#include <QSize>

namespace mnerva::ui {

/// Where a window stands that is not to reach out of a screen: as asked for where that fits, else moved, else made
/// smaller. `frame` is what its frame adds (title bar below, borders left and right).
QRect placeWithin(const QRect& wanted, const QRect& screen, const QSize& frame);

}  // namespace mnerva::ui
