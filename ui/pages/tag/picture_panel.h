#pragma once

#include <QAction>
#include <QPointer>
#include <QWidget>
#include <optional>
#include <vector>

#include "core/domain/label_set.h"
#include "core/project/project.h"
#include "ui/session/picture_boxes.h"

class QLabel;
class QToolButton;

namespace mnerva::ui {

class ActionRegistry;
class PictureView;

/// Small square pictures side by side, as many as fit; the rest as "+3".
class CropStrip : public QWidget {
    Q_OBJECT
public:
    explicit CropStrip(QWidget* parent = nullptr);
    void setCrops(const std::vector<project::PostImage>& crops);
    QSize sizeHint() const override { return {200, kSide}; }
    static constexpr int kSide = 56;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<project::PostImage> m_crops;
};

/// The pictures of a post side by side, where it has several: a click shows one.
class PictureStrip : public QWidget {
    Q_OBJECT
public:
    explicit PictureStrip(QWidget* parent = nullptr);
    void setPictures(const std::vector<project::PostImage>& pictures);
    void setShown(int index);
    /// Where a picture is, empty where there is no room for it.
    QRect placeOf(int index) const;
    QSize sizeHint() const override { return {200, kSide + 4}; }
    static constexpr int kSide = 48;

Q_SIGNALS:
    void clicked(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    std::vector<project::PostImage> m_pictures;
    int m_shown = 0;
};

/// The photo's pane: the post's picture under its grid, switches, and its crops.
class PicturePanel : public QWidget {
    Q_OBJECT
public:
    explicit PicturePanel(const ActionRegistry& actions, QWidget* parent = nullptr);
    void setPost(const project::PostView& view);
    /// Other boxes for the post that is shown; everything else stays.
    void setRegions(const PostRegions& regions);
    /// With these the boxes of entities have their colours.
    void setLabels(const LabelSet& labels);
    /// The box with handles, and one that is in hand and not kept yet; it takes the place of the box of its id.
    void setChosen(RegionId box);
    void setDraft(std::optional<PictureBox> draft);
    /// Offered while a picture has no boxes. The panel does not own it.
    void setFindAction(QAction* action);
    void clear();
    PictureView* picture() const { return m_view; }
    void retranslate();
    /// Shows or hides the boxes in the picture, and remembers that.
    void toggleBoxes();
    void showBoxesAgain();
    void setDrawing(bool on);
    bool isDrawing() const;
    /// Another picture of the post; clamped.
    void showImage(int index);
    int imageCount() const { return static_cast<int>(m_images.size()); }
    const PostRegions& regions() const { return m_regions; }
    /// Shows or hides the heat of the word under the caret.
    void toggleHeat();
    bool isHeatShown() const;
    /// Closer, further away, or the whole photo (0).
    void zoom(int steps);
    /// Width / height of the photo that is shown; 0 until it has been decoded once.
    double aspect() const;
    int shownImage() const { return m_index; }

Q_SIGNALS:
    void heatToggled(bool on);
    void imageChanged();
    void drawingToggled(bool on);
    void aspectChanged();

private:
    void describe();
    void showBoxes();
    std::vector<project::PostImage> m_images;
    Post m_post;
    PostRegions m_regions;
    int m_index = 0;
    PictureView* m_view;
    LabelSet m_labels;
    RegionId m_chosen;
    std::optional<PictureBox> m_draft;
    QToolButton *m_grid, *m_boxes, *m_draw, *m_heat, *m_find, *m_previous, *m_next;
    PictureStrip* m_strip;
    QPointer<QAction> m_findAction;
    QLabel *m_name, *m_cropTitle;
    CropStrip* m_crops;
};

}  // namespace mnerva::ui
