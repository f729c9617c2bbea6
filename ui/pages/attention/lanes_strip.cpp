#include "ui/pages/attention/lanes_strip.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

#include "core/vision/heatmap.h"
#include "ui/base/text_border.h"
#include "ui/base/word_display.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kPad = 16, kLightAlpha = 0.55, kAhead = 80, kWheelStep = 0.6;
constexpr double kFrame = 4;  // of the chosen words, left of the first one
constexpr int kFade = 24;
constexpr double kWeightLine = 2.5, kWeightInk = 0.7;

LanesStyle styleFor(const QFont& words) {
    LanesStyle style = lanesStyle();
    style.wordFont = words;
    style.laneHeight = LanesStrip::kLaneHeight;
    style.wordHeight = LanesStrip::kLaneHeight;
    style.hasKeys = false;
    style.isReferenceInText = true;
    style.isOneLine = true;
    style.missing = QStringLiteral("…");
    return style;
}

}  // namespace

LanesStrip::LanesStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("lanesStrip"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    if (Theme::instance()) {
        connect(Theme::instance(), &Theme::postTextSizeChanged, this, &LanesStrip::layOut);
        connect(Theme::instance(), &Theme::changed, this, &LanesStrip::layOut);
    }
}

void LanesStrip::setCase(workflow::Case shown, const LabelSet& labels) {
    const bool isOther = shown.post != m_case.post || shown.words != m_case.words;
    m_case = std::move(shown);
    m_labels = labels;
    if (isOther) {
        m_lights.clear();
        m_weights.clear();
        m_tips.clear();
        m_scroll = 0;
        m_current = std::clamp(m_current, 0, std::max(0, wordCount() - 1));
        m_chosen = {m_current, m_current};
    }
    layOut();
    describe();
}

/// At the size of posts where the whole text fits, smaller where only that makes it fit, else it is scrolled.
void LanesStrip::layOut() {
    const double room = std::max(80.0, width() - 2 * kPad);
    for (const QFont& font : {Theme::postFont(), Theme::bodyFont()}) {
        m_picture = LanesPicture(m_case, m_labels, styleFor(font), room);
        if (m_picture.width() <= room) break;
    }
    m_laidWidth = width();
    m_scroll = std::clamp(m_scroll, 0.0, mostScroll());
    updateGeometry();
    reveal();
    update();
}

double LanesStrip::mostScroll() const {
    return std::max(0.0, m_picture.width() + kPad - (width() - kPad));
}

QSize LanesStrip::sizeHint() const {
    const int rows = std::max(1, int(m_case.lanes.size()));
    return {480, rows * kLaneHeight};
}

void LanesStrip::setChosen(const project::WordSpan& words) {
    if (m_chosen == words) return;
    m_chosen = words;
    update();
}

void LanesStrip::setLights(std::vector<double> lights) {
    m_lights = std::move(lights);
    update();
}

void LanesStrip::setWeights(std::vector<double> weights, QStringList tips) {
    if (weights == m_weights && tips == m_tips) return;
    m_weights = std::move(weights);
    m_tips = std::move(tips);
    update();
}

QString LanesStrip::word(int index) const {
    return index >= 0 && index < wordCount() ? displayOf(m_case.words[std::size_t(index)]).text : QString();
}

void LanesStrip::setCurrent(int word) {
    if (wordCount() == 0) return;
    word = std::clamp(word, 0, wordCount() - 1);
    if (word == m_current) return;
    m_current = word;
    m_chosen = {word, word};
    reveal();
    describe();
    update();
    Q_EMIT currentChanged(word);
}

/// The caret and a little of what comes after it.
void LanesStrip::reveal() {
    const QRectF place = m_picture.placeOfWord(m_current);
    if (place.isEmpty()) return;
    const double left = m_picture.nameWidth();
    const double room = width() - 2 * kPad;
    if (place.right() + kAhead - m_scroll > room) m_scroll = place.right() + kAhead - room;
    if (place.left() - kAhead - m_scroll < left) m_scroll = place.left() - kAhead - left;
    m_scroll = std::clamp(m_scroll, 0.0, mostScroll());
}

QRectF LanesStrip::wordRect(int index) const {
    return m_picture.placeOfWord(index).translated(kPad - m_scroll, 0);
}

int LanesStrip::wordAt(const QPointF& point) const {
    if (point.x() < kPad + m_picture.nameWidth()) return -1;
    return m_picture.wordAt(point - QPointF(kPad - m_scroll, 0));
}

void LanesStrip::describe() {
    QStringList words;
    for (const std::string& word : m_case.words) words << fromUtf8(word);
    setAccessibleName(words.join(QLatin1Char(' ')));
    QStringList said{word(m_current)};
    for (std::size_t mark = 0; mark < m_picture.marks(); ++mark) said << m_picture.noteOf(mark);
    setAccessibleDescription(said.join(QStringLiteral(", ")));
}

/// A shade behind the word, and over it a line as long as its share of the largest: whole for it, dotted against it.
void LanesStrip::paintWeights(QPainter& painter) const {
    for (std::size_t word = 0; word < m_weights.size(); ++word) {
        const double weight = std::clamp(m_weights[word], -1.0, 1.0);
        const QRectF place = m_picture.placeOfWord(int(word));
        if (place.isEmpty() || weight == 0) continue;
        const double size = std::abs(weight);
        const QColor ink =
            QColor::fromRgb(vision::heatInk(weight > 0 ? kWeightInk : -kWeightInk, vision::HeatColours::Diverging));
        QColor shade = ink;
        shade.setAlphaF(float(kLightAlpha * size));
        painter.setPen(Qt::NoPen);
        painter.setBrush(shade);
        painter.drawRoundedRect(place.adjusted(-2, 2, 2, -3), 3, 3);
        painter.setPen(QPen(ink, kWeightLine, weight > 0 ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
        painter.drawLine(QPointF(place.left(), place.top() + kWeightLine),
                         QPointF(place.left() + place.width() * size, place.top() + kWeightLine));
    }
}

bool LanesStrip::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipOf(wordAt(help->pos()));
    if (tip.isEmpty()) return QWidget::event(event);
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
}

void LanesStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double left = kPad + m_picture.nameWidth() - kFrame;
    const QRectF words(left, 0, width() - left, height());
    painter.save();
    painter.setClipRect(words);
    painter.translate(kPad - m_scroll, 0);
    painter.setPen(Qt::NoPen);
    for (std::size_t word = 0; word < m_lights.size(); ++word) {
        if (m_lights[word] <= 0) continue;
        QColor light = Theme::color(Theme::Role::Accent);
        light.setAlphaF(float(kLightAlpha * std::min(1.0, m_lights[word])));
        painter.setBrush(light);
        painter.drawRoundedRect(m_picture.placeOfWord(int(word)).adjusted(-2, 2, 2, -3), 3, 3);
    }
    paintWeights(painter);
    m_picture.paint(painter, QRectF(0, 0, m_picture.width(), height()), m_chosen.first, m_chosen.last);
    if (hasFocus()) {  // the caret itself, where its entity has several words
        const QRectF place = m_picture.placeOfWord(m_current);
        painter.fillRect(QRectF(place.left(), place.bottom() - 4, place.width(), 2), Theme::color(Theme::Role::Accent));
    }
    painter.restore();
    painter.translate(kPad, 0);
    m_picture.paintNames(painter);
    painter.translate(-kPad, 0);
    // More text on a side fades out there.
    const QColor paper = palette().color(backgroundRole());
    const auto fade = [&](double x, bool isLeft) {
        QLinearGradient gradient(x, 0, x + kFade, 0);
        QColor clear = paper;
        clear.setAlpha(0);
        gradient.setColorAt(isLeft ? 0 : 1, paper);
        gradient.setColorAt(isLeft ? 1 : 0, clear);
        painter.fillRect(QRectF(x, 0, kFade, height()), gradient);
    };
    if (m_scroll > 0) fade(words.left(), true);
    if (m_scroll < mostScroll()) fade(width() - kFade, false);
}

void LanesStrip::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return QWidget::keyPressEvent(event);
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(m_current - 1);
        case Qt::Key_Right:
            return setCurrent(m_current + 1);
        case Qt::Key_Home:
            return setCurrent(0);
        case Qt::Key_End:
            return setCurrent(wordCount() - 1);
        default:
            QWidget::keyPressEvent(event);
    }
}

void LanesStrip::mousePressEvent(QMouseEvent* event) {
    const int word = wordAt(event->position());
    if (word >= 0) setCurrent(word);
}

void LanesStrip::mouseMoveEvent(QMouseEvent* event) {
    const int word = wordAt(event->position());
    if (word == m_hovered) return;
    m_hovered = word;
    Q_EMIT wordHovered(word);
}

void LanesStrip::wheelEvent(QWheelEvent* event) {
    const QPoint turned = event->angleDelta();
    const int delta = turned.x() != 0 ? turned.x() : turned.y();
    m_scroll = std::clamp(m_scroll - kWheelStep * delta, 0.0, mostScroll());
    update();
}

void LanesStrip::leaveEvent(QEvent*) {
    m_hovered = -1;
    Q_EMIT wordHovered(-1);
}

void LanesStrip::resizeEvent(QResizeEvent*) {
    if (width() != m_laidWidth) layOut();
}

void LanesStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::LanguageChange)
        layOut();
}

}  // namespace mnerva::ui
