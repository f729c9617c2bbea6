#include "ui/shell/rail.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kWidth = 80, kHeight = 60, kBar = 3, kIcon = 22;
constexpr int kNarrow = 48, kNarrowWindow = 1100;  ///< in a narrow window the drawings stand alone

}  // namespace

RailButton::RailButton(const QString& iconName, QWidget* parent) : QAbstractButton(parent), m_iconName(iconName) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setFont(Theme::secondaryFont());
}

QSize RailButton::sizeHint() const {
    if (m_isNarrow) return {kNarrow, kNarrow};
    const int text = fontMetrics().horizontalAdvance(QAbstractButton::text()) + 2 * Theme::kGrid;
    return {std::max(kWidth, text), kHeight};
}

void RailButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (isChecked()) {
        painter.fillRect(rect(), Theme::color(Theme::Role::AccentSurface));
        painter.fillRect(QRect(0, 0, kBar, height()), Theme::color(Theme::Role::Accent));
    } else if (underMouse()) {
        painter.fillRect(rect(), Theme::color(Theme::Role::Hover));
    }
    const QColor ink = Theme::color(isChecked() ? Theme::Role::Text : Theme::Role::SecondaryText);
    const QPixmap icon = Theme::pixmap(m_iconName, ink, kIcon, devicePixelRatioF());
    painter.drawPixmap((width() - kIcon) / 2, m_isNarrow ? (height() - kIcon) / 2 : 10, icon);
    painter.setPen(ink);
    if (!m_isNarrow) painter.drawText(QRect(0, 34, width(), height() - 36), Qt::AlignHCenter | Qt::AlignTop, text());
    if (hasFocus()) {
        painter.setPen(QPen(Theme::color(Theme::Role::Accent), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(4, 3, -4, -4));
    }
}

void RailButton::enterEvent(QEnterEvent*) {
    update();
}
void RailButton::leaveEvent(QEvent*) {
    update();
}

Rail::Rail(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("rail"));
    m_column->setContentsMargins(0, 0, 1, 0);
    m_column->setSpacing(0);
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, [this] { update(); });
}

RailButton* Rail::add(const QString& id, const QString& iconName) {
    auto* button = new RailButton(iconName, this);
    button->setObjectName(QStringLiteral("rail.") + id);
    m_column->addWidget(button);
    m_buttons.emplace_back(id, button);
    connect(button, &QAbstractButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
    return button;
}

void Rail::addStretch() {
    m_column->addStretch(1);
}

void Rail::setText(const QString& id, const QString& text) {
    for (const auto& [known, button] : m_buttons) {
        if (known != id) continue;
        button->setText(text);
        button->setAccessibleName(text);
        button->updateGeometry();
    }
}

void RailButton::setNarrow(bool narrow) {
    if (narrow == m_isNarrow) return;
    m_isNarrow = narrow;
    updateGeometry();
    update();
}

void Rail::fitTo(int windowWidth) {
    for (const auto& [id, button] : m_buttons) button->setNarrow(windowWidth < kNarrowWindow);
}

void Rail::setCurrent(const QString& id) {
    for (const auto& [known, button] : m_buttons) button->setChecked(known == id);
}

void Rail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Theme::Role::Raised));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::color(Theme::Role::Hairline));
}

}  // namespace mnerva::ui
