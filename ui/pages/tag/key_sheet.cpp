#include "ui/pages/tag/key_sheet.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <vector>

#include "ui/look/theme.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

constexpr int kRow = 22;
constexpr int kColumn = 420;
constexpr int kKeyColumn = 124;
constexpr int kColumnGap = 32;
constexpr int kMargin = 32;

struct Line {
    QString key, text;
    bool heading = false;
};

/// The keys of the scope by group; the twenty label keys are one line.
std::vector<Line> sheetLines(const ActionRegistry& registry) {
    std::vector<QString> groups;
    std::vector<std::vector<Line>> lines;
    for (const QString& id : registry.ids()) {
        const auto* definition = registry.find(id);
        if (!definition || definition->scope != QLatin1String("tag")) continue;
        const int label = labelIndexOf(id);
        if (label > 0) continue;
        const QString group = definition->group();
        auto at = std::find(groups.begin(), groups.end(), group);
        if (at == groups.end()) {
            groups.push_back(group);
            lines.emplace_back();
            at = groups.end() - 1;
        }
        Line line{registry.key(id).toString(QKeySequence::NativeText), definition->text(), false};
        if (label == 0) {
            line = {QStringLiteral("1…9, 0  ⇧1…⇧0"), KeySheet::tr("Label 1 to 10, 11 to 20; again takes it off"),
                    false};
        }
        lines[static_cast<std::size_t>(at - groups.begin())].push_back(line);
    }
    std::vector<Line> result;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (!result.empty()) result.push_back({});
        result.push_back({{}, groups[i], true});
        result.insert(result.end(), lines[i].begin(), lines[i].end());
    }
    return result;
}

}  // namespace

KeySheet::KeySheet(const ActionRegistry& actions, QWidget* parent) : QWidget(parent), m_actions(actions) {
    setObjectName(QStringLiteral("keySheet"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Keys"));
    parent->installEventFilter(this);
    hide();
}

void KeySheet::open() {
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus();
}

void KeySheet::leave() {
    if (!isVisible()) return;
    hide();
    Q_EMIT closed();
}

bool KeySheet::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

bool KeySheet::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();  // the key that closes the sheet does nothing else
        return true;
    }
    return QWidget::event(event);
}

void KeySheet::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta) return;
    leave();
}

void KeySheet::mousePressEvent(QMouseEvent*) {
    leave();
}

void KeySheet::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    leave();
}

void KeySheet::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = Theme::color(Theme::Role::Window);
    veil.setAlphaF(0.7F);
    painter.fillRect(rect(), veil);

    const auto lines = sheetLines(m_actions);
    const int rowsRoom = std::max(4, (height() - 2 * kMargin - 64) / kRow);
    const int total = static_cast<int>(lines.size());
    const int wanted = std::max(1, (total + rowsRoom - 1) / rowsRoom);
    const int fit = std::max(1, (width() - 2 * kMargin + kColumnGap) / (kColumn + kColumnGap));
    const int columns = std::min(std::max(wanted, std::min(2, fit)), fit);
    const int rows = (total + columns - 1) / columns;
    QRect sheet(0, 0, columns * (kColumn + kColumnGap) - kColumnGap + 2 * 24, rows * kRow + 64);
    sheet.moveCenter(rect().center());
    painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
    painter.setBrush(Theme::color(Theme::Role::Surface));
    painter.drawRoundedRect(QRectF(sheet).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    const QFont body = Theme::bodyFont(), small = Theme::secondaryFont();
    for (int i = 0; i < total; ++i) {
        const Line& line = lines[static_cast<std::size_t>(i)];
        const int x = sheet.left() + 24 + (i / rows) * (kColumn + kColumnGap);
        const int y = sheet.top() + 20 + (i % rows) * kRow;
        if (line.heading) {
            painter.setFont(small);
            painter.setPen(Theme::color(Theme::Role::SecondaryText));
            painter.drawText(QRect(x, y, kColumn, kRow), Qt::AlignVCenter | Qt::AlignLeft, line.text);
            continue;
        }
        painter.setFont(small);
        painter.setPen(Theme::color(Theme::Role::Accent));
        painter.drawText(QRect(x, y, kKeyColumn - 8, kRow), Qt::AlignVCenter | Qt::AlignLeft, line.key);
        painter.setFont(body);
        painter.setPen(Theme::color(Theme::Role::Text));
        const QRect room(x + kKeyColumn, y, kColumn - kKeyColumn, kRow);
        painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(line.text, Qt::ElideRight, room.width()));
    }
    painter.setFont(small);
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    painter.drawText(QRect(sheet.left() + 24, sheet.bottom() - 32, sheet.width() - 48, 24), Qt::AlignCenter,
                     tr("Any key closes this sheet. All keys can be changed in Settings."));
}

}  // namespace mnerva::ui
