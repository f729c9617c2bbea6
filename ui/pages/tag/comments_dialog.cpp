#include "ui/pages/tag/comments_dialog.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "ui/base/bidi.h"
#include "ui/base/plain_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr int kDialogWidth = 520, kUsualHeight = 460, kTextLines = 4;

QLabel* plainLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QToolButton* quietButton(const char* name, const QString& text) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoRaise(true);
    button->setText(text);
    return button;
}

QString timeText(std::int64_t ms) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

}  // namespace

CommentsDialog::CommentsDialog(TagHost& host, bool returns, QWidget* parent)
    : QDialog(parent), m_host(host), m_returns(returns), m_scroll(new QScrollArea) {
    setObjectName(QStringLiteral("commentsDialog"));
    const QString name = host.hasPost() ? fromUtf8(host.session().view().post.externalId) : QString();
    setWindowTitle(asWindowTitle(returns ? tr("Return %1 with a comment").arg(name) : tr("Comments on %1").arg(name)));
    resize(kDialogWidth, kUsualHeight);
    auto* list = new QWidget;
    m_column = new QVBoxLayout(list);
    m_column->setContentsMargins(0, 0, 8, 0);
    m_column->setSpacing(12);
    m_scroll->setObjectName(QStringLiteral("commentList"));
    m_scroll->setWidget(list);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_scroll, 1);
    column->addWidget(makeWriting());
    connect(m_text, &QPlainTextEdit::textChanged, this, &CommentsDialog::refreshButtons);
    connect(m_author, &QLineEdit::editingFinished, this, &CommentsDialog::takeAuthor);
    connect(m_write, &QPushButton::clicked, this, &CommentsDialog::write);
    connect(m_cancel, &QPushButton::clicked, this, &CommentsDialog::endEditing);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(&host, &TagHost::changed, this, &CommentsDialog::refresh);
    connect(&host, &TagHost::statusChanged, this, &CommentsDialog::refresh);
    connect(&host, &TagHost::postChanged, this, &QDialog::accept);
    refresh();
    m_text->setFocus();
}

QWidget* CommentsDialog::makeWriting() {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_text = new QPlainTextEdit;
    m_text->setObjectName(QStringLiteral("commentText"));
    m_text->setAccessibleName(tr("Text of the comment"));
    m_text->setPlaceholderText(m_returns ? tr("Why the post is returned") : tr("Write a comment"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * kTextLines + 16);
    m_text->installEventFilter(this);
    m_message = plainLabel({});
    m_message->setObjectName(QStringLiteral("commentMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    m_author = new QLineEdit(m_host.commentAuthor());
    m_author->setObjectName(QStringLiteral("commentAuthor"));
    m_author->setMaximumWidth(180);
    auto* as = plainLabel(tr("Author"));
    as->setBuddy(m_author);
    m_author->setAccessibleName(as->text());
    m_write = new QPushButton;
    m_write->setObjectName(QStringLiteral("commentWrite"));
    m_write->setAutoDefault(false);
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setObjectName(QStringLiteral("commentCancel"));
    m_cancel->setAutoDefault(false);
    m_close = new QPushButton(m_returns ? tr("Cancel") : tr("Close"));
    m_close->setObjectName(QStringLiteral("commentClose"));
    m_close->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(as);
    row->addWidget(m_author);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_close);
    row->addWidget(m_write);
    column->addWidget(m_text);
    column->addWidget(m_message);
    column->addLayout(row);
    return box;
}

std::vector<CommentsDialog::Shown> CommentsDialog::comments() const {
    std::vector<Shown> all;
    if (!m_host.hasPost()) return all;
    for (const Comment& comment : m_host.editor().state().comments) all.push_back({comment, {}, false});
    for (const auto& other : m_host.session().view().otherComments)
        all.push_back({other.comment, other.layer.empty() ? tr("corrected layer") : fromUtf8(other.layer), true});
    std::stable_sort(all.begin(), all.end(),
                     [](const Shown& a, const Shown& b) { return a.comment.writtenAtMs < b.comment.writtenAtMs; });
    return all;
}

QWidget* CommentsDialog::makeComment(const Shown& shown) {
    auto* box = new QWidget;
    box->setObjectName(QStringLiteral("comment"));
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(4);
    const QString author = fromUtf8(shown.comment.author);
    QStringList facts{isolated(author), timeText(shown.comment.writtenAtMs)};
    if (shown.isOther) facts << isolated(shown.layer);
    auto* who = plainLabel(facts.join(QStringLiteral(" · ")));
    who->setFont(Theme::secondaryFont());
    who->setForegroundRole(QPalette::PlaceholderText);
    who->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    who->setMinimumHeight(24);
    head->addWidget(who, 1);
    if (!shown.isOther && m_host.acceptsEdits()) {
        const std::int64_t id = shown.comment.id;
        if (author == m_host.commentAuthor()) {
            auto* edit = quietButton("commentEdit", tr("Edit"));
            edit->setAccessibleName(tr("Edit the comment of %1").arg(author));
            connect(edit, &QToolButton::clicked, this, [this, id] { beginEditing(id); });
            head->addWidget(edit);
        }
        auto* remove = quietButton("commentDelete", tr("Delete"));
        remove->setAccessibleName(tr("Delete the comment of %1").arg(author));
        // The list is made anew by it, so the button must be through with its click before.
        connect(remove, &QToolButton::clicked, this,
                [this, id] { QTimer::singleShot(0, this, [this, id] { m_host.deleteComment(id); }); });
        head->addWidget(remove);
    }
    column->addLayout(head);
    auto* text = plainLabel(fromUtf8(shown.comment.text));
    text->setObjectName(QStringLiteral("commentBody"));
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(text);
    return box;
}

void CommentsDialog::refresh() {
    refreshButtons();
    std::vector<Shown> now = comments();
    if (m_isFilled && now == m_shown) return;
    const bool isLonger = now.size() > m_shown.size() || !m_isFilled;
    m_isFilled = true;
    m_shown = std::move(now);
    while (QLayoutItem* item = m_column->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int count = static_cast<int>(m_shown.size()), left = std::max(0, count - kMostShown);
    if (count == 0) m_column->addWidget(plainLabel(tr("Nobody has written about this post yet.")));
    if (left > 0) m_column->addWidget(plainLabel(tr("%n older comments are not shown.", nullptr, left)));
    for (int i = left; i < count; ++i) m_column->addWidget(makeComment(m_shown[static_cast<std::size_t>(i)]));
    m_column->addStretch(1);
    const bool isGone = m_edited != 0 && std::none_of(m_shown.begin(), m_shown.end(), [this](const Shown& shown) {
                            return shown.comment.id == m_edited;
                        });
    if (isGone) endEditing();
    if (isLonger)
        QTimer::singleShot(
            0, this, [this] { m_scroll->verticalScrollBar()->setValue(m_scroll->verticalScrollBar()->maximum()); });
}

void CommentsDialog::refreshButtons() {
    const bool hasText = !commentText(toUtf8(m_text->toPlainText())).empty();
    const bool isLong = toUtf8(m_text->toPlainText()).size() > kLongestComment;
    const QString verb = m_edited != 0 ? tr("Save") : m_returns ? tr("Return") : tr("Add");
    m_write->setText(verb + QStringLiteral("  ") +
                     QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    m_write->setAccessibleName(verb);
    m_write->setEnabled(hasText && !isLong && m_host.acceptsEdits());
    m_text->setReadOnly(!m_host.acceptsEdits());
    m_cancel->setVisible(m_edited != 0);
    m_close->setVisible(m_edited == 0);
    m_message->setVisible(isLong);
    if (isLong)
        m_message->setText(
            tr("Too long: a comment holds at most %n bytes.", nullptr, static_cast<int>(kLongestComment)));
}

void CommentsDialog::takeAuthor() {
    if (m_author->text().simplified() == m_host.commentAuthor()) return;
    m_host.setCommentAuthor(m_author->text());
    m_author->setText(m_host.commentAuthor());
    m_isFilled = false;  // other comments are one's own now
    refresh();
}

void CommentsDialog::write() {
    if (!m_write->isEnabled()) return;
    if (m_author->text().simplified() != m_host.commentAuthor()) takeAuthor();
    const QString text = m_text->toPlainText();
    if (m_edited != 0) {
        if (m_host.rewriteComment(m_edited, text)) endEditing();
        return;
    }
    if (!m_host.writeComment(text, m_returns)) return;
    m_text->clear();
    if (m_returns) accept();
}

void CommentsDialog::beginEditing(std::int64_t id) {
    const auto& own = m_host.editor().state().comments;
    const auto found = std::find_if(own.begin(), own.end(), [id](const Comment& c) { return c.id == id; });
    if (found == own.end()) return;
    if (m_edited == 0) m_draft = m_text->toPlainText();
    m_edited = id;
    m_text->setPlainText(fromUtf8(found->text));
    m_text->moveCursor(QTextCursor::End);
    m_text->setFocus();
    refreshButtons();
}

void CommentsDialog::endEditing() {
    m_edited = 0;
    m_text->setPlainText(std::exchange(m_draft, {}));
    m_text->setFocus();
    refreshButtons();
}

void CommentsDialog::reject() {
    if (m_edited != 0) return endEditing();  // Esc leaves what is being changed first
    QDialog::reject();
}

bool CommentsDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enters = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enters && key->modifiers().testFlag(Qt::ControlModifier)) {
            write();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommentsDialog::keyPressEvent(QKeyEvent* event) {
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enters && event->modifiers().testFlag(Qt::ControlModifier)) return write();
    if (enters) return event->accept();  // in the author's field it only takes the name
    QDialog::keyPressEvent(event);
}

}  // namespace mnerva::ui
