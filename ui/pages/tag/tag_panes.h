#pragma once

#include <QWidget>

#include "ui/pages/tag/pane_layout.h"

namespace mnerva::ui {

class TagCanvas;

/// A line between two parts of a page that can be dragged, with a grip that says so. A double click gives the place
/// back to the rules.
class PaneGrip : public QWidget {
    Q_OBJECT
public:
    /// `across`: the line stands upright and is dragged to the sides.
    explicit PaneGrip(bool across, QWidget* parent = nullptr);

Q_SIGNALS:
    void dragStarted();
    void dragged(int pixels);  ///< since dragStarted()
    void given();              ///< double click

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    bool m_across, m_down = false;
    QPointF m_from;
};

/// Text, entity list and photo at the places of pane_layout.h. What a person drags is remembered for each kind of
/// arrangement.
class TagPanes : public QWidget {
    Q_OBJECT
public:
    TagPanes(TagCanvas& canvas, QWidget& entities, QWidget& picture, QWidget* parent = nullptr);

    /// Whether the project has pictures: without them there is no pane for the photo.
    void setHasPictures(bool has);
    bool hasPictures() const { return m_needs.hasPictures; }
    /// Width / height of the photo; 0: not known.
    void setAspect(double aspect);
    void setNarrow(bool narrow);
    const PaneLayout& places() const { return m_places; }
    QSize minimumSizeHint() const override { return {280, 200}; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void place();
    void drag(bool side, int pixels);
    void recall();

    TagCanvas& m_canvas;
    QWidget &m_entities, &m_picture;
    PaneGrip *m_textGrip, *m_sideGrip;
    PaneNeeds m_needs;
    PaneLayout m_places;
    PaneKind m_recalled = PaneKind::TextOnly;
    int m_dragFrom = 0;
    bool m_arranging = false, m_again = false, m_hasRecalled = false;
};

}  // namespace mnerva::ui
