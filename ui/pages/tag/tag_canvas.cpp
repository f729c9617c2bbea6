#include "ui/pages/tag/tag_canvas.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "ui/look/theme.h"
#include "ui/pages/tag/canvas_accessible.h"
#include "ui/pages/tag/canvas_painter.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/found_words.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

constexpr int kPulseMs = 600;
constexpr int kShakeMs = 150;
constexpr qreal kEdgeReach = 5;  ///< pixels around an edge that grab it
/// From line to line at 16 points without and with tags (look.md); other sizes in proportion.
constexpr qreal kLinePitch = 66, kTaggedLinePitch = 90, kPitchPoints = 16;

qint64 nowNs() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

TagCanvas::TagCanvas(TagHost& host, QWidget* parent) : QAbstractScrollArea(parent), m_host(host) {
    setObjectName(QStringLiteral("tagCanvas"));
    setAccessibleName(tr("Words of the post"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    installCanvasAccessibility();
    m_host.setWordBeside([this](int lines) {
        m_keepsColumn = true;
        const int caret = m_host.editor().caret();
        if (m_goalX < 0) m_goalX = m_layout.wordRect(caret).center().x();
        return m_layout.wordBeside(caret, lines, m_goalX);
    });

    m_host.setLineOf([this](int word) {
        if (word < 0 || word >= m_layout.wordCount()) return WordRange{word, word};
        const int line = m_layout.lineOf(word);
        return WordRange{m_layout.firstWordOfLine(line), m_layout.lastWordOfLine(line)};
    });

    m_pulse.setDuration(kPulseMs);
    m_pulse.setStartValue(1.0);
    m_pulse.setEndValue(0.0);
    connect(&m_pulse, &QVariantAnimation::valueChanged, this, [this] { viewport()->update(); });
    m_shake.setDuration(kShakeMs);
    m_shake.setStartValue(0.0);
    m_shake.setEndValue(1.0);
    connect(&m_shake, &QVariantAnimation::valueChanged, this, [this] { viewport()->update(); });

    connect(&host, &TagHost::postChanged, this, [this] {
        m_dragAnchor.reset();
        m_resizing.reset();
        m_pressed = false;
        m_pulse.stop();
        m_goalX = -1;
        relayout();
        verticalScrollBar()->setValue(0);
        refresh();
        showCaret();
    });
    connect(&host, &TagHost::changed, this, &TagCanvas::refresh);
    for (const auto signal : {&ProjectSession::visibleRowsChanged, &ProjectSession::filterProgressed})
        connect(&host.session(), signal, this, [this] {
            m_hitsFit = false;
            if (!m_hits.empty() || !m_host.session().foundWords().empty()) viewport()->update();
        });
    connect(&host, &TagHost::tagRowChanged, this, &TagCanvas::relayout);
    connect(&host, &TagHost::peekChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&host, &TagHost::pulse, this, &TagCanvas::startPulse);
    connect(&host, &TagHost::refusedAction, this, [this] {
        m_shake.start();
        viewport()->update();  // aside at once: the first step of the animation is a frame away
    });
    if (auto* theme = Theme::instance()) {
        connect(theme, &Theme::postTextSizeChanged, this, [this] {
            setFonts();
            relayout();
            refresh();
            showCaret();
        });
        connect(theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    }
    setFonts();
    relayout();
    refresh();
}

TagCanvas::~TagCanvas() = default;

void TagCanvas::setFonts() {
    m_wordFont = Theme::postFont();
    m_labelFont = Theme::secondaryFont();
    m_labelFont.setWeight(QFont::DemiBold);
    m_tagFont = Theme::secondaryFont();
    // Labels and tags grow with the text, but more slowly.
    const qreal scale = std::sqrt(std::max(1.0, m_wordFont.pointSizeF() / 16.0));
    m_labelFont.setPointSizeF(m_labelFont.pointSizeF() * scale);
    m_tagFont.setPointSizeF(m_tagFont.pointSizeF() * scale * 0.92);
    const QFontMetricsF word(m_wordFont, viewport()), label(m_labelFont, viewport()), tag(m_tagFont, viewport());
    m_wordWidths.clear();
    m_metrics.wordWidth = [this, word](const QString& text) {
        auto found = m_wordWidths.constFind(text);
        if (found == m_wordWidths.constEnd()) found = m_wordWidths.insert(text, word.horizontalAdvance(text));
        return *found;
    };
    m_metrics.labelWidth = [label](const QString& text) { return label.horizontalAdvance(text); };
    m_metrics.tagWidth = [tag](const QString& text) { return tag.horizontalAdvance(text); };
    m_metrics.wordAscent = std::ceil(word.ascent()) + 1;
    m_metrics.wordDescent = std::ceil(word.descent()) + 1;
    m_metrics.labelHeight = std::ceil(label.height());
    m_metrics.tagHeight = std::ceil(tag.height());
    const qreal grown = m_wordFont.pointSizeF() / kPitchPoints;
    m_metrics.linePitch = std::round(kLinePitch * grown);
    m_metrics.taggedLinePitch = std::round(kTaggedLinePitch * grown);
    m_metrics.spaceWidth = std::max(std::ceil(word.horizontalAdvance(QLatin1Char(' '))) + 4, 10.0);
}

void TagCanvas::relayout() {
    const bool withTags = m_host.tagRow() != TagRow::None;
    m_layoutWidth = layoutWidth();
    m_layout = layoutWords(m_host.words(), m_host.join(), m_layoutWidth, withTags, m_metrics);
    ++m_work.wordLayouts;
    m_marksFit = false;
    m_hitsFit = false;
    fitBars();
    viewport()->update();
    Q_EMIT laidOut();
}

void TagCanvas::fitBars() {
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_layout.size.height()) - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(24);
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(m_layout.size.width()) - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

/// The bar's place is kept free: that it comes or goes moves no word.
int TagCanvas::layoutWidth() const {
    return std::max(0, width() - verticalScrollBar()->sizeHint().width());
}

int TagCanvas::wantedHeight() const {
    return static_cast<int>(std::ceil(m_layout.size.height()));
}

int TagCanvas::linePitch() const {
    return m_layout.lines.empty() ? 0 : static_cast<int>(std::ceil(m_layout.lines[0].bottom - m_layout.lines[0].top));
}

void TagCanvas::refresh() {
    std::vector<CanvasMark> marks = m_host.marks();
    if (marks != m_marks) {
        m_marks = std::move(marks);
        m_marksFit = false;
    }
    m_tags = m_host.tags();
    viewport()->update();
    announceCaret();
}

/// Put off until they are drawn: several changes in a row need one layout.
void TagCanvas::fitMarks() {
    if (std::exchange(m_marksFit, true)) return;
    m_markLayout = layoutMarks(m_layout, m_marks, m_metrics);
    ++m_work.markLayouts;
}

void TagCanvas::showCaret() {
    const int word = m_host.editor().caret();
    if (word >= m_layout.wordCount()) return;
    const auto& line = m_layout.lines[static_cast<std::size_t>(m_layout.lineOf(word))];
    auto* bar = verticalScrollBar();
    if (line.top < bar->value()) bar->setValue(static_cast<int>(line.top) - 4);
    const qreal bottom = line.bottom + 4;
    if (bottom > bar->value() + viewport()->height()) {
        bar->setValue(static_cast<int>(std::ceil(bottom)) - viewport()->height());
    }
}

void TagCanvas::announceCaret() {
    const int caret = m_host.editor().caret();
    if (caret == m_announced || !QAccessible::isActive()) return;
    m_announced = caret;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(caret);
    QAccessible::updateAccessibility(&event);
}

void TagCanvas::startPulse(const std::vector<WordRange>& ranges) {
    m_pulseRanges = ranges;
    showCaret();
    m_pulse.stop();
    if (!ranges.empty()) m_pulse.start();
}

// --- geometry -------------------------------------------------------------------------------------------------------

QPointF TagCanvas::toLayout(const QPointF& point) const {
    return point + QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

QRectF TagCanvas::wordRect(int word) const {
    return m_layout.wordRect(word).translated(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
}

int TagCanvas::wordAt(const QPointF& point, bool nearest) const {
    return m_layout.wordAt(toLayout(point), nearest);
}

std::optional<TagCanvas::Edge> TagCanvas::edgeAt(const QPointF& viewportPoint) const {
    // Only what is in focus has grips: elsewhere a press between words must start a selection.
    const auto focus = m_host.editor().focus();
    if (focus.kind == TagFocus::Kind::None || m_host.editor().selection() || !m_host.acceptsEdits())
        return std::nullopt;
    const QPointF point = toLayout(viewportPoint);
    for (const auto& segment : segmentsOf(m_layout, focus.entity.first, focus.entity.last)) {
        const QRectF& r = segment.rect;
        if (point.y() < r.top() || point.y() > r.bottom()) continue;
        if (segment.closes && std::abs(point.x() - segment.endX) <= kEdgeReach) return Edge{focus, false};
        if (segment.opens && std::abs(point.x() - segment.startX) <= kEdgeReach) return Edge{focus, true};
    }
    return std::nullopt;
}

std::optional<WordRange> TagCanvas::draggedRange() const {
    if (!m_resizing) return std::nullopt;
    const Entity& entity = m_resizing->mark.entity;
    if (m_resizing->left) return WordRange{std::min(m_resizeWord, entity.last), entity.last};
    return WordRange{entity.first, std::max(m_resizeWord, entity.first)};
}

// --- painting -------------------------------------------------------------------------------------------------------

void TagCanvas::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), Theme::color(Theme::Role::Surface));
    painter.translate(-horizontalScrollBar()->value(), -verticalScrollBar()->value());
    fitMarks();
    fitHits();
    ++m_work.paints;
    const auto& editor = m_host.editor();
    const double shakeAt = m_shake.state() == QAbstractAnimation::Running ? m_shake.currentValue().toDouble() : 1;
    const CanvasScene scene{.layout = m_layout,
                            .metrics = m_metrics,
                            .marks = m_marks,
                            .markLayout = m_markLayout,
                            .words = m_host.words(),
                            .tags = m_tags,
                            .labels = m_host.session().labels(),
                            .hits = m_hits,
                            .wordFont = m_wordFont,
                            .labelFont = m_labelFont,
                            .tagFont = m_tagFont,
                            .caret = editor.caret(),
                            .hasKeyboard = hasFocus(),
                            .selection = editor.selection(),
                            .dragged = draggedRange(),
                            .focus = editor.focus(),
                            .peek = m_host.isPeeking(),
                            .pulse = m_pulseRanges,
                            .pulseStrength = isPulsing() ? m_pulse.currentValue().toDouble() : 0,
                            .shake = 2 * (1 - shakeAt) * std::cos(shakeAt * 4 * 3.14159265358979)};
    paintCanvas(painter, scene, QRectF(toLayout(event->rect().topLeft()), event->rect().size()));
    if (m_keyAt > 0) {
        m_keyToPaintMs = static_cast<double>(nowNs() - m_keyAt) / 1e6;
        m_keyAt = 0;
    }
    Q_EMIT painted();
}

/// Where the words of the query stand. Asked once a post, a width and an answer, not once a paint.
void TagCanvas::fitHits() {
    if (std::exchange(m_hitsFit, true)) return;
    m_hits.clear();
    if (m_host.session().foundWords().empty() || !m_host.hasPost()) return;
    const Post& post = m_host.session().view().post;
    const auto places = foundPlaces(textOf(post), m_host.session());
    m_hits = hitRects(m_layout, m_host.words(), post.join, places, m_metrics);
}

void TagCanvas::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    // Words depend on the width alone; most posts change the height, as the photo beside them does.
    if (layoutWidth() != m_layoutWidth)
        relayout();
    else
        fitBars();
    showCaret();
}

void TagCanvas::scrollContentsBy(int, int) {
    viewport()->update();
}

// --- keys -----------------------------------------------------------------------------------------------------------

bool TagCanvas::event(QEvent* event) {
    // Keys of the canvas win over shortcuts of the window: they are asked for here first.
    if (event->type() == QEvent::ShortcutOverride) {
        if (m_host.actions().actionFor(QStringLiteral("tag"), static_cast<QKeyEvent*>(event))) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void TagCanvas::keyPressEvent(QKeyEvent* event) {
    const ActionRegistry::Definition* action = m_host.actions().actionFor(QStringLiteral("tag"), event);
    if (!action) {
        // Page keys scroll a long post; all other keys go on to the window.
        if (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown) {
            verticalScrollBar()->triggerAction(event->key() == Qt::Key_PageUp ? QAbstractSlider::SliderPageStepSub
                                                                              : QAbstractSlider::SliderPageStepAdd);
            return;
        }
        event->ignore();
        return;
    }
    m_keyAt = nowNs();
    event->accept();
    // A digit held down must not label and unlabel in turns.
    if (event->isAutoRepeat() && !(action->traits & kRepeats)) return;
    m_keepsColumn = false;
    m_host.run(action->id);
    if (!m_keepsColumn) m_goalX = -1;
    showCaret();
}

void TagCanvas::keyReleaseEvent(QKeyEvent* event) {
    if (m_host.isPeeking() && !event->isAutoRepeat() && m_host.actions().matches(QStringLiteral("tag.peek"), event)) {
        m_host.setPeeking(false);
        return;
    }
    QAbstractScrollArea::keyReleaseEvent(event);
}

void TagCanvas::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TagCanvas::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    m_host.setPeeking(false);  // the release of Space goes to somebody else
    viewport()->update();
}

// --- mouse ----------------------------------------------------------------------------------------------------------

void TagCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_host.hasPost()) return;
    m_goalX = -1;
    m_dragged = false;
    if (auto edge = edgeAt(event->position())) {
        m_resizing = std::move(edge);
        m_resizeWord = m_resizing->left ? m_resizing->mark.entity.first : m_resizing->mark.entity.last;
        viewport()->update();
        return;
    }
    const int word = wordAt(event->position());
    if (word < 0) {
        m_host.clickBeside();
        return;
    }
    m_pressed = true;
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    m_dragAnchor = extend ? m_host.editor().anchor() : word;
    m_host.click(word, extend);
}

void TagCanvas::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) {
        updateCursor(event->position());
        return;
    }
    const int word = wordAt(event->position(), true);
    if (word < 0) return;
    if (m_resizing) {
        m_resizeWord = word;
        viewport()->update();
        return;
    }
    if (!m_dragAnchor || (!m_dragged && word == *m_dragAnchor)) return;
    m_dragged = true;
    m_host.select(*m_dragAnchor, word);
    showCaret();
}

void TagCanvas::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (const auto range = draggedRange()) {
        const auto mark = m_resizing->mark;
        m_resizing.reset();
        m_host.resize(mark, *range);
        viewport()->update();
        return;
    }
    if (std::exchange(m_pressed, false)) m_host.pressEnded(m_dragged);
    m_dragAnchor.reset();
    m_dragged = false;
}

void TagCanvas::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_host.hasPost()) return;
    m_pressed = false;  // its release is no click of its own
    const int word = wordAt(event->position());
    if (word >= 0) m_host.doubleClick(word);
}

void TagCanvas::contextMenuEvent(QContextMenuEvent* event) {
    if (!m_host.hasPost()) return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRectF rect = wordRect(m_host.editor().caret());
        Q_EMIT menuWanted(viewport()->mapToGlobal(rect.bottomLeft().toPoint()));
        return;
    }
    const int word = wordAt(QPointF(event->pos()));
    const auto selection = m_host.editor().selection();
    const bool inside = selection && word >= selection->first && word <= selection->last;
    if (word >= 0 && !inside &&
        !(m_host.editor().focus().kind != TagFocus::Kind::None &&
          m_host.editor().focus().entity.overlaps(word, word))) {
        m_host.moveTo(word, false);
    }
    Q_EMIT menuWanted(event->globalPos());
}

void TagCanvas::wheelEvent(QWheelEvent* event) {
    if (event->modifiers() & Qt::ControlModifier) {
        const int steps = event->angleDelta().y() > 0 ? 1 : -1;
        Q_EMIT m_host.textSizeWanted(Theme::postTextSize() + steps);
        event->accept();
        return;
    }
    QAbstractScrollArea::wheelEvent(event);
}

void TagCanvas::updateCursor(const QPointF& viewportPoint) {
    viewport()->setCursor(edgeAt(viewportPoint)  ? Qt::SizeHorCursor
                          : m_host.stickyLabel() ? Qt::CrossCursor
                                                 : Qt::IBeamCursor);
}

bool TagCanvas::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int word = wordAt(QPointF(help->pos()));
        const bool invisible = word >= 0 && m_host.words()[static_cast<std::size_t>(word)].invisible;
        QToolTip::showText(help->globalPos(),
                           invisible ? m_host.words()[static_cast<std::size_t>(word)].name
                           : word >= 0 && !m_host.editor().marksAt(word).empty() ? m_host.accessibleWord(word)
                                                                                 : QString(),
                           viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TagCanvas::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Words of the post"));
}

}  // namespace mnerva::ui
