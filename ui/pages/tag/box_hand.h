#pragma once

#include <QObject>
#include <QPointF>
#include <QPointer>
#include <optional>

#include "core/project/box_editing.h"
#include "ui/pages/tag/tag_editor.h"

class QKeyEvent;
class QLineEdit;
class QMouseEvent;

namespace mnerva::ui {

class PicturePanel;
class PictureView;
class TagHost;

/// Boxes in the photo of the tagging page by mouse and keys: drawn, chosen, moved, resized, named, deleted, linked, and
/// the box of an entity that G proposes (annotation.md 5.2). What is in hand is shown dashed and is kept by the release
/// of the button or by Enter, as one step; whatever takes the picture or the post away takes it out of the hand.
class BoxHand : public QObject {
    Q_OBJECT
public:
    BoxHand(TagHost& host, PicturePanel& panel, QObject* parent = nullptr);

    /// Proposes a box for the entity under the caret, or says why not.
    void ground();
    /// The same around a point of the photo, or a link to the box that is there: an entity was dragged to it.
    void groundAt(const Entity& entity, const QPointF& point);
    /// Something is in hand that Enter would keep.
    bool hasDraft() const { return m_draft.has_value(); }
    std::optional<project::BoxPlace> draftPlace() const;
    RegionId chosen() const { return m_chosen; }
    /// Another post, picture or state: what is in hand and chosen stays where it still can.
    void letGo();
    void stateChanged();

Q_SIGNALS:
    void left();  ///< the keys go back to the text
    void hovered(mnerva::RegionId box);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Edge { kLeft = 1, kTop = 2, kRight = 4, kBottom = 8, kInside = 16, kNew = 32 };
    /// A place in hand: of a box that is there, or a new one; of an entity, or nobody's.
    struct Draft {
        project::BoxPlace place;
        RegionId box;
        std::optional<Entity> entity;
        bool isForEnter = false;  ///< begun by keys: the release of the button does not keep it
    };

    bool mousePressed(QMouseEvent* event);
    bool mouseMoved(QMouseEvent* event);
    bool mouseReleased(QMouseEvent* event);
    bool keyPressed(QKeyEvent* event);
    bool isMine(const QKeyEvent* event) const;
    bool moveByKey(const QKeyEvent* event);
    void showMenu(const QPoint& at);
    void nameChosen();
    void keepName();
    void removeChosen();
    bool chooseNext(int direction);
    void choose(RegionId box);
    void keep();
    void drop();
    void startGrounding(const Entity& entity, const project::BoxPlace& place, RegionId box);
    project::BoxPlace proposal(const Entity& entity) const;
    QString whyNot() const;
    void showDraft();
    void updateCursor(const QPointF& point);
    int edgesAt(const QPointF& point) const;
    const Region* own(RegionId box) const;
    const Region* seen(RegionId box) const;
    RegionId boxAtPoint(const QPointF& point) const;
    std::optional<project::BoxPlace> placeInHand() const;
    project::PictureSize size() const;
    QString wordsOf(const Entity& entity) const;
    void refuse(const QString& text);

    TagHost& m_host;
    PicturePanel& m_panel;
    PictureView& m_view;
    std::optional<Draft> m_draft;
    RegionId m_chosen, m_hovered;
    int m_edges = 0;  ///< what the button holds; 0: nothing
    bool m_isDragged = false, m_groundsWhenItComes = false;
    QPointF m_pressed;  ///< of the widget
    project::BoxPlace m_start;
    QPointer<QLineEdit> m_name;
};

}  // namespace mnerva::ui
