#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/project/box_proposal.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/box_hand.h"
#include "ui/pages/tag/picture_panel.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

constexpr qreal kReach = 6;      // pixels around an edge that take hold of it
constexpr int kMostInMenu = 12;  // entities

}  // namespace

// --- mouse ----------------------------------------------------------------------------------------------------------

int BoxHand::edgesAt(const QPointF& point) const {
    const auto place = placeInHand();
    if (!place || !m_host.acceptsEdits()) return 0;
    const QRectF rect = m_view.fromFile(QRectF(QPointF(place->left, place->top), QPointF(place->right, place->bottom)));
    if (!rect.adjusted(-kReach, -kReach, kReach, kReach).contains(point)) return 0;
    int edges = 0;
    if (std::abs(point.x() - rect.left()) <= kReach)
        edges |= kLeft;
    else if (std::abs(point.x() - rect.right()) <= kReach)
        edges |= kRight;
    if (std::abs(point.y() - rect.top()) <= kReach)
        edges |= kTop;
    else if (std::abs(point.y() - rect.bottom()) <= kReach)
        edges |= kBottom;
    return edges != 0 ? edges : kInside;
}

void BoxHand::updateCursor(const QPointF& point) {
    const int edges = edgesAt(point);
    const bool isFalling = edges == (kLeft | kTop) || edges == (kRight | kBottom);
    const bool isRising = edges == (kLeft | kBottom) || edges == (kRight | kTop);
    if (isFalling || isRising)
        m_view.setCursor(isFalling ? Qt::SizeFDiagCursor : Qt::SizeBDiagCursor);
    else if (edges & (kLeft | kRight))
        m_view.setCursor(Qt::SizeHorCursor);
    else if (edges & (kTop | kBottom))
        m_view.setCursor(Qt::SizeVerCursor);
    else if (edges == kInside)
        m_view.setCursor(Qt::SizeAllCursor);
    else if (m_panel.isDrawing())
        m_view.setCursor(Qt::CrossCursor);
    else if (m_view.zoom() > 1)
        m_view.setCursor(Qt::OpenHandCursor);
    else
        m_view.unsetCursor();
}

bool BoxHand::mousePressed(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_view.hasPicture() || !m_host.hasPost()) return false;
    const QPointF point = event->position();
    m_pressed = point;
    m_isDragged = false;
    m_edges = edgesAt(point);
    const bool draws = m_panel.isDrawing() || event->modifiers() & Qt::ShiftModifier;
    if (m_edges == 0 && draws && m_view.pictureRect().contains(point)) {
        if (const QString reason = whyNot(); !reason.isEmpty()) {
            refuse(reason);
            return true;
        }
        m_edges = kNew;
        const QPointF at = m_view.toFile(point);
        m_start = {m_panel.shownImage(), at.x(), at.y(), at.x(), at.y()};
        return true;
    }
    if (m_edges == 0) {
        if (m_draft) return false;  // what keys hold stays; the photo may be moved under it
        const RegionId box = boxAtPoint(point);
        choose(box);
        if (!box.isValid()) return false;
        m_view.setFocus(Qt::MouseFocusReason);
        m_edges = edgesAt(point);
        if (m_edges == 0) return true;  // of a file or a detector: chosen, and stays where it is
    }
    if (const auto place = placeInHand()) m_start = *place;
    return true;
}

bool BoxHand::mouseMoved(QMouseEvent* event) {
    const QPointF point = event->position();
    if (!(event->buttons() & Qt::LeftButton) || m_edges == 0) {
        if (event->buttons() == Qt::NoButton) updateCursor(point);
        const RegionId box = boxAtPoint(point);
        if (box != m_hovered) {
            m_hovered = box;
            Q_EMIT hovered(box);
        }
        return false;
    }
    if (!m_isDragged && (point - m_pressed).manhattanLength() < QApplication::startDragDistance()) return true;
    m_isDragged = true;
    const QPointF to = m_view.toFile(point), from = m_view.toFile(m_pressed);
    const project::PictureSize whole = size();
    const double x = std::clamp<double>(to.x(), 0, whole.width), y = std::clamp<double>(to.y(), 0, whole.height);
    project::BoxPlace place = m_start;
    if (m_edges == kInside) {
        place = project::movedBy(m_start, to.x() - from.x(), to.y() - from.y(), whole);
    } else if (m_edges == kNew) {
        place.right = x;
        place.bottom = y;
    } else {
        if (m_edges & kLeft) place.left = x;
        if (m_edges & kRight) place.right = x;
        if (m_edges & kTop) place.top = y;
        if (m_edges & kBottom) place.bottom = y;
    }
    if (!m_draft) {
        m_draft = Draft{place, m_edges == kNew ? RegionId{} : m_chosen, {}, false};
        const TagFocus focus = m_host.editor().focus();
        if (m_edges == kNew && focus.isEntity()) m_draft->entity = focus.entity;
    }
    m_draft->place = place;
    showDraft();
    return true;
}

bool BoxHand::mouseReleased(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_edges == 0) return false;
    const bool wasNew = m_edges == kNew;
    m_edges = 0;
    if (!m_isDragged) {
        if (wasNew) choose(boxAtPoint(event->position()));  // a click is no box
        return true;
    }
    if (!m_draft) return true;  // it was taken away meanwhile
    project::BoxPlace& at = m_draft->place;
    if (at.left > at.right) std::swap(at.left, at.right);
    if (at.top > at.bottom) std::swap(at.top, at.bottom);
    if (m_draft->isForEnter) return true;
    keep();
    m_view.setFocus(Qt::MouseFocusReason);
    return true;
}

// --- names and menu -------------------------------------------------------------------------------------------------

void BoxHand::nameChosen() {
    const Region* box = seen(m_chosen);
    if (!box) return;
    if (!own(m_chosen)) {
        m_host.apply(project::nameBox(m_host.editor().state(), m_chosen, {}));  // says why not
        return;
    }
    if (m_name) m_name->deleteLater();
    m_name = new QLineEdit(fromUtf8(box->label), &m_view);
    m_name->setObjectName(QStringLiteral("boxName"));
    m_name->setAccessibleName(tr("Name of the box"));
    m_name->setPlaceholderText(tr("Name"));
    m_name->setMaxLength(200);
    m_name->setFont(Theme::secondaryFont());
    const QRectF place = m_view.fromFile(QRectF(box->left, box->top, box->width, box->height));
    const int wide = std::min(200, m_view.width());
    m_name->setGeometry(std::clamp(static_cast<int>(place.left()), 0, m_view.width() - wide),
                        std::clamp(static_cast<int>(place.top()), 0, std::max(0, m_view.height() - 28)), wide, 28);
    m_name->installEventFilter(this);
    connect(m_name, &QLineEdit::editingFinished, this, &BoxHand::keepName);
    m_name->show();
    m_name->selectAll();
    m_name->setFocus();
}

void BoxHand::keepName() {
    if (!m_name) return;
    const QString name = m_name->text().simplified();
    QLineEdit* field = m_name;
    const bool hasKeys = field->hasFocus();  // else they were taken elsewhere, and stay there
    m_name.clear();
    field->deleteLater();
    m_host.apply(project::nameBox(m_host.editor().state(), m_chosen, toUtf8(name)));
    if (hasKeys) m_view.setFocus();
}

void BoxHand::showMenu(const QPoint& at) {
    if (!m_host.hasPost() || m_draft) return;
    choose(boxAtPoint(m_view.mapFromGlobal(at)));
    auto* menu = new QMenu(&m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("boxMenu"));
    const auto add = [&](const QString& text, const std::function<void()>& run) {
        QAction* action = menu->addAction(text);
        action->setEnabled(m_host.acceptsEdits());
        connect(action, &QAction::triggered, this, run);
        return action;
    };
    const RegionId chosen = m_chosen;
    if (const Region* box = seen(chosen)) {
        const Region target = *box;
        const auto& view = m_host.session().view();
        int listed = 0;
        for (const Entity& entity : view.state.entities) {
            if (++listed > kMostInMenu) break;
            const RegionLink link{entity, target.id};
            const auto& links = m_panel.regions().links;
            const bool isLinked = std::find(links.begin(), links.end(), link) != links.end();
            const QString name = withoutMnemonic(QStringLiteral("%1 (%2)").arg(wordsOf(entity), fromUtf8(entity.type)));
            add((isLinked ? tr("Take the link to %1 away") : tr("Link to %1")).arg(name),
                [this, entity, target, isLinked] {
                    const PostState& state = m_host.editor().state();
                    m_host.apply(isLinked ? project::unlinkBox(state, entity, target.id)
                                          : project::linkBox(state, entity, target, newRegionId()));
                });
        }
        if (listed > 0) menu->addSeparator();
        add(tr("Name…") + QStringLiteral("\tF2"), [this] { nameChosen(); });
        add(tr("Delete the box") + QStringLiteral("\tDel"), [this] { removeChosen(); });
        menu->addSeparator();
    }
    const QString draw = QStringLiteral("tag.draw");
    add(m_host.actions().text(draw) + QLatin1Char('\t') + m_host.actions().key(draw).toString(QKeySequence::NativeText),
        [this, draw] { m_host.run(draw); });
    menu->popup(at);
}

}  // namespace mnerva::ui
