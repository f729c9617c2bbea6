#include "ui/shell/title_bar.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

constexpr int kQueryDelayMs = 120, kQueryWidth = 520;

}  // namespace

TitleBar::TitleBar(ProjectSession& session, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_actions(actions),
      m_project(new QToolButton),
      m_menu(new QMenu(this)),
      m_query(new QLineEdit),
      m_matches(new QLabel),
      m_buttons(new QWidget) {
    setObjectName(QStringLiteral("titleBar"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    m_project->setObjectName(QStringLiteral("projectMenu"));
    m_project->setPopupMode(QToolButton::InstantPopup);
    m_project->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_project->setAutoRaise(true);
    m_project->setMenu(m_menu);
    m_query->setObjectName(QStringLiteral("query"));
    m_query->setClearButtonEnabled(true);
    m_query->setMaximumWidth(kQueryWidth);
    m_query->setMinimumWidth(160);
    m_query->installEventFilter(this);
    m_matches->setObjectName(QStringLiteral("queryMatches"));
    m_matches->setFont(Theme::secondaryFont());
    m_matches->setMinimumWidth(96);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(2);
    row->addWidget(m_project);
    row->addStretch(1);
    row->addWidget(m_query, 4);
    row->addWidget(m_matches);
    row->addStretch(1);
    row->addWidget(m_buttons);

    m_queryDelay.setSingleShot(true);
    m_queryDelay.setInterval(kQueryDelayMs);
    connect(m_query, &QLineEdit::textChanged, &m_queryDelay, qOverload<>(&QTimer::start));
    connect(&m_queryDelay, &QTimer::timeout, this, [this] { m_session.setFilter(m_query->text().trimmed()); });
    connect(m_query, &QLineEdit::returnPressed, this, [this] {
        m_queryDelay.stop();
        m_session.setFilter(m_query->text().trimmed());
        Q_EMIT leftQuery();
    });
    connect(&session, &ProjectSession::opened, this, [this] { m_query->clear(); });
    connect(&session, &ProjectSession::visibleRowsChanged, this, &TitleBar::showMatches);
    for (const auto signal : {&ProjectSession::opened, &ProjectSession::closed, &ProjectSession::infoChanged}) {
        connect(&session, signal, this, &TitleBar::showProject);
    }
    if (Theme* theme = Theme::instance()) connect(theme, &Theme::changed, this, &TitleBar::retranslate);
    connect(&actions, &ActionRegistry::descriptionsChanged, this, &TitleBar::retranslate);
    retranslate();
}

void TitleBar::setActions(const QList<QAction*>& actions) {
    for (QAction* action : actions) {
        auto* button = new QToolButton(m_buttons);
        button->setAutoRaise(true);
        button->setDefaultAction(action);
        button->setObjectName(QStringLiteral("button.") + action->objectName());
        m_buttons->layout()->addWidget(button);
    }
}

void TitleBar::retranslate() {
    m_project->setIcon(Theme::icon(QStringLiteral("folder")));
    m_project->setToolTip(tr("Project: new, open, import, export"));
    m_query->setPlaceholderText(
        tr("Filter posts: words, names or ids (%1)")
            .arg(m_actions.key(QStringLiteral("window.filter")).toString(QKeySequence::NativeText)));
    m_query->setAccessibleName(tr("Filter of the posts"));
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, Theme::color(Theme::Role::SecondaryText));
    m_matches->setPalette(quiet);
    showProject();
    showMatches();
}

void TitleBar::showProject() {
    const QString name = m_session.isOpen() ? fromUtf8(m_session.info().name) : tr("Mnerva");
    const QString shown = name.isEmpty() ? QFileInfo(m_session.folder()).fileName() : name;
    m_project->setText(withoutMnemonic(shown) + QStringLiteral("  ▾"));
    m_project->setAccessibleName(shown);
    m_query->setEnabled(m_session.isOpen());
}

void TitleBar::showMatches() {
    const bool filtered = m_session.isOpen() && (!m_session.filter().isEmpty() || m_session.isShowingOnly());
    if (m_session.isShowingOnly() && !m_query->text().isEmpty()) {
        const QSignalBlocker quiet(m_query);  // the words filter no more
        m_query->clear();
        m_queryDelay.stop();
    }
    const auto shown = static_cast<int>(m_session.visibleRows().size());
    m_matches->setText(filtered ? tr("%Ln post(s)", "matches of the query line", shown) : QString());
}

bool TitleBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_query && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        if (!m_query->text().isEmpty()) {
            m_query->clear();
        } else {
            Q_EMIT leftQuery();
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void TitleBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Theme::Role::Raised));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::color(Theme::Role::Hairline));
}

}  // namespace mnerva::ui
