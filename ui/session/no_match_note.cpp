#include "ui/session/no_match_note.h"

#include <QAbstractItemView>
#include <QEvent>

#include "ui/session/project_session.h"

namespace mnerva::ui {

NoMatchNote::NoMatchNote(ProjectSession& session, QAbstractItemView& view)
    : QLabel(view.viewport()), m_session(session), m_view(view) {
    setObjectName(QStringLiteral("noMatch"));
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setMargin(16);
    setForegroundRole(QPalette::PlaceholderText);
    view.viewport()->installEventFilter(this);
    connect(this, &QLabel::linkActivated, this, [this] { m_session.setFilter({}); });
    for (const auto signal : {&ProjectSession::visibleRowsChanged, &ProjectSession::filterProgressed,
                              &ProjectSession::summariesReset, &ProjectSession::closed})
        connect(&session, signal, this, &NoMatchNote::refresh);
    retranslate();
}

void NoMatchNote::retranslate() {
    setText(QStringLiteral("%1<br><br><a href=\"all\">%2</a>")
                .arg(tr("No post matches the query.").toHtmlEscaped(), tr("Show all posts").toHtmlEscaped()));
    refresh();
}

void NoMatchNote::refresh() {
    const bool none = m_session.isOpen() && m_session.foundCount() == 0 && !m_session.isFiltering() &&
                      !m_session.filter().trimmed().isEmpty();
    setGeometry(m_view.viewport()->rect());
    setVisible(none);
}

bool NoMatchNote::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) setGeometry(m_view.viewport()->rect());
    return QLabel::eventFilter(watched, event);
}

}  // namespace mnerva::ui
