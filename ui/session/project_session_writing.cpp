#include "core/domain/grounding.h"
#include "ui/session/project_session_internal.h"

namespace mnerva::ui {

void ProjectSession::applyMany(std::function<Change(const Project&)> make, const ProgressSink& progress,
                               std::stop_token stop,
                               std::function<void(std::optional<Error>, std::optional<Change>)> done) {
    struct Answer {
        std::optional<Change> written;
        std::optional<project::Saved> saved;
    };
    auto answer = std::make_shared<Answer>();
    session::WriteOp op{.kind = session::WriteOp::Kind::Work, .change = {}, .work = {}, .done = {}};
    op.layer = m_impl->editedName;
    op.work = [answer, make = std::move(make), progress, stop](Project& project) {
        Change change = make(project);
        answer->saved = project.apply(change, progress, stop);
        answer->written = answer->saved->written ? std::move(*answer->saved->written) : std::move(change);
    };
    op.done = [this, answer, done = std::move(done)](std::optional<Error> error) {
        if (!error && answer->written) m_impl->manyArrived(*answer->written);
        if (!error && answer->saved) Q_EMIT saved(session::toDateTime(answer->saved->at));
        done(error, std::move(answer->written));
    };
    m_impl->queue(std::move(op));
}

bool ProjectSession::Impl::applyInMemory(const Change& change) {
    bool fits = true, touchesCurrent = false;
    for (const PostChange& part : change.posts) {
        ++version[part.post];
        PostView* held = hasView && view.post.id == part.post ? &view : cached(part.post);
        if (held) {
            try {
                held->state = applied(held->state, part);
                held->post.status = held->state.status;
                held->post.review = held->state.review;
                held->regions = seenRegions(held->found, held->state);
                // A suggestion that had been accepted waits again once its entity is gone; the disk knows which.
                if (!suggestionLayer.isEmpty() && !part.removed.empty()) reloadWhenIdle.insert(part.post);
            } catch (const Error&) {
                fits = false;
                reloadWhenIdle.insert(part.post);
            }
        }
        touchesCurrent |= held == &view;
        updateSummary(part, held);
    }
    if (touchesCurrent) Q_EMIT q.stateChanged();
    return fits;
}

void ProjectSession::Impl::updateSummary(const PostChange& part, const PostView* held) {
    const int at = summaries.rowOf(part.post);
    if (at < 0) return;
    PostSummary row = summaries[static_cast<std::size_t>(at)];
    const PostStatus before = row.status;
    const Review reviewBefore = row.review;
    row.status = part.statusAfter;
    row.review = part.reviewAfter;
    row.comments += static_cast<int>(part.commentsAdded.size()) - static_cast<int>(part.commentsRemoved.size());
    row.corrected = part.correctedAfter;
    row.entityCount =
        held ? static_cast<int>(held->state.entities.size())
             : row.entityCount + static_cast<int>(part.added.size()) - static_cast<int>(part.removed.size());
    summaries.update(static_cast<std::size_t>(at), row);
    countMarks(row, before, reviewBefore);
    Q_EMIT q.summaryChanged(at);
}

void ProjectSession::Impl::syncSummary(PostId post) {
    const int at = summaries.rowOf(post);
    if (at < 0) return;
    PostSummary row = summaries[static_cast<std::size_t>(at)];
    const PostStatus before = row.status;
    const Review reviewBefore = row.review;
    row.status = view.state.status;
    row.review = view.state.review;
    row.comments = static_cast<int>(view.state.comments.size() + view.otherComments.size());
    row.corrected = view.state.corrected;
    row.entityCount = static_cast<int>(view.state.entities.size());
    summaries.update(static_cast<std::size_t>(at), row);
    countMarks(row, before, reviewBefore);
    Q_EMIT q.summaryChanged(at);
}

void ProjectSession::Impl::countMarks(const PostSummary& now, PostStatus before, Review reviewBefore) {
    const int done = isDone(now.status) - isDone(before), skipped = isSkipped(now.status) - isSkipped(before);
    if (done == 0 && skipped == 0 && now.review == reviewBefore) return;
    if (done != 0) info.doneOfSplit[now.split] += done;
    if (skipped != 0) info.skippedOfSplit[now.split] += skipped;
    if (now.review != reviewBefore) {
        auto& reviews = info.reviewOfSplit[now.split];
        if (reviewBefore != Review::None) --reviews[reviewBefore];
        if (now.review != Review::None) ++reviews[now.review];
    }
    Q_EMIT q.infoChanged();
}

void ProjectSession::Impl::queue(session::WriteOp op) {
    ops.push_back(std::move(op));
    pump();
    Q_EMIT q.undoStateChanged();
}

void ProjectSession::Impl::pump() {
    if (inFlight || failure || ops.empty()) return;
    inFlight = true;
    const quint64 asked = generation;
    running = std::make_shared<session::WriteResult>();
    writer.post([this, asked, result = running, op = ops.front()] {
        *result = runOp(op);
        answer(asked, [this, result] { written(std::move(*result)); });
    });
}

session::WriteResult ProjectSession::Impl::runOp(const session::WriteOp& op) {
    session::WriteResult result;
    result.error = session::guarded([&] {
        if (!writerProject) throw Error(ErrorCode::Internal, {"no project is open"});
        if (op.kind == session::WriteOp::Kind::Apply) {
            result.saved = writerProject->apply(op.change);
        } else if (op.kind == session::WriteOp::Kind::Work) {
            op.work(*writerProject);
        } else {
            project::UndoStep step =
                op.kind == session::WriteOp::Kind::Undo ? writerProject->undo(op.layer) : writerProject->redo(op.layer);
            result.saved = step.saved;
            result.change = std::move(step.applied);
        }
    });
    if (writerProject && !writerProject->isReadOnly()) {
        const auto ignoredWhenBroken = session::guarded([&] {
            result.canUndo = writerProject->canUndo(op.layer);
            result.canRedo = writerProject->canRedo(op.layer);
        });
        if (ignoredWhenBroken && !result.error) result.error = ignoredWhenBroken;
    }
    return result;
}

void ProjectSession::Impl::written(session::WriteResult result) {
    inFlight = false;
    const bool isWork = ops.front().kind == session::WriteOp::Kind::Work;
    if (result.error && !isWork && session::mayPass(result.error->code())) {
        failure = result.error;
        Q_EMIT q.saveFailed(*result.error);
        return;
    }
    const session::WriteOp op = std::move(ops.front());
    ops.pop_front();
    if ((!result.error || isWork) && op.layer == editedName) {
        canUndo = result.canUndo;
        canRedo = result.canRedo;
    }
    if (isWork) {
        if (op.done) op.done(result.error);
    } else if (result.error) {
        dropped(op, *result.error);
    } else {
        if (op.kind != session::WriteOp::Kind::Apply) undoArrived(result.change);
        if (result.saved && result.saved->written)  // links followed that were not known here
            for (const PostChange& part : result.saved->written->posts) reloadWhenIdle.insert(part.post);
        if (result.saved) Q_EMIT q.saved(session::toDateTime(result.saved->at));
    }
    Q_EMIT q.undoStateChanged();
    pump();
    if (ops.empty()) reloadStale();
}

void ProjectSession::Impl::dropped(const session::WriteOp& op, const Error& error) {
    const bool nothing = error.code() == ErrorCode::NothingToUndo || error.code() == ErrorCode::NothingToRedo;
    if (nothing) {
        Q_EMIT q.refused({std::string(errorName(error.code())), std::nullopt});
        return;
    }
    for (const PostChange& part : op.change.posts) reloadWhenIdle.insert(part.post);
    lastDropped = error;
    Q_EMIT q.saveFailed(error);
}

void ProjectSession::Impl::undoArrived(const Change& change) {
    if (change.labels && change.posts.empty()) {
        q.refresh();
        Q_EMIT q.undone(change);
    }
    if (change.posts.empty()) return;
    // An edit made while the undo was under way may not fit on top of it: then the disk is asked.
    manyArrived(change);
    for (const PostChange& part : change.posts) {
        const bool edited =
            std::any_of(ops.begin(), ops.end(), [&](const session::WriteOp& op) { return op.touches(part.post); });
        if (edited) reloadWhenIdle.insert(part.post);
    }
    const bool here = hasView && std::any_of(change.posts.begin(), change.posts.end(),
                                             [&](const PostChange& c) { return c.post == view.post.id; });
    if (here && target == view.post.id) {
        Q_EMIT q.undone(change);
        return;
    }
    undoneAfterJump = change;
    q.setCurrentPost(change.posts.front().post);
}

void ProjectSession::Impl::manyArrived(const Change& change) {
    if (change.posts.size() <= session::kManyPosts) {
        applyInMemory(change);
        if (change.labels) q.refresh();
        return;
    }
    // What was read ahead and is under way still is older than the change.
    for (const PostView& held : cache) ++version[held.post.id];
    cache.clear();
    q.refresh();
}

void ProjectSession::Impl::reloadStale() {
    const auto stale = std::exchange(reloadWhenIdle, {});
    for (const PostId post : stale) {
        ++version[post];
        std::erase_if(cache, [&](const PostView& v) { return v.post.id == post; });
        if (post == target || (hasView && view.post.id == post)) requestView(post, false);
    }
}

}  // namespace mnerva::ui
