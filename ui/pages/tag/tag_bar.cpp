#include "ui/pages/tag/tag_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>
#include <tuple>

#include "ui/base/error_text.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/post_list_model.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {
namespace {

constexpr int kBarHeight = 44;

QToolButton* quietButton(const char* name) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    return button;
}

/// The key beside the word; Return as its sign.
QString withKey(const QString& text, const QKeySequence& key) {
    const QString name = key == QKeySequence(Qt::Key_Return) || key == QKeySequence(Qt::Key_Enter)
                             ? QStringLiteral("⏎")
                             : key.toString(QKeySequence::NativeText);
    return name.isEmpty() ? text : text + QStringLiteral("  ") + name;
}

}  // namespace

TagBar::TagBar(TagHost& host, const PostListModel& posts, QWidget* parent)
    : QWidget(parent),
      m_host(host),
      m_posts(posts),
      m_previous(quietButton("previousPost")),
      m_next(quietButton("nextPost")),
      m_flag(quietButton("flagButton")),
      m_skip(quietButton("skipButton")),
      m_comments(quietButton("commentsButton")),
      m_review(quietButton("reviewButton")),
      m_remove(quietButton("removeButton")),
      m_sticky(quietButton("stickyButton")),
      m_place(new QLabel),
      m_done(new QPushButton) {
    setObjectName(QStringLiteral("tagBar"));
    setFixedHeight(kBarHeight);
    m_place->setObjectName(QStringLiteral("postPlace"));
    m_place->setTextFormat(Qt::PlainText);
    m_place->setAlignment(Qt::AlignCenter);
    m_place->setCursor(Qt::PointingHandCursor);
    m_place->installEventFilter(this);
    m_done->setObjectName(QStringLiteral("doneButton"));
    m_done->setFocusPolicy(Qt::TabFocus);
    m_done->setAutoDefault(false);
    m_flag->setCheckable(true);
    m_skip->setCheckable(true);
    m_review->setPopupMode(QToolButton::InstantPopup);
    m_review->setMenu(new QMenu(this));
    connect(m_review->menu(), &QMenu::aboutToShow, this, &TagBar::fillReview);
    m_previous->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_next->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_sticky->setAutoRaise(false);
    m_sticky->setLayoutDirection(Qt::RightToLeft);  // the cross behind the name
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 16, 4);
    row->setSpacing(4);
    row->addWidget(m_previous);
    row->addWidget(m_place);
    row->addWidget(m_next);
    row->addSpacing(12);
    row->addWidget(m_flag);
    row->addWidget(m_skip);
    row->addWidget(m_comments);
    row->addWidget(m_review);
    row->addWidget(m_remove);
    row->addStretch(1);
    row->addWidget(m_sticky);
    row->addSpacing(8);
    row->addWidget(m_done);
    const ActionRegistry& actions = host.actions();
    actions.describe(m_previous, QStringLiteral("tag.previousPost"));
    actions.describe(m_next, QStringLiteral("tag.nextPost"));
    actions.describe(m_place, QStringLiteral("tag.goTo"));
    actions.describe(m_flag, QStringLiteral("tag.flag"));
    actions.describe(m_skip, QStringLiteral("tag.skip"));
    actions.describe(m_comments, QStringLiteral("tag.comments"));
    actions.describe(m_remove, QStringLiteral("tag.remove"));
    actions.describe(m_done, QStringLiteral("tag.accept"));
    const std::pair<QAbstractButton*, const char*> runs[] = {
        {m_previous, "tag.previousPost"}, {m_next, "tag.nextPost"}, {m_flag, "tag.flag"},  {m_skip, "tag.skip"},
        {m_comments, "tag.comments"},     {m_remove, "tag.remove"}, {m_done, "tag.accept"}};
    for (const auto& [button, action] : runs)
        connect(button, &QAbstractButton::clicked, this, [this, id = action] { run(id); });
    connect(m_sticky, &QToolButton::clicked, &host, [&host] { host.setStickyLabel(std::nullopt); });
    for (const auto signal :
         {&TagHost::changed, &TagHost::statusChanged, &TagHost::postChanged, &TagHost::stickyChanged})
        connect(&host, signal, this, &TagBar::refresh);
    connect(&actions, &ActionRegistry::descriptionsChanged, this, &TagBar::retranslate);
    if (auto* theme = Theme::instance()) connect(theme, &Theme::changed, this, &TagBar::colour);
    colour();
    retranslate();
}

void TagBar::run(const char* action) {
    m_host.run(QLatin1String(action));
    refresh();  // a check mark that the click itself has set may be wrong
}

bool TagBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_place && event->type() == QEvent::MouseButtonRelease) run("tag.goTo");
    return QWidget::eventFilter(watched, event);
}

void TagBar::colour() {
    QPalette strong = palette();
    strong.setColor(QPalette::Active, QPalette::Button, Theme::color(Theme::Role::Accent));
    strong.setColor(QPalette::Inactive, QPalette::Button, Theme::color(Theme::Role::Accent));
    strong.setColor(QPalette::Active, QPalette::ButtonText, Theme::color(Theme::Role::AccentText));
    strong.setColor(QPalette::Inactive, QPalette::ButtonText, Theme::color(Theme::Role::AccentText));
    strong.setColor(QPalette::Disabled, QPalette::Button, Theme::color(Theme::Role::Surface));
    strong.setColor(QPalette::Disabled, QPalette::ButtonText, Theme::color(Theme::Role::DisabledText));
    m_done->setPalette(strong);
    m_flag->setIcon(Theme::icon(QStringLiteral("flag")));
    m_skip->setIcon(Theme::icon(QStringLiteral("skip")));
    m_comments->setIcon(Theme::icon(QStringLiteral("comment")));
    m_review->setIcon(Theme::icon(QStringLiteral("eye")));
    m_remove->setIcon(Theme::icon(QStringLiteral("trash")));
    m_previous->setIcon(Theme::icon(QStringLiteral("previous")));
    m_next->setIcon(Theme::icon(QStringLiteral("next")));
    m_sticky->setIcon(Theme::icon(QStringLiteral("close")));
    update();
}

void TagBar::retranslate() {
    m_previous->setAccessibleName(tr("Previous post"));
    m_next->setAccessibleName(tr("Next post"));
    m_flag->setText(tr("Flag"));
    m_flag->setAccessibleName(tr("Flag this post"));
    m_skip->setText(tr("Skip"));
    m_skip->setAccessibleName(tr("Skip this post"));
    m_review->setToolTip(tr("What a second person says of the post"));
    const QKeySequence key = m_host.actions().key(QStringLiteral("tag.accept"));
    // As wide as the longer of its two words: it stays where the pointer is.
    const QFontMetrics metrics(m_done->font());
    int width = 0;
    for (const QString& text : {tr("Done"), tr("Accept")})
        width = std::max(width, metrics.horizontalAdvance(withKey(text, key)));
    m_done->setFixedWidth(width + 40);
    refresh();
}

void TagBar::refresh() {
    const ProjectSession& session = m_host.session();
    const int row = m_host.hasPost() ? m_posts.rowOf(session.currentPost()) : -1;
    const int count = m_posts.rowCount();
    const QLocale locale;
    const QString place = row < 0 ? QStringLiteral("– / %1").arg(locale.toString(count))
                                  : QStringLiteral("%1 / %2").arg(locale.toString(row + 1), locale.toString(count));
    if (m_place->text() != place) {
        m_place->setText(place);
        m_place->setMinimumWidth(m_place->fontMetrics().horizontalAdvance(
                                     QStringLiteral("%1 / %1").arg(locale.toString(std::max(count, 10)))) +
                                 8);
        m_place->setAccessibleName(row < 0 ? tr("The post is not in the list")
                                           : tr("Post %1 of %2").arg(locale.toString(row + 1), locale.toString(count)));
    }
    m_previous->setEnabled(row > 0);
    m_next->setEnabled(row >= 0 && row + 1 < count);
    const bool edits = m_host.acceptsEdits();
    const PostStatus status = m_host.hasPost() ? m_host.editor().state().status : PostStatus::Open;
    m_flag->setChecked(isFlagged(status));
    m_flag->setEnabled(edits);
    refreshMarks(edits);
    const TagFocus focus = m_host.editor().focus();
    m_remove->setVisible(focus.kind != TagFocus::Kind::None);
    m_remove->setEnabled(edits);
    const QString remove = focus.isSuggestion() ? tr("Reject") : tr("Delete");
    if (m_remove->text() != remove) m_remove->setText(remove);
    m_remove->setAccessibleName(focus.isSuggestion() ? tr("Reject the suggestion") : tr("Delete the entity"));
    const QString done =
        withKey(focus.isSuggestion() ? tr("Accept") : tr("Done"), m_host.actions().key(QStringLiteral("tag.accept")));
    if (m_done->text() != done) m_done->setText(done);
    m_done->setAccessibleName(focus.isSuggestion() ? tr("Accept the suggestion") : tr("Finish the post and go on"));
    m_done->setEnabled(edits);
    const auto sticky = m_host.stickyLabel();
    const auto& types = session.labels().types;
    const bool sticks = sticky && *sticky < static_cast<int>(types.size());
    m_sticky->setVisible(sticks);
    if (!sticks) return;
    const QString name = fromUtf8(types[static_cast<std::size_t>(*sticky)]);
    m_sticky->setText(tr("Each click: %1").arg(withoutMnemonic(name)));
    m_sticky->setAccessibleName(tr("%1 sticks. Click: end it").arg(name));
    m_sticky->setToolTip(m_sticky->accessibleName());
}

void TagBar::refreshMarks(bool edits) {
    const PostState& state = m_host.editor().state();
    m_skip->setChecked(m_host.hasPost() && isSkipped(state.status));
    m_skip->setEnabled(edits);
    const int count = m_host.commentCount();
    const QString comments = count == 0 ? tr("Comment") : tr("Comments  %1").arg(QLocale().toString(count));
    if (m_comments->text() != comments) m_comments->setText(comments);
    m_comments->setAccessibleName(tr("%n comments on this post", nullptr, count));
    m_comments->setEnabled(m_host.hasPost());
    const Review now = m_host.hasPost() ? state.review : Review::None;
    const QString review = now == Review::ToReview   ? tr("To review")
                           : now == Review::Accepted ? tr("Accepted")
                           : now == Review::Returned ? tr("Returned")
                                                     : tr("Review");
    if (m_review->text() != review) m_review->setText(review);
    m_review->setAccessibleName(tr("Review of this post: %1").arg(reviewText(state.review)));
    m_review->setEnabled(edits);
}

void TagBar::fillReview() {
    QMenu* menu = m_review->menu();
    menu->clear();
    const Review now = m_host.editor().state().review;
    const std::tuple<Review, const char*, QString> choices[] = {
        {Review::ToReview, "tag.reviewAsk", tr("To review")},
        {Review::Accepted, "tag.reviewAccept", tr("Accepted")},
        {Review::Returned, "tag.reviewReturn", tr("Returned, with a comment…")}};
    const char* undoes = nullptr;
    for (const auto& [review, id, text] : choices) {
        const QString key = m_host.actions().key(QLatin1String(id)).toString(QKeySequence::NativeText);
        QAction* action = menu->addAction(text + QLatin1Char('\t') + key);
        action->setCheckable(true);
        action->setChecked(now == review);
        action->setEnabled(now != review);
        connect(action, &QAction::triggered, this, [this, id = id] { run(id); });
        if (now == review) undoes = id;
    }
    menu->addSeparator();
    QAction* none = menu->addAction(tr("Not reviewed"));
    none->setEnabled(undoes != nullptr);
    if (undoes) connect(none, &QAction::triggered, this, [this, undoes] { run(undoes); });
}

void TagBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), Theme::color(Theme::Role::Hairline));
}

}  // namespace mnerva::ui
