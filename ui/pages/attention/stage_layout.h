#pragma once

#include <QRect>
#include <QSize>

namespace mnerva::ui {

/// Where photos and the panel beside them stand on the attention page (look.md, Attention). Pure.
struct StageLayout {
    QRect first, second;    ///< of the picture views, with their edge labels and legends
    QRect panel;            ///< empty: the drawer is shut
    bool isDrawer = false;  ///< the panel lies over what is under it

    /// Side of the square that a photo is fitted into.
    int photoSide() const;
};

enum class StageMode { One, Compare };

/// `size` is all that is left under the lanes. The photo is as large as the table of look.md says, or as high as there
/// is room; comparing, two photos of one size, and the panel a drawer over the second.
StageLayout layStage(const QSize& size, StageMode mode, bool isDrawerOpen);

}  // namespace mnerva::ui
