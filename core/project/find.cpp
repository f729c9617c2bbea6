#include "core/project/find.h"

#include <algorithm>
#include <unordered_map>

#include "core/base/error.h"
#include "core/project/find_internal.h"
#include "core/project/project_internal.h"

namespace mnerva::project {

using query::Chance;

query::Names queryNames(const Project& project) {
    const Project::Impl& impl = project.impl();
    const store::ChunkRepository chunks(*impl.connection);
    query::Names names;
    names.labels = project.labels().types;
    for (const store::LayerRow& layer : impl.layers.named()) {
        names.layers.push_back({layer.name, layer.kind == "run" || layer.kind == "annotator"});
        if (layer.kind != "run") continue;
        for (const store::LayerChunk& chunk : chunks.ofLayer(layer.id))
            for (const std::string& type : chunk.types)
                if (std::find(names.labels.begin(), names.labels.end(), type) == names.labels.end())
                    names.labels.push_back(type);
    }
    names.knowsAllLabels = chunks.layersWithout().empty();
    return names;
}

std::variant<query::Query, query::Mistake> understand(const Project& project, std::string_view text,
                                                      const InfluenceSource& influences) {
    auto parsed = query::parse(text);
    auto* found = std::get_if<query::Query>(&parsed);
    if (!found) return parsed;
    if (auto mistake = query::bind(*found, queryNames(project))) return *mistake;
    for (const query::Term& term : found->terms) {
        if (query::looksAtRegions(term))
            for (const std::size_t layer : term.layers)
                if (const std::string& name = found->layers[layer].name; !entityBoxesOf(project, name))
                    return query::Mistake{query::MistakeKind::RegionsMissing, term.place, {name}};
        if (term.field != query::Field::Picture) continue;
        const std::string& run = found->layers[term.layers[0]].name;
        if (!influences || !influences(run))
            return query::Mistake{query::MistakeKind::InfluenceMissing, term.place, {run}};
    }
    return parsed;
}

struct Finder::Impl {
    Impl(const Project& given, query::Query asked, const InfluenceSource& influences)
        : project(given.impl()), query(std::move(asked)), range(project, query), facts(given, query, influences) {
        cursor = PostId{1};
        last = range.chunks().lastPost();
        surveys = query.uses(query::Field::Conflict);
    }

    Project::Impl& project;
    const query::Query query;
    finding::ChunkFacts range;
    finding::RowFacts facts;
    PostId cursor, last;
    PostId pieceEnd;  ///< to here posts are looked at one by one
    static constexpr std::size_t kFewOf = 16, kCandidatesAStep = 128;
    std::vector<PostId> candidates;  ///< of this piece, where `hasCandidates`
    bool hasCandidates = false;
    finding::ConflictIndex conflicts;
    bool surveys = false;  ///< all posts are looked at once before, as conflicts are of all of them
    PostId surveyed{1};

    /// Some more posts of the first look.
    bool survey() {
        surveyed = range.chunks().firstPostFrom(surveyed);
        if (surveyed.isValid()) {
            const PostId stop = finding::atMostFurther(surveyed, finding::kPiecePosts - 1, last);
            facts.moveTo(surveyed, stop);
            range.chunks().eachPost(surveyed, stop, [&](const store::RawPost& post) {
                facts.setPost(post);
                facts.addTo(conflicts);
                return true;
            });
            surveyed = PostId{stop.value + 1};
        }
        if (surveyed.isValid() && surveyed.value <= last.value) return true;
        surveys = false;
        facts.setConflicts(conflicts);
        return true;
    }
    double fractionAt(PostId post) const {
        return std::clamp(static_cast<double>(post.value - 1) / static_cast<double>(last.value), 0.0, 1.0);
    }

    /// Numbers of posts may have gaps of any size, so the cursor goes from post to post.
    bool next(std::vector<PostId>& found) {
        if (surveys) return survey();
        cursor = isDone ? PostId{} : range.chunks().firstPostFrom(cursor);
        if (!cursor.isValid()) return finish();
        if (cursor.value > pieceEnd.value) {
            const PostId end = range.moveTo(cursor, last);
            if (query::chanceOf(query, range) == Chance::Never) return goOnBehind(end);
            pieceEnd = end;
            auto few = range.candidates(query);
            hasCandidates = few && few->size() * kFewOf < static_cast<std::size_t>(end.value - cursor.value + 1);
            candidates = hasCandidates ? std::move(*few) : std::vector<PostId>{};
        }
        if (hasCandidates) return lookAtCandidates(found);
        const PostId stop = finding::atMostFurther(cursor, finding::kPiecePosts - 1, pieceEnd);
        lookAt(cursor, stop, found);
        return goOnBehind(stop);
    }
    /// The next few posts that the words of a chunk leave.
    bool lookAtCandidates(std::vector<PostId>& found) {
        std::size_t looked = 0;
        for (const PostId post : candidates) {
            if (post.value < cursor.value) continue;
            if (looked++ == kCandidatesAStep) {
                cursor = post;
                return true;
            }
            lookAt(post, post, found);
        }
        return goOnBehind(pieceEnd);
    }
    void lookAt(PostId first, PostId stop, std::vector<PostId>& found) {
        facts.moveTo(first, stop);
        range.chunks().eachPost(first, stop, [&](const store::RawPost& post) {
            facts.setPost(post);
            if (query::matches(query, facts)) found.push_back(post.id);
            return true;
        });
    }
    bool goOnBehind(PostId end) {
        if (end.value >= last.value) return finish();
        cursor = PostId{end.value + 1};
        return true;
    }
    bool finish() {
        isDone = true;
        return false;
    }
    bool isDone = false;
};

Finder::Finder(const Project& project, query::Query query, const InfluenceSource& influences)
    : m_impl(std::make_unique<Impl>(project, std::move(query), influences)) {}

Finder::~Finder() = default;

bool Finder::next(std::vector<PostId>& found) {
    return m_impl->next(found);
}

double Finder::fraction() const {
    if (m_impl->isDone || m_impl->last.value <= 0) return 1;
    if (!m_impl->query.uses(query::Field::Conflict)) return m_impl->fractionAt(m_impl->cursor);
    return (m_impl->fractionAt(m_impl->surveys ? m_impl->surveyed : m_impl->last) +
            m_impl->fractionAt(m_impl->cursor)) /
           2;
}

Error queryError(std::string_view option, std::string_view text, const query::Mistake& mistake) {
    const std::size_t first = mistake.place.first + 1, last = std::max(first, mistake.place.last);
    const std::string place = first == last ? "character " + std::to_string(first)
                                            : "characters " + std::to_string(first) + " to " + std::to_string(last);
    return Error(ErrorCode::OptionInvalid,
                 {std::string(option), std::string(text), query::sentenceOf(mistake) + " (" + place + ")"});
}

std::vector<PostId> find(const Project& project, std::string_view text, std::size_t limit) {
    const InfluenceSource influences = storedInfluences(project);
    auto understood = understand(project, text, influences);
    if (const auto* mistake = std::get_if<query::Mistake>(&understood)) throw queryError("query", text, *mistake);
    Finder finder(project, std::move(std::get<query::Query>(understood)), influences);
    std::vector<PostId> found;
    while (found.size() < limit && finder.next(found)) {
    }
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace mnerva::project
