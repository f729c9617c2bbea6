#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/project/repair_history_internal.h"
#include "core/store/transaction.h"
#include "core/text/tag_reading.h"
#include "core/text/utf8.h"

namespace mnerva::project {
namespace {

constexpr std::size_t kPostsOfAStep = 1000;
constexpr std::int64_t kPostsBetweenReports = 1000;

/// What is decided of a post in a layer besides its entities; of the corrected layer alone.
struct Decided {
    std::vector<Entity> rejections;
    std::vector<Verdict> verdicts;
    std::vector<Decision> decisions;
    void sort() {
        sortEntities(rejections);
        std::sort(verdicts.begin(), verdicts.end());
        std::sort(decisions.begin(), decisions.end());
    }
    bool isEmpty() const { return rejections.empty() && verdicts.empty() && decisions.empty(); }
    bool operator==(const Decided&) const = default;
};

struct Standing {
    PostState state;
    Decided decided;
    bool isExact = true;  ///< every step fitted the one before it
};
using Key = std::pair<std::string, PostId>;  ///< layer ("": the corrected one) and post

bool isUntouched(const PostState& state) {
    return !state.corrected && state.status == PostStatus::Open && state.review == Review::None &&
           state.comments.empty() && state.boxes.empty();
}

bool isSame(const PostState& one, const PostState& other) {
    return one.corrected == other.corrected && one.status == other.status && one.review == other.review &&
           one.comments == other.comments && (!one.corrected || one.entities == other.entities) &&
           one.boxes == other.boxes && one.links == other.links;
}

template <class T>
void takeOut(std::vector<T>& from, const std::vector<T>& these) {
    for (const T& one : these) std::erase(from, one);
}
template <class T>
void putIn(std::vector<T>& to, const std::vector<T>& these) {
    to.insert(to.end(), these.begin(), these.end());
}

class Settler {
public:
    Settler(Project::Impl& impl, RepairReport& report, const ProgressSink& progress, const std::stop_token& stop)
        : m_impl(impl), m_report(report), m_progress(progress), m_stop(stop) {}

    void run() {
        store::Transaction transaction(*m_impl.connection);
        replay();
        readDecided();
        if (!m_report.tables["journal"].isDamaged && m_report.lostSteps == 0 && m_isExact)
            storeReplayed();
        else
            keepStored();
        learnLabels();
        transaction.commit();
    }

private:
    void tick() {
        if (++m_ticks % kPostsBetweenReports != 0) return;
        if (m_stop.stop_requested()) throw Cancelled{};
        report(m_progress, "replaying", m_ticks, 0);
    }

    std::optional<LayerId> layerOf(const std::string& name) const {
        if (name.empty()) return store::kCorrectedLayer;
        const auto found = m_impl.layers.find(name);
        return found && found->kind == "annotator" ? std::optional(found->id) : std::nullopt;
    }

    /// A post as nobody has touched it; nothing where it is lost.
    std::optional<PostState> untouched(const std::string& layer, PostId post) const {
        const auto stored = m_impl.posts.find(post);
        if (!stored) return std::nullopt;
        if (layer.empty()) return m_impl.untouchedState(stored->post);
        PostState state;
        state.post = post;
        state.wordCount = static_cast<int>(stored->post.words.size());
        return state;
    }

    void replay() {
        const std::int64_t unreadable = m_impl.journal.eachReadable([&](JournalId, const Change& change) {
            for (const PostChange& part : change.posts) replay(change.layer, part);
            tick();
        });
        m_isExact = m_isExact && unreadable == 0;
        m_report.lostSteps += unreadable;
    }

    void replay(const std::string& layer, const PostChange& part) {
        const Key key{layer, part.post};
        auto found = m_replayed.find(key);
        if (found == m_replayed.end()) {
            const auto begin = layerOf(layer) ? untouched(layer, part.post) : std::nullopt;
            if (!begin) {
                m_isExact = false;
                return;
            }
            found = m_replayed.emplace(key, Standing{*begin, {}, true}).first;
        }
        Standing& now = found->second;
        try {
            now.state = stateAfter(now.state, part, {});
        } catch (const Error&) {
            m_isExact = now.isExact = false;
        }
        takeOut(now.decided.rejections, part.rejectionsRemoved);
        putIn(now.decided.rejections, part.rejectionsAdded);
        takeOut(now.decided.verdicts, part.verdictsRemoved);
        putIn(now.decided.verdicts, part.verdictsAdded);
        takeOut(now.decided.decisions, part.decisionsRemoved);
        putIn(now.decided.decisions, part.decisionsAdded);
    }

    void readDecided() {
        m_impl.layers.eachRejection([&](PostId post, Entity e) { m_stored[post].rejections.push_back(std::move(e)); });
        m_impl.verdicts.each([&](PostId post, Verdict v) { m_stored[post].verdicts.push_back(std::move(v)); });
        m_impl.decisions.each([&](PostId post, Decision d) { m_stored[post].decisions.push_back(std::move(d)); });
        for (auto& [post, decided] : m_stored) decided.sort();
        constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
        m_impl.comments.eachIn(PostId{}, PostId{kLast}, [&](PostId post, LayerId layer, Comment comment) {
            m_comments[{layer, post}].push_back(std::move(comment));
        });
        m_impl.regions.each([&](PostId post, const Region& region) {
            if (region.origin == RegionOrigin::Human) m_drawn[region.detector].insert(post);
        });
    }

    /// Layers that people make: their names and ids.
    std::vector<std::pair<std::string, LayerId>> layers() const {
        std::vector<std::pair<std::string, LayerId>> found{{"", store::kCorrectedLayer}};
        for (const store::LayerRow& row : m_impl.layers.named())
            if (row.kind == "annotator") found.emplace_back(row.name, row.id);
        return found;
    }

    /// Posts of a layer that something is stored or told of.
    std::set<PostId> postsOf(const std::string& name, LayerId layer) const {
        std::set<PostId> posts;
        m_impl.layers.each(layer, [&](PostId post, const std::vector<Entity>&) { posts.insert(post); });
        for (const auto& [key, standing] : m_replayed)
            if (key.first == name) posts.insert(key.second);
        for (const auto& [key, comments] : m_comments)
            if (key.first == layer) posts.insert(key.second);
        const auto drawn = m_drawn.find(name);
        if (drawn != m_drawn.end()) posts.insert(drawn->second.begin(), drawn->second.end());
        if (!name.empty()) return posts;
        m_impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
            if (stored.post.status != PostStatus::Open || stored.post.review != Review::None)
                posts.insert(stored.post.id);
            return true;
        });
        for (const auto& [post, decided] : m_stored) posts.insert(post);
        return posts;
    }

    PostState storedState(LayerId layer, const store::StoredPost& stored) const {
        PostState state = m_impl.stateOf(stored, layer);
        std::erase_if(state.entities,
                      [&](const Entity& e) { return e.last >= state.wordCount || !text::isValidUtf8(e.type); });
        sortEntities(state.entities);
        const auto comments = m_comments.find({layer, state.post});
        if (comments != m_comments.end()) state.comments = comments->second;
        std::erase_if(state.boxes, [](const Region& box) { return !text::isValidUtf8(box.label); });
        std::erase_if(state.links, [&](const RegionLink& link) {
            return std::find(state.entities.begin(), state.entities.end(), link.entity) == state.entities.end() ||
                   std::none_of(state.boxes.begin(), state.boxes.end(),
                                [&](const Region& box) { return box.id == link.region; });
        });
        return state;
    }

    void write(LayerId layer, const PostState& wanted) {
        m_impl.layers.uncover(layer, wanted.post);
        const bool isCorrected = layer == store::kCorrectedLayer;
        if (wanted.corrected) {
            m_impl.layers.cover(layer, wanted.post);
            for (const Entity& entity : wanted.entities) m_impl.layers.add(layer, wanted.post, entity);
        }
        if (isCorrected) {
            m_impl.posts.setStatus(wanted.post, wanted.status);
            m_impl.posts.setReview(wanted.post, wanted.review);
        } else if (wanted.corrected) {
            m_impl.layers.setStatus(layer, wanted.post, wanted.status);
            m_impl.layers.setReview(layer, wanted.post, wanted.review);
        }
        for (const Comment& comment : m_impl.comments.of(layer, wanted.post))
            m_impl.comments.remove(layer, wanted.post, comment);
        for (const Comment& comment : wanted.comments) m_impl.comments.add(layer, wanted.post, comment);
        for (const RegionLink& link : m_impl.regions.links(layer, wanted.post))
            m_impl.regions.unlink(layer, wanted.post, link);
        for (const Region& box : m_impl.regions.drawnIn(layer, wanted.post)) m_impl.regions.remove(box.id);
        for (const Region& box : wanted.boxes) m_impl.regions.draw(layer, wanted.post, box);
        for (const RegionLink& link : wanted.links) m_impl.regions.link(layer, wanted.post, link);
    }

    void write(PostId post, const Decided& before, const Decided& wanted) {
        for (const Entity& e : before.rejections) m_impl.layers.removeRejection(post, e);
        for (const Entity& e : wanted.rejections) m_impl.layers.addRejection(post, e);
        for (const Verdict& v : before.verdicts) m_impl.verdicts.remove(post, v);
        for (const Verdict& v : wanted.verdicts) m_impl.verdicts.add(post, v);
        for (const Decision& d : before.decisions) m_impl.decisions.remove(post, d);
        for (const Decision& d : wanted.decisions) m_impl.decisions.add(post, d);
    }

    /// The history is whole: whatever is stored otherwise is made as it says.
    void storeReplayed() {
        for (const auto& [name, layer] : layers())
            for (const PostId post : postsOf(name, layer)) {
                tick();
                const auto stored = m_impl.posts.find(post);
                if (!stored) continue;
                const auto found = m_replayed.find({name, post});
                Standing wanted{*untouched(name, post), {}, true};
                if (found != m_replayed.end()) wanted = found->second;
                wanted.decided.sort();
                bool isOther = !isSame(storedState(layer, *stored), wanted.state);
                if (isOther) write(layer, wanted.state);
                if (name.empty() && m_stored[post] != wanted.decided) {
                    write(post, m_stored[post], wanted.decided);
                    isOther = true;
                }
                m_report.replayedPosts += isOther;
            }
    }

    /// Steps are missing: what is stored stays, and the history begins anew with it.
    void keepStored() {
        m_report.isHistoryWhole = false;
        std::vector<Change> steps;
        for (const auto& [name, layer] : layers()) {
            Change step{store::JournalRepository::kRepairAction, {}, name};
            for (const PostId post : postsOf(name, layer)) {
                tick();
                const auto stored = m_impl.posts.find(post);
                if (!stored) continue;
                PostState wanted = storedState(layer, *stored);
                const auto found = m_replayed.find({name, post});
                if (isUntouched(wanted) && found != m_replayed.end() && found->second.isExact &&
                    !isUntouched(found->second.state)) {
                    wanted = found->second.state;
                    ++m_report.replayedPosts;
                }
                write(layer, wanted);
                PostChange part = wayTo(wanted, *untouched(name, post));
                if (name.empty()) {
                    const Decided decided = readable(m_stored[post]);
                    if (decided != m_stored[post]) write(post, m_stored[post], decided);
                    part.rejectionsAdded = decided.rejections;
                    part.verdictsAdded = decided.verdicts;
                    part.decisionsAdded = decided.decisions;
                    if (isUntouched(wanted) && decided.isEmpty()) continue;
                } else if (isUntouched(wanted)) {
                    continue;
                }
                step.posts.push_back(std::move(part));
                if (step.posts.size() < kPostsOfAStep) continue;
                steps.push_back(step);
                step.posts.clear();
            }
            if (!step.posts.empty()) steps.push_back(std::move(step));
        }
        m_impl.journal.retire();
        const std::int64_t now = toMilliseconds(std::chrono::system_clock::now());
        for (const Change& step : steps)
            m_impl.journal.add(store::JournalKind::Do, step, {}, now, *layerOf(step.layer));
    }

    /// What a journal can hold of it: texts.
    static Decided readable(Decided decided) {
        std::erase_if(decided.rejections, [](const Entity& e) { return !text::isValidUtf8(e.type); });
        std::erase_if(decided.verdicts,
                      [](const Verdict& v) { return !text::isValidUtf8(v.doubt) || !text::isValidUtf8(v.type); });
        std::erase_if(decided.decisions, [](const Decision& d) { return !text::isValidUtf8(d.note); });
        return decided;
    }

    static PostChange wayTo(const PostState& wanted, const PostState& before) {
        PostChange part;
        part.post = wanted.post;
        part.correctedBefore = false;
        part.correctedAfter = wanted.corrected;
        part.statusAfter = wanted.status;
        part.reviewAfter = wanted.review;
        part.commentsAdded = wanted.comments;
        part.boxesAdded = wanted.boxes;
        part.linksAdded = wanted.links;
        if (!wanted.corrected) return part;
        const auto isIn = [](const std::vector<Entity>& list, const Entity& entity) {
            return std::find(list.begin(), list.end(), entity) != list.end();
        };
        for (const Entity& entity : before.entities)
            if (!isIn(wanted.entities, entity)) part.removed.push_back(entity);
        for (const Entity& entity : wanted.entities)
            if (!isIn(before.entities, entity)) part.added.push_back(entity);
        return part;
    }

    /// Labels that are used and not known, and the scheme where it was lost.
    void learnLabels() {
        const bool hasScheme = m_impl.settings.schemeDecided();
        const LabelSet labels = m_impl.settings.labels();
        text::SchemeEvidence evidence;
        std::vector<std::string> seen;
        const auto see = [&](const std::vector<Entity>& entities) {
            for (const Entity& entity : entities)
                if (std::find(seen.begin(), seen.end(), entity.type) == seen.end()) seen.push_back(entity.type);
        };
        if (!hasScheme || labels.types.empty()) {
            m_impl.posts.each(std::nullopt, [&](const store::StoredPost& stored) {
                evidence.add(stored.post.sourceTags);
                if (labels.types.empty()) see(entitiesFromTags(stored.post.sourceTags));
                return true;
            });
        }
        for (const auto& [name, layer] : layers())
            m_impl.layers.each(layer, [&](PostId, const std::vector<Entity>& entities) { see(entities); });
        const std::vector<std::string> types = withNewTypes(labels.types, seen);
        if (types != labels.types) m_impl.settings.setTypes(types);
        if (!hasScheme && m_impl.posts.count() > 0) m_impl.settings.setScheme(evidence.scheme());
    }

    Project::Impl& m_impl;
    RepairReport& m_report;
    const ProgressSink& m_progress;
    const std::stop_token& m_stop;
    std::map<Key, Standing> m_replayed;
    std::map<PostId, Decided> m_stored;
    std::map<std::pair<LayerId, PostId>, std::vector<Comment>> m_comments;  ///< as they are stored
    std::map<std::string, std::set<PostId>> m_drawn;  ///< posts with boxes that were drawn, by the name of the layer
    bool m_isExact = true;
    std::int64_t m_ticks = 0;
};

}  // namespace

void settleHistory(Project::Impl& impl, RepairReport& report, const ProgressSink& progress,
                   const std::stop_token& stop) {
    Settler(impl, report, progress, stop).run();
}

}  // namespace mnerva::project
