#include "ui/pages/tag/entity_list.h"

#include <QContextMenuEvent>
#include <QPainter>
#include <algorithm>

#include "core/project/project.h"
#include "ui/base/bidi.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/canvas_layout.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kRowSide = 12, kCellGap = 8, kChipSide = 6;
constexpr int kSlack = 4;  // what a painter may need more than its metrics say
constexpr int kMostLabel = 96, kMostSource = 110;

/// Column widths of one row; what has no room goes from the right.
struct Columns {
    QRect span, label, confidence, box, source;
};

Columns columnsOf(const QRect& row, int labelWidth) {
    Columns at;
    QRect room = row.adjusted(kRowSide, 0, -kRowSide, 0);
    const auto take = [&room](int width, int least) {
        if (room.width() - width - kCellGap < least) return QRect();
        const QRect taken(room.right() - width + 1, room.top(), width, room.height());
        room.setRight(taken.left() - kCellGap - 1);
        return taken;
    };
    at.source = take(std::min(kMostSource, row.width() / 4), 150);
    at.box = take(48, 200);
    at.confidence = take(32, 120);
    at.label = take(labelWidth, 60);
    at.span = room;
    return at;
}

}  // namespace

bool EntityListModel::Row::operator==(const Row& other) const {
    return mark.kind == other.mark.kind && mark.entity.sameAs(other.mark.entity) && span == other.span &&
           confidence == other.confidence && box == other.box && source == other.source;
}

EntityListModel::EntityListModel(const TagHost& host, QObject* parent) : QAbstractListModel(parent), m_host(host) {}

int EntityListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

std::vector<EntityListModel::Row> EntityListModel::rowsOfPost() const {
    std::vector<Row> rows;
    if (!m_host.hasPost()) return rows;
    const ProjectSession& session = m_host.session();
    const project::PostView& view = session.view();
    const auto inGold = [&](const Entity& entity) {
        return !session.isBlind() &&
               std::any_of(view.gold.begin(), view.gold.end(), [&](const Entity& e) { return e.sameAs(entity); });
    };
    const QString hand = session.editedLayer().isEmpty() ? tr("by hand") : session.editedLayer();
    const auto add = [&](TagFocus::Kind kind, const Entity& entity) {
        Row row;
        row.mark = {kind, entity};
        row.span = isolated(coveredText(view.post, entity.first, entity.last).simplified());
        for (const RegionLink& link : view.regions.links) {
            if (!link.entity.sameAs(entity)) continue;
            const auto& boxes = view.regions.regions;
            const auto at =
                std::find_if(boxes.begin(), boxes.end(), [&](const Region& r) { return r.id == link.region; });
            if (at != boxes.end()) row.box = tr("box %1").arg(at - boxes.begin() + 1);
        }
        const bool suggested = kind == TagFocus::Kind::Suggestion;
        if (suggested) row.confidence = entity.confidence;
        row.source = suggested ? session.suggestionLayer() : inGold(entity) ? tr("gold") : hand;
        rows.push_back(std::move(row));
    };
    for (const Entity& entity : m_host.editor().state().entities) add(TagFocus::Kind::Entity, entity);
    for (const Entity& entity : m_host.editor().pending()) add(TagFocus::Kind::Suggestion, entity);
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::pair(a.mark.entity.first, a.mark.entity.last) < std::pair(b.mark.entity.first, b.mark.entity.last);
    });
    return rows;
}

bool EntityListModel::refresh() {
    std::vector<Row> now = rowsOfPost();
    if (now == m_rows) return false;
    beginResetModel();
    m_rows = std::move(now);
    endResetModel();
    return true;
}

int EntityListModel::rowOf(const TagFocus& mark) const {
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) {
        return row.mark.kind == mark.kind && row.mark.entity.sameAs(mark.entity);
    });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

QVariant EntityListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const QString type = fromUtf8(row.mark.entity.type);
    const QString sure = row.confidence ? confidenceText(*row.confidence) : QString();
    switch (role) {
        case Qt::DisplayRole:
        case SpanRole:
            return row.span;
        case TypeRole:
            return type;
        case ConfidenceRole:
            return sure;
        case BoxRole:
            return row.box;
        case SourceRole:
            return row.source;
        case SuggestionRole:
            return row.mark.isSuggestion();
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: {
            QStringList parts{row.span, type};
            for (const QString& part : {sure, row.box, row.source})
                if (!part.isEmpty()) parts << part;
            return parts.join(QStringLiteral(" · "));
        }
        default:
            return {};
    }
}

QSize EntityDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {120, kRowHeight};
}

void EntityDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect row = option.rect;
    const bool chosen = option.state & QStyle::State_Selected;
    if (chosen) {
        painter->fillRect(row, Theme::color(Theme::Role::AccentSurface));
        painter->fillRect(QRect(row.left(), row.top(), 2, row.height()), Theme::color(Theme::Role::Accent));
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(row, Theme::color(Theme::Role::Hover));
    }
    const QString type = index.data(EntityListModel::TypeRole).toString();
    const QFontMetrics small(Theme::secondaryFont());
    int labelWidth = 0;  // one left edge for all labels of the project
    for (const std::string& name : m_host.session().labels().types)
        labelWidth = std::max(labelWidth, small.horizontalAdvance(fromUtf8(name)));
    labelWidth = std::min(std::max(labelWidth, small.horizontalAdvance(type)) + 2 * kChipSide + kSlack, kMostLabel);
    const Columns at = columnsOf(row, labelWidth);
    const auto write = [&](const QRect& place, const QString& text, Qt::Alignment align) {
        if (place.isEmpty() || text.isEmpty()) return;
        painter->drawText(place, align | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    painter->setFont(Theme::bodyFont());
    painter->setPen(Theme::color(Theme::Role::Text));
    write(at.span, index.data(EntityListModel::SpanRole).toString(), Qt::AlignLeft);
    const QColor colour = Theme::labelColor(type.toStdString(), m_host.session().labels());
    const bool suggested = index.data(EntityListModel::SuggestionRole).toBool();
    if (!at.label.isEmpty()) {
        const QRectF chip = QRectF(at.label).adjusted(0.5, 4.5, -0.5, -4.5);
        painter->setPen(suggested ? QPen(colour, 1, Qt::DashLine) : QPen(Qt::NoPen));
        painter->setBrush(suggested ? QBrush(Qt::NoBrush) : QBrush(Theme::tint(colour)));
        painter->drawRoundedRect(chip, 4, 4);
        painter->setFont(Theme::secondaryFont());
        painter->setPen(Theme::ink(colour));
        write(at.label.adjusted(kChipSide, 0, -kChipSide, 0), type, Qt::AlignLeft);
    }
    painter->setFont(Theme::secondaryFont());
    painter->setPen(Theme::color(chosen ? Theme::Role::Text : Theme::Role::SecondaryText));
    write(at.confidence, index.data(EntityListModel::ConfidenceRole).toString(), Qt::AlignRight);
    write(at.box, index.data(EntityListModel::BoxRole).toString(), Qt::AlignLeft);
    write(at.source, index.data(EntityListModel::SourceRole).toString(), Qt::AlignLeft);
    painter->restore();
}

EntityList::EntityList(TagHost& host, QWidget* parent)
    : QListView(parent), m_host(host), m_model(new EntityListModel(host, this)) {
    setObjectName(QStringLiteral("entityList"));
    setModel(m_model);
    setItemDelegate(new EntityDelegate(host, this));
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    for (const auto signal : {&TagHost::changed, &TagHost::postChanged})
        connect(&host, signal, this, &EntityList::refresh);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (m_following || !now.isValid()) return;
        const TagFocus mark = m_model->row(now.row()).mark;
        m_host.focusOn(mark);
    });
    // Again on the one that is current already: the caret may have left it meanwhile.
    connect(this, &QListView::clicked, this, [this](const QModelIndex& at) {
        const TagFocus mark = m_model->row(at.row()).mark;
        m_host.focusOn(mark);
        Q_EMIT clickedRow();
    });
    retranslate();
    refresh();
}

void EntityList::retranslate() {
    setAccessibleName(tr("Entities of the post"));
    refresh();
    viewport()->update();
}

void EntityList::refresh() {
    m_following = true;
    m_model->refresh();
    follow();
    m_following = false;
}

void EntityList::follow() {
    const int row = m_model->rowOf(m_host.editor().focus());
    if (row < 0) {
        if (!selectionModel()->hasSelection()) return;
        selectionModel()->clear();
        return;
    }
    const QModelIndex at = m_model->index(row);
    if (currentIndex() == at && selectionModel()->isSelected(at)) return;
    selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect);
    scrollTo(at);
}

void EntityList::contextMenuEvent(QContextMenuEvent* event) {
    const QModelIndex at = indexAt(event->pos());
    if (!at.isValid()) return;
    const TagFocus mark = m_model->row(at.row()).mark;
    m_host.focusOn(mark);
    Q_EMIT menuWanted(event->globalPos());
}

void EntityList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0 || !m_host.hasPost()) return;
    QPainter painter(viewport());
    painter.setFont(Theme::secondaryFont());
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    painter.drawText(
        viewport()->rect().adjusted(kRowSide, 8, -kRowSide, -8), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
        tr("Nothing is tagged in this post yet. Select words, then press the key of a label or click it."));
}

}  // namespace mnerva::ui
