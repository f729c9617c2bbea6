#include "core/workflow/bulk/bulk.h"

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/project/find.h"
#include "core/text/mention_form.h"
#include "core/workflow/bulk/states_internal.h"

namespace mnerva::workflow {
namespace {

constexpr int kWordsAround = 8;
constexpr unsigned kExampleSeed = 14;

/// Draws some of many that come one after another, each with the same chance.
class Examples {
public:
    void offer(const Looked& post, const Entity& entity, std::string from, std::string to) {
        ++m_seen;
        std::size_t at = m_kept.size();
        if (at == kBulkExamples) {
            at = std::uniform_int_distribution<std::size_t>(0, m_seen - 1)(m_dice);
            if (at >= kBulkExamples) return;
        } else {
            m_kept.emplace_back();
        }
        m_kept[at] = exampleOf(*post.post, entity, std::move(from), std::move(to));
    }
    std::vector<BulkExample> take() {
        std::stable_sort(m_kept.begin(), m_kept.end(),
                         [](const BulkExample& a, const BulkExample& b) { return a.post < b.post; });
        return std::move(m_kept);
    }

private:
    static BulkExample exampleOf(const Post& post, const Entity& entity, std::string from, std::string to) {
        return {post.id,
                post.externalId,
                textBefore(post, entity.first, kWordsAround),
                textBetween(post, entity.first, entity.last),
                textBehind(post, entity.last, kWordsAround),
                std::move(from),
                std::move(to),
                entity.confidence};
    }
    std::size_t m_seen = 0;
    std::mt19937 m_dice{kExampleSeed};
    std::vector<BulkExample> m_kept;
};

/// A step over one post after another.
class BulkWork {
public:
    BulkWork(const project::Project& project, const BulkStep& step)
        : m_step(step),
          m_states(project, step.layer),
          m_labels(project.labels()),
          m_key(text::mentionForm(step.text)),
          m_changes(actionName(step.kind), step.layer) {
        check(project);
        if (step.kind != BulkStep::Kind::Accept) return;
        const store::LayerRow run = m_states.project().layerOrThrow(step.run);
        if (run.kind != "run")
            throw Error(ErrorCode::OptionInvalid, {"accept", step.run, "a run whose suggestions are in the project"});
        m_run = run.id;
    }

    void look(PostId post) {
        const Looked looked = m_states.of(post);
        PostChange part = unchangedPart(looked.state);
        part.correctedAfter = true;
        switch (m_step.kind) {
            case BulkStep::Kind::Relabel:
            case BulkStep::Kind::Clear:
                change(looked, part);
                break;
            case BulkStep::Kind::Accept:
                accept(looked, part);
                break;
            case BulkStep::Kind::SetStatus:
                setStatus(looked, part);
                break;
        }
        m_changes.add(std::move(part), looked.post->externalId);
        ++m_looked;
    }
    BulkPlan take() { return {m_changes.take(), m_looked, m_examples.take(), m_unknown}; }

private:
    static std::string actionName(BulkStep::Kind kind) {
        switch (kind) {
            case BulkStep::Kind::Relabel:
                return "bulk-relabel";
            case BulkStep::Kind::Clear:
                return "bulk-clear";
            case BulkStep::Kind::Accept:
                return "bulk-accept";
            case BulkStep::Kind::SetStatus:
                break;
        }
        return "bulk-status";
    }
    void check(const project::Project& project) const {
        const bool isRelabel = m_step.kind == BulkStep::Kind::Relabel;
        // What is looked for may be a label that the project lost; what it becomes must be one of its labels.
        if (isRelabel) requireLabel(project, m_step.to);
        if (isRelabel && m_step.from == m_step.to)
            throw Error(ErrorCode::OptionInvalid, {"relabel", m_step.from + "=" + m_step.to, "two different labels"});
        if (!m_step.text.empty() && m_key.empty())
            throw Error(ErrorCode::OptionInvalid, {"text", m_step.text, "letters, digits or characters"});
        if (m_step.kind == BulkStep::Kind::Accept && project.isBlind(m_step.layer))
            throw Error(ErrorCode::OptionInvalid, {"layer", m_step.layer, "one that is not made blind"});
        if (m_step.kind == BulkStep::Kind::Accept && !(m_step.atLeast >= 0 && m_step.atLeast <= 1))
            throw Error(ErrorCode::OptionInvalid, {"above", std::to_string(m_step.atLeast), "0 to 1"});
        if (m_step.kind == BulkStep::Kind::SetStatus && !m_step.stage && !m_step.flagged && !m_step.review)
            throw Error(ErrorCode::OptionInvalid,
                        {"status", "nothing", "done, open, skipped, flagged, unflagged, or what a review says"});
    }
    void change(const Looked& post, PostChange& part) {
        for (const Entity& entity : post.state.entities) {
            if (!m_step.from.empty() && entity.type != m_step.from) continue;
            if (m_step.kind == BulkStep::Kind::Relabel && entity.type == m_step.to) continue;
            if (!m_key.empty() && text::mentionForm(textBetween(*post.post, entity.first, entity.last)) != m_key)
                continue;
            part.removed.push_back(entity);
            if (m_step.kind == BulkStep::Kind::Relabel)
                part.added.push_back({m_step.to, entity.first, entity.last, {}});
            m_examples.offer(post, entity, entity.type, m_step.kind == BulkStep::Kind::Relabel ? m_step.to : "");
        }
    }
    void accept(const Looked& post, PostChange& part) {
        const auto suggested =
            m_states.project().fitting(*post.post, m_states.project().layers.entities(m_run, post.state.post));
        if (suggested.empty()) return;
        const auto rejected = m_states.project().layers.rejections(post.state.post);
        const auto isAmong = [](const std::vector<Entity>& list, const Entity& entity) {
            return std::find(list.begin(), list.end(), entity) != list.end();
        };
        for (const Entity& entity : suggested) {
            if (entity.confidence.value_or(1) < m_step.atLeast) continue;
            if (isAmong(post.state.entities, entity) || isAmong(rejected, entity)) continue;
            if (!m_labels.contains(entity.type)) {
                ++m_unknown;
                continue;
            }
            if (std::any_of(post.state.entities.begin(), post.state.entities.end(),
                            [&](const Entity& e) { return e.overlaps(entity.first, entity.last); })) {
                m_changes.leaveAlone();
                continue;
            }
            part.added.push_back(entity);
            m_examples.offer(post, entity, {}, entity.type);
        }
    }
    void setStatus(const Looked& post, PostChange& part) {
        const PostStatus now = post.state.status;
        part.statusAfter = postStatus(m_step.stage.value_or(stageOf(now)), m_step.flagged.value_or(isFlagged(now)));
        part.reviewAfter = m_step.review.value_or(post.state.review);
        // In a layer of an annotator, whoever marks a post has looked at it.
        const bool isMarked = part.statusAfter != PostStatus::Open || part.reviewAfter != Review::None;
        part.correctedAfter = post.state.corrected || (!m_step.layer.empty() && isMarked);
    }

    const BulkStep& m_step;
    States m_states;
    LabelSet m_labels;
    std::u32string m_key;
    ManyChanges m_changes;
    LayerId m_run;
    Examples m_examples;
    std::int64_t m_looked = 0, m_unknown = 0;
};

}  // namespace

BulkPlan planBulk(const project::Project& project, const std::string& query, const BulkStep& step,
                  const ProgressSink& progress, std::stop_token stop) {
    BulkWork work(project, step);
    const project::InfluenceSource influences = project::storedInfluences(project);
    auto understood = project::understand(project, query, influences);
    if (const auto* mistake = std::get_if<query::Mistake>(&understood))
        throw project::queryError("query", query, *mistake);
    if (project.isBlind(step.layer))
        for (const query::Term& term : std::get<query::Query>(understood).terms)
            if (query::looksAtLayers(term.field))
                throw Error(ErrorCode::OptionInvalid,
                            {"query", query, "nothing about layers: this one is made without a sight of them"});
    project::Finder finder(project, std::move(std::get<query::Query>(understood)), influences);
    std::vector<PostId> found;
    constexpr int kSteps = 1000;
    for (bool more = true; more;) {
        found.clear();
        more = finder.next(found);
        for (const PostId post : found) {
            if (stop.stop_requested()) throw Cancelled{};
            if (!step.among.empty() && !std::binary_search(step.among.begin(), step.among.end(), post)) continue;
            work.look(post);
        }
        if (stop.stop_requested()) throw Cancelled{};
        report(progress, "looking", static_cast<std::int64_t>(finder.fraction() * kSteps), kSteps);
    }
    return work.take();
}

}  // namespace mnerva::workflow
