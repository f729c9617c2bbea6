#include "ui/pages/tag/key_sheet.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <optional>

#include "ui/look/theme.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

constexpr int kColumn = 420;
constexpr int kKeyColumn = 124;
constexpr int kColumnGap = 32;
constexpr int kEnds = 64;  ///< above the first row and under the last one

/// How close the rows stand: the first that the window has room for.
struct Density {
    int row, margin;
    bool isSmall;  ///< all of it in the secondary font
};
constexpr Density kDensities[] = {{22, 32, false}, {20, 16, false}, {17, 8, true}};

/// The keys of the scope by group, its heading first; the twenty label keys are one line.
std::vector<std::vector<KeySheetLine>> sheetGroups(const ActionRegistry& registry) {
    std::vector<QString> groups;
    std::vector<std::vector<KeySheetLine>> lines;
    for (const QString& id : registry.ids()) {
        const auto* definition = registry.find(id);
        if (!definition || definition->scope != QLatin1String("tag")) continue;
        const int label = labelIndexOf(id);
        if (label > 0) continue;
        const QString group = definition->group();
        auto at = std::find(groups.begin(), groups.end(), group);
        if (at == groups.end()) {
            groups.push_back(group);
            lines.push_back({{{}, group, true}});
            at = groups.end() - 1;
        }
        KeySheetLine line{registry.key(id).toString(QKeySequence::NativeText), definition->text(), false};
        if (label == 0) {
            line = {QStringLiteral("1…9, 0  ⇧1…⇧0"), KeySheet::tr("Label 1 to 10, 11 to 20; again takes it off"),
                    false};
        }
        lines[static_cast<std::size_t>(at - groups.begin())].push_back(line);
    }
    return lines;
}

void drawLine(QPainter& painter, const KeySheetLine& line, QPoint baseline, const QFont& body, const QFont& small) {
    painter.setFont(small);
    painter.setPen(Theme::color(line.isHeading ? Theme::Role::SecondaryText : Theme::Role::Accent));
    painter.drawText(baseline, line.isHeading ? line.text : line.key);
    if (line.isHeading) return;
    painter.setFont(body);
    painter.setPen(Theme::color(Theme::Role::Text));
    const QFontMetrics metrics(body);
    painter.drawText(baseline + QPoint(kKeyColumn, 0),
                     metrics.elidedText(line.text, Qt::ElideRight, kColumn - kKeyColumn));
}

/// Groups in order, each whole, in columns of so many rows; nothing where they need more than `most` columns.
std::optional<std::vector<std::vector<KeySheetLine>>> wholeGroups(const std::vector<std::vector<KeySheetLine>>& groups,
                                                                  std::size_t most, std::size_t rows) {
    std::vector<std::vector<KeySheetLine>> columns(1);
    for (const auto& group : groups) {
        if (group.size() > rows) return std::nullopt;
        const std::size_t gap = columns.back().empty() ? 0 : 1;
        if (columns.back().size() + gap + group.size() > rows) columns.emplace_back();
        auto& column = columns.back();
        if (!column.empty()) column.emplace_back();
        column.insert(column.end(), group.begin(), group.end());
    }
    if (columns.size() > most) return std::nullopt;
    return columns;
}

/// The same where a group is broken, under its heading once more.
std::vector<std::vector<KeySheetLine>> brokenGroups(const std::vector<std::vector<KeySheetLine>>& groups,
                                                    std::size_t rows) {
    std::vector<std::vector<KeySheetLine>> columns(1);
    for (const auto& group : groups) {
        if (!columns.back().empty() && columns.back().size() + 1 < rows) columns.back().emplace_back();
        for (std::size_t i = 0; i < group.size(); ++i) {
            if (columns.back().size() + (i == 0 ? 1 : 0) >= rows) {
                columns.emplace_back();
                if (i > 0) columns.back().push_back(group.front());
            }
            columns.back().push_back(group[i]);
        }
    }
    return columns;
}

}  // namespace

std::vector<std::vector<KeySheetLine>> keySheetColumns(const std::vector<std::vector<KeySheetLine>>& groups, int most,
                                                       int room) {
    const auto columns = static_cast<std::size_t>(std::max(1, most)),
               limit = static_cast<std::size_t>(std::max(3, room));
    std::size_t all = 0;
    for (const auto& group : groups) all += group.size() + 1;
    // Two columns where one would do: a sheet that is wide and low is read more easily.
    for (const std::size_t count : {std::min<std::size_t>(2, columns), columns})
        for (std::size_t rows = std::max<std::size_t>(1, all / count); rows <= limit; ++rows)
            if (auto laid = wholeGroups(groups, count, rows)) return *laid;
    // A window that is too small: what does not fit hangs over, its group named again.
    for (std::size_t rows = limit;; ++rows)
        if (auto laid = brokenGroups(groups, rows); laid.size() <= columns) return laid;
}

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

    const auto groups = sheetGroups(m_actions);
    std::vector<std::vector<KeySheetLine>> laid;
    int rows = 0, rowHeight = 0;
    bool isSmall = false;
    for (const Density& density : kDensities) {
        const int room = std::max(4, (height() - 2 * density.margin - kEnds) / density.row);
        const int fit = std::max(1, (width() - 2 * density.margin + kColumnGap) / (kColumn + kColumnGap));
        laid = keySheetColumns(groups, fit, room);
        rows = 0;
        for (const auto& column : laid) rows = std::max(rows, static_cast<int>(column.size()));
        rowHeight = density.row;
        isSmall = density.isSmall;
        if (rows <= room) break;
    }
    const int columns = static_cast<int>(laid.size());
    QRect sheet(0, 0, columns * (kColumn + kColumnGap) - kColumnGap + 2 * 24, rows * rowHeight + kEnds);
    sheet.moveCenter(rect().center());
    painter.setPen(QPen(Theme::color(Theme::Role::Hairline), 1));
    painter.setBrush(Theme::color(Theme::Role::Surface));
    painter.drawRoundedRect(QRectF(sheet).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);

    const QFont small = Theme::secondaryFont(), body = isSmall ? small : Theme::bodyFont();
    const QFontMetrics metrics(body);
    for (int column = 0; column < columns; ++column) {
        const std::vector<KeySheetLine>& lines = laid[static_cast<std::size_t>(column)];
        for (std::size_t row = 0; row < lines.size(); ++row) {
            const int x = sheet.left() + 24 + column * (kColumn + kColumnGap);
            const int top = sheet.top() + 20 + static_cast<int>(row) * rowHeight;
            // Key and text are written in two sizes, on one line.
            drawLine(painter, lines[row], {x, top + (rowHeight + metrics.ascent() - metrics.descent()) / 2}, body,
                     small);
        }
    }
    painter.setFont(small);
    painter.setPen(Theme::color(Theme::Role::SecondaryText));
    painter.drawText(QRect(sheet.left() + 24, sheet.bottom() - 32, sheet.width() - 48, 24), Qt::AlignCenter,
                     tr("Any key closes this sheet. All keys can be changed in Settings."));
}

}  // namespace mnerva::ui
