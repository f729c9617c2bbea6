#include "ui/pages/attention/word_strip.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "core/domain/label_set.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kPadX = 4;  // inside a word's box
constexpr double kPadY = 3;
constexpr double kLabelRoom = 14;  // above the words, for entity labels
constexpr double kLightAlpha = 0.55;
constexpr int kMinimumLines = 2;

}  // namespace

int WordStripLayout::wordAt(const QPointF& point) const {
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (boxes[i].contains(point)) return int(i);
    return -1;
}

WordStripLayout layWords(const std::vector<double>& widths, double lineHeight, double gap, double width) {
    WordStripLayout layout;
    double x = 0, y = 0;
    for (const double wide : widths) {
        if (x > 0 && x + wide > width) {
            x = 0;
            y += lineHeight;
        }
        layout.boxes.emplace_back(x, y, wide, lineHeight);
        x += wide + gap;
    }
    layout.height = widths.empty() ? 0 : y + lineHeight;
    return layout;
}

WordStrip::WordStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("wordStrip"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    if (Theme::instance()) connect(Theme::instance(), &Theme::postTextSizeChanged, this, &WordStrip::relayout);
}

void WordStrip::setWords(const QStringList& words, bool spaced) {
    m_words = words;
    m_spaced = spaced;
    m_entities.clear();
    m_lights.clear();
    m_current = std::clamp(m_current, 0, std::max(0, int(words.size()) - 1));
    setAccessibleName(words.join(QLatin1Char(' ')));
    relayout();
}

void WordStrip::setEntities(const std::vector<Entity>& entities, const std::vector<std::string>& labels) {
    m_entities = entities;
    m_labels = labels;
    update();
}

void WordStrip::setLights(std::vector<double> lights) {
    m_lights = std::move(lights);
    update();
}

void WordStrip::setCurrent(int word) {
    if (m_words.isEmpty()) return;
    word = std::clamp(word, 0, int(m_words.size()) - 1);
    if (word == m_current) return;
    m_current = word;
    setAccessibleDescription(m_words[word]);
    update();
    Q_EMIT currentChanged(word);
}

QRectF WordStrip::wordRect(int index) const {
    return index >= 0 && index < int(m_layout.boxes.size()) ? m_layout.boxes[std::size_t(index)] : QRectF();
}

WordStripLayout WordStrip::layoutFor(int width) const {
    const QFontMetricsF metrics(Theme::postFont());
    std::vector<double> widths;
    for (const QString& word : m_words)
        widths.push_back(std::max(metrics.horizontalAdvance(word), 6.0) + (m_spaced ? 2 * kPadX : 2));
    return layWords(widths, metrics.height() + 2 * kPadY + kLabelRoom, m_spaced ? 2 : 0, width);
}

void WordStrip::relayout() {
    m_layout = layoutFor(width());
    updateGeometry();
    update();
}

int WordStrip::heightForWidth(int width) const {
    const double line = QFontMetricsF(Theme::postFont()).height() + 2 * kPadY + kLabelRoom;
    return int(std::max(layoutFor(width).height, kMinimumLines * line));
}

QSize WordStrip::sizeHint() const {
    return {480, heightForWidth(std::max(width(), 320))};
}

void WordStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    LabelSet labels;
    labels.types = m_labels;
    for (const Entity& entity : m_entities) {
        const QColor colour = Theme::labelColor(entity.type, labels);
        for (int word = entity.first; word <= entity.last && word < wordCount(); ++word) {
            const QRectF box = wordRect(word).adjusted(0, kLabelRoom, word < entity.last ? 3 : 0, -1);
            painter.fillRect(box, Theme::tint(colour));
            painter.fillRect(QRectF(box.left(), box.bottom() - 2, box.width(), 2), colour);
        }
        painter.setPen(colour);
        painter.setFont(Theme::secondaryFont());
        const QRectF first = wordRect(entity.first);
        painter.drawText(QRectF(first.left() + 1, first.top() - 1, 120, kLabelRoom + 1),
                         Qt::AlignLeft | Qt::AlignVCenter, fromUtf8(entity.type));
    }
    painter.setFont(Theme::postFont());
    for (int word = 0; word < wordCount(); ++word) {
        const QRectF box = wordRect(word).adjusted(0, kLabelRoom, 0, -1);
        if (word < int(m_lights.size()) && m_lights[std::size_t(word)] > 0) {
            QColor light = Theme::color(Theme::Role::Accent);
            light.setAlphaF(float(kLightAlpha * std::min(1.0, m_lights[std::size_t(word)])));
            painter.setPen(Qt::NoPen);
            painter.setBrush(light);
            painter.drawRoundedRect(box, 3, 3);
        }
        painter.setPen(Theme::color(Theme::Role::Text));
        painter.drawText(box, Qt::AlignCenter, m_words[word]);
        if (word == m_current) {
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(Theme::color(hasFocus() ? Theme::Role::Accent : Theme::Role::SecondaryText), 2));
            painter.drawRoundedRect(box.adjusted(1, 1, -1, 0), 4, 4);
        }
    }
}

void WordStrip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return setCurrent(m_current - 1);
        case Qt::Key_Right:
            return setCurrent(m_current + 1);
        case Qt::Key_Home:
            return setCurrent(0);
        case Qt::Key_End:
            return setCurrent(wordCount() - 1);
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const QRectF from = wordRect(m_current);
            const double step = event->key() == Qt::Key_Up ? -from.height() : from.height();
            const int word = m_layout.wordAt(from.center() + QPointF(0, step));
            if (word >= 0) return setCurrent(word);
            break;
        }
        default:
            break;
    }
    QWidget::keyPressEvent(event);
}

void WordStrip::mousePressEvent(QMouseEvent* event) {
    const int word = m_layout.wordAt(event->position());
    if (word >= 0) setCurrent(word);
}

void WordStrip::mouseMoveEvent(QMouseEvent* event) {
    Q_EMIT wordHovered(m_layout.wordAt(event->position()));
}

void WordStrip::leaveEvent(QEvent*) {
    Q_EMIT wordHovered(-1);
}

void WordStrip::resizeEvent(QResizeEvent*) {
    m_layout = layoutFor(width());
}

void WordStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) relayout();
}

}  // namespace mnerva::ui
