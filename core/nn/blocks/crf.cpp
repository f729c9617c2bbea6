#include "core/nn/blocks/crf.h"

#include <ATen/Parallel.h>

#include <cmath>

#include "core/base/error.h"
#include "core/nn/blocks/crf_lattice.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// The used positions of each post, and its gold tags there.
struct Chains {
    std::vector<std::vector<int64_t>> positions;
    std::vector<std::vector<int>> tags;  ///< empty where only log Z is wanted
};

Tensor plain(const Tensor& tensor) {
    return tensor.to(torch::kCPU, torch::kFloat32).contiguous();
}

/// Checks shapes and values, and lists which positions make up each chain.
Chains chainsOf(const Tensor& emissions, const Tensor& mask, int64_t tags) {
    if (emissions.dim() != 3 || emissions.size(2) != tags) {
        throw Error(ErrorCode::Internal, {"CRF emissions must be [B, n, " + std::to_string(tags) + "]"});
    }
    const int64_t B = emissions.size(0), n = emissions.size(1);
    if (mask.defined() && (mask.dim() != 2 || mask.size(0) != B || mask.size(1) != n)) {
        throw Error(ErrorCode::Internal, {"CRF mask must be [B, n]"});
    }
    const Tensor used =
        mask.defined() ? mask.to(torch::kCPU, torch::kBool).contiguous() : torch::ones({B, n}, torch::kBool);
    const bool* usedData = used.data_ptr<bool>();
    const float* values = emissions.data_ptr<float>();
    Chains chains;
    chains.positions.resize(static_cast<size_t>(B));
    for (int64_t b = 0; b < B; ++b) {
        for (int64_t t = 0; t < n; ++t) {
            if (!usedData[b * n + t]) continue;
            const float* row = values + (b * n + t) * tags;
            if (!std::all_of(row, row + tags, [](float value) { return std::isfinite(value); })) {
                throw Error(ErrorCode::NumberNotFinite, {"CRF emissions"});
            }
            chains.positions[static_cast<size_t>(b)].push_back(t);
        }
    }
    return chains;
}

void addTags(Chains& chains, const Tensor& y, int64_t tags) {
    const Tensor labels = y.to(torch::kCPU, torch::kInt64).contiguous();
    const int64_t n = labels.size(1);
    const int64_t* values = labels.data_ptr<int64_t>();
    chains.tags.resize(chains.positions.size());
    for (size_t b = 0; b < chains.positions.size(); ++b) {
        for (const int64_t t : chains.positions[b]) {
            const int64_t tag = values[static_cast<int64_t>(b) * n + t];
            if (tag < 0 || tag >= tags)
                throw Error(ErrorCode::Internal, {"CRF tag " + std::to_string(tag) + " is not in the label map"});
            chains.tags[b].push_back(static_cast<int>(tag));
        }
    }
}

/// Emission rows of one chain.
std::vector<const float*> rowsOf(const Tensor& emissions, const Chains& chains, size_t post) {
    const int64_t n = emissions.size(1), C = emissions.size(2);
    const float* values = emissions.data_ptr<float>();
    std::vector<const float*> rows;
    rows.reserve(chains.positions[post].size());
    for (const int64_t t : chains.positions[post]) rows.push_back(values + (static_cast<int64_t>(post) * n + t) * C);
    return rows;
}

/// Calls body(post) for every post, shared among the threads.
template <class Body>
void forEachPost(const Chains& chains, Body body) {
    at::parallel_for(0, static_cast<int64_t>(chains.positions.size()), 4, [&](int64_t begin, int64_t end) {
        for (int64_t b = begin; b < end; ++b) body(static_cast<size_t>(b));
    });
}

/// Where the gradients of one post go.
struct PostGradients {
    float *emissions, *start, *end, *transitions;
};

/// Expected minus observed counts: the gradient of log Z - score.
void gradientsOf(CrfLattice& lattice, const std::vector<int64_t>& positions, const std::vector<int>* gold, int64_t C,
                 const PostGradients& out) {
    lattice.runBackward();
    for (size_t k = 0; k < positions.size(); ++k) lattice.marginals(k, out.emissions + positions[k] * C);
    lattice.addExpectedTransitions(out.transitions);
    lattice.marginals(0, out.start);
    lattice.marginals(positions.size() - 1, out.end);
    if (!gold) return;
    for (size_t k = 0; k < positions.size(); ++k) {
        out.emissions[positions[k] * C + (*gold)[k]] -= 1.0F;
        if (k > 0) out.transitions[(*gold)[k - 1] * C + (*gold)[k]] -= 1.0F;
    }
    out.start[gold->front()] -= 1.0F;
    out.end[gold->back()] -= 1.0F;
}

/// log Z of each post, minus the gold score where tags are given: [B]. The gradients are made in the same pass.
class ChainLoss : public torch::autograd::Function<ChainLoss> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& E, const Tensor& start, const Tensor& end,
                          const Tensor& transitions, const Chains& chains, bool wantGradients) {
        const int64_t B = E.size(0), n = E.size(1), C = E.size(2);
        const CrfWeights weights(start.data_ptr<float>(), end.data_ptr<float>(), transitions.data_ptr<float>(), C);
        Tensor loss = torch::zeros({B});
        Tensor gE, gStart, gEnd, gTransitions;
        if (wantGradients) {
            gE = torch::zeros({B, n, C});
            gStart = torch::zeros({B, C});
            gEnd = torch::zeros({B, C});
            gTransitions = torch::zeros({B, C, C});
        }
        float* out = loss.data_ptr<float>();
        forEachPost(chains, [&](size_t post) {
            if (chains.positions[post].empty()) return;
            const std::vector<const float*> rows = rowsOf(E, chains, post);
            CrfLattice lattice(weights, rows);
            const std::vector<int>* gold = chains.tags.empty() ? nullptr : &chains.tags[post];
            out[post] = static_cast<float>(lattice.logPartition() - (gold ? lattice.score(*gold) : 0.0));
            if (!wantGradients) return;
            const auto b = static_cast<int64_t>(post);
            gradientsOf(lattice, chains.positions[post], gold, C,
                        {gE.data_ptr<float>() + b * n * C, gStart.data_ptr<float>() + b * C,
                         gEnd.data_ptr<float>() + b * C, gTransitions.data_ptr<float>() + b * C * C});
        });
        if (wantGradients) context->save_for_backward({gE, gStart, gEnd, gTransitions});
        return loss;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const Tensor g = gradients[0].to(torch::kFloat32);  // [B]
        const Tensor row = g.unsqueeze(0);
        const int64_t B = g.size(0);
        const auto summed = [&](const Tensor& perPost) {  // sum over posts of g_b times the post's gradient
            std::vector<int64_t> shape(perPost.sizes().begin() + 1, perPost.sizes().end());
            return torch::mm(row, perPost.reshape({B, -1})).view(shape);
        };
        return {saved[0] * g.view({B, 1, 1}), summed(saved[1]), summed(saved[2]), summed(saved[3]), Tensor(), Tensor()};
    }
};

/// Weights that are no numbers would come out as some path, or as a loss that says nothing of where it comes from.
void requireFiniteWeights(const Tensor& start, const Tensor& end, const Tensor& transitions) {
    for (const Tensor& part : {start, end, transitions})
        if (!part.isfinite().all().item<bool>()) throw Error(ErrorCode::NumberNotFinite, {"CRF weights"});
}

Tensor chainLoss(CrfImpl& crf, const Tensor& emissions, const Chains& chains) {
    const Tensor start = plain(crf.start_transitions), end = plain(crf.end_transitions),
                 transitions = plain(crf.transitions);
    requireFiniteWeights(start, end, transitions);
    const bool wantGradients = torch::GradMode::is_enabled() && (emissions.requires_grad() || start.requires_grad() ||
                                                                 end.requires_grad() || transitions.requires_grad());
    return ChainLoss::apply(emissions, start, end, transitions, chains, wantGradients);
}

/// Inputs of the calls that need no gradients, checked and in plain form.
struct Inference {
    Inference(CrfImpl& crf, const Tensor& E, const Tensor& mask)
        : emissions(plain(E.detach())),
          start(plain(crf.start_transitions.detach())),
          end(plain(crf.end_transitions.detach())),
          transitions(plain(crf.transitions.detach())),
          weights(start.data_ptr<float>(), end.data_ptr<float>(), transitions.data_ptr<float>(), crf.tags()),
          chains(chainsOf(emissions, mask, crf.tags())) {
        requireFiniteWeights(start, end, transitions);
    }

    Tensor emissions, start, end, transitions;
    CrfWeights weights;
    Chains chains;
};

}  // namespace

CrfImpl::CrfImpl(int64_t tags) : torch::nn::Module("Crf"), m_tags(tags) {
    start_transitions = register_parameter("start_transitions", torch::empty({tags}).uniform_(-0.1, 0.1));
    end_transitions = register_parameter("end_transitions", torch::empty({tags}).uniform_(-0.1, 0.1));
    transitions = register_parameter("transitions", torch::empty({tags, tags}).uniform_(-0.1, 0.1));
}

Tensor CrfImpl::negativeLogLikelihood(const Tensor& E, const Tensor& y, const Tensor& mask) {
    const Tensor emissions = plain(E);
    Chains chains = chainsOf(emissions, mask, m_tags);
    addTags(chains, y, m_tags);
    return chainLoss(*this, emissions, chains).to(E.device());
}

Tensor CrfImpl::logPartition(const Tensor& E, const Tensor& mask) {
    const Tensor emissions = plain(E);
    return chainLoss(*this, emissions, chainsOf(emissions, mask, m_tags)).to(E.device());
}

std::vector<std::vector<int>> CrfImpl::bestTags(const Tensor& E, const Tensor& mask) {
    const Inference run(*this, E, mask);
    std::vector<std::vector<int>> paths(run.chains.positions.size());
    forEachPost(run.chains,
                [&](size_t post) { paths[post] = viterbiPath(run.weights, rowsOf(run.emissions, run.chains, post)); });
    return paths;
}

Tensor CrfImpl::marginals(const Tensor& E, const Tensor& mask) {
    const Inference run(*this, E, mask);
    Tensor out = torch::zeros_like(run.emissions);
    const int64_t n = out.size(1);
    float* values = out.data_ptr<float>();
    forEachPost(run.chains, [&](size_t post) {
        const std::vector<int64_t>& positions = run.chains.positions[post];
        if (positions.empty()) return;
        const std::vector<const float*> rows = rowsOf(run.emissions, run.chains, post);
        CrfLattice lattice(run.weights, rows);
        lattice.runBackward();
        for (size_t k = 0; k < positions.size(); ++k) {
            lattice.marginals(k, values + (static_cast<int64_t>(post) * n + positions[k]) * m_tags);
        }
    });
    return out;
}

Tensor CrfImpl::logMarginals(const Tensor& E, const Tensor& mask) {
    if (!E.isfinite().all().item<bool>()) throw Error(ErrorCode::NumberNotFinite, {"CRF emissions"});
    requireFiniteWeights(start_transitions, end_transitions, transitions);
    const Tensor emissions = E.to(torch::kFloat32);
    const int64_t B = E.size(0), n = E.size(1);
    const Tensor used = mask.defined() ? mask : torch::ones({B, n}, E.options().dtype(torch::kBool));
    const auto step = [&](int64_t t) { return used.narrow(1, t, 1); };  // [B, 1]
    std::vector<Tensor> forwards, backwards(static_cast<size_t>(n));
    Tensor alpha = torch::zeros({B, m_tags}, emissions.options()), begun = torch::zeros_like(step(0));
    for (int64_t t = 0; t < n; ++t) {
        const Tensor row = emissions.select(1, t);
        const Tensor onward = (alpha.unsqueeze(2) + transitions).logsumexp(1) + row;
        alpha = torch::where(step(t), torch::where(begun, onward, start_transitions + row), alpha);
        begun = begun | step(t);
        forwards.push_back(alpha);
    }
    Tensor beta = end_transitions.expand({B, m_tags});
    for (int64_t t = n; t-- > 0;) {
        backwards[static_cast<size_t>(t)] = beta;
        const Tensor behind = (transitions + (emissions.select(1, t) + beta).unsqueeze(1)).logsumexp(2);
        beta = torch::where(step(t), behind, beta);
    }
    const Tensor logZ = (alpha + end_transitions).logsumexp(1).view({B, 1, 1});
    return torch::stack(forwards, 1) + torch::stack(backwards, 1) - logZ;
}

std::vector<double> CrfImpl::pathProbabilities(const Tensor& E, const Tensor& mask,
                                               const std::vector<std::vector<int>>& paths) {
    const Inference run(*this, E, mask);
    std::vector<double> out(paths.size(), 1.0);
    for (size_t post = 0; post < paths.size(); ++post) {
        const std::vector<const float*> rows = rowsOf(run.emissions, run.chains, post);
        if (rows.size() != paths[post].size())
            throw Error(ErrorCode::Internal, {"a path must have a tag per used position"});
        if (rows.empty()) continue;
        const CrfLattice lattice(run.weights, rows);
        out[post] = std::exp(lattice.score(paths[post]) - lattice.logPartition());
    }
    return out;
}

std::vector<double> CrfImpl::runProbabilities(const Tensor& E, const Tensor& mask, const std::vector<TagRun>& runs) {
    const Inference run(*this, E, mask);
    std::vector<double> out(runs.size());
    for (size_t post = 0; post < run.chains.positions.size(); ++post) {
        std::unique_ptr<CrfLattice> lattice;  // made once per post, and only where a run asks for it
        const std::vector<const float*> rows = rowsOf(run.emissions, run.chains, post);
        for (size_t k = 0; k < runs.size(); ++k) {
            if (runs[k].post != static_cast<int>(post)) continue;
            const bool inside = runs[k].first >= 0 && !runs[k].tags.empty() &&
                                static_cast<size_t>(runs[k].first) + runs[k].tags.size() <= rows.size();
            if (!inside) throw Error(ErrorCode::Internal, {"a run of tags outside its post"});
            if (!lattice) {
                lattice = std::make_unique<CrfLattice>(run.weights, rows);
                lattice->runBackward();
            }
            out[k] = lattice->runProbability(static_cast<size_t>(runs[k].first), runs[k].tags);
        }
    }
    return out;
}

}  // namespace mnerva::nn
