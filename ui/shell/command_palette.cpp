#include "ui/shell/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kKeyRole = Qt::UserRole + 1;

/// Every typed word is somewhere in the text.
bool fits(const QString& text, const QString& typed) {
    for (const QString& word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!text.contains(word, Qt::CaseInsensitive)) return false;
    }
    return true;
}

/// A row with its key at the right.
class ActionDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setPen(Theme::color(Theme::Role::SecondaryText));
        painter->drawText(option.rect.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kKeyRole).toString());
        painter->restore();
    }
};

/// Keeps the texts of actions without an icon in line with the others.
QIcon iconOf(const QAction* action) {
    if (!action->icon().isNull()) return action->icon();
    QPixmap empty(Theme::kIconSide, Theme::kIconSide);
    empty.fill(Qt::transparent);
    return empty;
}

}  // namespace

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent), m_actions(actions), m_search(new QLineEdit), m_list(new QListWidget) {
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Find an action"));
    resize(520, 400);
    m_search->setObjectName(QStringLiteral("paletteSearch"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_search->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("Actions"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({Theme::kIconSide, Theme::kIconSide});  // that of the place held for actions without one
    m_list->setItemDelegate(new ActionDelegate(m_list));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::take);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::take);
    fill();
    m_search->setFocus();
}

void CommandPalette::fill() {
    m_list->clear();
    for (QAction* action : m_actions) {
        if (!action->isEnabled() || action->text().isEmpty() || !fits(action->text(), m_search->text())) continue;
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(iconOf(action), action->text());
        item->setData(kKeyRole, key);
        item->setData(Qt::UserRole, QVariant::fromValue<QObject*>(action));
        item->setSizeHint({0, 32});
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::take() {
    const QListWidgetItem* item = m_list->currentItem();
    if (!item) return;
    m_chosen = qobject_cast<QAction*>(item->data(Qt::UserRole).value<QObject*>());
    accept();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int step = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace mnerva::ui
