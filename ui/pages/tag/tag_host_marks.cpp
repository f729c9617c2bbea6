#include <pwd.h>
#include <unistd.h>

#include <QDateTime>
#include <QStringList>

#include "ui/base/bidi.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

// What stands beside the entities of a post: skipped or not, review, comments, and that there is nothing in it.

namespace mnerva::ui {

namespace {

constexpr std::size_t kNamed = 3;  ///< entities that a sentence names

QString authorKey(const QString& layer) {
    return layer.isEmpty() ? QStringLiteral("comments/author") : QStringLiteral("comments/author/") + layer;
}

/// The name of the account: the full one, where it has one.
QString accountName() {
    const passwd* account = ::getpwuid(::getuid());
    const QString full =
        account ? QString::fromLocal8Bit(account->pw_gecos).section(QLatin1Char(','), 0, 0) : QString();
    const QString name = full.simplified().isEmpty() && account ? QString::fromLocal8Bit(account->pw_name) : full;
    return name.simplified().isEmpty() ? QStringLiteral("me") : name.simplified();
}

}  // namespace

// --- nothing here -------------------------------------------------------------------------------------------------

QString TagHost::namesOf(const std::vector<Entity>& entities) const {
    const auto& post = m_session.view().post;
    QStringList names;
    for (const Entity& entity : entities) {
        if (static_cast<std::size_t>(names.size()) == kNamed) break;
        names << tr("%1 %2", "an entity and its label")
                     .arg(isolated(coveredText(post, entity.first, entity.last).simplified()), fromUtf8(entity.type));
    }
    const int more = static_cast<int>(entities.size() - static_cast<std::size_t>(names.size()));
    if (more > 0) names << tr("%n more", "entities that are not named", more);
    return names.join(tr(", ", "between the entities of a list"));
}

void TagHost::nothingHere() {
    const std::vector<Entity> entities = m_editor.state().entities;
    const int there = static_cast<int>(entities.size()), waiting = static_cast<int>(m_editor.pending().size());
    const QString rejected = tr("%n suggestions", "that are rejected", waiting);
    if (there > 0 && acceptsEdits() && m_asked != Asked::Empty) {
        m_asked = Asked::Empty;
        const QString asked =
            tr("%1 again deletes %n entities (%2) and marks the post done; Esc keeps them.", nullptr, there);
        const QString both = tr(
            "%1 again deletes %n entities (%2), rejects %3 and marks the post done; Esc keeps them.", nullptr, there);
        say(Notice::Question, waiting > 0 ? both.arg(keyText("tag.nothing"), namesOf(entities), rejected)
                                          : asked.arg(keyText("tag.nothing"), namesOf(entities)));
        return;
    }
    m_asked = Asked::None;
    if (!apply(m_editor.nothingHere())) return;
    const QString undo = keyTextOr("tag.undo", "edit.undo");
    if (there > 0 && waiting > 0)
        say(Notice::Info,
            tr("%n entities deleted (%1), %2 rejected. The post is done; %3 takes it back.", nullptr, there)
                .arg(namesOf(entities), rejected, undo));
    else if (there > 0)
        say(Notice::Info, tr("%n entities deleted (%1). The post is done; %2 takes it back.", nullptr, there)
                              .arg(namesOf(entities), undo));
    else if (waiting > 0)
        say(Notice::Info, tr("%1 rejected. The post is done; %2 takes it back.").arg(rejected, undo));
    else
        say(Notice::Info, tr("Nothing to tag here. The post is done."));
}

// --- skipped, review -------------------------------------------------------------------------------------------------

void TagHost::toggleSkipped() {
    if (!m_hasPost) return;
    const bool skips = !isSkipped(m_editor.state().status);
    const QString name = isolated(fromUtf8(m_session.view().post.externalId));
    if (!apply(m_editor.toggleSkipped())) return;
    if (skips) m_session.step(1);
    const QString undo = keyTextOr("tag.undo", "edit.undo");
    say(Notice::Info, skips ? tr("%1 is skipped; %2 takes it back.").arg(name, undo)
                            : tr("%1 is open again; %2 takes it back.").arg(name, undo));
}

void TagHost::toggleReview(Review review) {
    if (!m_hasPost || !apply(m_editor.toggleReview(review))) return;
    say(Notice::Info, tr("Review: %1.").arg(reviewText(m_editor.state().review)));
}

void TagHost::askToReturn() {
    if (!m_hasPost) return;
    if (m_editor.state().review == Review::Returned) return toggleReview(Review::Returned);
    if (acceptsEdits()) {
        Q_EMIT commentsWanted(true);
        return;
    }
    say(Notice::Refused, tr("Nothing can be changed here now."));
    Q_EMIT refusedAction();
}

// --- comments ---------------------------------------------------------------------------------------------------

int TagHost::commentCount() const {
    return m_hasPost ? static_cast<int>(m_editor.state().comments.size() + m_session.view().otherComments.size()) : 0;
}

QString TagHost::commentAuthor() const {
    const QString layer = m_session.editedLayer();
    const QString usual = layer.isEmpty() ? accountName() : layer;
    const QString chosen = settings::value(authorKey(layer), QString()).toString().simplified();
    return chosen.isEmpty() ? usual : chosen;
}

void TagHost::setCommentAuthor(const QString& name) {
    const QString layer = m_session.editedLayer();
    if (name.simplified().isEmpty())
        settings::remove(authorKey(layer));
    else
        settings::setValue(authorKey(layer), name.simplified());
}

bool TagHost::writeComment(const QString& text, bool returns) {
    const OneAction one(*this);
    Comment comment;
    comment.id = newCommentId();
    comment.author = toUtf8(commentAuthor());
    comment.writtenAtMs = QDateTime::currentMSecsSinceEpoch();
    comment.text = commentText(toUtf8(text));
    const PostState& state = m_editor.state();
    // One after another, also where two are written within a millisecond.
    for (const Comment& there : state.comments)
        if (there.writtenAtMs == comment.writtenAtMs) ++comment.writtenAtMs;
    if (!apply(returns ? project::returnPost(state, comment) : project::addComment(state, comment))) return false;
    say(Notice::Info, returns ? tr("Review: %1.").arg(reviewText(Review::Returned)) : tr("Comment added."));
    return true;
}

bool TagHost::rewriteComment(std::int64_t id, const QString& text) {
    const OneAction one(*this);
    if (!apply(project::editComment(m_editor.state(), id, commentText(toUtf8(text))))) return false;
    say(Notice::Info, tr("Comment changed."));
    return true;
}

bool TagHost::deleteComment(std::int64_t id) {
    const OneAction one(*this);
    if (!apply(project::removeComment(m_editor.state(), id))) return false;
    say(Notice::Info, tr("Comment deleted; %1 takes it back.").arg(keyTextOr("tag.undo", "edit.undo")));
    return true;
}

QString TagHost::markNews(const PostChange& part) const {
    const bool added = !part.commentsAdded.empty(), removed = !part.commentsRemoved.empty();
    if (part.reviewBefore != part.reviewAfter) return tr("Review: %1.").arg(reviewText(part.reviewAfter));
    if (added && removed) return tr("Comment changed.");
    if (added) return tr("Comment added.");
    if (removed) return tr("The comment is gone again.");
    if (part.statusBefore != part.statusAfter && part.added.empty() && part.removed.empty())
        return tr("Status: %1.").arg(ui::statusText(part.statusAfter));
    return {};
}

}  // namespace mnerva::ui
