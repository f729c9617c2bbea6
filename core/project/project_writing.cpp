#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/check.h"
#include "core/base/file.h"
#include "core/domain/grounding.h"
#include "core/domain/run_name.h"
#include "core/project/chunks_internal.h"
#include "core/project/entity_boxes.h"
#include "core/project/labels_internal.h"
#include "core/project/project_internal.h"
#include "core/store/transaction.h"
#include "core/text/tag_reading.h"

namespace mnerva::project {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::system_clock;
constexpr std::int64_t kPostsBetweenReports = 256;

[[noreturn]] void throwConflict(const PostChange& change, const std::string& name) {
    throw Error(ErrorCode::ConflictingChange, {name.empty() ? std::to_string(change.post.value) : name});
}

void writeEntities(Project::Impl& impl, LayerId layer, const PostChange& change, const PostState& before,
                   const PostState& after, const std::vector<Entity>& gold, const std::string& name) {
    store::LayerRepository& layers = impl.layers;
    if (!after.corrected) {
        // "Untouched" means gold shows through (in an annotator's layer: nothing), so it must be that that is left.
        if (after.entities != gold) throwConflict(change, name);
        if (before.corrected) layers.uncover(layer, change.post);
        return;
    }
    if (!before.corrected) {
        layers.cover(layer, change.post);
        for (const Entity& entity : after.entities) layers.add(layer, change.post, entity);
        return;
    }
    for (const Entity& entity : change.removed) layers.remove(layer, change.post, entity);
    for (const Entity& entity : change.added) layers.add(layer, change.post, entity);
}

void writeMarks(Project::Impl& impl, LayerId layer, const PostState& before, const PostState& after) {
    const bool isCorrected = layer == store::kCorrectedLayer;
    if (after.status != before.status) {
        if (isCorrected)
            impl.posts.setStatus(after.post, after.status);
        else
            impl.layers.setStatus(layer, after.post, after.status);
    }
    if (after.review == before.review) return;
    if (isCorrected)
        impl.posts.setReview(after.post, after.review);
    else
        impl.layers.setReview(layer, after.post, after.review);
}

/// A box that is removed and added is another one in its place: what is linked to it stays so.
void writeBoxes(Project::Impl& impl, LayerId layer, const PostChange& change, const std::string& name) {
    const auto isIn = [](const std::vector<Region>& boxes, const Region& box) {
        return std::any_of(boxes.begin(), boxes.end(), [&](const Region& b) { return b.id == box.id; });
    };
    for (const RegionLink& link : change.linksRemoved)
        if (!impl.regions.unlink(layer, change.post, link)) throwConflict(change, name);
    for (const Region& box : change.boxesRemoved)
        if (!isIn(change.boxesAdded, box)) impl.regions.remove(box.id);
    for (const Region& box : change.boxesAdded) {
        if (isIn(change.boxesRemoved, box))
            impl.regions.redraw(box);
        else if (!impl.regions.draw(layer, change.post, box))
            throwConflict(change, name);
    }
    for (const RegionLink& link : change.linksAdded) impl.regions.link(layer, change.post, link);
}

/// `isNew`: links follow their entities; for what is taken back or done again that stands in the change already.
/// Answers the part as it was written where that is more than was asked.
std::optional<PostChange> writePost(Project::Impl& impl, LayerId layer, const PostChange& asked, bool isNew) {
    const auto stored = impl.posts.find(asked.post);
    if (!stored) throwConflict(asked, {});
    const std::string& name = stored->post.externalId;
    const bool isCorrected = layer == store::kCorrectedLayer;
    PostState before = impl.stateOf(*stored, layer);
    if (!asked.commentsRemoved.empty() || !asked.commentsAdded.empty())
        before.comments = impl.comments.of(layer, asked.post);
    std::optional<PostChange> more;
    if (isNew && !asked.removed.empty()) {
        PostRegions found = impl.foundRegions(stored->post);
        if (!isCorrected && impl.layers.isBlind(layer)) found.links.clear();
        more = withLinks(found, before, asked);
        if (more->linksAdded == asked.linksAdded && more->linksRemoved == asked.linksRemoved) more.reset();
    }
    const PostChange& change = more ? *more : asked;
    const PostState after = stateAfter(before, change, name);
    const bool isMarked = after.status != PostStatus::Open || after.review != Review::None;
    if (!isCorrected && !after.corrected && isMarked) throwConflict(change, name);
    writeEntities(impl, layer, change, before, after,
                  isCorrected ? entitiesFromTags(stored->post.sourceTags) : std::vector<Entity>{}, name);
    writeMarks(impl, layer, before, after);
    for (const Entity& entity : change.rejectionsRemoved)
        if (!impl.layers.removeRejection(change.post, entity)) throwConflict(change, name);
    for (const Entity& entity : change.rejectionsAdded) impl.layers.addRejection(change.post, entity);
    for (const Verdict& verdict : change.verdictsRemoved)
        if (!impl.verdicts.remove(change.post, verdict)) throwConflict(change, name);
    for (const Verdict& verdict : change.verdictsAdded)
        if (!impl.verdicts.add(change.post, verdict)) throwConflict(change, name);
    for (const Decision& decision : change.decisionsRemoved)
        if (!impl.decisions.remove(change.post, decision)) throwConflict(change, name);
    for (const Decision& decision : change.decisionsAdded)
        if (!impl.decisions.add(change.post, decision)) throwConflict(change, name);
    for (const Comment& comment : change.commentsRemoved)
        if (!impl.comments.remove(layer, change.post, comment)) throwConflict(change, name);
    for (const Comment& comment : change.commentsAdded)
        if (!impl.comments.add(layer, change.post, comment)) throwConflict(change, name);
    writeBoxes(impl, layer, change, name);
    return more;
}

/// Types that a change brings in and the project lacks, in order of appearance.
std::vector<std::string> unknownTypes(const Change& change, const LabelSet& labels) {
    std::vector<std::string> unknown;
    for (const PostChange& post : change.posts)
        for (const Entity& entity : post.added)
            if (!labels.contains(entity.type)) unknown.push_back(entity.type);
    return unknown;
}

/// Writes a change with its journal row. `target`: the row of the `do` for undo and redo.
Saved writeChange(Project::Impl& impl, store::JournalKind kind, const Change& change, JournalId target,
                  const ProgressSink& progress = {}, const std::stop_token& stop = {}) {
    const auto now = Clock::now();
    store::Transaction transaction(*impl.connection);
    const LayerId layer = impl.editedLayer(change.layer);
    const LabelSet before = impl.settings.labels();
    LabelSet labels = change.labels ? checkedLabels(labelsAfter(before, *change.labels), before) : before;
    const std::vector<std::string> unknown = unknownTypes(change, labels);
    if (!unknown.empty()) {
        if (kind == store::JournalKind::Do) {
            std::string known;
            for (const std::string& type : labels.types) known += (known.empty() ? "" : ", ") + type;
            throw Error(ErrorCode::LabelUnknown, {unknown.front(), known});
        }
        // What is taken back may use a label that was removed since: it comes back with it.
        labels.types = withNewTypes(labels.types, unknown);
    }
    std::int64_t written = 0;
    std::optional<Change> whole;
    for (std::size_t i = 0; i < change.posts.size(); ++i) {
        if (stop.stop_requested()) throw Cancelled{};
        if (auto more = writePost(impl, layer, change.posts[i], kind == store::JournalKind::Do)) {
            if (!whole) whole = change;
            whole->posts[i] = std::move(*more);
        }
        if (++written % kPostsBetweenReports == 0)
            report(progress, "storing", written, static_cast<std::int64_t>(change.posts.size()));
    }
    if (change.labels || labels != before) storeLabels(impl, std::move(labels), before, kind != store::JournalKind::Do);
    const JournalId row = impl.journal.add(kind, whole ? *whole : change, target, toMilliseconds(now), layer);
    transaction.commit();
    impl.stacks[layer.value].push(kind, target.isValid() ? target : row);
    if (impl.lock) impl.lock->touch();
    return {now, row, std::move(whole)};
}

class StoreAppender : public Project::Appender {
public:
    explicit StoreAppender(Project::Impl& impl)
        : m_impl(impl), m_transaction(*impl.connection), m_insert(*impl.connection), m_chunks(*impl.connection) {}

    void startSource(const std::string& sourceFile, const fs::path& imageFolder, const fs::path& cropFolder) override {
        std::error_code ignored;
        store::Source source;
        source.file = sourceFile;
        source.sha256 = fs::is_regular_file(sourceFile, ignored) ? sha256OfFile(sourceFile) : std::string();
        source.importedAtMs = toMilliseconds(Clock::now());
        source.imageFolder = m_impl.storedFolder(imageFolder);
        source.cropFolder = m_impl.storedFolder(cropFolder);
        m_source = m_impl.posts.addSource(source);
        m_files.push_back(sourceFile);
    }

    PostId add(const Post& post) override {
        checkPost(post);
        const std::vector<Entity> gold = entitiesFromTags(post.sourceTags);
        for (const Entity& entity : gold)
            if (std::find(m_types.begin(), m_types.end(), entity.type) == m_types.end()) m_types.push_back(entity.type);
        m_evidence.add(post.sourceTags);
        ++m_posts;
        const PostId id = m_insert.add(post, m_source, static_cast<int>(gold.size()));
        m_chunks.add(id, post, gold);
        return id;
    }

    void addRegions(PostId post, const PostRegions& boxes) override {
        replaceRegions(m_impl, post, RegionOrigin::Xml, {}, boxes);
        m_boxes += boxes.regions.size();
    }

    void commit() override {
        m_chunks.finish();
        const LabelSet labels = m_impl.settings.labels();
        const std::vector<std::string> types = withNewTypes(labels.types, m_types);
        if (types != labels.types) m_impl.settings.setTypes(types);
        if (!m_impl.settings.schemeDecided() && m_posts > 0) m_impl.settings.setScheme(m_evidence.scheme());
        m_impl.journal.addNote("import", noteOf({{"files", m_files}, {"posts", m_posts}, {"boxes", m_boxes}}),
                               toMilliseconds(Clock::now()));
        m_transaction.commit();
        m_impl.connection->checkpoint();
        if (m_impl.lock) m_impl.lock->touch();
    }

private:
    Project::Impl& m_impl;
    store::Transaction m_transaction;
    store::PostInserter m_insert;
    ChunkWriter m_chunks;
    std::int64_t m_source = 0;
    std::vector<std::string> m_files, m_types;
    text::SchemeEvidence m_evidence;
    int m_posts = 0;
    std::size_t m_boxes = 0;
};

}  // namespace

PostState stateAfter(const PostState& before, const PostChange& change, const std::string& name) {
    if (before.corrected != change.correctedBefore || before.status != change.statusBefore ||
        before.review != change.reviewBefore)
        throwConflict(change, name);
    try {
        return applied(before, change);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::ConflictingChange) throw;
        throwConflict(change, name);
    }
}

Saved Project::apply(const Change& change, const ProgressSink& progress, std::stop_token stop) {
    m_impl->requireWritable();
    if (change.isEmpty()) return {Clock::now(), {}};
    return writeChange(*m_impl, store::JournalKind::Do, change, {}, progress, stop);
}

UndoStep Project::undo(const std::string& layer) {
    m_impl->requireWritable();
    const store::UndoStacks& stacks = m_impl->stacks[m_impl->editedLayer(layer).value];
    if (stacks.undo.empty()) throw Error(ErrorCode::NothingToUndo);
    const JournalId row = stacks.undo.back();
    Change change = inverseOf(m_impl->journal.change(row));
    const Saved saved = writeChange(*m_impl, store::JournalKind::Undo, change, row);
    return {std::move(change), saved};
}

UndoStep Project::redo(const std::string& layer) {
    m_impl->requireWritable();
    const store::UndoStacks& stacks = m_impl->stacks[m_impl->editedLayer(layer).value];
    if (stacks.redo.empty()) throw Error(ErrorCode::NothingToRedo);
    const JournalId row = stacks.redo.back();
    Change change = m_impl->journal.change(row);
    const Saved saved = writeChange(*m_impl, store::JournalKind::Redo, change, row);
    return {std::move(change), saved};
}

bool Project::canUndo(const std::string& layer) const {
    const auto found = m_impl->stacks.find(m_impl->editedLayer(layer).value);
    return found != m_impl->stacks.end() && !found->second.undo.empty();
}

bool Project::canRedo(const std::string& layer) const {
    const auto found = m_impl->stacks.find(m_impl->editedLayer(layer).value);
    return found != m_impl->stacks.end() && !found->second.redo.empty();
}

void Project::addAnnotator(const std::string& name, bool isBlind) {
    m_impl->requireWritable();
    requireRunName(name);
    store::Transaction transaction(*m_impl->connection);
    if (m_impl->layers.find(name))
        throw Error(ErrorCode::RunNameInvalid, {name, "another name than that of a layer of this project"});
    const auto now = toMilliseconds(Clock::now());
    m_impl->layers.setAnnotator(m_impl->layers.ensure(name, "annotator", now), isBlind);
    m_impl->journal.addNote("annotator", noteOf({{"layer", name}, {"blind", isBlind}}), now);
    transaction.commit();
    if (m_impl->lock) m_impl->lock->touch();
}

void Project::setSetting(const std::string& key, const std::string& value) {
    m_impl->requireWritable();
    MNERVA_CHECK(!key.starts_with("project/"));
    store::Transaction transaction(*m_impl->connection);
    m_impl->settings.set(key, value);
    transaction.commit();
}

void Project::storePredictions(const std::string& run,
                               const std::vector<std::pair<PostId, std::vector<Entity>>>& predictions,
                               const RawTags& rawTags, const std::vector<PostId>& aligned, const ProgressSink& progress,
                               std::stop_token stop) {
    m_impl->requireWritable();
    const text::TagScheme scheme = labels().scheme;
    const auto now = toMilliseconds(Clock::now());
    store::Transaction transaction(*m_impl->connection);
    const auto known = m_impl->layers.find(run);
    if (!known) requireRunName(run);  // a layer of 0.1.0 keeps whatever name it has
    if (known && known->kind != "run")
        throw Error(ErrorCode::RunNameInvalid, {run, "another name than that of a layer of this project"});
    const LayerId layer = m_impl->layers.ensure(run, "run", now);
    m_impl->layers.clear(layer);
    std::size_t entityCount = 0, done = 0;
    LayerChunkWriter chunks(*m_impl->connection);
    for (const auto& [post, entities] : predictions) {
        if (static_cast<std::int64_t>(done++) % kPostsBetweenReports == 0) {
            if (stop.stop_requested()) throw Cancelled{};
            report(progress, "storing", static_cast<std::int64_t>(done), static_cast<std::int64_t>(predictions.size()));
        }
        const auto stored = m_impl->posts.find(post);
        MNERVA_CHECK(stored.has_value());
        const int words = static_cast<int>(stored->post.words.size());
        const auto raw = rawTags.find(post);
        if (raw != rawTags.end() && static_cast<int>(raw->second.size()) != words)
            throw Error(ErrorCode::SpanInvalid, {"0", std::to_string(raw->second.size()), std::to_string(words)});
        const bool tellsMore = raw != rawTags.end() && tellsMoreThan(entities, raw->second, scheme);
        m_impl->layers.cover(layer, post, tellsMore ? raw->second : std::vector<std::string>{});
        for (const Entity& entity : entities) {
            if (entity.first < 0 || entity.last < entity.first || entity.last >= words)
                throw Error(ErrorCode::SpanInvalid,
                            {std::to_string(entity.first), std::to_string(entity.last), std::to_string(words)});
            m_impl->layers.add(layer, post, entity);
        }
        chunks.add(post, entities);
        entityCount += entities.size();
    }
    const std::string key = alignedKey(run), wanted = alignedValue(aligned);
    if (m_impl->settings.get(key).value_or("") != wanted) m_impl->settings.set(key, wanted);
    // Boxes of what the run said before are not those of what it says now.
    if (!m_impl->settings.get(entityBoxesKey(run)).value_or("").empty()) m_impl->settings.set(entityBoxesKey(run), "");
    chunks.store(layer);
    if (stop.stop_requested()) throw Cancelled{};
    m_impl->journal.addNote("predictions",
                            noteOf({{"run", run}, {"posts", predictions.size()}, {"entities", entityCount}}), now);
    transaction.commit();
    if (m_impl->lock) m_impl->lock->touch();
}

bool Project::removePredictions(const std::string& run) {
    m_impl->requireWritable();
    store::Transaction transaction(*m_impl->connection);
    const auto known = m_impl->layers.find(run);
    if (!known) return false;
    if (known->kind != "run") throw Error(ErrorCode::RunNameInvalid, {run, "the name of a run's layer"});
    m_impl->layers.removeLayer(known->id);
    for (const std::string& key : {alignedKey(run), entityBoxesKey(run)})
        if (!m_impl->settings.get(key).value_or("").empty()) m_impl->settings.set(key, "");
    m_impl->journal.addNote("predictions-removed", noteOf({{"run", run}}), toMilliseconds(Clock::now()));
    transaction.commit();
    if (m_impl->lock) m_impl->lock->touch();
    return true;
}

std::unique_ptr<Project::Appender> Project::append(const std::string& sourceFile, const fs::path& imageFolder,
                                                   const fs::path& cropFolder) {
    m_impl->requireWritable();
    auto appender = std::make_unique<StoreAppender>(*m_impl);
    appender->startSource(sourceFile, imageFolder, cropFolder);
    return appender;
}

std::optional<std::string> Project::importedFile(const std::string& sha256) const {
    const auto source = m_impl->posts.sourceWithDigest(sha256);
    return source ? std::optional(source->file) : std::nullopt;
}

}  // namespace mnerva::project
