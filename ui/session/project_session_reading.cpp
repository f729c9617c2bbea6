#include "ui/session/project_session_internal.h"

#include "core/project/find.h"
#include "ui/base/gui_thread.h"
#include "ui/base/settings.h"
#include "ui/session/picture_cache.h"

namespace mnerva::ui {

void ProjectSession::Impl::answer(quint64 asked, std::function<void()> done) {
    onGuiThread(&q, [this, asked, done = std::move(done)] {
        if (asked == generation) done();
    });
}

void ProjectSession::Impl::openWith(std::function<std::unique_ptr<Project>(std::stop_token)> make, PostId first) {
    const quint64 asked = ++generation;
    stopReading = std::stop_source();
    const std::string remembered = toUtf8(settings::value(session::editedKey(folder)).toString());
    writer.post([this, asked, first, remembered, stop = stopReading.get_token(), make = std::move(make)] {
        auto opened = std::make_shared<Opened>();
        std::shared_ptr<Project> reading;
        const auto error = session::guarded([&] {
            if (stop.stop_requested()) return;
            writerProject = make(stop);
            reading = writerProject->openReader(stop);
            for (const char* key : session::kKeptKeys) {
                const std::string value = writerProject->setting(session::keptSetting(key), session::kNeverKept);
                if (value != session::kNeverKept) opened->kept[key] = value;
            }
            opened->edited = opened->kept.contains("edited") ? opened->kept["edited"] : remembered;
            if (opened->edited == "corrected") opened->edited.clear();
            try {
                opened->isBlind = writerProject->isBlind(remembered);
            } catch (const Error& unknown) {  // it was in another copy of the project
                if (unknown.code() != ErrorCode::LayerUnknown && unknown.code() != ErrorCode::LayerNotStored) throw;
                opened->edited.clear();
            }
            const std::string& layer = opened->edited;
            opened->info = writerProject->info(layer);
            opened->first = writerProject->summaries(PostId{}, session::kFirstChunk, layer);
            opened->canUndo = !opened->info.readOnly && writerProject->canUndo(layer);
            opened->canRedo = !opened->info.readOnly && writerProject->canRedo(layer);
            opened->dataVersion = reading->dataVersion();
            writerProject->setStop({});  // what is written is written to its end
            if (!first.isValid()) return;
            // Paged by key, so the row after the id before it is the post itself, or it is gone.
            const auto found = writerProject->summaries(PostId{first.value - 1}, 1);
            if (!found.empty() && found.front().id == first) opened->start = first;
        });
        if (error || stop.stop_requested()) {
            reading.reset();
            writerProject.reset();
            if (!error) return;  // closed while it was opened: nobody waits for an answer
        } else {
            // From here on it belongs to the reader's thread, which lets it go too.
            reader.post([this, reading = std::move(reading)]() mutable {
                readerProject = std::move(reading);
                oddTold = 0;
            });
        }
        answer(asked, [this, error, opened] {
            if (error) {
                Q_EMIT q.openFailed(*error);
            } else {
                finishOpening(std::move(*opened));
            }
        });
    });
}

void ProjectSession::Impl::tellOdd(quint64 asked) {
    const Findings odd = readerProject->oddRows();
    if (odd.list().size() <= oddTold) return;
    const QString first = fromUtf8(odd.list()[oddTold].text);
    oddTold = odd.list().size();
    answer(asked, [this, first] { Q_EMIT q.damageFound(first); });
}

void ProjectSession::Impl::finishOpening(Opened opened) {
    open = true;
    info = std::move(opened.info);
    folder = fromPath(info.folder);
    keptValues = std::move(opened.kept);
    editedName = opened.edited;
    isBlind = opened.isBlind;
    canUndo = opened.canUndo;
    canRedo = opened.canRedo;
    dataVersion = opened.dataVersion;
    resetRows(std::move(opened.first));
    Q_EMIT q.opened();
    Q_EMIT q.summariesReset();
    Q_EMIT q.visibleRowsChanged();
    readLayers();
    if (!target.isValid() && opened.start.isValid()) q.setCurrentPost(opened.start);
    if (!target.isValid() && !summaries.empty()) q.setCurrentPost(summaries.idAt(0));
    if (info.readOnly)
        outsideCheck.start(session::kOutsideCheckMs);
    else
        prepareQueries();
}

void ProjectSession::Impl::resetRows(std::vector<PostSummary> first) {
    PictureCache::instance().setFolders(info.pictureFolders);
    int total = 0;
    for (const auto& [split, posts] : info.postsOfSplit) total += posts;
    summaries.clear();
    summaries.reserve(static_cast<std::size_t>(std::max(total, 0)));
    visible.clear();
    dropRanks();
    fullyLoaded = first.empty();
    appendRows(std::move(first));
    if (!fullyLoaded)
        readRows(summaries.idAt(summaries.size() - 1));
    else if (!order.isProject())
        startSorting();
}

void ProjectSession::Impl::appendRows(std::vector<PostSummary> rows) {
    const bool isUnfiltered = filter.trimmed().isEmpty() && !onlyThese;
    for (PostSummary& row : rows) {
        const int index = static_cast<int>(summaries.size());
        if (isUnfiltered || isMatch(row.id)) visible.push_back(index);
        summaries.add(row);
    }
}

void ProjectSession::Impl::readRows(PostId after) {
    const quint64 asked = generation;
    const int request = rowsRequest;
    reader.postLater([this, asked, request, after, of = editedName] {
        if (!readerProject) return;
        auto rows = std::make_shared<std::vector<PostSummary>>();
        const auto error = session::guarded([&] { *rows = readerProject->summaries(after, session::kChunk, of); });
        tellOdd(asked);
        answer(asked, [this, error, rows, request] {
            if (request == rowsRequest) rowsArrived(error, std::move(*rows));
        });
    });
}

void ProjectSession::Impl::rowsArrived(const std::optional<Error>& error, std::vector<PostSummary> rows) {
    if (error || rows.empty()) {
        fullyLoaded = true;
        if (error) Q_EMIT q.readFailed(*error);
        Q_EMIT q.infoChanged();
        if (!order.isProject()) startSorting();
        return;
    }
    const int first = static_cast<int>(summaries.size());
    const std::size_t visibleBefore = visible.size();
    appendRows(std::move(rows));
    Q_EMIT q.summariesGrew(first, static_cast<int>(summaries.size()) - 1);
    if (visible.size() != visibleBefore && (onlyThese || !filter.trimmed().isEmpty())) Q_EMIT q.visibleRowsChanged();
    readRows(summaries.idAt(summaries.size() - 1));
}

void ProjectSession::Impl::readLayers() {
    const quint64 asked = generation;
    reader.postLater([this, asked] {
        if (!readerProject) return;
        auto found = std::make_shared<std::vector<LayerInfo>>();
        auto named = std::make_shared<query::Names>();
        auto counted = std::make_shared<std::vector<project::RunNumbers>>();
        const auto error = session::guarded([&] {
            *found = readerProject->layers();
            *named = project::queryNames(*readerProject);
            *counted = project::runNumbers(*readerProject);
        });
        answer(asked, [this, error, found, named, counted] {
            if (error) {
                Q_EMIT q.readFailed(*error);
                return;
            }
            layers = std::move(*found);
            names = std::move(*named);
            numbers = std::move(*counted);
            Q_EMIT q.layersChanged();
        });
    });
}

PostView* ProjectSession::Impl::cached(PostId post) {
    const auto found = std::find_if(cache.begin(), cache.end(), [&](const PostView& v) { return v.post.id == post; });
    return found == cache.end() ? nullptr : &*found;
}

void ProjectSession::Impl::remember(PostView kept) {
    std::erase_if(cache, [&](const PostView& v) { return v.post.id == kept.post.id; });
    cache.push_front(std::move(kept));
    if (cache.size() > session::kCachedViews) cache.pop_back();
}

void ProjectSession::Impl::requestView(PostId post, bool ahead) {
    const bool pending =
        std::any_of(ops.begin(), ops.end(), [&](const session::WriteOp& op) { return op.touches(post); });
    auto result = std::make_shared<PostView>();
    const std::string layer = toUtf8(suggestionLayer), of = editedName;
    const int asVersion = version[post];
    if (pending) {
        // What was applied must be seen: read behind the writes, with the writer's connection.
        session::WriteOp op{.kind = session::WriteOp::Kind::Work, .change = {}, .work = {}, .done = {}, .reads = true};
        op.layer = of;
        op.work = [result, post, layer, of](Project& project) { *result = project.view(post, layer, of); };
        op.done = [this, result, post, layer, of, asVersion](std::optional<Error> error) {
            viewArrived(post, layer, of, asVersion, error, std::move(*result));
        };
        ops.push_back(std::move(op));
        pump();
        return;
    }
    const quint64 asked = generation;
    auto job = [this, asked, result, post, layer, of, asVersion, ahead] {
        if (!readerProject || (!ahead && wanted.load() != post.value)) return;
        const auto error = session::guarded([&] { *result = readerProject->view(post, layer, of); });
        tellOdd(asked);
        answer(asked, [this, post, layer, of, asVersion, error, result] {
            viewArrived(post, layer, of, asVersion, error, std::move(*result));
        });
    };
    if (ahead) {
        reader.postLater(std::move(job));
    } else {
        reader.post(std::move(job));
    }
}

void ProjectSession::Impl::viewArrived(PostId post, const std::string& layer, const std::string& of, int asVersion,
                                       const std::optional<Error>& error, PostView read) {
    if (error) {
        if (post == target && hasView) {
            target = view.post.id;
            wanted = target.value;
        }
        Q_EMIT q.readFailed(*error);
        return;
    }
    if (layer != toUtf8(suggestionLayer) || of != editedName || asVersion != version[post]) {
        if (post == target) requestView(post, false);
        return;
    }
    if (post == target) {
        makeCurrent(std::move(read));
    } else {
        remember(std::move(read));
    }
}

void ProjectSession::Impl::makeCurrent(PostView next) {
    const bool reloaded = hasView && view.post.id == next.post.id;
    if (hasView && !reloaded) remember(std::move(view));
    view = std::move(next);
    hasView = true;
    if (reloaded) {
        syncSummary(view.post.id);
        Q_EMIT q.stateChanged();
    } else {
        Q_EMIT q.currentPostChanged();
    }
    if (undoneAfterJump && undoneAfterJump->posts.front().post == view.post.id) {
        const Change change = std::move(*undoneAfterJump);
        undoneAfterJump.reset();
        Q_EMIT q.undone(change);
    }
    readAhead();
}

void ProjectSession::Impl::readAhead() {
    for (const int delta : {1, 2, -1}) {
        const PostId neighbour = neighbourOf(view.post.id, delta);
        if (neighbour.isValid() && neighbour != view.post.id && !cached(neighbour)) requestView(neighbour, true);
    }
}

PostId ProjectSession::Impl::neighbourOf(PostId post, int delta) const {
    if (visible.empty()) return {};
    const int found = summaries.rowOf(post);
    if (found < 0 && !fullyLoaded) return {};  // its row is still to come
    const int row = std::max(found, 0);
    const auto at =
        std::lower_bound(visible.begin(), visible.end(), row, [this](int a, int b) { return comesBefore(a, b); });
    auto index = static_cast<int>(at - visible.begin());
    const bool onRow = at != visible.end() && *at == row;
    index += delta > 0 && !onRow ? delta - 1 : delta;
    index = std::clamp(index, 0, static_cast<int>(visible.size()) - 1);
    return summaries.idAt(static_cast<std::size_t>(visible[static_cast<std::size_t>(index)]));
}

void ProjectSession::Impl::refreshArrived(ProjectInfo fresh, std::vector<PostSummary> first) {
    fresh.readOnly = info.readOnly;  // the reader's own answer is always "read-only"
    fresh.holder = info.holder;
    fresh.madeByNewerVersion = info.madeByNewerVersion;
    info = std::move(fresh);
    cache.clear();
    ++rowsRequest;
    resetRows(std::move(first));
    Q_EMIT q.infoChanged();
    Q_EMIT q.summariesReset();
    if (filter.trimmed().isEmpty()) {
        Q_EMIT q.visibleRowsChanged();
    } else {
        runFilter();
    }
    readLayers();
    if (target.isValid()) {
        ++version[target];
        requestView(target, false);
    } else if (!summaries.empty()) {
        q.setCurrentPost(summaries.idAt(0));
    }
}

void ProjectSession::Impl::checkOutside() {
    const quint64 asked = generation;
    reader.postLater([this, asked] {
        if (!readerProject) return;
        std::int64_t now = 0;
        if (session::guarded([&] { now = readerProject->dataVersion(); })) return;  // a check that fails is made again
        answer(asked, [this, now] {
            if (now == dataVersion) return;
            dataVersion = now;
            q.refresh();
        });
    });
}

std::optional<Error> ProjectSession::Impl::closeThreads(bool withWork) {
    stopReading.request_stop();
    reader.clear();
    // What was applied in memory goes to the disk before the project is let go, in order and up to the first failure.
    auto lost = std::make_shared<std::optional<Error>>(failure);
    std::vector<session::WriteOp> waiting;
    for (std::size_t i = inFlight ? 1 : 0; i < ops.size() && !failure; ++i)
        if (!ops[i].reads && (withWork || ops[i].kind != session::WriteOp::Kind::Work)) waiting.push_back(ops[i]);
    const auto before = inFlight && !ops.front().reads ? running : nullptr;
    writer.post([this, lost, before, waiting = std::move(waiting)] {
        const auto isLoss = [](const std::optional<Error>& error) {
            return error && error->code() != ErrorCode::NothingToUndo && error->code() != ErrorCode::NothingToRedo;
        };
        if (before && isLoss(before->error)) *lost = before->error;
        for (const session::WriteOp& op : waiting) {
            if (*lost) return;
            const session::WriteResult result = runOp(op);
            if (isLoss(result.error)) *lost = result.error;
        }
    });
    writer.drain();
    // Opening is over now, and with it the handing over of a reader. It goes first: the last one to go clears the log
    // up.
    reader.clear();
    reader.post([this] { readerProject.reset(); });
    reader.drain();
    writer.post([this] { writerProject.reset(); });
    writer.drain();
    return *lost;
}

}  // namespace mnerva::ui
