#pragma once

#include <QRect>
#include <QSize>
#include <optional>

namespace mnerva::ui {

/// How text, entity list and photo stand together (look.md, "Tag").
enum class PaneKind {
    TextOnly,  ///< a project without pictures: the text, the list beside it
    Above,     ///< the text over the whole width, below it a landscape photo and the list
    Beside,    ///< the text with the list under it, a portrait photo (in a wide window any) beside them
};

/// What the places depend on. Sizes are device-independent pixels.
struct PaneNeeds {
    QSize room;                ///< for all three
    bool hasPictures = false;  ///< the project has some
    double aspect = 0;         ///< width / height of the photo; 0: not known, taken as 4:3
    bool isNarrow = false;     ///< the window is: everything is stacked
    int textHeight = 0;        ///< that shows the whole post
    int linePitch = 66;
    /// Dragged by the grips, in place of what the rules give: width or height of the text, width of what is beside.
    std::optional<int> text, side;
};

struct PaneLayout {
    PaneKind kind = PaneKind::TextOnly;
    QRect text, entities, picture;
    QRect textGrip;  ///< under the text, drags its height; null: none
    QRect sideGrip;  ///< drags what stands side by side; null: none
    bool operator==(const PaneLayout&) const = default;
};

/// The text column is at most this wide where the photo stands beside it.
constexpr int kMostText = 760;
constexpr int kGripWidth = 9;
/// What the photo's pane has around the photo.
constexpr QSize kPictureFrame{24, 48};

/// Pure: the same needs give the same places, which never reach out of the room.
PaneLayout layoutPanes(const PaneNeeds& needs);

/// Width of the list of posts in a window of this width.
int listWidth(int windowWidth, bool hasPictures);
/// The list has thumbnails alone, and what follows is stacked.
constexpr int kNarrowWindow = 1100;

}  // namespace mnerva::ui
