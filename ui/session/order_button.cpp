#include "ui/session/order_button.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>

#include "ui/look/theme.h"
#include "ui/session/order_menu.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kSortPatienceMs = 500;

}  // namespace

OrderButton::OrderButton(ProjectSession& session, QWidget* parent)
    : QToolButton(parent), m_session(session), m_note(new QLabel(this)) {
    setObjectName(QStringLiteral("orderButton"));
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    setFont(Theme::secondaryFont());
    setFocusPolicy(Qt::TabFocus);
    setMenu(new OrderMenu(session, this));
    m_note->setObjectName(QStringLiteral("orderNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setFont(Theme::secondaryFont());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->installEventFilter(this);
    m_patience.setSingleShot(true);
    m_patience.setInterval(kSortPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &OrderButton::refresh);
    for (const auto signal : {&ProjectSession::orderChanged, &ProjectSession::opened, &ProjectSession::closed})
        connect(&session, signal, this, &OrderButton::refresh);
    connect(&session, &ProjectSession::sortProgressed, this, [this] {
        if (m_session.isSorting() && !m_patience.isActive()) m_patience.start();
        refresh();
    });
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &OrderButton::retranslate);
    retranslate();
}

void OrderButton::openMenu() {
    if (isEnabled()) showMenu();
}

void OrderButton::setShort(bool isShort) {
    m_isShort = isShort;
    refresh();
}

void OrderButton::retranslate() {
    setIcon(Theme::icon(QStringLiteral("sort")));
    refresh();
}

void OrderButton::refresh() {
    setEnabled(m_session.isOpen());
    m_text = orderText(m_session.order());
    const QString whole = m_text.isEmpty() ? orderTitle(m_session.order()) : m_text;
    if (m_session.isSorting() && m_session.sortMilliseconds() >= kSortPatienceMs)
        m_text = tr("Sorting, %1 %").arg(QLocale().toString(static_cast<int>(100 * m_session.sortFraction())));
    m_note->setVisible(!m_text.isEmpty() && !m_isShort);
    m_note->setToolTip(m_text.toHtmlEscaped());
    setAccessibleName(tr("Order of the posts: %1").arg(whole));
    elide();
}

void OrderButton::elide() {
    m_note->setText(m_note->fontMetrics().elidedText(m_text, Qt::ElideMiddle, m_note->contentsRect().width()));
}

bool OrderButton::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_note && event->type() == QEvent::Resize) elide();
    return QToolButton::eventFilter(watched, event);
}

}  // namespace mnerva::ui
