#include "core/nn/blocks/crf_lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mnerva::nn {
namespace {

constexpr double kTiny = 1e-290;  // below it a scaled sum has lost its digits

double largest(const float* values, int64_t count) {
    return *std::max_element(values, values + count);
}

std::vector<double> expOf(const float* values, int64_t count, double shift) {
    std::vector<double> out(static_cast<size_t>(count));
    for (int64_t i = 0; i < count; ++i) out[static_cast<size_t>(i)] = std::exp(values[i] - shift);
    return out;
}

/// log of the sum of exp(values).
double logSum(const std::vector<double>& values) {
    const double top = *std::max_element(values.begin(), values.end());
    if (!std::isfinite(top)) return top;
    double sum = 0;
    for (const double value : values) sum += std::exp(value - top);
    return top + std::log(sum);
}

}  // namespace

CrfWeights::CrfWeights(const float* startScores, const float* endScores, const float* transitionScores, int64_t count)
    : tags(count),
      start(startScores),
      end(endScores),
      transitions(transitionScores),
      startMax(largest(start, count)),
      endMax(largest(end, count)),
      transitionMax(largest(transitions, count * count)),
      expStart(expOf(start, count, startMax)),
      expEnd(expOf(end, count, endMax)),
      expTransitions(expOf(transitions, count * count, transitionMax)) {}

CrfLattice::CrfLattice(const CrfWeights& weights, const std::vector<const float*>& rows)
    : m_w(weights),
      m_rows(rows),
      m_C(static_cast<size_t>(weights.tags)),
      m_n(rows.size()),
      m_alpha(m_n * m_C),
      m_x(m_n * m_C),
      m_scale(m_n) {
    if (!forwardScaled()) forwardLog();
}

bool CrfLattice::forwardScaled() {
    m_logPartition = m_w.startMax + m_w.endMax;
    for (size_t t = 0; t < m_n; ++t) {
        double* row = &m_alpha[t * m_C];
        double* x = &m_x[t * m_C];
        const double top = largest(m_rows[t], m_w.tags);
        for (size_t j = 0; j < m_C; ++j) x[j] = std::exp(m_rows[t][j] - top);
        if (t == 0) {
            std::copy(m_w.expStart.begin(), m_w.expStart.end(), row);
        } else {
            const double* before = row - m_C;
            for (size_t i = 0; i < m_C; ++i) {
                const double* transition = &m_w.expTransitions[i * m_C];
                for (size_t j = 0; j < m_C; ++j) row[j] += before[i] * transition[j];
            }
            m_logPartition += m_w.transitionMax;
        }
        double sum = 0;
        for (size_t j = 0; j < m_C; ++j) sum += row[j] *= x[j];
        if (!(sum > kTiny)) return false;
        for (size_t j = 0; j < m_C; ++j) row[j] /= sum;
        m_scale[t] = sum;
        m_logPartition += top + std::log(sum);
    }
    m_last = 0;
    for (size_t j = 0; j < m_C; ++j) m_last += m_alpha[(m_n - 1) * m_C + j] * m_w.expEnd[j];
    if (!(m_last > kTiny)) return false;
    m_logPartition += std::log(m_last);
    return std::isfinite(m_logPartition);
}

void CrfLattice::forwardLog() {
    m_logarithms = true;
    std::vector<double> terms(m_C);
    for (size_t t = 0; t < m_n; ++t) {
        for (size_t j = 0; j < m_C; ++j) {
            double reach = m_w.start[j];
            if (t > 0) {
                for (size_t i = 0; i < m_C; ++i) terms[i] = m_alpha[(t - 1) * m_C + i] + m_w.transitions[i * m_C + j];
                reach = logSum(terms);
            }
            m_alpha[t * m_C + j] = reach + m_rows[t][j];
        }
    }
    for (size_t j = 0; j < m_C; ++j) terms[j] = m_alpha[(m_n - 1) * m_C + j] + m_w.end[j];
    m_logPartition = logSum(terms);
}

double CrfLattice::score(const std::vector<int>& path) const {
    double sum = m_w.start[path.front()] + static_cast<double>(m_w.end[path.back()]);
    for (size_t t = 0; t < path.size(); ++t) {
        sum += m_rows[t][path[t]];
        if (t > 0) sum += m_w.transitions[static_cast<size_t>(path[t - 1]) * m_C + static_cast<size_t>(path[t])];
    }
    return sum;
}

void CrfLattice::runBackward() {
    m_beta.assign(m_n * m_C, 0.0);
    if (!m_logarithms) {
        backwardScaled();
        // Scaled sums that are fine forwards can still overflow backwards when scores lie very far apart.
        for (const double value : m_beta) {
            if (std::isfinite(value)) continue;
            forwardLog();
            break;
        }
    }
    if (m_logarithms) backwardLog();
}

void CrfLattice::backwardScaled() {
    double* last = &m_beta[(m_n - 1) * m_C];
    for (size_t j = 0; j < m_C; ++j) last[j] = m_w.expEnd[j] / m_last;
    std::vector<double> weighted(m_C);
    for (size_t t = m_n - 1; t > 0; --t) {
        const double* after = &m_beta[t * m_C];
        for (size_t j = 0; j < m_C; ++j) weighted[j] = m_x[t * m_C + j] * after[j] / m_scale[t];
        for (size_t i = 0; i < m_C; ++i) {
            const double* transition = &m_w.expTransitions[i * m_C];
            double sum = 0;
            for (size_t j = 0; j < m_C; ++j) sum += transition[j] * weighted[j];
            m_beta[(t - 1) * m_C + i] = sum;
        }
    }
}

void CrfLattice::backwardLog() {
    std::vector<double> terms(m_C);
    for (size_t j = 0; j < m_C; ++j) m_beta[(m_n - 1) * m_C + j] = m_w.end[j] - m_logPartition;
    for (size_t t = m_n - 1; t > 0; --t) {
        for (size_t i = 0; i < m_C; ++i) {
            for (size_t j = 0; j < m_C; ++j) {
                terms[j] = m_w.transitions[i * m_C + j] + m_rows[t][j] + m_beta[t * m_C + j];
            }
            m_beta[(t - 1) * m_C + i] = logSum(terms);
        }
    }
}

void CrfLattice::marginals(size_t t, float* out) const {
    for (size_t j = 0; j < m_C; ++j) {
        const double a = m_alpha[t * m_C + j], b = m_beta[t * m_C + j];
        out[j] = static_cast<float>(m_logarithms ? std::exp(a + b) : a * b);
    }
}

double CrfLattice::bridge(size_t t, int64_t i, int64_t j) const {
    const size_t cell = static_cast<size_t>(i) * m_C + static_cast<size_t>(j);
    if (m_logarithms) return m_w.transitions[cell] + static_cast<double>(m_rows[t][j]);
    return m_w.expTransitions[cell] * m_x[t * m_C + static_cast<size_t>(j)] / m_scale[t];
}

void CrfLattice::addExpectedTransitions(float* out) const {
    std::vector<double> sum(m_C * m_C, 0.0);
    std::vector<double> weighted(m_C);
    for (size_t t = 1; t < m_n; ++t) {
        if (m_logarithms) {
            for (size_t i = 0; i < m_C; ++i) {
                for (size_t j = 0; j < m_C; ++j) {
                    const double middle = bridge(t, static_cast<int64_t>(i), static_cast<int64_t>(j));
                    sum[i * m_C + j] += std::exp(m_alpha[(t - 1) * m_C + i] + middle + m_beta[t * m_C + j]);
                }
            }
            continue;
        }
        for (size_t j = 0; j < m_C; ++j) weighted[j] = m_x[t * m_C + j] * m_beta[t * m_C + j] / m_scale[t];
        for (size_t i = 0; i < m_C; ++i) {
            const double a = m_alpha[(t - 1) * m_C + i];
            for (size_t j = 0; j < m_C; ++j) sum[i * m_C + j] += a * weighted[j];
        }
    }
    // The factor exp(T) is the same at every position: once at the end, not n times.
    for (size_t k = 0; k < sum.size(); ++k)
        out[k] += static_cast<float>(m_logarithms ? sum[k] : sum[k] * m_w.expTransitions[k]);
}

double CrfLattice::runProbability(size_t first, const std::vector<int>& tags) const {
    double p = alpha(first, tags.front());
    for (size_t k = 1; k < tags.size(); ++k) {
        const double step = bridge(first + k, tags[k - 1], tags[k]);
        p = m_logarithms ? p + step : p * step;
    }
    const double b = beta(first + tags.size() - 1, tags.back());
    return std::clamp(m_logarithms ? std::exp(p + b) : p * b, 0.0, 1.0);
}

std::vector<int> viterbiPath(const CrfWeights& w, const std::vector<const float*>& rows) {
    const size_t C = static_cast<size_t>(w.tags), n = rows.size();
    if (n == 0) return {};
    std::vector<double> best(C), next(C);
    std::vector<int> from(n * C);
    for (size_t j = 0; j < C; ++j) best[j] = static_cast<double>(w.start[j]) + rows[0][j];
    for (size_t t = 1; t < n; ++t) {
        for (size_t j = 0; j < C; ++j) {
            double top = -std::numeric_limits<double>::infinity();
            for (size_t i = 0; i < C; ++i) {
                const double score = best[i] + w.transitions[i * C + j];
                if (score > top) {
                    top = score;
                    from[t * C + j] = static_cast<int>(i);
                }
            }
            next[j] = top + rows[t][j];
        }
        best.swap(next);
    }
    for (size_t j = 0; j < C; ++j) best[j] += w.end[j];
    std::vector<int> path(n);
    path[n - 1] = static_cast<int>(std::max_element(best.begin(), best.end()) - best.begin());
    for (size_t t = n - 1; t > 0; --t) path[t - 1] = from[t * C + static_cast<size_t>(path[t])];
    return path;
}

}  // namespace mnerva::nn
