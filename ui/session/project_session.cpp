#include "ui/session/project_session.h"

#include <cstdio>

#include "core/domain/grounding.h"
#include "ui/base/gui_thread.h"
#include "ui/base/settings.h"
#include "ui/session/project_session_internal.h"

#include "ui/session/answer_shelf.h"
#include "ui/session/run_library.h"

namespace mnerva::ui {

ProjectSession::ProjectSession(QObject* parent)
    : QObject(parent),
      m_impl(std::make_unique<Impl>(*this)),
      m_runs(new RunLibrary(this)),
      m_answers(new AnswerShelf(this)) {
    connect(this, &ProjectSession::opened, m_answers, &AnswerShelf::clear);
    connect(this, &ProjectSession::closed, m_answers, &AnswerShelf::clear);
    connect(this, &ProjectSession::opened, m_runs, [this] { m_runs->open(folder()); });
    connect(this, &ProjectSession::closed, m_runs, [this] { m_runs->open({}); });
    connect(&m_impl->outsideCheck, &QTimer::timeout, this, [this] { m_impl->checkOutside(); });
}

ProjectSession::~ProjectSession() {
    ++m_impl->generation;
    if (const auto lost = m_impl->closeThreads(false)) std::fprintf(stderr, "mnerva: %s\n", lost->what());
}

QString ProjectSession::programName() {
    return QStringLiteral("mnerva");
}

void ProjectSession::open(const QString& folder, PostId first) {
    close();
    m_impl->folder = folder;
    m_impl->openWith(
        [path = toPath(folder)](std::stop_token stop) {
            return Project::openOrReadOnly(path, toUtf8(programName()), std::move(stop));
        },
        first);
}

void ProjectSession::create(const QString& folder, const project::NewProject& options) {
    close();
    m_impl->folder = folder;
    m_impl->openWith([path = toPath(folder), options](
                         const std::stop_token&) { return Project::create(path, options, toUtf8(programName())); },
                     {});
}

std::optional<Error> ProjectSession::close() {
    Impl& d = *m_impl;
    ++d.generation;
    std::optional<Error> lost = d.closeThreads(true);
    const bool wasOpen = std::exchange(d.open, false);
    d.outsideCheck.stop();
    d.info = {};
    d.folder.clear();
    d.summaries.clear();
    d.fullyLoaded = false;
    d.layers.clear();
    d.suggestionLayer.clear();
    d.editedName.clear();
    d.keptValues.clear();
    d.isBlind = false;
    d.stopSearch();
    d.order = d.shownOrder = {};
    d.dropRanks();
    d.numbers.clear();
    d.filter.clear();
    d.onlyThese = false;
    d.matches.clear();
    d.words.clear();
    d.names = {};
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
    d.running.reset();
    d.failure.reset();
    d.lastDropped.reset();
    d.canUndo = d.canRedo = false;
    d.reloadWhenIdle.clear();
    if (wasOpen) Q_EMIT closed();
    return lost;
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
const PostRows& ProjectSession::summaries() const {
    return m_impl->summaries;
}
bool ProjectSession::isFullyLoaded() const {
    return m_impl->fullyLoaded;
}

int ProjectSession::rowOf(PostId post) const {
    return m_impl->summaries.rowOf(post);
}

PostId ProjectSession::currentPost() const {
    return m_impl->hasView ? m_impl->view.post.id : m_impl->target;
}

PostId ProjectSession::wantedPost() const {
    return m_impl->target;
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

QString ProjectSession::editedLayer() const {
    return fromUtf8(m_impl->editedName);
}

std::optional<QString> ProjectSession::kept(const QString& key) const {
    const auto found = m_impl->keptValues.find(toUtf8(key));
    return found == m_impl->keptValues.end() ? std::nullopt : std::optional(fromUtf8(found->second));
}

void ProjectSession::keep(const QString& key, const QString& value) {
    Impl& d = *m_impl;
    const std::string name = toUtf8(key), wanted = toUtf8(value);
    if (!d.open || (d.keptValues.contains(name) && d.keptValues[name] == wanted)) return;
    d.keptValues[name] = wanted;
    if (d.info.readOnly) return;  // for as long as it is open
    d.queue({.kind = session::WriteOp::Kind::Work,
             .change = {},
             .work = [name, wanted](Project& project) { project.setSetting(session::keptSetting(name), wanted); },
             .done = {},
             .layer = d.editedName});
}

bool ProjectSession::isBlind() const {
    return m_impl->isBlind;
}

bool ProjectSession::setEditedLayer(const QString& layer) {
    Impl& d = *m_impl;
    const std::string wanted = layer == QLatin1String("corrected") ? std::string() : toUtf8(layer);
    if (!d.open || wanted == d.editedName) return true;
    if (saveNow()) return false;
    const auto found =
        std::find_if(d.layers.begin(), d.layers.end(), [&](const LayerInfo& one) { return one.name == wanted; });
    if (!wanted.empty() && (found == d.layers.end() || found->kind != project::LayerKind::Annotator)) return false;
    d.editedName = wanted;
    d.isBlind = !wanted.empty() && found->isBlind;
    keep(QStringLiteral("edited"), wanted.empty() ? QStringLiteral("corrected") : fromUtf8(wanted));
    settings::setValue(session::editedKey(d.folder), fromUtf8(wanted));
    d.cache.clear();
    d.undoneAfterJump.reset();
    d.canUndo = d.canRedo = false;
    if (d.isBlind) setFilter({});  // it may have asked for what is hidden now
    if (d.isBlind && project::looksAtRuns(d.order.key)) setOrder({});
    // Answers of before are of another layer: nothing of it may be shown any more.
    d.hasView = false;
    d.view = {};
    ++d.rowsRequest;
    d.summaries.clear();
    d.visible.clear();
    d.dropRanks();
    Q_EMIT editedLayerChanged();
    Q_EMIT summariesReset();
    Q_EMIT visibleRowsChanged();
    // What can be undone is known where one writes.
    d.queue({.kind = session::WriteOp::Kind::Work,
             .change = {},
             .work = [](Project&) {},
             .done = {},
             .reads = true,
             .layer = d.editedName});
    refresh();
    return true;
}

const std::vector<LayerInfo>& ProjectSession::layers() const {
    return m_impl->layers;
}

bool ProjectSession::apply(const project::Edit& edit) {
    Impl& d = *m_impl;
    if (const auto* refusal = std::get_if<project::Refusal>(&edit)) {
        Q_EMIT refused(*refusal);
        return false;
    }
    Change change = std::get<Change>(edit);
    if (change.isEmpty()) return false;
    change.layer = d.editedName;
    // Whoever marks a post in a layer of an annotator has looked at it: the layer speaks of it from then on.
    if (!d.editedName.empty())
        for (PostChange& part : change.posts)
            part.correctedAfter =
                part.correctedAfter || part.statusAfter != PostStatus::Open || part.reviewAfter != Review::None;
    for (PostChange& part : change.posts) {
        const PostView* held = d.hasView && d.view.post.id == part.post ? &d.view : d.cached(part.post);
        if (held) part = withLinks(held->found, held->state, std::move(part));
    }
    if (!d.open || d.info.readOnly || d.failure) {
        Q_EMIT refused({d.failure ? "save-failed" : "read-only", std::nullopt});
        return false;
    }
    if (!d.applyInMemory(change)) {
        Q_EMIT refused({"conflict", std::nullopt});
        if (d.ops.empty()) d.reloadStale();
        return false;
    }
    d.queue({.kind = session::WriteOp::Kind::Apply, .change = change, .work = {}, .done = {}, .layer = d.editedName});
    return true;
}

void ProjectSession::undo() {
    if (!canUndo()) {
        Q_EMIT refused({isReadOnly() ? "read-only" : "nothing-to-undo", std::nullopt});
        return;
    }
    m_impl->queue(
        {.kind = session::WriteOp::Kind::Undo, .change = {}, .work = {}, .done = {}, .layer = m_impl->editedName});
}

void ProjectSession::redo() {
    if (!canRedo()) {
        Q_EMIT refused({isReadOnly() ? "read-only" : "nothing-to-redo", std::nullopt});
        return;
    }
    m_impl->queue(
        {.kind = session::WriteOp::Kind::Redo, .change = {}, .work = {}, .done = {}, .layer = m_impl->editedName});
}

bool ProjectSession::canUndo() const {
    const Impl& d = *m_impl;
    if (!d.open || d.info.readOnly || d.failure) return false;
    const bool waiting = std::any_of(d.ops.begin(), d.ops.end(), [](const session::WriteOp& op) {
        return op.kind == session::WriteOp::Kind::Apply || op.kind == session::WriteOp::Kind::Redo;
    });
    return d.canUndo || waiting;
}

bool ProjectSession::canRedo() const {
    const Impl& d = *m_impl;
    if (!d.open || d.info.readOnly || d.failure) return false;
    // The last thing waiting decides: an edit ends what could be done again, an undo makes some.
    for (auto op = d.ops.rbegin(); op != d.ops.rend(); ++op) {
        if (op->kind == session::WriteOp::Kind::Apply) return false;
        if (op->kind == session::WriteOp::Kind::Undo) return true;
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

std::optional<Error> ProjectSession::saveNow() {
    Impl& d = *m_impl;
    d.lastDropped.reset();
    while (!d.ops.empty() && !d.failure) {
        d.writer.drain();
        runWaitingFor(this);  // the writer's answer; it sends the next write on its way
    }
    return d.failure ? d.failure : d.lastDropped;
}

void ProjectSession::refresh() {
    Impl& d = *m_impl;
    if (!d.open) return;
    const quint64 asked = d.generation;
    d.reader.post([&d, asked, of = d.editedName] {
        if (!d.readerProject) return;
        auto info = std::make_shared<ProjectInfo>();
        auto first = std::make_shared<std::vector<PostSummary>>();
        const auto error = session::guarded([&] {
            *info = d.readerProject->info(of);
            *first = d.readerProject->summaries(PostId{}, session::kFirstChunk, of);
        });
        d.answer(asked, [&d, error, info, first, of] {
            if (of != d.editedName) return;  // another one was chosen since
            if (error) {
                Q_EMIT d.q.readFailed(*error);
            } else {
                d.refreshArrived(std::move(*info), std::move(*first));
            }
        });
    });
}

void ProjectSession::setFilter(const QString& query) {
    if (query == m_impl->filter && !m_impl->onlyThese) return;
    m_impl->onlyThese = false;
    m_impl->filter = query;
    Q_EMIT filterChanged();
    if (m_impl->open) m_impl->runFilter();
}

void ProjectSession::showOnly(const std::vector<PostId>& posts) {
    if (!m_impl->open) return;
    if (posts.empty()) return setFilter({});
    m_impl->onlyThese = true;
    m_impl->filter.clear();
    Q_EMIT filterChanged();
    m_impl->showThese(posts);
}

bool ProjectSession::isShowingOnly() const {
    return m_impl->onlyThese;
}

bool ProjectSession::isFiltering() const {
    return m_impl->isFiltering;
}
double ProjectSession::filterFraction() const {
    return m_impl->filterFraction;
}
int ProjectSession::filterMilliseconds() const {
    return m_impl->isFiltering ? static_cast<int>(m_impl->filterBegan.elapsed()) : 0;
}

void ProjectSession::stopFiltering() {
    if (!m_impl->isFiltering) return;
    m_impl->stopSearch();
    if (!m_impl->unplaced.empty()) m_impl->arrangeAgain();
    Q_EMIT filterProgressed();
}

const std::vector<std::string>& ProjectSession::foundWords() const {
    return m_impl->words;
}
const query::Names& ProjectSession::queryNames() const {
    return m_impl->names;
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
        const auto error = session::guarded([&] { work(*d.readerProject); });
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
    m_impl->queue(
        {.kind = session::WriteOp::Kind::Work, .change = {}, .work = std::move(work), .done = std::move(done)});
}

}  // namespace mnerva::ui
