#include "ui/shell/title_bar.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/layer_button.h"
#include "ui/session/query_line.h"
#include "ui/session/query_menu.h"
#include "ui/session/views_popup.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

constexpr int kPatienceMs = 500, kQueryWidth = 640;

}  // namespace

TitleBar::TitleBar(ProjectSession& session, const ActionRegistry& actions, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_actions(actions),
      m_project(new QToolButton),
      m_layer(new LayerButton(session)),
      m_menu(new QMenu(this)),
      m_query(new QueryLine(session)),
      m_filter(new QToolButton),
      m_viewsButton(new QToolButton),
      m_views(new ViewsPopup(session, this)),
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
    m_filter->setObjectName(QStringLiteral("queryFilter"));
    m_filter->setPopupMode(QToolButton::InstantPopup);
    m_filter->setAutoRaise(true);
    auto* conditions = new QueryMenu(session, this);
    connect(conditions, &QueryMenu::viewsWanted, this, &TitleBar::openViews);
    m_filter->setMenu(conditions);
    m_viewsButton->setObjectName(QStringLiteral("viewsButton"));
    m_viewsButton->setAutoRaise(true);
    connect(m_viewsButton, &QToolButton::clicked, this, &TitleBar::openViews);
    m_actions.describe(m_viewsButton, QStringLiteral("window.views"));
    m_query->setMaximumWidth(kQueryWidth);
    m_query->setMinimumWidth(160);
    m_matches->setObjectName(QStringLiteral("queryMatches"));
    m_matches->setFont(Theme::secondaryFont());
    m_matches->setMinimumWidth(96);
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(2);
    row->addWidget(m_project);
    row->addWidget(m_layer);
    row->addStretch(1);
    row->addWidget(m_viewsButton);
    row->addWidget(m_filter);
    row->addWidget(m_query, 4);
    row->addWidget(m_matches);
    row->addStretch(1);
    row->addWidget(m_buttons);

    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &TitleBar::showMatches);
    connect(m_query, &QueryLine::left, this, &TitleBar::leftQuery);
    connect(&session, &ProjectSession::visibleRowsChanged, this, &TitleBar::showMatches);
    connect(&session, &ProjectSession::filterProgressed, this, [this] {
        if (m_session.isFiltering() && !m_patience.isActive()) m_patience.start();
        showMatches();
    });
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

void TitleBar::openViews() {
    m_views->openUnder(*m_viewsButton);
}

void TitleBar::retranslate() {
    m_project->setIcon(Theme::icon(QStringLiteral("folder")));
    m_project->setToolTip(tr("Project: new, open, import, export"));
    m_query->setPlaceholderText(
        tr("Find posts: words, label:PER, split:test … (%1)")
            .arg(m_actions.key(QStringLiteral("window.filter")).toString(QKeySequence::NativeText)));
    m_query->retranslate();
    m_layer->retranslate();
    m_filter->setIcon(Theme::icon(QStringLiteral("filter")));
    m_filter->setToolTip(tr("Conditions to choose from; each is written into the query line"));
    m_filter->setAccessibleName(tr("Conditions"));
    m_viewsButton->setIcon(Theme::icon(QStringLiteral("bookmark")));
    m_viewsButton->setAccessibleName(tr("Saved views"));
    m_views->retranslate();
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
    m_filter->setEnabled(m_session.isOpen());
    m_viewsButton->setEnabled(m_session.isOpen());
}

void TitleBar::showMatches() {
    const bool filtered = m_session.isOpen() && (m_session.isShowingOnly() || !m_session.filter().trimmed().isEmpty());
    const auto shown = static_cast<int>(m_session.foundCount());
    if (filtered && m_session.filterMilliseconds() >= kPatienceMs) {
        const int percent = static_cast<int>(m_session.filterFraction() * 100);
        m_matches->setText(tr("%Ln so far, %1 % looked at, Esc stops", "matches of the query line", shown)
                               .arg(QLocale().toString(percent)));
    } else {
        m_matches->setText(filtered ? tr("%Ln post(s)", "matches of the query line", shown) : QString());
    }
}

void TitleBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::color(Theme::Role::Raised));
    painter.fillRect(QRect(0, height() - 1, width(), 1), Theme::color(Theme::Role::Hairline));
}

}  // namespace mnerva::ui
