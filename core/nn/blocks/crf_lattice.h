#pragma once

#include <cstdint>
#include <vector>

namespace mnerva::nn {

/// Parameters of a linear-chain CRF as plain arrays, and what every chain needs of them.
struct CrfWeights {
    CrfWeights(const float* start, const float* end, const float* transitions, int64_t tags);

    int64_t tags;
    const float *start, *end, *transitions;  ///< [C], [C], [C, C] (from, to)
    double startMax, endMax, transitionMax;
    std::vector<double> expStart, expEnd, expTransitions;  ///< exp(x - max)
};

/// Forward-backward over one chain, in double. Probabilities are rescaled at each position; where even a double
/// underflows (scores hundreds of nats apart), the same is done in logarithms.
class CrfLattice {
public:
    /// `rows`: the emissions [C] of each position of the chain; at least one, all finite.
    CrfLattice(const CrfWeights& weights, const std::vector<const float*>& rows);

    double logPartition() const { return m_logPartition; }
    /// log of the unnormalised weight of a path.
    double score(const std::vector<int>& path) const;
    /// Backward pass; needed before the three below.
    void runBackward();
    /// P(tag at position t) for each tag, into out [C].
    void marginals(size_t t, float* out) const;
    /// Adds the expected number of times that each transition is used to out [C, C].
    void addExpectedTransitions(float* out) const;
    /// P(positions first.. carry exactly these tags).
    double runProbability(size_t first, const std::vector<int>& tags) const;

private:
    bool forwardScaled();
    void forwardLog();
    void backwardScaled();
    void backwardLog();
    double alpha(size_t t, int64_t i) const { return m_alpha[t * m_C + static_cast<size_t>(i)]; }
    double beta(size_t t, int64_t i) const { return m_beta[t * m_C + static_cast<size_t>(i)]; }
    /// P(tag i at t-1 and tag j at t) divided by alpha(t-1, i) beta(t, j).
    double bridge(size_t t, int64_t i, int64_t j) const;

    const CrfWeights& m_w;
    const std::vector<const float*>& m_rows;
    size_t m_C, m_n;
    bool m_logarithms = false;
    double m_logPartition = 0, m_last = 0;
    std::vector<double> m_alpha, m_beta;  ///< [n, C]; scaled, or logarithms
    std::vector<double> m_x, m_scale;     ///< exp(E - max) [n, C]; the sum that each alpha row was divided by [n]
};

/// Best path of a chain; ties go to the lower tag. An empty chain has an empty path.
std::vector<int> viterbiPath(const CrfWeights& weights, const std::vector<const float*>& rows);

}  // namespace mnerva::nn
