#include "ui/session/order_button.h"

#include <QLocale>

#include "ui/base/plain_text.h"
#include "ui/look/theme.h"
#include "ui/session/order_menu.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {
namespace {

constexpr int kSortPatienceMs = 500, kMostOrderText = 132;

}  // namespace

OrderButton::OrderButton(ProjectSession& session, QWidget* parent) : QToolButton(parent), m_session(session) {
    setObjectName(QStringLiteral("orderButton"));
    setPopupMode(QToolButton::InstantPopup);
    setAutoRaise(true);
    setFont(Theme::secondaryFont());
    setFocusPolicy(Qt::TabFocus);
    setMenu(new OrderMenu(session, this));
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
    QString text = orderText(m_session.order());
    const QString whole = text.isEmpty() ? orderTitle(m_session.order()) : text;
    if (m_session.isSorting() && m_session.sortMilliseconds() >= kSortPatienceMs)
        text = tr("Sorting, %1 %").arg(QLocale().toString(static_cast<int>(100 * m_session.sortFraction())));
    setText(withoutMnemonic(fontMetrics().elidedText(text, Qt::ElideMiddle, kMostOrderText)));
    setToolButtonStyle(text.isEmpty() || m_isShort ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    setAccessibleName(tr("Order of the posts: %1").arg(whole));
}

}  // namespace mnerva::ui
