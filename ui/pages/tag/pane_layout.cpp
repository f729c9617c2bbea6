#include "ui/pages/tag/pane_layout.h"

#include <algorithm>

namespace mnerva::ui {
namespace {

constexpr int kEntities = 314, kEntitiesAlone = 300, kLeastEntities = 180;
constexpr int kLeastText = 280, kLeastPicture = 160, kLeastHeight = 72;
constexpr int kEntityRows = 120;  // of the list where it stands under the text
constexpr int kWide = 1400;       // room from which the photo always stands beside the text
constexpr int kTextMargins = 16;  // over the first and under the last line
constexpr double kUnknownAspect = 4.0 / 3;
constexpr int kThumbnails = 56, kListAlone = 200;

/// Like std::clamp, with the lower end first to give way.
int within(int value, int least, int most) {
    return std::max(0, std::min(std::max(value, least), most));
}

double photoArea(const QSize& pane, double aspect) {
    const double width = std::max(0, pane.width() - kPictureFrame.width());
    const double height = std::max(0, pane.height() - kPictureFrame.height());
    const double fitted = std::min(width, height * aspect);
    return fitted * fitted / aspect;
}

int besideText(int room) {
    // 560 of 976, 610 of 1,120, 760 of 1,550.
    return within(560 + (room - 976) * 7 / 20, kLeastText, std::min(kMostText, room - kGripWidth - kLeastPicture));
}

int aboveHeight(const PaneNeeds& needs) {
    const int most = std::min(4 * needs.linePitch + kTextMargins, needs.room.height() * 9 / 20);
    return within(needs.textHeight, 2 * needs.linePitch, most);
}

/// Text over list, the grip between them; the text as high as it needs.
void stack(PaneLayout& places, const PaneNeeds& needs, int width, int wanted) {
    const int height = needs.room.height();
    const int most = std::max(height - kGripWidth - kLeastHeight, height / 2);
    const int text = within(wanted, std::min(needs.linePitch, most), most);
    places.text = QRect(0, 0, width, text);
    places.textGrip = QRect(0, text, width, kGripWidth);
    places.entities = QRect(0, text + kGripWidth, width, std::max(0, height - text - kGripWidth));
}

PaneLayout textOnly(const PaneNeeds& needs) {
    PaneLayout places;
    const QSize room = needs.room;
    if (room.width() < kLeastText + kEntitiesAlone) {
        stack(places, needs, room.width(), needs.text.value_or(room.height() - kGripWidth - kEntityRows));
        return places;
    }
    const int most = room.width() - kGripWidth - kLeastText;
    const int least = room.width() - kGripWidth - kMostText;
    const int side = within(needs.side.value_or(kEntitiesAlone), std::max(least, kLeastEntities), most);
    const int text = room.width() - kGripWidth - side;
    places.text = QRect(0, 0, text, room.height());
    places.sideGrip = QRect(text, 0, kGripWidth, room.height());
    places.entities = QRect(text + kGripWidth, 0, side, room.height());
    return places;
}

PaneLayout above(const PaneNeeds& needs, double aspect) {
    PaneLayout places;
    places.kind = PaneKind::Above;
    const QSize room = needs.room;
    int top = needs.text ? within(*needs.text, needs.linePitch, room.height() - kGripWidth - kLeastHeight)
                         : aboveHeight(needs);
    places.text = QRect(0, 0, room.width(), top);
    places.textGrip = QRect(0, top, room.width(), kGripWidth);
    top += kGripWidth;
    const int height = std::max(0, room.height() - top);
    if (room.width() < kLeastPicture + kEntities + kGripWidth) {  // no room side by side
        const int rows = std::min(kEntityRows, height / 3);
        places.entities = QRect(0, top, room.width(), rows);
        places.picture = QRect(0, top + rows, room.width(), height - rows);
        return places;
    }
    // The photo as wide as its height lets it be; the list has the rest.
    const int needed = static_cast<int>((height - kPictureFrame.height()) * aspect) + kPictureFrame.width();
    const int most = room.width() - kGripWidth - (needs.side ? kLeastEntities : kEntities);
    const int wanted = needs.side ? room.width() - kGripWidth - *needs.side : needed;
    const int picture = within(wanted, kLeastPicture, most);
    places.picture = QRect(0, top, picture, height);
    places.sideGrip = QRect(picture, top, kGripWidth, height);
    places.entities = QRect(picture + kGripWidth, top, room.width() - picture - kGripWidth, height);
    return places;
}

PaneLayout beside(const PaneNeeds& needs) {
    PaneLayout places;
    places.kind = PaneKind::Beside;
    const QSize room = needs.room;
    const int text = needs.side ? within(room.width() - kGripWidth - *needs.side, kLeastText,
                                         std::min(kMostText, room.width() - kGripWidth - kLeastPicture))
                                : besideText(room.width());
    stack(places, needs, text, needs.text.value_or(needs.textHeight));
    places.sideGrip = QRect(text, 0, kGripWidth, room.height());
    places.picture = QRect(text + kGripWidth, 0, std::max(0, room.width() - text - kGripWidth), room.height());
    return places;
}

}  // namespace

PaneLayout layoutPanes(const PaneNeeds& needs) {
    if (!needs.hasPictures) return textOnly(needs);
    const double aspect = needs.aspect > 0 ? needs.aspect : kUnknownAspect;
    if (needs.isNarrow) return above(needs, aspect);
    if (needs.room.width() >= kWide) return beside(needs);
    // Where the photo is larger, of a post of two lines: words alone do not turn the page around.
    PaneNeeds usual = needs;
    usual.textHeight = 2 * needs.linePitch;
    usual.text.reset();
    usual.side.reset();
    const bool tall =
        photoArea(beside(usual).picture.size(), aspect) > photoArea(above(usual, aspect).picture.size(), aspect);
    return tall ? beside(needs) : above(needs, aspect);
}

int listWidth(int windowWidth, bool hasPictures) {
    if (windowWidth < kNarrowWindow) return hasPictures ? kThumbnails : kListAlone;
    if (windowWidth <= 1440) return std::max(kListAlone, 232 + (windowWidth - 1280) / 10);
    return std::min(300, 248 + (windowWidth - 1440) * 52 / 480);
}

}  // namespace mnerva::ui
