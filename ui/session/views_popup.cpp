#include "ui/session/views_popup.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/order_menu.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kPopupWidth = 440, kViewRow = 44, kMostViewRows = 8, kViewGap = 12;

/// Name and query on two lines, the count at the right; a bar at the left of the view that is shown.
class ViewDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kPopupWidth - 32, kViewRow};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        ground.text.clear();
        ground.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, ground.widget);
        painter->save();
        const QRect row = option.rect.adjusted(kViewGap, 4, -kViewGap, -4);
        if (index.data(ViewsPopup::ShownRole).toBool())
            painter->fillRect(QRect(option.rect.left(), option.rect.top() + 6, 3, option.rect.height() - 12),
                              Theme::color(Theme::Role::Accent));
        const QString count = index.data(ViewsPopup::CountRole).toString();
        painter->setFont(Theme::secondaryFont());
        const int width = painter->fontMetrics().horizontalAdvance(count);
        const bool isWrong = !index.data(ViewsPopup::MistakeRole).toString().isEmpty();
        painter->setPen(Theme::color(isWrong ? Theme::Role::Bad : Theme::Role::SecondaryText));
        painter->drawText(row, Qt::AlignRight | Qt::AlignTop | Qt::TextSingleLine, count);
        const QRect under(row.left(), row.center().y() + 1, row.width(), row.height() / 2);
        painter->setPen(Theme::color(Theme::Role::SecondaryText));
        painter->drawText(under, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data(ViewsPopup::QueryRole).toString(),
                                                            Qt::ElideRight, under.width()));
        painter->setFont(Theme::bodyFont());
        painter->setPen(Theme::color(Theme::Role::Text));
        const QRect above(row.left(), row.top() - 1, row.width() - width - kViewGap, row.height() / 2 + 2);
        painter->drawText(above, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, above.width()));
        painter->restore();
    }
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override {
        editor->setGeometry(option.rect.adjusted(4, 6, -4, -6));
    }
};

QToolButton* viewButton(const char* name) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFont(Theme::secondaryFont());
    return button;
}

}  // namespace

ViewsPopup::ViewsPopup(ProjectSession& session, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_session(session),
      m_views(new SavedViews(session, this)),
      m_counts(new QueryCounts(session, this)),
      m_list(new QListWidget),
      m_title(new QLabel),
      m_empty(new QLabel),
      m_note(new QLabel),
      m_rename(viewButton("renameView")),
      m_update(viewButton("updateView")),
      m_remove(viewButton("removeView")),
      m_undo(viewButton("undoView")),
      m_name(new QLineEdit),
      m_save(new QPushButton),
      m_noteRow(new QWidget) {
    setObjectName(QStringLiteral("viewsPopup"));
    setFrameShape(QFrame::StyledPanel);
    setFixedWidth(kPopupWidth);
    m_list->setObjectName(QStringLiteral("viewsList"));
    m_list->setItemDelegate(new ViewDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->installEventFilter(this);
    m_name->setObjectName(QStringLiteral("viewName"));
    m_name->setMaxLength(2 * static_cast<int>(project::kLongestSavedName));
    m_save->setObjectName(QStringLiteral("saveView"));
    m_save->setAutoDefault(false);
    m_note->setObjectName(QStringLiteral("viewsNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(Theme::secondaryFont());
    m_empty->setWordWrap(true);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    m_title->setFont(Theme::secondaryFont());
    lay();
    connectAll();
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &ViewsPopup::retranslate);
    retranslate();
}

void ViewsPopup::lay() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_list);
    column->addWidget(m_empty);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QToolButton* button : {m_rename, m_update, m_remove}) buttons->addWidget(button);
    buttons->addStretch(1);
    column->addLayout(buttons);
    auto* naming = new QHBoxLayout;
    naming->addWidget(m_name, 1);
    naming->addWidget(m_save);
    column->addLayout(naming);
    auto* notes = new QHBoxLayout(m_noteRow);
    notes->setContentsMargins(0, 0, 0, 0);
    notes->addWidget(m_note, 1);
    notes->addWidget(m_undo);
    column->addWidget(m_noteRow);
}

void ViewsPopup::connectAll() {
    connect(m_list, &QListWidget::itemClicked, this, &ViewsPopup::openCurrent);
    connect(m_list, &QListWidget::currentRowChanged, this, &ViewsPopup::refresh);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
        if (!m_filling) renamed(m_list->row(item));
    });
    connect(m_rename, &QToolButton::clicked, this, [this] { m_list->editItem(m_list->currentItem()); });
    connect(m_update, &QToolButton::clicked, this, [this] { m_views->update(m_list->currentRow()); });
    connect(m_remove, &QToolButton::clicked, this, &ViewsPopup::removeCurrent);
    connect(m_undo, &QToolButton::clicked, this, [this] {
        m_views->undo();
        say(m_views->lastStep(), false);
    });
    connect(m_name, &QLineEdit::returnPressed, this, &ViewsPopup::save);
    connect(m_name, &QLineEdit::textEdited, this, [this] { say(m_views->lastStep(), false); });
    connect(m_save, &QPushButton::clicked, this, &ViewsPopup::save);
    connect(m_views, &SavedViews::changed, this, [this] {
        if (isVisible()) fill();
    });
    connect(m_counts, &QueryCounts::changed, this, &ViewsPopup::fillCounts);
    connect(&m_session, &ProjectSession::closed, this, &QWidget::hide);
}

void ViewsPopup::retranslate() {
    m_title->setText(tr("Saved views"));
    m_list->setAccessibleName(m_title->text());
    m_empty->setText(
        tr("No view is saved yet. A view is a query with a name and the order of its posts; it is kept in "
           "the project."));
    const auto set = [](QToolButton* button, const char* icon, const QString& text, const QString& tip) {
        button->setIcon(Theme::icon(QLatin1String(icon)));
        button->setText(text);
        button->setToolTip(tip);
    };
    set(m_rename, "tag", tr("Rename"), tr("Give the view another name (F2)"));
    set(m_update, "refresh", tr("Update"), tr("Give the view the query and the order that are shown now"));
    set(m_remove, "trash", tr("Delete"), tr("Delete the view (Del); it can be taken back"));
    set(m_undo, "undo", tr("Undo"), tr("Take back the last change of the views (Ctrl+Z)"));
    m_name->setPlaceholderText(tr("Name for what is shown now"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_save->setText(tr("Save view"));
    say({}, false);
    fill();
}

void ViewsPopup::openUnder(const QWidget& anchor) {
    if (!m_session.isOpen()) return;
    m_anchor = QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size());
    m_name->clear();
    fill();
    say(m_views->leftOut() > 0
            ? tr("%n saved views cannot be read and are left out.", nullptr, static_cast<int>(m_views->leftOut()))
            : QString(),
        m_views->leftOut() > 0);
    place();
    show();
    const int shown = m_views->shown();
    m_list->setCurrentRow(std::max(shown, 0));
    (m_views->list().empty() ? static_cast<QWidget*>(m_name) : m_list)->setFocus(Qt::PopupFocusReason);
}

void ViewsPopup::place() {
    adjustSize();
    QPoint at(m_anchor.left(), m_anchor.bottom() + 4);
    if (const QScreen* there = parentWidget() ? parentWidget()->screen() : nullptr) {
        const QRect room = there->availableGeometry();
        at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
    }
    move(at);
}

void ViewsPopup::fill() {
    const int row = m_list->currentRow();
    m_filling = true;
    m_list->clear();
    const int shown = m_views->shown();
    for (std::size_t i = 0; i < m_views->list().size(); ++i) {
        const project::SavedQuery& view = m_views->list()[i];
        auto* item = new QListWidgetItem(fromUtf8(view.name), m_list);
        QString says = view.query.empty() ? tr("all posts") : fromUtf8(view.query);
        if (const QString order = orderText(view.order); !order.isEmpty()) says += QStringLiteral("   ·   ") + order;
        item->setData(QueryRole, says);
        item->setData(ShownRole, static_cast<int>(i) == shown);
        item->setFlags(item->flags() | Qt::ItemIsEditable);
    }
    m_filling = false;
    const int rows = m_list->count();
    m_list->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_list->setFixedHeight(std::min(rows, kMostViewRows) * kViewRow + 4);
    if (rows > 0) m_list->setCurrentRow(std::clamp(row, 0, rows - 1));
    if (isVisible()) {
        std::vector<std::string> queries;
        for (const project::SavedQuery& view : m_views->list()) queries.push_back(view.query);
        m_counts->want(std::move(queries));
        place();
    }
    fillCounts();
    refresh();
}

void ViewsPopup::fillCounts() {
    m_filling = true;
    const QLocale locale;
    for (int i = 0; i < m_list->count(); ++i) {
        const project::SavedQuery& view = m_views->list()[static_cast<std::size_t>(i)];
        const QueryCounts::Count count = m_counts->count(view.query);
        QString text;
        switch (count.state) {
            case QueryCounts::Count::State::Unknown:
                text = QStringLiteral("…");
                break;
            case QueryCounts::Count::State::Counting:
                text = locale.toString(static_cast<qulonglong>(count.posts)) + QStringLiteral(" …");
                break;
            case QueryCounts::Count::State::Known:
                text = locale.toString(static_cast<qulonglong>(count.posts));
                break;
            case QueryCounts::Count::State::Mistaken:
                text = tr("cannot be asked");
                break;
        }
        QListWidgetItem* item = m_list->item(i);
        item->setData(CountRole, text);
        item->setData(MistakeRole, count.why);
        item->setToolTip(count.why.isEmpty() ? fromUtf8(view.query) : count.why);
        item->setData(Qt::AccessibleTextRole,
                      tr("%1, %2 posts: %3").arg(fromUtf8(view.name), text, item->data(QueryRole).toString()));
    }
    m_filling = false;
}

void ViewsPopup::refresh() {
    const bool has = m_list->currentRow() >= 0 && m_list->count() > 0;
    for (QToolButton* button : {m_rename, m_update, m_remove}) {
        button->setVisible(m_list->count() > 0);
        button->setEnabled(has);
    }
    // Posts that another page picked are no query.
    const bool canKeep = !m_session.isShowingOnly() && !m_views->isTooLong();
    m_update->setEnabled(has && canKeep && m_list->currentRow() != m_views->shown());
    m_name->setEnabled(canKeep && !m_views->isFull());
    m_save->setEnabled(canKeep && !m_views->isFull());
}

void ViewsPopup::say(const QString& text, bool isFault) {
    m_note->setText(text);
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::color(isFault ? Theme::Role::Bad : Theme::Role::SecondaryText));
    m_note->setPalette(colours);
    m_note->setVisible(!text.isEmpty());
    m_undo->setVisible(!isFault && !m_views->lastStep().isEmpty());
    m_noteRow->setVisible(!m_note->isHidden() || !m_undo->isHidden());
    if (isVisible()) place();
}

void ViewsPopup::openCurrent() {
    const int row = m_list->currentRow();
    if (row < 0 || row >= static_cast<int>(m_views->list().size())) return;
    hide();
    m_views->open(row);
}

void ViewsPopup::renamed(int row) {
    const QListWidgetItem* item = m_list->item(row);
    if (!item || row >= static_cast<int>(m_views->list().size())) return;
    const QString name = item->text();
    if (toUtf8(name) == m_views->list()[static_cast<std::size_t>(row)].name) return;
    const SavedViews::Fault fault = m_views->rename(row, name);
    // Not while the editor is still closing over the row.
    QMetaObject::invokeMethod(
        this,
        [this, fault] {
            fill();
            say(fault == SavedViews::Fault::None ? m_views->lastStep() : SavedViews::faultText(fault),
                fault != SavedViews::Fault::None);
        },
        Qt::QueuedConnection);
}

void ViewsPopup::removeCurrent() {
    m_views->remove(m_list->currentRow());
    say(m_views->lastStep(), false);
    if (m_list->count() == 0) m_name->setFocus();
}

void ViewsPopup::save() {
    if (!m_save->isEnabled()) return;
    const SavedViews::Fault fault = m_views->add(m_name->text());
    if (fault != SavedViews::Fault::None) return say(SavedViews::faultText(fault), true);
    m_name->clear();
    m_list->setCurrentRow(m_list->count() - 1);
    m_list->setFocus();
    say(m_views->lastStep(), false);
}

bool ViewsPopup::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_list || event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            openCurrent();
            return true;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            removeCurrent();
            return true;
        case Qt::Key_Escape:
            hide();
            return true;
        default:
            if (key->matches(QKeySequence::Undo)) {
                m_undo->click();
                return true;
            }
            return QFrame::eventFilter(watched, event);
    }
}

void ViewsPopup::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    fill();
}

void ViewsPopup::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    m_counts->want({});
}

}  // namespace mnerva::ui
