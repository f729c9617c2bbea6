#include <algorithm>

#include "core/models/systems/gmner_internal.h"

namespace mnerva::models {

using torch::Tensor;

namespace {

/// The answer as the target stands in it: what comes before it is told, what comes after it is left out.
struct AnswerPlan : TargetPlan {
    std::vector<std::int64_t> tokens;  ///< begin first, the target's last
    std::int64_t first = 0;            ///< where the target's tokens begin
};

}  // namespace

/// The entities that the model writes by itself before the target stay before it, as far as they do not share a word
/// with it; a target that it writes keeps its flag, another one gets the likelier flag.
std::unique_ptr<TargetPlan> Gmner::planTarget(const Batch& batch, const Question& question, const Entity& target) {
    const torch::NoGradGuard noGradient;
    const EncodedPost& post = *question.posts.at(0);
    Triple wanted;
    wanted.type = m_space.ofType(target.type);
    for (int word = target.first; word <= target.last; ++word) {
        if (word < 0 || word >= static_cast<int>(post.words.size())) return nullptr;
        const EncodedPost::Word& of = post.words[static_cast<std::size_t>(word)];
        if (of.pieces == 0) return nullptr;
        wanted.positions.push_back(of.first);
    }
    if (wanted.type < 0) return nullptr;
    const Written written = write(batch, false).front();
    std::vector<Triple> triples;
    for (const Triple& triple : triplesOf(written.tokens, m_space)) {
        if (triple.positions == wanted.positions && triple.type == wanted.type) wanted.flag = triple.flag;
        if (triple.positions.back() < wanted.positions.front()) triples.push_back(triple);
    }
    auto plan = std::make_unique<AnswerPlan>();
    const auto begun = [&](const Triple& triple) {
        std::vector<Triple> all = triples;
        all.push_back(triple);
        std::vector<std::int64_t> tokens = sequenceOf(all, m_space, m_decoder->longest());
        if (all.size() == triples.size() + 1) {
            tokens.resize(static_cast<std::size_t>(all.back().typeAt) + 1);
            plan->first = all.back().firstAt;
        } else {
            tokens.clear();
        }
        return tokens;
    };
    if (m_space.grounded && wanted.flag == 0) {
        double best = 0;
        for (const int flag : {IndexSpace::kWhichRegion, IndexSpace::kNoRegion}) {
            Triple tried = wanted;
            tried.flag = flag;
            plan->tokens = begun(tried);
            if (plan->tokens.empty()) return nullptr;
            const double y = logProbability(batch, *plan).item<double>();
            if (wanted.flag == 0 || y > best) wanted.flag = flag, best = y;
        }
    }
    plan->tokens = begun(wanted);
    if (plan->tokens.empty()) return nullptr;
    return plan;
}

Tensor Gmner::logProbability(const Batch& batch, const TargetPlan& plan) {
    const auto& answer = dynamic_cast<const AnswerPlan&>(plan);
    const auto steps = static_cast<std::int64_t>(answer.tokens.size()) - 1;
    const Source source = encode(batch);
    const Tensor tokens =
        torch::tensor(answer.tokens).to(batch.text.ids.device()).unsqueeze(0).expand({batch.posts(), -1});
    const Tensor hidden =
        m_decoder->forward(inputOf(source, tokens.narrow(1, 0, steps)), source.memory, source.memoryMask);
    const Tensor logs = scoresOf(source, hidden).to(torch::kFloat64).log_softmax(-1);
    const Tensor said = logs.gather(2, tokens.narrow(1, 1, steps).unsqueeze(2)).squeeze(2);  // [B, T - 1]
    return said.narrow(1, answer.first - 1, steps - answer.first + 1).sum(1).to(torch::kCPU);
}

}  // namespace mnerva::models
