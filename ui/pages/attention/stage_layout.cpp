#include "ui/pages/attention/stage_layout.h"

#include <algorithm>
#include <array>

#include "ui/session/picture_view.h"

namespace mnerva::ui {
namespace {

constexpr int kMargin = 8, kGap = 16, kFoot = 4;
constexpr int kLeastPhoto = 160, kLargePhoto = 480, kLeastPanel = 260;
constexpr double kDrawerShare = 0.45;
constexpr int kWidestDrawer = 620;

struct Size {
    int page = 0, photo = 0;
};
// Width of the page (that of the window without the rail) and the photo's side: the table of look.md.
constexpr std::array<Size, 3> kPhotos{{{1200, 540}, {1360, 640}, {1840, 920}}};

/// On the line through two neighbouring rows of the table, and beyond its ends on the last one.
int photoForWidth(int width) {
    const std::size_t row = width <= kPhotos[1].page ? 0 : 1;
    const Size &a = kPhotos[row], &b = kPhotos[row + 1];
    return a.photo + (width - a.page) * (b.photo - a.photo) / (b.page - a.page);
}

QRect viewAt(int left, int side) {
    return {left, 0, side + PictureView::kEdgeLeft, side + PictureView::kEdgeTop + PictureView::kLegendHeight};
}

}  // namespace

int StageLayout::photoSide() const {
    return first.width() - PictureView::kEdgeLeft;
}

StageLayout layStage(const QSize& size, StageMode mode, bool isDrawerOpen) {
    StageLayout layout;
    const int highest = size.height() - PictureView::kEdgeTop - PictureView::kLegendHeight - kFoot;
    if (mode == StageMode::Compare) {
        const int wide =
            std::clamp(int(kDrawerShare * size.width()), std::min(kLeastPanel, size.width()), kWidestDrawer);
        const auto widestBeside = [&](int drawer) {
            return (size.width() - drawer - 2 * kMargin - kGap) / 2 - PictureView::kEdgeLeft;
        };
        // The drawer stands beside both photos where they stay large, and else in the place of the second one.
        const bool isBeside = isDrawerOpen && widestBeside(wide) >= kLargePhoto;
        const int widest = widestBeside(isBeside ? wide : 0);
        const int side = std::max(kLeastPhoto, std::min(highest, widest));
        const int used = 2 * (side + PictureView::kEdgeLeft) + kGap;
        const int left = std::max(kMargin, (size.width() - (isBeside ? wide : 0) - used) / 2);
        layout.first = viewAt(left, side);
        layout.second = viewAt(layout.first.right() + 1 + kGap, side);
        layout.isDrawer = true;
        if (isDrawerOpen) {
            const int from = isBeside ? size.width() - wide : std::min(size.width() - wide, layout.second.left());
            layout.panel = QRect(from, 0, size.width() - from, size.height());
        }
        return layout;
    }
    const int widest = size.width() - 2 * kMargin - kGap - PictureView::kEdgeLeft - kLeastPanel;
    const int side = std::max(kLeastPhoto, std::min({highest, widest, photoForWidth(size.width())}));
    layout.first = viewAt(kMargin, side);
    const int left = layout.first.right() + 1 + kGap;
    layout.panel = QRect(left, 0, std::max(0, size.width() - kMargin - left), size.height());
    return layout;
}

}  // namespace mnerva::ui
