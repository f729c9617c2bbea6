#include "ui/pages/tag/box_hand.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <algorithm>
#include <utility>

#include "core/project/attention_view.h"
#include "core/project/box_proposal.h"
#include "core/project/cell_maps.h"
#include "ui/base/bidi.h"
#include "ui/base/text_border.h"
#include "ui/base/word_display.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/picture_panel.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/answer_shelf.h"
#include "ui/session/picture_view.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

bool isMove(int key) {
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

}  // namespace

BoxHand::BoxHand(TagHost& host, PicturePanel& panel, QObject* parent)
    : QObject(parent), m_host(host), m_panel(panel), m_view(*panel.picture()) {
    m_view.installEventFilter(this);
    connect(&host, &TagHost::groundWanted, this, &BoxHand::ground);
    connect(&host, &TagHost::drawWanted, this, [this] {
        if (const QString reason = whyNot(); !reason.isEmpty() && !m_panel.isDrawing()) return refuse(reason);
        m_panel.setDrawing(!m_panel.isDrawing());
    });
    connect(&panel, &PicturePanel::drawingToggled, this, [this](bool on) {
        if (on) m_panel.showBoxesAgain();
        m_view.setCellShown(!on);
        if (on)
            m_view.setCursor(Qt::CrossCursor);
        else
            m_view.unsetCursor();
        m_host.inform(
            on ? tr("Drag on the photo to draw a box; of the entity under the caret, if there is one. Esc ends it.")
               : QString());
    });
    connect(&panel, &PicturePanel::imageChanged, this, &BoxHand::letGo);
    connect(&m_view, &PictureView::pictureCame, this, [this] {
        if (std::exchange(m_groundsWhenItComes, false)) ground();
    });
}

// --- what is there --------------------------------------------------------------------------------------------------

const Region* BoxHand::own(RegionId box) const {
    if (!m_host.hasPost() || !box.isValid()) return nullptr;
    const auto& boxes = m_host.session().view().state.boxes;
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const Region& b) { return b.id == box; });
    return found == boxes.end() ? nullptr : &*found;
}

const Region* BoxHand::seen(RegionId box) const {
    const auto& boxes = m_panel.regions().regions;
    const auto found = std::find_if(boxes.begin(), boxes.end(), [&](const Region& b) { return b.id == box; });
    return found == boxes.end() || found->image != m_panel.shownImage() ? nullptr : &*found;
}

RegionId BoxHand::boxAtPoint(const QPointF& point) const {
    if (!m_view.areBoxesVisible()) return {};
    const int at = boxAt(m_view.boxes(), point, m_view.pictureRect(), m_view.filePixels());
    return at < 0 ? RegionId{} : m_view.boxes()[static_cast<std::size_t>(at)].id;
}

project::PictureSize BoxHand::size() const {
    const QSize pixels = m_view.filePixels();
    return {pixels.width(), pixels.height()};
}

QString BoxHand::wordsOf(const Entity& entity) const {
    return coveredText(m_host.session().view().post, entity.first, entity.last).simplified();
}

std::optional<project::BoxPlace> BoxHand::draftPlace() const {
    return m_draft ? std::optional(m_draft->place) : std::nullopt;
}

std::optional<project::BoxPlace> BoxHand::placeInHand() const {
    if (m_draft) return m_draft->place;
    const Region* box = m_view.areBoxesVisible() ? own(m_chosen) : nullptr;
    return box && box->image == m_panel.shownImage() ? std::optional(project::placeOf(*box)) : std::nullopt;
}

/// Why no box can be drawn now; empty: it can.
QString BoxHand::whyNot() const {
    if (!m_host.hasPost() || !m_host.acceptsEdits()) return tr("Nothing can be changed here now.");
    if (m_host.session().view().images.empty()) return tr("This post has no picture that a box could be in.");
    if (m_view.isWaiting()) return tr("The picture is being read still.");
    if (!m_view.hasPicture()) return tr("The picture of this post cannot be shown, so no box can be drawn in it.");
    return {};
}

void BoxHand::refuse(const QString& text) {
    m_host.refuseWith(text);
}

// --- in hand --------------------------------------------------------------------------------------------------------

void BoxHand::letGo() {
    m_groundsWhenItComes = false;
    m_edges = 0;
    m_chosen = {};
    if (m_name) m_name->deleteLater();
    m_name.clear();
    drop();
    m_panel.setChosen({});
}

void BoxHand::stateChanged() {
    if (!m_host.hasPost()) return letGo();
    const auto& entities = m_host.session().view().state.entities;
    const bool isStale =
        m_draft &&
        ((m_draft->box.isValid() && !own(m_draft->box)) ||
         (m_draft->entity && std::find(entities.begin(), entities.end(), *m_draft->entity) == entities.end()));
    if (isStale) {
        m_edges = 0;
        drop();
    }
    if (m_chosen.isValid() && !seen(m_chosen)) choose({});
}

void BoxHand::drop() {
    const bool had = m_draft && m_draft->isForEnter;
    m_draft.reset();
    m_panel.setDraft(std::nullopt);
    if (had) m_host.inform({});
}

void BoxHand::showDraft() {
    if (!m_draft) return m_panel.setDraft(std::nullopt);
    const project::BoxPlace& at = m_draft->place;
    PictureBox box;
    box.place = QRectF(QPointF(at.left, at.top), QPointF(at.right, at.bottom)).normalized();
    box.id = m_draft->box;
    box.isDraft = true;
    const auto& labels = m_host.session().labels();
    if (m_draft->entity) {
        box.colour = Theme::labelColor(m_draft->entity->type, labels);
        box.label = QStringLiteral("%1 · %2").arg(fromUtf8(m_draft->entity->type), wordsOf(*m_draft->entity));
    }
    m_panel.setDraft(std::move(box));
}

void BoxHand::choose(RegionId box) {
    m_chosen = box;
    m_panel.setChosen(box);
}

/// One step of the history out of what is in hand.
void BoxHand::keep() {
    if (!m_draft) return;
    const Draft draft = *m_draft;
    m_draft.reset();
    m_panel.setDraft(std::nullopt);
    const PostState& state = m_host.editor().state();
    if (draft.box.isValid()) {
        m_host.apply(project::placeBox(state, draft.box, draft.place, size()));
        choose(draft.box);
        return;
    }
    const RegionId id = newRegionId();
    const QString name = draft.entity ? wordsOf(*draft.entity) : QString();
    if (!m_host.apply(project::drawBox(state, draft.place, size(), toUtf8(name.left(100)), id, draft.entity))) return;
    choose(id);
    m_host.inform(draft.entity ? tr("%1 is linked to its box; Ctrl+Z takes it back.").arg(isolated(name))
                               : tr("A box is drawn: F2 names it, Del deletes it, Ctrl+Z takes it back."));
}

// --- G --------------------------------------------------------------------------------------------------------------

project::BoxPlace BoxHand::proposal(const Entity& entity) const {
    const ProjectSession& session = m_host.session();
    const project::PostView& view = session.view();
    const int image = m_panel.shownImage();
    if (image == 0 && !session.isBlind()) {
        AnswerShelf& shelf = m_host.session().answers();
        const project::Answer answer = shelf.find(shelf.lastRun(), view.post.id);
        if (answer) {
            const auto map = project::selectAttention(answer, static_cast<int>(view.post.words.size()),
                                                      project::fittedChoice(*answer, {}));
            const auto cells = project::meanCells(map, {entity.first, entity.last});
            if (const auto place = project::placeOfHeat(cells, image, size())) return *place;
        }
    }
    if (const auto place = project::placeOfFound(view.regions, image, toUtf8(wordsOf(entity)))) return *place;
    return project::placeOfMiddle(image, size());
}

void BoxHand::startGrounding(const Entity& entity, const project::BoxPlace& place, RegionId box) {
    choose({});
    m_panel.setDrawing(false);
    m_panel.showBoxesAgain();
    m_draft = Draft{place, box, entity, true};
    showDraft();
    m_view.setFocus(Qt::OtherFocusReason);
    m_host.inform(tr("Box of %1: arrows move it, Shift+arrows resize it, Enter links it, Esc leaves.")
                      .arg(isolated(wordsOf(entity))));
}

void BoxHand::ground() {
    if (m_draft && m_draft->isForEnter) return;
    const TagFocus focus = m_host.hasPost() ? m_host.editor().focus() : TagFocus{};
    QString reason = whyNot();
    if (reason.isEmpty() && focus.isSuggestion())
        reason = tr("Accept the suggestion first; then its entity can be linked to a box.");
    else if (reason.isEmpty() && !focus.isEntity())
        reason = tr("Put the caret on an entity to link it to a box.");
    m_groundsWhenItComes = m_host.hasPost() && m_view.isWaiting() && focus.isEntity();
    if (!reason.isEmpty()) return m_groundsWhenItComes ? m_host.inform(reason) : refuse(reason);
    const Region* linked = nullptr;
    for (const RegionLink& link : m_panel.regions().links) {
        if (!link.entity.sameAs(focus.entity)) continue;
        for (const Region& region : m_panel.regions().regions)
            if (region.id == link.region && (!linked || region.image == m_panel.shownImage())) linked = &region;
    }
    if (!linked) return startGrounding(focus.entity, proposal(focus.entity), {});
    if (linked->image != m_panel.shownImage() && linked->image < m_panel.imageCount()) {
        const Region there = *linked;
        m_panel.showImage(there.image);
        if (!m_view.hasPicture()) {
            m_groundsWhenItComes = m_view.isWaiting();
            return m_groundsWhenItComes ? m_host.inform(whyNot()) : refuse(whyNot());
        }
        return startGrounding(focus.entity, project::placeOf(there), own(there.id) ? there.id : RegionId{});
    }
    startGrounding(focus.entity, project::placeOf(*linked), own(linked->id) ? linked->id : RegionId{});
}

void BoxHand::groundAt(const Entity& entity, const QPointF& point) {
    if (const QString reason = whyNot(); !reason.isEmpty()) return refuse(reason);
    if (!m_view.pictureRect().contains(point)) return;
    if (const Region* box = seen(boxAtPoint(point))) {
        const Region target = *box;
        const RegionId copy = newRegionId();
        if (m_host.apply(project::linkBox(m_host.editor().state(), entity, target, copy)))
            m_host.inform(tr("%1 is linked to its box; Ctrl+Z takes it back.").arg(isolated(wordsOf(entity))));
        return;
    }
    project::BoxPlace place = project::placeOfMiddle(m_panel.shownImage(), size());
    const QPointF to = m_view.toFile(point);
    place = project::movedBy(place, to.x() - (place.left + place.right) / 2, to.y() - (place.top + place.bottom) / 2,
                             size());
    startGrounding(entity, place, {});
}

// --- keys -----------------------------------------------------------------------------------------------------------

bool BoxHand::isMine(const QKeyEvent* event) const {
    const int key = event->key();
    const bool hasBox = m_draft || m_chosen.isValid();
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
    if (isMove(key)) return m_draft || own(m_chosen);
    if (key == Qt::Key_Escape) return true;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) return m_draft.has_value();
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) return hasBox;
    if (key == Qt::Key_F2) return m_chosen.isValid();
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab) return !m_draft;
    return false;
}

bool BoxHand::moveByKey(const QKeyEvent* event) {
    const auto now = placeInHand();
    if (!now) return false;
    if (!m_draft) {
        if (const QString reason = whyNot(); !reason.isEmpty()) {
            refuse(reason);
            return true;
        }
        m_draft = Draft{*now, m_chosen, {}, true};
        m_host.inform(tr("The box is in hand: arrows move it, Shift+arrows resize it, Enter keeps it, Esc leaves it."));
    }
    const int key = event->key();
    const int right = key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0;
    const int down = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    m_draft->place = event->modifiers() & Qt::ShiftModifier ? project::sizedByCells(*now, right, down, size())
                                                            : project::movedByCells(*now, right, down, size());
    showDraft();
    return true;
}

bool BoxHand::keyPressed(QKeyEvent* event) {
    if (!isMine(event)) return false;
    switch (event->key()) {
        case Qt::Key_Escape:
            if (m_panel.isDrawing()) {
                m_edges = 0;
                drop();
                m_panel.setDrawing(false);
                return true;
            }
            if (m_draft) {
                const bool wasEntitys = m_draft->entity.has_value();
                m_edges = 0;
                drop();
                if (!wasEntitys) return true;  // the box is chosen still
            }
            choose({});
            Q_EMIT left();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: {
            const bool wasEntitys = m_draft->entity.has_value();
            keep();
            if (!wasEntitys) return true;
            choose({});
            Q_EMIT left();
            return true;
        }
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            removeChosen();
            return true;
        case Qt::Key_F2:
            nameChosen();
            return true;
        case Qt::Key_Tab:
            return chooseNext(1);
        case Qt::Key_Backtab:
            return chooseNext(-1);
        default:
            return moveByKey(event);
    }
}

/// From box to box; past the last one the keys go on to the next part of the page.
bool BoxHand::chooseNext(int direction) {
    std::vector<RegionId> boxes;
    for (const Region& region : m_panel.regions().regions)
        if (region.image == m_panel.shownImage()) boxes.push_back(region.id);
    if (direction < 0) std::reverse(boxes.begin(), boxes.end());
    const auto now = std::find(boxes.begin(), boxes.end(), m_chosen);
    const auto next = now == boxes.end() ? boxes.begin() : std::next(now);
    if (next == boxes.end() || !m_view.areBoxesVisible()) {
        choose({});
        return false;
    }
    choose(*next);
    const QString label = fromUtf8(seen(*next)->label);
    m_host.inform(label.isEmpty() ? tr("Box without a name") : tr("Box: %1").arg(isolated(label)));
    return true;
}

void BoxHand::removeChosen() {
    if (m_draft) {
        m_edges = 0;
        return drop();
    }
    if (!m_host.apply(project::removeBox(m_host.editor().state(), m_chosen))) return;
    choose({});
    m_host.inform(tr("The box is deleted; Ctrl+Z takes it back."));
}

bool BoxHand::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_name) {
        if (event->type() != QEvent::KeyPress || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape) return false;
        QLineEdit* field = m_name;
        m_name.clear();  // what was typed is dropped knowingly
        field->deleteLater();
        m_view.setFocus();
        return true;
    }
    switch (event->type()) {
        case QEvent::MouseButtonPress:
            return mousePressed(static_cast<QMouseEvent*>(event));
        case QEvent::MouseMove:
            return mouseMoved(static_cast<QMouseEvent*>(event));
        case QEvent::MouseButtonRelease:
            return mouseReleased(static_cast<QMouseEvent*>(event));
        case QEvent::MouseButtonDblClick:
            return boxAtPoint(static_cast<QMouseEvent*>(event)->position()).isValid() || m_panel.isDrawing() || m_draft;
        case QEvent::ContextMenu:
            showMenu(static_cast<QContextMenuEvent*>(event)->globalPos());
            return true;
        case QEvent::ShortcutOverride:
            if (!isMine(static_cast<QKeyEvent*>(event))) return false;
            event->accept();
            return true;
        case QEvent::KeyPress:
            return keyPressed(static_cast<QKeyEvent*>(event));
        case QEvent::Leave:
            m_hovered = {};
            Q_EMIT hovered({});
            return false;
        default:
            return false;
    }
}

}  // namespace mnerva::ui
