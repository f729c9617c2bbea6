#include "ui/pages/cases/lanes_view.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QToolTip>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/cases/cases_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kMargin = 16;

}  // namespace

LanesView::LanesView(CasesHost& host, QWidget* parent) : QWidget(parent), m_host(host) {
    setObjectName(QStringLiteral("lanesView"));
    setFocusPolicy(Qt::StrongFocus);
    setMinimumWidth(280);
    connect(&host, &CasesHost::caseChanged, this, &LanesView::refresh);
    connect(&host, &CasesHost::selectionChanged, this, [this] {
        describe();
        update();
        showChosen();
    });
    if (Theme* theme = Theme::instance()) {
        connect(theme, &Theme::changed, this, &LanesView::refresh);
        connect(theme, &Theme::postTextSizeChanged, this, &LanesView::refresh);
    }
}

void LanesView::showChosen() {
    const QRectF place = m_picture.placeOf(m_host.first(), m_host.last()).translated(kMargin, kMargin);
    if (!place.isEmpty()) Q_EMIT placeWanted(place.toAlignedRect());
}

void LanesView::refresh() {
    m_laidWidth = -1;
    layOut();
    describe();
    update();
}

void LanesView::layOut() {
    if (m_laidWidth == width()) return;
    m_laidWidth = width();
    const workflow::Case* shown = m_host.shown();
    m_picture =
        shown ? LanesPicture(*shown, m_host.session().labels(), lanesStyle(), width() - 2 * kMargin) : LanesPicture();
    setMinimumHeight(static_cast<int>(m_picture.height()) + 2 * kMargin);
    updateGeometry();
}

/// What a screen reader says: the words chosen, and each lane's part of them.
void LanesView::describe() {
    const workflow::Case* shown = m_host.shown();
    if (!shown || shown->words.empty()) return setAccessibleDescription({});
    QStringList parts{fromUtf8(workflow::wordsOf(*shown, m_host.first(), m_host.last()))};
    const workflow::CaseWords words = caseWords();
    for (const workflow::Lane& lane : shown->lanes)
        for (const workflow::LaneEntity& e : lane.entities)
            if (e.entity.overlaps(m_host.first(), m_host.last()))
                parts << QStringLiteral("%1: %2 %3")
                             .arg(fromUtf8(lane.reading.layer), fromUtf8(e.entity.type),
                                  lane.isJudged ? fromUtf8(words.of(e.error)) : QString());
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
}

QSize LanesView::sizeHint() const {
    return {640, static_cast<int>(m_picture.height()) + 2 * kMargin};
}

void LanesView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), Theme::color(Theme::Role::Surface));
    painter.translate(kMargin, kMargin);
    m_picture.paint(painter, QRectF(event->rect()).translated(-kMargin, -kMargin), m_host.first(), m_host.last());
}

void LanesView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layOut();
}

void LanesView::mousePressEvent(QMouseEvent* event) {
    setFocus();
    const QPointF at = event->position() - QPointF(kMargin, kMargin);
    m_pressed = -1;
    if (const auto mark = m_picture.markAt(at)) return m_host.select(mark->first, mark->second);
    const int word = m_picture.wordAt(at);
    if (word < 0) return;
    m_pressed = event->modifiers() & Qt::ShiftModifier ? m_host.first() : word;
    m_host.select(m_pressed, word);
}

bool LanesView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QPointF at = QPointF(help->pos()) - QPointF(kMargin, kMargin);
    QString text;
    if (const auto mark = m_picture.markIndexAt(at)) text = m_picture.noteOf(*mark);
    if (const auto lane = m_picture.laneNameAt(at); lane && m_host.shown()) {
        text = fromUtf8(m_host.shown()->lanes[*lane].reading.layer);
        const int number = workflow::laneNumber(*m_host.shown(), *lane);
        if (number >= 0 && number <= 9)
            text =
                tr("%1: Alt+%2 puts what it says of the chosen words into the corrected layer").arg(text).arg(number);
    }
    QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this);
    return true;
}

int LanesView::lineTopFrom(int y) const {
    return static_cast<int>(m_picture.lineTopFrom(y));
}

void LanesView::mouseMoveEvent(QMouseEvent* event) {
    const int word = m_picture.wordAt(event->position() - QPointF(kMargin, kMargin));
    if (m_pressed >= 0 && word >= 0) m_host.select(m_pressed, word);
}

void LanesView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

}  // namespace mnerva::ui
