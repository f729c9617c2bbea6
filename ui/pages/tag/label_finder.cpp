#include "ui/pages/tag/label_finder.h"

#include <QEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

LabelFinder::LabelFinder(TagHost& host, QWidget* parent) : PickBox(QSize(280, 260), parent), m_host(host) {
    setObjectName(QStringLiteral("labelFinder"));
    m_edit->setObjectName(QStringLiteral("labelFinderText"));
    m_list->setObjectName(QStringLiteral("labelFinderList"));
    connect(m_edit, &QLineEdit::textChanged, this, &LabelFinder::filter);
    QEvent language(QEvent::LanguageChange);
    changeEvent(&language);
}

void LabelFinder::changeEvent(QEvent* event) {
    PickBox::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    m_edit->setPlaceholderText(tr("Name of a label"));
    m_edit->setAccessibleName(tr("Name of a label"));
    m_list->setAccessibleName(tr("Labels that fit"));
}

void LabelFinder::open() {
    m_edit->clear();
    filter({});
    openBox();
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
    closeBox();
    if (!name.isEmpty()) m_host.labelType(toUtf8(name));
}

}  // namespace mnerva::ui
