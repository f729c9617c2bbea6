#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/project/project_internal.h"
#include "core/store/integrity.h"
#include "core/store/project_files.h"
#include "core/store/schema.h"
#include "core/workflow/quality/statistics.h"

namespace mnerva::workflow {
namespace {

constexpr int kPostsBetweenReports = 1000;

/// What the journal makes of a post.
struct Replayed {
    PostState state;
    std::vector<Entity> rejections;
    std::vector<Verdict> verdicts;
    std::vector<Decision> decisions;
};

class Checker {
public:
    Checker(const project::Project& project, const ProgressSink& progress, std::stop_token stop)
        : m_impl(project.impl()), m_labels(project.labels()), m_progress(progress), m_stop(std::move(stop)) {
        m_file = (project.folder() / project::kProjectFile).string();
    }

    Findings run() {
        lookAtFiles();
        for (const store::ForeignPart& part : store::foreignParts(*m_impl.connection, m_impl.version))
            add("schema-foreign", part.what);
        for (const std::string& damage : store::damageFound(*m_impl.connection)) add("database-damaged", damage);
        for (const std::string& row : store::brokenReferences(*m_impl.connection)) add("reference-broken", row);
        // Rows of a damaged file prove nothing more.
        if (m_findings.count("database-damaged") + m_findings.count("reference-broken") > 0)
            return std::move(m_findings);
        readRejections();
        m_impl.verdicts.each([&](PostId post, Verdict v) { m_verdicts[post].push_back(std::move(v)); });
        m_impl.decisions.each([&](PostId post, Decision d) { m_decisions[post].push_back(std::move(d)); });
        constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
        m_impl.comments.eachIn(PostId{}, PostId{kLast}, [&](PostId post, LayerId layer, Comment comment) {
            m_comments[{layer, post}].push_back(std::move(comment));
        });
        replayJournal();
        for (const store::LayerRow& layer : m_impl.layers.all())
            if (layer.id != store::kGoldLayer) readLayer(layer);
        readRegions();
        checkPosts();
        checkAnnotators();
        checkSources();
        m_impl.settings.labels();  // notes what is odd in them
        m_findings.append(m_impl.connection->oddRows());
        return std::move(m_findings);
    }

private:
    void add(std::string code, std::string text) { m_findings.add({std::move(code), m_file, 0, std::move(text)}); }

    void tick(std::int64_t done, std::int64_t total) {
        if (done % kPostsBetweenReports != 0) return;
        if (m_stop.stop_requested()) throw Cancelled{};
        report(m_progress, "checking", done, total);
    }

    /// What lies where Mnerva writes, and where it lies.
    void lookAtFiles() {
        for (const store::UnsafePart& part : store::unsafeParts(m_impl.folder, true))
            m_findings.add({"unsafe-file", part.path.string(), 0, part.what});
        const store::FileSystem& lies = m_impl.connection->fileSystem();
        if (lies.isNetwork) m_findings.add({"network-folder", m_impl.folder.string(), 0, lies.name});
    }

    void readRejections() {
        m_impl.layers.eachRejection(
            [&](PostId post, Entity entity) { m_rejections[post].push_back(std::move(entity)); });
    }

    void replayJournal() {
        try {
            m_impl.journal.each([&](JournalId row, const Change& change) {
                for (const PostChange& post : change.posts)
                    change.layer.empty() ? replay(row, post) : replayAnnotator(row, change.layer, post);
            });
        } catch (const Error& error) {
            add("journal-unreadable", error.what());
        }
    }

    void replay(JournalId row, const PostChange& change) {
        auto found = m_replayed.find(change.post);
        if (found == m_replayed.end()) {
            const auto stored = m_impl.posts.find(change.post);
            if (!stored) return add("journal-post-missing", std::to_string(row.value));
            found = m_replayed.emplace(change.post, Replayed{m_impl.untouchedState(stored->post), {}, {}, {}}).first;
        }
        Replayed& replayed = found->second;
        try {
            replayed.state = project::stateAfter(replayed.state, change, {});
        } catch (const Error&) {
            return add("journal-not-replayable", std::to_string(row.value));
        }
        for (const Entity& entity : change.rejectionsRemoved) std::erase(replayed.rejections, entity);
        for (const Entity& entity : change.rejectionsAdded) replayed.rejections.push_back(entity);
        for (const Verdict& verdict : change.verdictsRemoved) std::erase(replayed.verdicts, verdict);
        for (const Verdict& verdict : change.verdictsAdded) replayed.verdicts.push_back(verdict);
        for (const Decision& decision : change.decisionsRemoved) std::erase(replayed.decisions, decision);
        for (const Decision& decision : change.decisionsAdded) replayed.decisions.push_back(decision);
    }

    void replayAnnotator(JournalId row, const std::string& layer, const PostChange& change) {
        const auto stored = m_impl.posts.find(change.post);
        if (!stored) return add("journal-post-missing", std::to_string(row.value));
        PostState empty;
        empty.post = change.post;
        empty.wordCount = static_cast<int>(stored->post.words.size());
        PostState& state = m_annotated.try_emplace({layer, change.post}, empty).first->second;
        try {
            state = project::stateAfter(state, change, {});
        } catch (const Error&) {
            add("journal-not-replayable", std::to_string(row.value));
        }
    }

    /// What annotators' layers hold, by the journal and as it is stored.
    void checkAnnotators() {
        for (const store::LayerRow& layer : m_impl.layers.named()) {
            if (layer.kind != "annotator") continue;
            std::set<PostId> posts;
            for (const auto& [key, state] : m_annotated)
                if (key.first == layer.name) posts.insert(key.second);
            m_impl.layers.each(layer.id, [&](PostId post, const std::vector<Entity>&) { posts.insert(post); });
            for (const auto& [key, comments] : m_comments)
                if (key.first == layer.id) posts.insert(key.second);
            for (const auto& [post, regions] : m_regions)
                for (const Region& region : regions)
                    if (region.origin == RegionOrigin::Human && region.detector == layer.name) posts.insert(post);
            for (const PostId post : posts) {
                const auto stored = m_impl.posts.find(post);
                if (!stored) continue;
                const std::string name = layer.name + ", " + stored->post.externalId;
                const auto found = m_annotated.find({layer.name, post});
                const PostState expected = found == m_annotated.end() ? PostState{} : found->second;
                const PostState state = m_impl.stateOf(*stored, layer.id);
                if (expected.corrected != state.corrected || expected.entities != state.entities)
                    add("replay-differs", name);
                checkMarks(expected, state, layer.id, name);
                if (expected.boxes != state.boxes || expected.links != state.links) add("boxes-differ", name);
            }
        }
    }

    /// Status, review and comments: those that the journal gives, and as they are stored.
    void checkMarks(const PostState& expected, const PostState& state, LayerId layer, const std::string& name) {
        if (expected.status != state.status) add("status-differs", name);
        if (expected.review != state.review) add("review-differs", name);
        const auto found = m_comments.find({layer, state.post});
        if (expected.comments != (found == m_comments.end() ? std::vector<Comment>{} : found->second))
            add("comments-differ", name);
    }

    void readLayer(const store::LayerRow& layer) {
        m_impl.layers.each(layer.id, [&](PostId post, std::vector<Entity> entities) {
            m_layers[post].emplace_back(layer.name, std::move(entities));
        });
    }

    void readRegions() {
        m_impl.regions.each([&](PostId post, Region region) { m_regions[post].push_back(std::move(region)); });
        m_impl.regions.eachId([&](PostId post, RegionId region) { m_regionIds[post].insert(region.value); });
        for (const store::LayerRow& layer : m_impl.layers.all())
            m_impl.regions.eachLink(layer.id,
                                    [&](PostId post, RegionLink link) { m_links[post].push_back(std::move(link)); });
    }

    void checkRegions(const Post& post, const std::string& name) {
        const auto found = m_regions.find(post.id);
        const std::vector<Region> regions = found == m_regions.end() ? std::vector<Region>{} : found->second;
        for (const Region& region : regions) {
            if (region.image >= static_cast<int>(post.images.size()))
                add("region-picture-missing", name + ", " + std::to_string(region.id.value));
        }
        const auto links = m_links.find(post.id);
        if (links == m_links.end()) return;
        for (const RegionLink& link : links->second) {
            if (link.entity.first < 0 || link.entity.last < link.entity.first ||
                link.entity.last >= static_cast<int>(post.words.size()))
                add("link-outside", name);
            if (!m_regionIds[post.id].contains(link.region.value))
                add("link-to-other-post", name + ", " + std::to_string(link.region.value));
        }
    }

    void checkPosts() {
        std::int64_t done = 0;
        const std::int64_t total = m_impl.posts.count();
        m_impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
            tick(done++, total);
            checkPost(stored);
            return true;
        });
        report(m_progress, "checking", total, total);
    }

    void checkPost(const store::StoredPost& stored) {
        const Post& post = stored.post;
        const std::string name = post.externalId + " (" + std::to_string(post.id.value) + ")";
        // Notes what does not fit; corrected entities are looked at once, in stateOf().
        for (auto& [layer, entities] : m_layers[post.id]) m_impl.fitting(post, std::move(entities));
        checkRegions(post, name);
        const auto replayed = m_replayed.find(post.id);
        PostState expected;
        std::vector<Entity> rejections;
        std::vector<Verdict> verdicts;
        std::vector<Decision> decisions;
        if (replayed != m_replayed.end()) {
            expected = replayed->second.state;
            rejections = replayed->second.rejections;
            verdicts = replayed->second.verdicts;
            decisions = replayed->second.decisions;
        }
        sortEntities(rejections);
        std::sort(verdicts.begin(), verdicts.end());
        const PostState state = m_impl.stateOf(stored);
        if (expected.corrected != stored.corrected || (stored.corrected && expected.entities != state.entities))
            add("replay-differs", name);
        checkMarks(expected, state, store::kCorrectedLayer, name);
        if (expected.boxes != state.boxes || expected.links != state.links) add("boxes-differ", name);
        if (rejections != m_rejections[post.id]) add("rejections-differ", name);
        if (verdicts != m_verdicts[post.id]) add("verdicts-differ", name);
        std::sort(decisions.begin(), decisions.end());
        if (decisions != m_decisions[post.id]) add("decisions-differ", name);
        if (stored.corrected)
            for (const Entity& entity : state.entities)
                if (!m_labels.contains(entity.type)) add("label-unknown", name + ", " + entity.type);
    }

    void checkSources() {
        for (const store::Source& source : m_impl.posts.sources()) {
            std::error_code ignored;
            const auto folder = m_impl.folderOf(source.imageFolder);
            if (!folder.empty() && !std::filesystem::is_directory(folder, ignored))
                add("image-folder-missing", folder.string());
        }
    }

    const project::Project::Impl& m_impl;
    const LabelSet m_labels;
    const ProgressSink& m_progress;
    std::stop_token m_stop;
    std::string m_file;
    Findings m_findings;
    std::unordered_map<PostId, Replayed> m_replayed;
    std::unordered_map<PostId, std::vector<Entity>> m_rejections;
    std::unordered_map<PostId, std::vector<Verdict>> m_verdicts;
    std::unordered_map<PostId, std::vector<Decision>> m_decisions;
    std::map<std::pair<std::string, PostId>, PostState> m_annotated;
    std::map<std::pair<LayerId, PostId>, std::vector<Comment>> m_comments;  ///< as they are stored
    std::unordered_map<PostId, std::vector<std::pair<std::string, std::vector<Entity>>>> m_layers;
    std::unordered_map<PostId, std::vector<Region>> m_regions;
    std::unordered_map<PostId, std::set<std::int64_t>> m_regionIds;
    std::unordered_map<PostId, std::vector<RegionLink>> m_links;
};

}  // namespace

Findings checkProject(const project::Project& project, const ProgressSink& progress, std::stop_token stop) {
    const auto snapshot = project.holdSnapshot();
    return Checker(project, progress, std::move(stop)).run();
}

}  // namespace mnerva::workflow
