#include "ui/pages/tag/label_finder.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

LabelFinder::LabelFinder(TagHost& host, QWidget* parent)
    : QFrame(parent), m_host(host), m_edit(new QLineEdit), m_list(new QListWidget) {
    setObjectName(QStringLiteral("labelFinder"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setFixedSize(280, 260);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    m_edit->setObjectName(QStringLiteral("labelFinderText"));
    m_list->setObjectName(QStringLiteral("labelFinderList"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &LabelFinder::filter);
    connect(m_list, &QListWidget::itemClicked, this, [this] { take(); });
    hide();
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
}

void LabelFinder::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    m_edit->setPlaceholderText(tr("Name of a label"));
    m_edit->setAccessibleName(tr("Name of a label"));
    m_list->setAccessibleName(tr("Labels that fit"));
}

void LabelFinder::open() {
    m_edit->clear();
    filter({});
    show();
    raise();
    m_edit->setFocus();
}

void LabelFinder::close_() {
    hide();
    Q_EMIT closed();
}

void LabelFinder::filter(const QString& needle) {
    m_list->clear();
    const auto& labels = m_host.session().labels();
    // What begins with the letters comes before what only holds them.
    for (const bool begins : {true, false}) {
        for (std::size_t i = 0; i < labels.types.size(); ++i) {
            const QString name = fromUtf8(labels.types[i]);
            if (!name.contains(needle, Qt::CaseInsensitive)) continue;
            if (name.startsWith(needle, Qt::CaseInsensitive) != begins) continue;
            const QString key = labelKeyText(m_host.actions(), static_cast<int>(i));
            auto* item = new QListWidgetItem(key.isEmpty() ? name : QStringLiteral("%1\t%2").arg(name, key), m_list);
            item->setData(Qt::UserRole, name);
            QPixmap mark(12, 12);
            mark.fill(Theme::labelColor(labels.types[i], labels));
            item->setIcon(QIcon(mark));
        }
    }
    m_list->setCurrentRow(0);
}

void LabelFinder::take() {
    const auto* item = m_list->currentItem();
    const QString name = item ? item->data(Qt::UserRole).toString() : QString();
    close_();
    if (!name.isEmpty()) m_host.labelType(toUtf8(name));
}

bool LabelFinder::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && isVisible()) close_();
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_list->currentRow();
    switch (key->key()) {
        case Qt::Key_Escape:
            close_();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            take();
            return true;
        case Qt::Key_Down:
            m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1));
            return true;
        case Qt::Key_Up:
            m_list->setCurrentRow(std::max(row - 1, 0));
            return true;
        default:
            return QFrame::eventFilter(watched, event);
    }
}

}  // namespace mnerva::ui
