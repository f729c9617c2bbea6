#include "ui/common/project_session.h"

#include <QTimer>
#include <algorithm>
#include <atomic>
#include <deque>
#include <list>
#include <unordered_map>
#include <unordered_set>

#include "ui/common/serial_worker.h"
#include "ui/common/text_border.h"

namespace mnerva::ui {

using workflow::LayerInfo;
using workflow::PostSummary;
using workflow::PostView;
using workflow::Project;
using workflow::ProjectInfo;

namespace {

constexpr int kFirstChunk = 400;
constexpr int kChunk = 5000;
constexpr std::size_t kCachedViews = 24;
constexpr int kOutsideCheckMs = 2000;

/// Runs `work`; an exception becomes an Error value, because none may leave a thread.
template <class Work>
std::optional<Error> guarded(Work&& work) {
    try {
        work();
        return std::nullopt;
    } catch (const Error& error) {
        return error;
    } catch (const Cancelled&) {
        return std::nullopt;
    } catch (const std::bad_alloc&) {
        return Error(ErrorCode::MemoryExhausted, {"reading the project"});
    } catch (const std::exception& other) {
        return Error(ErrorCode::Internal, {other.what()});
    }
}

/// Failures that may pass: the same write is tried again instead of being dropped.
bool mayPass(ErrorCode code) {
    return code == ErrorCode::DiskFull || code == ErrorCode::DatabaseFailed || code == ErrorCode::FileUnwritable;
}

QDateTime toDateTime(std::chrono::system_clock::time_point at) {
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}

/// One entry of the writer's queue. Writes go out one at a time, in order, so a failed one stops those behind it.
struct WriteOp {
    enum class Kind { Apply, Undo, Redo, Work } kind = Kind::Apply;
    Change change;
    std::function<void(Project&)> work;
    std::function<void(std::optional<Error>)> done;

    bool touches(PostId post) const {
        if (kind == Kind::Undo || kind == Kind::Redo) return true;
        return std::any_of(change.posts.begin(), change.posts.end(),
                           [&](const PostChange& c) { return c.post == post; });
    }
};

struct WriteResult {
    std::optional<Error> error;
    std::optional<workflow::Saved> saved;
    Change change;
    bool canUndo = false, canRedo = false;
};

}  // namespace

struct ProjectSession::Impl {
    explicit Impl(ProjectSession& session) : q(session) {}

    ProjectSession& q;
    // Touched only on the thread they are named after.
    std::shared_ptr<Project> writerProject, readerProject;

    bool open = false;
    ProjectInfo info;
    QString folder;
    std::vector<PostSummary> summaries;
    std::unordered_map<PostId, int> rowOf;
    bool fullyLoaded = false;
    std::vector<LayerInfo> layers;
    QString suggestionLayer;

    QString filter;
    std::unordered_set<PostId> matches;
    std::vector<int> visible;
    int filterRequest = 0;

    PostId target;
    std::atomic<std::int64_t> wanted{0};  ///< target, read by the reader thread to skip overtaken requests
    PostView view;
    bool hasView = false;
    std::list<PostView> cache;  ///< most recent first
    std::unordered_map<PostId, int> version;
    std::optional<Change> undoneAfterJump;

    std::deque<WriteOp> ops;
    bool inFlight = false;
    std::optional<Error> failure;
    bool canUndo = false, canRedo = false;
    std::unordered_set<PostId> reloadWhenIdle;

    quint64 generation = 0;
    std::int64_t dataVersion = 0;
    QTimer outsideCheck;

    // Last members: their threads end before anything above goes away.
    SerialWorker writer, reader;

    /// Hands `done` to the GUI thread; dropped when the project was closed meanwhile.
    void answer(quint64 asked, std::function<void()> done) {
        QMetaObject::invokeMethod(
            &q,
            [this, asked, done = std::move(done)] {
                if (asked == generation) done();
            },
            Qt::QueuedConnection);
    }

    // --- opening -------------------------------------------------------------------------------------------------
    struct Opened {
        ProjectInfo info;
        std::vector<PostSummary> first;
        bool canUndo = false, canRedo = false;
        std::int64_t dataVersion = 0;
    };

    void openWith(std::function<std::unique_ptr<Project>()> make) {
        const quint64 asked = ++generation;
        writer.post([this, asked, make = std::move(make)] {
            auto opened = std::make_shared<Opened>();
            const auto error = guarded([&] {
                writerProject = make();
                readerProject = writerProject->openReader();
                opened->info = writerProject->info();
                opened->first = writerProject->summaries(PostId{}, kFirstChunk);
                opened->canUndo = !opened->info.readOnly && writerProject->canUndo();
                opened->canRedo = !opened->info.readOnly && writerProject->canRedo();
                opened->dataVersion = readerProject->dataVersion();
            });
            if (error) {
                readerProject.reset();
                writerProject.reset();
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

    void finishOpening(Opened opened) {
        open = true;
        info = std::move(opened.info);
        folder = fromPath(info.folder);
        canUndo = opened.canUndo;
        canRedo = opened.canRedo;
        dataVersion = opened.dataVersion;
        resetRows(std::move(opened.first));
        Q_EMIT q.opened();
        Q_EMIT q.summariesReset();
        Q_EMIT q.visibleRowsChanged();
        readLayers();
        if (!target.isValid() && !summaries.empty()) q.setCurrentPost(summaries.front().id);
        if (info.readOnly) outsideCheck.start(kOutsideCheckMs);
    }

    void resetRows(std::vector<PostSummary> first) {
        int total = 0;
        for (const auto& [split, posts] : info.postsOfSplit) total += posts;
        summaries.clear();
        summaries.reserve(static_cast<std::size_t>(std::max(total, 0)));
        rowOf.clear();
        rowOf.reserve(static_cast<std::size_t>(std::max(total, 0)));
        visible.clear();
        fullyLoaded = first.empty();
        appendRows(std::move(first));
        if (!fullyLoaded) readRows(summaries.back().id);
    }

    void appendRows(std::vector<PostSummary> rows) {
        for (PostSummary& row : rows) {
            const int index = static_cast<int>(summaries.size());
            rowOf.emplace(row.id, index);
            if (filter.isEmpty() || matches.contains(row.id)) visible.push_back(index);
            summaries.push_back(std::move(row));
        }
    }

    void readRows(PostId after) {
        const quint64 asked = generation;
        const int request = rowsRequest;
        reader.postLater([this, asked, request, after] {
            if (!readerProject) return;
            auto rows = std::make_shared<std::vector<PostSummary>>();
            const auto error = guarded([&] { *rows = readerProject->summaries(after, kChunk); });
            answer(asked, [this, error, rows, request] {
                if (request == rowsRequest) rowsArrived(error, std::move(*rows));
            });
        });
    }
    int rowsRequest = 0;

    void rowsArrived(const std::optional<Error>& error, std::vector<PostSummary> rows) {
        if (error || rows.empty()) {
            fullyLoaded = true;
            if (error) Q_EMIT q.readFailed(*error);
            Q_EMIT q.infoChanged();
            return;
        }
        const int first = static_cast<int>(summaries.size());
        const std::size_t visibleBefore = visible.size();
        appendRows(std::move(rows));
        Q_EMIT q.summariesGrew(first, static_cast<int>(summaries.size()) - 1);
        if (visible.size() != visibleBefore && !filter.isEmpty()) Q_EMIT q.visibleRowsChanged();
        readRows(summaries.back().id);
    }

    void readLayers() {
        const quint64 asked = generation;
        reader.postLater([this, asked] {
            if (!readerProject) return;
            auto found = std::make_shared<std::vector<LayerInfo>>();
            const auto error = guarded([&] { *found = readerProject->layers(); });
            answer(asked, [this, error, found] {
                if (error) {
                    Q_EMIT q.readFailed(*error);
                    return;
                }
                layers = std::move(*found);
                Q_EMIT q.layersChanged();
            });
        });
    }

    // --- views ---------------------------------------------------------------------------------------------------
    PostView* cached(PostId post) {
        const auto found =
            std::find_if(cache.begin(), cache.end(), [&](const PostView& v) { return v.post.id == post; });
        return found == cache.end() ? nullptr : &*found;
    }

    void remember(PostView kept) {
        std::erase_if(cache, [&](const PostView& v) { return v.post.id == kept.post.id; });
        cache.push_front(std::move(kept));
        if (cache.size() > kCachedViews) cache.pop_back();
    }

    void requestView(PostId post, bool ahead) {
        const bool pending = std::any_of(ops.begin(), ops.end(), [&](const WriteOp& op) { return op.touches(post); });
        auto result = std::make_shared<PostView>();
        const std::string layer = toUtf8(suggestionLayer);
        const int asVersion = version[post];
        if (pending) {
            // What was applied must be seen: read behind the writes, with the writer's connection.
            WriteOp op{.kind = WriteOp::Kind::Work, .change = {}, .work = {}, .done = {}};
            op.work = [result, post, layer](Project& project) { *result = project.view(post, layer); };
            op.done = [this, result, post, layer, asVersion](std::optional<Error> error) {
                viewArrived(post, layer, asVersion, error, std::move(*result));
            };
            ops.push_back(std::move(op));
            pump();
            return;
        }
        const quint64 asked = generation;
        auto job = [this, asked, result, post, layer, asVersion, ahead] {
            if (!readerProject || (!ahead && wanted.load() != post.value)) return;
            const auto error = guarded([&] { *result = readerProject->view(post, layer); });
            answer(asked, [this, post, layer, asVersion, error, result] {
                viewArrived(post, layer, asVersion, error, std::move(*result));
            });
        };
        if (ahead) {
            reader.postLater(std::move(job));
        } else {
            reader.post(std::move(job));
        }
    }

    void viewArrived(PostId post, const std::string& layer, int asVersion, const std::optional<Error>& error,
                     PostView read) {
        if (error) {
            if (post == target && hasView) {
                target = view.post.id;
                wanted = target.value;
            }
            Q_EMIT q.readFailed(*error);
            return;
        }
        if (layer != toUtf8(suggestionLayer) || asVersion != version[post]) {
            if (post == target) requestView(post, false);
            return;
        }
        if (post == target) {
            makeCurrent(std::move(read));
        } else {
            remember(std::move(read));
        }
    }

    void makeCurrent(PostView next) {
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

    void readAhead() {
        for (const int delta : {1, 2, -1}) {
            const PostId neighbour = neighbourOf(view.post.id, delta);
            if (neighbour.isValid() && neighbour != view.post.id && !cached(neighbour)) requestView(neighbour, true);
        }
    }

    /// The post `delta` visible rows away; clamped; invalid when nothing is visible.
    PostId neighbourOf(PostId post, int delta) const {
        if (visible.empty()) return {};
        const auto found = rowOf.find(post);
        const int row = found == rowOf.end() ? 0 : found->second;
        const auto at = std::lower_bound(visible.begin(), visible.end(), row);
        auto index = static_cast<int>(at - visible.begin());
        const bool onRow = at != visible.end() && *at == row;
        index += delta > 0 && !onRow ? delta - 1 : delta;
        index = std::clamp(index, 0, static_cast<int>(visible.size()) - 1);
        return summaries[static_cast<std::size_t>(visible[static_cast<std::size_t>(index)])].id;
    }

    // --- changes -------------------------------------------------------------------------------------------------
    /// Puts a change into what is in memory; false when it does not fit (then the posts are read again).
    bool applyInMemory(const Change& change) {
        bool fits = true, touchesCurrent = false;
        for (const PostChange& part : change.posts) {
            ++version[part.post];
            PostView* held = hasView && view.post.id == part.post ? &view : cached(part.post);
            if (held) {
                try {
                    held->state = applied(held->state, part);
                    held->post.status = held->state.status;
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

    void updateSummary(const PostChange& part, const PostView* held) {
        const auto found = rowOf.find(part.post);
        if (found == rowOf.end()) return;
        PostSummary& row = summaries[static_cast<std::size_t>(found->second)];
        const PostStatus before = row.status;
        row.status = part.statusAfter;
        row.corrected = part.correctedAfter;
        row.entityCount =
            held ? static_cast<int>(held->state.entities.size())
                 : row.entityCount + static_cast<int>(part.added.size()) - static_cast<int>(part.removed.size());
        countDone(row.split, before, row.status);
        Q_EMIT q.summaryChanged(found->second);
    }

    void syncSummary(PostId post) {
        const auto found = rowOf.find(post);
        if (found == rowOf.end()) return;
        PostSummary& row = summaries[static_cast<std::size_t>(found->second)];
        countDone(row.split, row.status, view.state.status);
        row.status = view.state.status;
        row.corrected = view.state.corrected;
        row.entityCount = static_cast<int>(view.state.entities.size());
        Q_EMIT q.summaryChanged(found->second);
    }

    void countDone(Split split, PostStatus before, PostStatus after) {
        const int change = (after == PostStatus::Done) - (before == PostStatus::Done);
        if (change == 0) return;
        info.doneOfSplit[split] += change;
        Q_EMIT q.infoChanged();
    }

    void queue(WriteOp op) {
        ops.push_back(std::move(op));
        pump();
        Q_EMIT q.undoStateChanged();
    }

    void pump() {
        if (inFlight || failure || ops.empty()) return;
        inFlight = true;
        const quint64 asked = generation;
        writer.post([this, asked, op = ops.front()] {
            auto result = std::make_shared<WriteResult>(runOp(op));
            answer(asked, [this, result] { written(std::move(*result)); });
        });
    }

    /// On the writer thread.
    WriteResult runOp(const WriteOp& op) {
        WriteResult result;
        result.error = guarded([&] {
            if (!writerProject) throw Error(ErrorCode::Internal, {"no project is open"});
            if (op.kind == WriteOp::Kind::Apply) {
                result.saved = writerProject->apply(op.change);
            } else if (op.kind == WriteOp::Kind::Work) {
                op.work(*writerProject);
            } else {
                workflow::UndoStep step =
                    op.kind == WriteOp::Kind::Undo ? writerProject->undo() : writerProject->redo();
                result.saved = step.saved;
                result.change = std::move(step.applied);
            }
        });
        if (writerProject && !writerProject->isReadOnly()) {
            const auto ignoredWhenBroken = guarded([&] {
                result.canUndo = writerProject->canUndo();
                result.canRedo = writerProject->canRedo();
            });
            if (ignoredWhenBroken && !result.error) result.error = ignoredWhenBroken;
        }
        return result;
    }

    void written(WriteResult result) {
        inFlight = false;
        const bool isWork = ops.front().kind == WriteOp::Kind::Work;
        if (result.error && !isWork && mayPass(result.error->code())) {
            failure = result.error;
            Q_EMIT q.saveFailed(*result.error);
            return;
        }
        const WriteOp op = std::move(ops.front());
        ops.pop_front();
        if (!result.error || isWork) {
            canUndo = result.canUndo;
            canRedo = result.canRedo;
        }
        if (isWork) {
            if (op.done) op.done(result.error);
        } else if (result.error) {
            dropped(op, *result.error);
        } else {
            if (op.kind != WriteOp::Kind::Apply) undoArrived(result.change);
            Q_EMIT q.saved(toDateTime(result.saved->at));
        }
        Q_EMIT q.undoStateChanged();
        pump();
        if (ops.empty()) reloadStale();
    }

    void dropped(const WriteOp& op, const Error& error) {
        const bool nothing = error.code() == ErrorCode::NothingToUndo || error.code() == ErrorCode::NothingToRedo;
        if (nothing) {
            Q_EMIT q.refused({std::string(errorName(error.code())), std::nullopt});
            return;
        }
        for (const PostChange& part : op.change.posts) reloadWhenIdle.insert(part.post);
        Q_EMIT q.saveFailed(error);
    }

    void undoArrived(const Change& change) {
        if (change.posts.empty()) return;
        // An edit made while the undo was under way may not fit on top of it: then the disk is asked.
        applyInMemory(change);
        for (const PostChange& part : change.posts) {
            const bool edited =
                std::any_of(ops.begin(), ops.end(), [&](const WriteOp& op) { return op.touches(part.post); });
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

    void reloadStale() {
        const auto stale = std::exchange(reloadWhenIdle, {});
        for (const PostId post : stale) {
            ++version[post];
            std::erase_if(cache, [&](const PostView& v) { return v.post.id == post; });
            if (post == target || (hasView && view.post.id == post)) requestView(post, false);
        }
    }

    // --- filter, refresh -----------------------------------------------------------------------------------------
    void showAll() {
        matches.clear();
        visible.resize(summaries.size());
        for (std::size_t i = 0; i < visible.size(); ++i) visible[i] = static_cast<int>(i);
        Q_EMIT q.visibleRowsChanged();
    }

    void runFilter() {
        const int request = ++filterRequest;
        if (filter.isEmpty()) {
            showAll();
            return;
        }
        const quint64 asked = generation;
        const std::string needle = toUtf8(filter);
        reader.post([this, asked, request, needle] {
            if (!readerProject) return;
            auto found = std::make_shared<std::vector<PostId>>();
            const auto error =
                guarded([&] { *found = readerProject->search(needle, std::numeric_limits<int>::max()); });
            answer(asked, [this, request, error, found] {
                if (request != filterRequest) return;
                if (error) {
                    Q_EMIT q.readFailed(*error);
                    return;
                }
                filterArrived(*found);
            });
        });
    }

    void filterArrived(const std::vector<PostId>& found) {
        matches = {found.begin(), found.end()};
        visible.clear();
        for (const PostId post : found) {
            const auto row = rowOf.find(post);
            if (row != rowOf.end()) visible.push_back(row->second);
        }
        std::sort(visible.begin(), visible.end());
        Q_EMIT q.visibleRowsChanged();
    }

    void refreshArrived(ProjectInfo fresh, std::vector<PostSummary> first) {
        fresh.readOnly = info.readOnly;  // the reader's own answer is always "read-only"
        fresh.holder = info.holder;
        fresh.madeByNewerVersion = info.madeByNewerVersion;
        info = std::move(fresh);
        cache.clear();
        ++rowsRequest;
        resetRows(std::move(first));
        Q_EMIT q.infoChanged();
        Q_EMIT q.summariesReset();
        if (filter.isEmpty()) {
            Q_EMIT q.visibleRowsChanged();
        } else {
            runFilter();
        }
        readLayers();
        if (target.isValid()) {
            ++version[target];
            requestView(target, false);
        } else if (!summaries.empty()) {
            q.setCurrentPost(summaries.front().id);
        }
    }

    void checkOutside() {
        const quint64 asked = generation;
        reader.postLater([this, asked] {
            if (!readerProject) return;
            std::int64_t now = 0;
            if (guarded([&] { now = readerProject->dataVersion(); })) return;  // a check that fails is made again
            answer(asked, [this, now] {
                if (now == dataVersion) return;
                dataVersion = now;
                q.refresh();
            });
        });
    }

    void closeThreads() {
        reader.clear();
        reader.post([this] { readerProject.reset(); });
        reader.drain();
        // What was applied in memory goes to the disk before the project is let go.
        const std::size_t begun = inFlight ? 1 : 0;
        for (std::size_t i = begun; i < ops.size() && !failure; ++i) {
            if (ops[i].kind == WriteOp::Kind::Apply) writer.post([this, op = ops[i]] { runOp(op); });
        }
        writer.post([this] { writerProject.reset(); });
        writer.drain();
    }
};

ProjectSession::ProjectSession(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>(*this)) {
    connect(&m_impl->outsideCheck, &QTimer::timeout, this, [this] { m_impl->checkOutside(); });
}

ProjectSession::~ProjectSession() {
    ++m_impl->generation;
    m_impl->closeThreads();
}

QString ProjectSession::programName() {
    return QStringLiteral("mnerva");
}

void ProjectSession::open(const QString& folder) {
    close();
    m_impl->folder = folder;
    m_impl->openWith([path = toPath(folder)] { return Project::openOrReadOnly(path, toUtf8(programName())); });
}

void ProjectSession::create(const QString& folder, const workflow::NewProject& options) {
    close();
    m_impl->folder = folder;
    m_impl->openWith(
        [path = toPath(folder), options] { return Project::create(path, options, toUtf8(programName())); });
}

void ProjectSession::close() {
    Impl& d = *m_impl;
    ++d.generation;
    d.closeThreads();
    const bool wasOpen = std::exchange(d.open, false);
    d.outsideCheck.stop();
    d.info = {};
    d.folder.clear();
    d.summaries.clear();
    d.rowOf.clear();
    d.fullyLoaded = false;
    d.layers.clear();
    d.suggestionLayer.clear();
    d.filter.clear();
    d.matches.clear();
    d.visible.clear();
    d.target = {};
    d.wanted = 0;
    d.view = {};
    d.hasView = false;
    d.cache.clear();
    d.version.clear();
    d.undoneAfterJump.reset();
    d.ops.clear();
    d.inFlight = false;
    d.failure.reset();
    d.canUndo = d.canRedo = false;
    d.reloadWhenIdle.clear();
    if (wasOpen) Q_EMIT closed();
}

bool ProjectSession::isOpen() const {
    return m_impl->open;
}
bool ProjectSession::isReadOnly() const {
    return m_impl->info.readOnly;
}
const ProjectInfo& ProjectSession::info() const {
    return m_impl->info;
}
const LabelSet& ProjectSession::labels() const {
    return m_impl->info.labels;
}
QString ProjectSession::folder() const {
    return m_impl->folder;
}
const std::vector<PostSummary>& ProjectSession::summaries() const {
    return m_impl->summaries;
}
bool ProjectSession::isFullyLoaded() const {
    return m_impl->fullyLoaded;
}

int ProjectSession::rowOf(PostId post) const {
    const auto found = m_impl->rowOf.find(post);
    return found == m_impl->rowOf.end() ? -1 : found->second;
}

PostId ProjectSession::currentPost() const {
    return m_impl->hasView ? m_impl->view.post.id : m_impl->target;
}

void ProjectSession::setCurrentPost(PostId post) {
    Impl& d = *m_impl;
    if (!post.isValid() || (d.hasView && post == d.target && d.view.post.id == post)) return;
    d.target = post;
    d.wanted = post.value;
    if (d.hasView && d.view.post.id == post) return;  // back again before the other one was read
    if (const PostView* known = d.cached(post)) {
        d.makeCurrent(*known);
    } else if (d.open) {
        d.requestView(post, false);
    }
}

void ProjectSession::step(int delta) {
    const PostId next = m_impl->neighbourOf(m_impl->target, delta);
    if (next.isValid()) setCurrentPost(next);
}

const PostView& ProjectSession::view() const {
    return m_impl->view;
}
bool ProjectSession::hasView() const {
    return m_impl->hasView;
}
QString ProjectSession::suggestionLayer() const {
    return m_impl->suggestionLayer;
}

void ProjectSession::setSuggestionLayer(const QString& layer) {
    Impl& d = *m_impl;
    if (layer == d.suggestionLayer) return;
    d.suggestionLayer = layer;
    d.cache.clear();
    if (d.target.isValid() && d.open) d.requestView(d.target, false);
}

const std::vector<LayerInfo>& ProjectSession::layers() const {
    return m_impl->layers;
}

bool ProjectSession::apply(const workflow::Edit& edit) {
    Impl& d = *m_impl;
    if (const auto* refusal = std::get_if<workflow::Refusal>(&edit)) {
        Q_EMIT refused(*refusal);
        return false;
    }
    const Change& change = std::get<Change>(edit);
    if (change.isEmpty()) return false;
    if (!d.open || d.info.readOnly || d.failure) {
        Q_EMIT refused({d.failure ? "save-failed" : "read-only", std::nullopt});
        return false;
    }
    if (!d.applyInMemory(change)) {
        Q_EMIT refused({"conflict", std::nullopt});
        if (d.ops.empty()) d.reloadStale();
        return false;
    }
    d.queue({.kind = WriteOp::Kind::Apply, .change = change, .work = {}, .done = {}});
    return true;
}

void ProjectSession::undo() {
    if (!canUndo()) {
        Q_EMIT refused({isReadOnly() ? "read-only" : "nothing-to-undo", std::nullopt});
        return;
    }
    m_impl->queue({.kind = WriteOp::Kind::Undo, .change = {}, .work = {}, .done = {}});
}

void ProjectSession::redo() {
    if (!canRedo()) {
        Q_EMIT refused({isReadOnly() ? "read-only" : "nothing-to-redo", std::nullopt});
        return;
    }
    m_impl->queue({.kind = WriteOp::Kind::Redo, .change = {}, .work = {}, .done = {}});
}

bool ProjectSession::canUndo() const {
    const Impl& d = *m_impl;
    if (!d.open || d.info.readOnly || d.failure) return false;
    const bool waiting = std::any_of(d.ops.begin(), d.ops.end(), [](const WriteOp& op) {
        return op.kind == WriteOp::Kind::Apply || op.kind == WriteOp::Kind::Redo;
    });
    return d.canUndo || waiting;
}

bool ProjectSession::canRedo() const {
    const Impl& d = *m_impl;
    if (!d.open || d.info.readOnly || d.failure) return false;
    // The last thing waiting decides: an edit ends what could be done again, an undo makes some.
    for (auto op = d.ops.rbegin(); op != d.ops.rend(); ++op) {
        if (op->kind == WriteOp::Kind::Apply) return false;
        if (op->kind == WriteOp::Kind::Undo) return true;
    }
    return d.canRedo;
}

bool ProjectSession::isSaveFailed() const {
    return m_impl->failure.has_value();
}

void ProjectSession::retrySave() {
    if (!m_impl->failure) return;
    m_impl->failure.reset();
    m_impl->pump();
}

bool ProjectSession::isSaving() const {
    return !m_impl->ops.empty();
}

void ProjectSession::refresh() {
    Impl& d = *m_impl;
    if (!d.open) return;
    const quint64 asked = d.generation;
    d.reader.post([&d, asked] {
        if (!d.readerProject) return;
        auto info = std::make_shared<ProjectInfo>();
        auto first = std::make_shared<std::vector<PostSummary>>();
        const auto error = guarded([&] {
            *info = d.readerProject->info();
            *first = d.readerProject->summaries(PostId{}, kFirstChunk);
        });
        d.answer(asked, [&d, error, info, first] {
            if (error) {
                Q_EMIT d.q.readFailed(*error);
            } else {
                d.refreshArrived(std::move(*info), std::move(*first));
            }
        });
    });
}

void ProjectSession::setFilter(const QString& needle) {
    if (needle == m_impl->filter) return;
    m_impl->filter = needle;
    if (m_impl->open) m_impl->runFilter();
}

QString ProjectSession::filter() const {
    return m_impl->filter;
}
const std::vector<int>& ProjectSession::visibleRows() const {
    return m_impl->visible;
}

void ProjectSession::read(std::function<void(const Project&)> work, std::function<void()> done) {
    Impl& d = *m_impl;
    const quint64 asked = d.generation;
    d.reader.post([&d, asked, work = std::move(work), done = std::move(done)] {
        if (!d.readerProject) return;
        const auto error = guarded([&] { work(*d.readerProject); });
        d.answer(asked, [&d, error, done] {
            if (error) {
                Q_EMIT d.q.readFailed(*error);
            } else if (done) {
                done();
            }
        });
    });
}

void ProjectSession::write(std::function<void(Project&)> work, std::function<void(std::optional<Error>)> done) {
    m_impl->queue({.kind = WriteOp::Kind::Work, .change = {}, .work = std::move(work), .done = std::move(done)});
}

}  // namespace mnerva::ui
