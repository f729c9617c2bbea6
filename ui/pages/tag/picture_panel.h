#pragma once

#include <QAction>
#include <QPointer>
#include <QWidget>
#include <vector>

#include "core/project/project.h"

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

/// The photo's pane: the post's picture under its grid, switches, and its crops.
class PicturePanel : public QWidget {
    Q_OBJECT
public:
    explicit PicturePanel(const ActionRegistry& actions, QWidget* parent = nullptr);
    void setPost(const project::PostView& view);
    /// Other boxes for the post that is shown; everything else stays.
    void setRegions(const PostRegions& regions);
    /// Offered while a picture has no boxes. The panel does not own it.
    void setFindAction(QAction* action);
    void clear();
    PictureView* picture() const { return m_view; }
    void retranslate();
    /// Shows or hides the boxes in the picture, and remembers that.
    void toggleBoxes();
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
    void aspectChanged();

private:
    void showImage(int index);
    void describe();
    void showBoxes();
    std::vector<project::PostImage> m_images;
    Post m_post;
    PostRegions m_regions;
    int m_index = 0;
    PictureView* m_view;
    QToolButton *m_grid, *m_boxes, *m_heat, *m_find, *m_previous, *m_next;
    QPointer<QAction> m_findAction;
    QLabel *m_name, *m_cropTitle;
    CropStrip* m_crops;
};

}  // namespace mnerva::ui
