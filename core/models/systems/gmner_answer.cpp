#include <algorithm>
#include <map>

#include "core/models/systems/gmner_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

/// Softmax over the regions that are scored; all zero for a post without any.
std::vector<float> regionShares(const Tensor& scores, const Tensor& mask) {
    const Tensor shares = torch::softmax(scores, 0) * mask.to(torch::kFloat32);
    const Tensor cpu = shares.to(torch::kCPU).contiguous();
    return {cpu.data_ptr<float>(), cpu.data_ptr<float>() + cpu.numel()};
}

/// Word of each position at which a word begins.
std::map<int, int> wordsAt(const EncodedPost& post) {
    std::map<int, int> out;
    for (std::size_t w = 0; w < post.words.size(); ++w)
        if (post.words[w].pieces > 0) out[post.words[w].first] = static_cast<int>(w);
    return out;
}

}  // namespace

std::vector<Gmner::Written> Gmner::write(const Batch& batch, bool explain) {
    const torch::NoGradGuard noGradient;
    const Source source = encode(batch);
    const std::int64_t B = batch.posts();
    const auto posts = static_cast<std::size_t>(B);
    const bool points = m_space.grounded && source.regionKeys.defined();
    Written begun;
    begun.tokens.push_back(IndexSpace::kBegin);
    begun.probabilities.push_back(1);
    begun.regionAt.push_back(-1);
    begun.weights.emplace_back();
    std::vector<Written> out(posts, begun);
    std::vector<int> limit(posts);
    std::vector<std::size_t> present(posts);  // regions of each post, whatever the others of the batch have
    std::vector<bool> open(posts, true);
    for (std::size_t b = 0; b < posts; ++b) {
        const auto row = static_cast<std::int64_t>(b);
        const std::int64_t regions =
            source.regionMask.defined() ? source.regionMask[row].sum().item<std::int64_t>() : 0;
        present[b] = static_cast<std::size_t>(regions);
        limit[b] = std::min<int>(longestAnswer(batch.text.ownPositions()[row].sum().item<std::int64_t>(), regions),
                                 static_cast<int>(m_decoder->longest()));
    }
    std::vector<double> shown(posts, 0);  // of the last flag: how much of it says that the picture shows the entity
    nn::DecoderState state;
    Tensor tokens = torch::full({B, 1}, IndexSpace::kBegin, batch.text.ids.options());
    while (std::find(open.begin(), open.end(), true) != open.end()) {
        const auto readsFlag = [&](std::size_t b, int flag) { return open[b] && out[b].tokens.back() == flag; };
        bool hypothetical = false;
        for (std::size_t b = 0; b < posts; ++b)
            hypothetical |= explain && points && readsFlag(b, IndexSpace::kNoRegion);
        Tensor asIf;  // the region scores there would be, had the flag been "which region"
        if (hypothetical) {
            nn::DecoderState aside = state;
            const Tensor which = torch::full_like(tokens, IndexSpace::kWhichRegion);
            asIf = regionScoresOf(source,
                                  m_decoder->forward(inputOf(source, which), source.memory, source.memoryMask, &aside));
        }
        const Tensor hidden = m_decoder->forward(inputOf(source, tokens), source.memory, source.memoryMask, &state);
        const Tensor regionScores = points ? regionScoresOf(source, hidden) : Tensor();
        const Tensor shares = torch::softmax(scoresOf(source, hidden).select(1, 0), 1);  // [B, S]
        const auto [best, at] = shares.max(1);
        const Tensor bestShares = best.to(torch::kCPU), bestTokens = at.to(torch::kCPU);
        for (std::size_t b = 0; b < posts; ++b) {
            const auto row = static_cast<std::int64_t>(b);
            Written& post = out[b];
            if (points &&
                (readsFlag(b, IndexSpace::kWhichRegion) || (asIf.defined() && readsFlag(b, IndexSpace::kNoRegion)))) {
                const bool which = post.tokens.back() == IndexSpace::kWhichRegion;
                std::vector<float> of = regionShares((which ? regionScores : asIf)[row][0], source.scoredMask[row]);
                const auto top = std::max_element(of.begin(), of.end());
                if (which && *top > 0) post.regionAt.back() = static_cast<int>(top - of.begin());
                if (explain) {
                    const double some = *top > 0 ? shown[b] : 0;
                    of.resize(present[b]);  // a region that the post lacks shows nothing
                    double all = 0;
                    for (float& share : of) all += share *= static_cast<float>(some);
                    of.push_back(static_cast<float>(1 - all));
                    post.weights.back() = std::move(of);
                }
            }
            if (!open[b]) continue;
            const std::int64_t token = bestTokens[row].item<std::int64_t>();
            post.tokens.push_back(token);
            post.probabilities.push_back(bestShares[row].item<double>());
            post.regionAt.push_back(-1);
            post.weights.emplace_back();
            if (m_space.isFlag(static_cast<int>(token))) {
                const double which = shares[row][IndexSpace::kWhichRegion].item<double>();
                shown[b] = which / std::max(1e-30, which + shares[row][IndexSpace::kNoRegion].item<double>());
            }
            open[b] = token != IndexSpace::kEnd && static_cast<int>(post.tokens.size()) <= limit[b];
        }
        tokens = at.unsqueeze(1);
    }
    return out;
}

/// Triples in the order in which they were written; one that shares a word with an earlier one is left out, since a
/// word has one tag. A gap between two positions belongs to the entity.
Answers Gmner::answer(const Batch& batch, const Question& question) {
    Answers out;
    std::map<std::string, int> classOf;
    for (std::size_t c = 0; c < question.classes.size(); ++c) classOf[question.classes[c]] = static_cast<int>(c);
    const int outside = outsideClass(question.classes);
    const text::TagScheme scheme = text::guessScheme(question.classes);
    const std::vector<Written> written = write(batch, question.explain);
    for (std::size_t b = 0; b < written.size(); ++b) {
        const EncodedPost& post = *question.posts[b];
        const std::map<int, int> wordAt = wordsAt(post);
        std::vector<std::pair<Entity, Grounding>> found;
        for (const Triple& triple : triplesOf(written[b].tokens, m_space)) {
            const auto first = wordAt.find(triple.positions.front()), last = wordAt.find(triple.positions.back());
            const bool whole = std::all_of(triple.positions.begin(), triple.positions.end(),
                                           [&](int position) { return wordAt.contains(position); });
            if (!whole) continue;  // a position inside a word
            Entity entity{m_space.types[static_cast<std::size_t>(triple.type - m_space.firstType())],
                          first->second,
                          last->second,
                          {}};
            const bool taken = std::any_of(found.begin(), found.end(), [&](const auto& earlier) {
                return earlier.first.overlaps(entity.first, entity.last);
            });
            if (taken) continue;
            double confidence = 1;
            for (int at = triple.firstAt; at <= triple.typeAt; ++at)
                confidence *= written[b].probabilities[static_cast<std::size_t>(at)];
            if (question.confidence) entity.confidence = confidence;
            Grounding grounding;
            if (m_space.grounded) {
                const auto flag = static_cast<std::size_t>(triple.flagAt);
                if (triple.flag == IndexSpace::kWhichRegion) grounding.region = written[b].regionAt[flag];
                grounding.weights = written[b].weights[flag];
            }
            found.emplace_back(std::move(entity), std::move(grounding));
        }
        std::sort(found.begin(), found.end(),
                  [](const auto& a, const auto& other) { return a.first.first < other.first.first; });
        std::vector<Entity> entities;
        std::vector<Grounding> groundings;
        for (auto& [entity, grounding] : found) {
            entities.push_back(std::move(entity));
            groundings.push_back(std::move(grounding));
        }
        std::vector<int> classes;
        for (const std::string& tag : tagsFromEntities(entities, static_cast<int>(post.words.size()), scheme)) {
            const auto known = classOf.find(tag);
            classes.push_back(known == classOf.end() ? outside : known->second);
        }
        out.classes.push_back(std::move(classes));
        out.entities.push_back(std::move(entities));
        if (m_space.grounded) out.groundings.push_back(std::move(groundings));
    }
    return out;
}

}  // namespace mnerva::models
