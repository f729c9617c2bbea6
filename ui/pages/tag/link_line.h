#pragma once

#include <QPointF>
#include <QRectF>
#include <QWidget>
#include <optional>

#include "core/domain/region.h"
#include "ui/pages/tag/tag_editor.h"

namespace mnerva::ui {

class BoxHand;
class EntityList;
class PicturePanel;
class TagCanvas;
class TagHost;

/// Lies over text and photo and lets everything through: joins an entity and its boxes by a line while the pointer is
/// over one of them, and an entity of the list with the pointer while it is dragged to the photo.
class LinkLine : public QWidget {
    Q_OBJECT
public:
    LinkLine(TagCanvas& canvas, EntityList& list, PicturePanel& panel, BoxHand& hand, QWidget* parent);
    /// From a word to a box, in its own coordinates; for tests and for what is painted.
    const std::vector<std::pair<QPointF, QPointF>>& lines() const { return m_lines; }
    void clear();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showWord(int word);
    void showBox(RegionId box);
    void join(const Entity& entity, RegionId box);
    void present();
    bool listEvent(QEvent* event);

    TagCanvas& m_canvas;
    EntityList& m_list;
    PicturePanel& m_panel;
    BoxHand& m_hand;
    std::vector<std::pair<QPointF, QPointF>> m_lines;
    std::vector<QColor> m_colours;
    std::optional<Entity> m_dragged;  ///< of the list
    QPointF m_from;
    bool m_isDragging = false;
};

}  // namespace mnerva::ui
