#include "ui/widgets/path_field.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QToolButton>
#include <QUrl>

#include "ui/look/theme.h"

namespace mnerva::ui {

PathField::PathField(dialogs::FileRequest request, QWidget* parent)
    : QWidget(parent), m_request(std::move(request)), m_edit(new QLineEdit), m_button(new QToolButton) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_edit, 1);
    row->addWidget(m_button);
    m_edit->setObjectName(m_request.id + QStringLiteral(".path"));
    m_button->setObjectName(m_request.id + QStringLiteral(".choose"));
    m_button->setIcon(Theme::icon(QStringLiteral("folder-open")));
    m_button->setAutoRaise(true);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    setRequest(m_request);
    connect(m_button, &QToolButton::clicked, this, &PathField::choose);
    connect(m_edit, &QLineEdit::editingFinished, this, [this] {
        if (path() == m_told) return;
        m_told = path();
        Q_EMIT changed(m_told);
    });
}

void PathField::setRequest(dialogs::FileRequest request) {
    m_request = std::move(request);
    m_button->setToolTip(m_request.title);
    m_button->setAccessibleName(m_request.title);
    m_edit->setAccessibleName(m_request.title);
}

QString PathField::path() const {
    return m_edit->text().trimmed();
}

void PathField::setPath(const QString& path) {
    m_told = path;
    if (m_edit->text() != path) m_edit->setText(path);
}

void PathField::setPlaceholder(const QString& text) {
    m_edit->setPlaceholderText(text);
}

void PathField::setWrong(bool wrong) {
    QPalette palette;
    if (wrong) palette.setColor(QPalette::Base, Theme::color(Theme::Role::BadSurface));
    m_edit->setPalette(palette);
}

void PathField::choose() {
    dialogs::FileRequest request = m_request;
    if (!path().isEmpty()) request.start = path();
    const QString chosen = dialogs::file(this, request);
    if (chosen.isEmpty()) return;
    setPath(chosen);
    Q_EMIT changed(chosen);
}

bool PathField::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_edit && (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop)) {
        auto* drop = static_cast<QDropEvent*>(event);
        const QList<QUrl> urls = drop->mimeData()->urls();
        if (urls.size() == 1 && urls.first().isLocalFile()) {
            drop->acceptProposedAction();
            if (event->type() == QEvent::Drop) {
                setPath(urls.first().toLocalFile());
                Q_EMIT changed(path());
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace mnerva::ui
