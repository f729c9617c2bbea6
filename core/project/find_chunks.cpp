#include <algorithm>

#include "core/project/find_internal.h"
#include "core/query/search_text.h"
#include "core/text/folding.h"

namespace mnerva::project::finding {

using query::Chance;
using query::Field;
using query::Term;

namespace {

Chance perhapsIf(bool possible) {
    return possible ? Chance::Perhaps : Chance::Never;
}

bool hasLabel(const std::vector<std::string>& types, const std::string& label) {
    if (label == "*") return !types.empty();
    return std::any_of(types.begin(), types.end(),
                       [&](const std::string& type) { return text::isFoldedTo(type, label); });
}

bool mayCompare(const std::optional<double>& least, const std::optional<double>& most, const Term& term) {
    return least && most && query::chanceOfComparison(*least, *most, term.compare, term.number) != Chance::Never;
}

}  // namespace

ChunkFacts::ChunkFacts(Project::Impl& project, const query::Query& asked)
    : m_chunks(*project.connection), m_comments(project.comments), m_all(m_chunks.posts()) {
    for (const query::NamedLayer& named : asked.layers) {
        const store::LayerRow row = project.layerOrThrow(named.name);
        Layer layer{row.id, row.kind == "run", {}};
        for (store::LayerChunk& chunk : m_chunks.ofLayer(row.id))
            layer.chunks.emplace(chunk.first.value, std::move(chunk));
        m_layers.push_back(std::move(layer));
    }
}

PostId ChunkFacts::moveTo(PostId post, PostId last) {
    m_first = post;
    const auto after = std::upper_bound(m_all.begin(), m_all.end(), post, [](PostId id, const store::PostChunk& chunk) {
        return id.value < chunk.first.value;
    });
    m_chunk = after == m_all.begin() || std::prev(after)->last.value < post.value ? nullptr : &*std::prev(after);
    // Without a chunk in pieces, so that what indexes know is told of few posts.
    m_last = m_chunk ? m_chunk->last
                     : atMostFurther(post, 8 * std::int64_t{kPiecePosts},
                                     after == m_all.end() ? last : PostId{after->first.value - 1});
    m_last = PostId{std::min(m_last.value, last.value)};
    return m_last;
}

Chance ChunkFacts::chance(const Term& term) const {
    switch (term.field) {
        case Field::Any:
        case Field::Text:
        case Field::Id:
            return m_chunk ? chanceOfText(term) : Chance::Perhaps;
        case Field::Label:
            return chanceOfLabel(store::kCorrectedLayer, nullptr, term.text);
        case Field::Gold:
            return chanceOfLabel(store::kGoldLayer, nullptr, term.text);
        case Field::Status:
        case Field::Flag:
            return chanceOfStatus(term);
        case Field::Review:
            return chanceOfReview(term);
        case Field::Has:
        case Field::Comment:
            return perhapsIf(m_comments.anyIn(m_first, m_last));
        case Field::Conflict:  // without an entity there is none
            return term.value == 1 ? chanceOfLabel(store::kCorrectedLayer, nullptr, "*") : Chance::Perhaps;
        case Field::Edited:
            if (!m_chunks.anyCovered(store::kCorrectedLayer, m_first, m_last))
                return term.value == 0 ? Chance::Always : Chance::Never;
            return Chance::Perhaps;
        case Field::Split: {
            if (!m_chunk) return Chance::Perhaps;
            const auto& splits = m_chunk->splits;
            const auto wanted = static_cast<Split>(term.value);
            const bool has = std::find(splits.begin(), splits.end(), wanted) != splits.end();
            return has && splits.size() == 1 ? Chance::Always : perhapsIf(has);
        }
        case Field::Length:
            return m_chunk
                       ? query::chanceOfComparison(m_chunk->leastWords, m_chunk->mostWords, term.compare, term.number)
                       : Chance::Perhaps;
        case Field::Image: {
            if (!m_chunk) return Chance::Perhaps;
            const bool none = term.value == static_cast<int>(query::ImageState::No);
            if (m_chunk->pictures == 0) return none ? Chance::Always : Chance::Never;
            return perhapsIf(!none || m_chunk->pictures < m_chunk->posts);
        }
        default:
            return chanceOfLayers(term);
    }
}

/// Where nobody has corrected anything, what a person sees is gold.
bool ChunkFacts::areOne(const Term& a, const Term& b) const {
    const auto isOfGold = [](const Term& term) { return term.field == Field::Label || term.field == Field::Gold; };
    return isOfGold(a) && isOfGold(b) && a.text == b.text &&
           (a.field == b.field || !m_chunks.anyCovered(store::kCorrectedLayer, m_first, m_last));
}

Chance ChunkFacts::chanceOfText(const Term& term) const {
    readTexts();
    bool may = false;
    if (term.field != Field::Id) may = query::mayHoldText(m_words, m_pairs, term.text);
    if (term.field != Field::Text) may = may || query::mayHoldId(m_ids, term.text);
    return perhapsIf(may);
}

void ChunkFacts::readTexts() const {
    if (m_textsOf == m_chunk->first) return;
    m_textsOf = m_chunk->first;
    m_ids.clear();
    m_words.clear();
    m_pairs.clear();
    m_chunks.texts(m_chunk->first, [&](const store::ChunkTexts& texts) {
        m_ids = texts.ids;
        m_words = texts.words;
        m_pairs = texts.pairs;
    });
}

std::optional<std::vector<PostId>> ChunkFacts::candidates(const query::Query& query) const {
    // Ids that follow each other are places in the chunk.
    if (!m_chunk || m_chunk->last.value - m_chunk->first.value + 1 != m_chunk->posts) return std::nullopt;
    using Needles = std::vector<std::string_view>;
    const auto take = [&](const query::Node& node, Needles& needles) {
        if (node.kind != query::Node::Kind::Term) return;
        const Term& term = query.terms[node.term];
        if (term.field != Field::Text && term.field != Field::Any) return;
        readTexts();
        if (term.field == Field::Text || !query::mayHoldId(m_ids, term.text)) needles.push_back(term.text);
    };
    std::vector<Needles> any(1);  // all words of one of these are held
    if (query.root.kind == query::Node::Kind::Or) {
        any.resize(query.root.parts.size());
        for (std::size_t i = 0; i < any.size(); ++i) take(query.root.parts[i], any[i]);
    } else {
        take(query.root, any.front());
        if (query.root.kind == query::Node::Kind::And)
            for (const query::Node& part : query.root.parts) take(part, any.front());
    }
    if (std::any_of(any.begin(), any.end(), [](const Needles& needles) { return needles.empty(); }))
        return std::nullopt;
    std::vector<std::size_t> places;
    bool isKnown = false;
    m_chunks.signatures(m_chunk->first, [&](std::string_view signatures) {
        if (signatures.size() != static_cast<std::size_t>(m_chunk->posts) * query::kSignatureBytes) return;
        isKnown = std::all_of(any.begin(), any.end(), [&](const Needles& needles) {
            const auto held = query::mayHoldAll(m_words, signatures, needles);
            if (held) places.insert(places.end(), held->begin(), held->end());
            return held.has_value();
        });
    });
    if (!isKnown) return std::nullopt;
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<PostId> posts;
    for (const std::size_t place : places) {
        const PostId post{m_chunk->first.value + static_cast<std::int64_t>(place)};
        if (post.value >= m_first.value && post.value <= m_last.value) posts.push_back(post);
    }
    return posts;
}

Chance ChunkFacts::chanceOfLabel(LayerId layer, const store::LayerChunk* said, const std::string& label) const {
    if (said) return perhapsIf(hasLabel(said->types, label));
    const bool showsGold = layer == store::kGoldLayer || layer == store::kCorrectedLayer;
    if (showsGold && (!m_chunk || hasLabel(m_chunk->goldTypes, label))) return Chance::Perhaps;
    if (layer == store::kGoldLayer) return Chance::Never;
    return perhapsIf(m_chunks.anyCovered(layer, m_first, m_last) &&
                     hasLabel(m_chunks.types(layer, m_first, m_last), label));
}

Chance ChunkFacts::chanceOfStatus(const Term& term) const {
    if (term.field == Field::Flag) {
        if (m_chunks.anyFlagged(m_first, m_last)) return Chance::Perhaps;
        return term.value == 0 ? Chance::Always : Chance::Never;
    }
    const auto wanted = static_cast<PostStage>(term.value);
    const bool anySkipped = m_chunks.anySkipped(m_first, m_last);
    if (wanted == PostStage::Skipped) return perhapsIf(anySkipped);
    const bool anyDone = m_chunks.anyWithStatus(m_first, m_last, "done");
    // A skipped post is kept as an open one.
    const bool anyOpen =
        m_chunks.anyWithStatus(m_first, m_last, "open") || m_chunks.anyWithStatus(m_first, m_last, "flagged");
    const bool isDone = wanted == PostStage::Done;
    const bool has = isDone ? anyDone : anyOpen, others = anySkipped || (isDone ? anyOpen : anyDone);
    return has && !others ? Chance::Always : perhapsIf(has);
}

Chance ChunkFacts::chanceOfReview(const Term& term) const {
    const auto any = [&](Review review) { return m_chunks.anyReviewed(m_first, m_last, review); };
    const auto wanted = static_cast<Review>(term.value);
    if (wanted != Review::None) return perhapsIf(any(wanted));
    return any(Review::ToReview) || any(Review::Accepted) || any(Review::Returned) ? Chance::Perhaps : Chance::Always;
}

bool ChunkFacts::isSilent(const Layer& layer) const {
    return layer.id != store::kGoldLayer && layer.id != store::kCorrectedLayer && !saidBy(layer) &&
           !m_chunks.anyCovered(layer.id, m_first, m_last);
}

const store::LayerChunk* ChunkFacts::saidBy(const Layer& layer) const {
    if (!m_chunk) return nullptr;
    const auto found = layer.chunks.find(m_chunk->first.value);
    return found == layer.chunks.end() ? nullptr : &found->second;
}

std::optional<std::int64_t> ChunkFacts::digestOf(const Layer& layer) const {
    if (!m_chunk) return std::nullopt;
    if (layer.id == store::kGoldLayer) return m_chunk->goldDigest;
    if (layer.id == store::kCorrectedLayer) {
        if (m_chunks.anyCovered(layer.id, m_first, m_last)) return std::nullopt;
        return m_chunk->goldDigest;
    }
    const store::LayerChunk* said = saidBy(layer);
    return said ? std::optional(said->digest) : std::nullopt;
}

/// What a run does wrong in the chunk, where what is true is gold there.
std::optional<unsigned> ChunkFacts::errorKindsOf(const Term& term) const {
    if (term.field != Field::Error && term.field != Field::Wrong) return std::nullopt;
    const Layer &run = m_layers[term.layers[0]], &truth = m_layers[term.layers[1]];
    const bool isGold =
        truth.id == store::kGoldLayer ||
        (truth.id == store::kCorrectedLayer && !m_chunks.anyCovered(store::kCorrectedLayer, m_first, m_last));
    const store::LayerChunk* said = isGold ? saidBy(run) : nullptr;
    return said ? said->errorKinds : std::nullopt;
}

/// Of terms about the layers that the query names.
Chance ChunkFacts::chanceOfLayers(const Term& term) const {
    const auto layerAt = [&](std::size_t at) -> const Layer& { return m_layers[term.layers[at]]; };
    if (term.field == Field::Confidence)
        return perhapsIf(std::any_of(term.layers.begin(), term.layers.end(), [&](std::size_t at) {
            const store::LayerChunk* said = saidBy(m_layers[at]);
            return said ? mayCompare(said->leastConfidence, said->mostConfidence, term) : !isSilent(m_layers[at]);
        }));
    if (term.field == Field::Predicted) return chanceOfLabel(layerAt(0).id, saidBy(layerAt(0)), term.text);
    std::vector<const Layer*> speaking;
    for (const std::size_t at : term.layers)
        if (!isSilent(m_layers[at])) speaking.push_back(&m_layers[at]);
    if (term.field == Field::Disagree ? speaking.size() < 2 : speaking.size() < term.layers.size())
        return Chance::Never;
    if (term.field == Field::Picture || term.field == Field::Right) return Chance::Perhaps;
    if (query::looksAtRegions(term)) return Chance::Perhaps;
    if (const auto kinds = errorKindsOf(term)) {
        const unsigned wanted = term.field == Field::Error ? 1U << static_cast<unsigned>(term.value) : ~0U;
        if ((*kinds & wanted) == 0) return Chance::Never;
    }
    // Layers that say the same of all these posts differ on none of them.
    const auto first = digestOf(*speaking.front());
    return perhapsIf(!first || !std::all_of(speaking.begin(), speaking.end(),
                                            [&](const Layer* layer) { return digestOf(*layer) == first; }));
}

}  // namespace mnerva::project::finding
