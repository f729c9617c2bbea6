#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mnerva::eval {

/// Words with the class that each was given and what a system that has not seen them says of every class
/// (error-analysis.md 5). Posts follow each other.
struct GivenWords {
    int classes = 0;
    std::vector<float> probabilities;  ///< [words, classes], each row sums to 1
    std::vector<int> given;            ///< of each word, 0 <= given < classes

    std::size_t size() const { return given.size(); }
    std::span<const float> of(std::size_t word) const {
        return {probabilities.data() + word * static_cast<std::size_t>(classes), static_cast<std::size_t>(classes)};
    }
};

/// p_k of a word that was given class k.
double selfConfidence(std::span<const float> probabilities, int given);
/// (p_k - max of the others + 1) / 2: 0.5 where another class is just as likely.
double normalisedMargin(std::span<const float> probabilities, int given);
/// Score of a post, of the scores of its words: <s, softmax((1 - s) / temperature)>, which is near the least of them
/// and still moved by all. 1 for a post without words.
double softminScore(std::span<const double> scores, double temperature = 0.05);

/// How often words given class k are, as far as one can be sure of it, of class j.
struct ConfidentJoint {
    /// t_j: mean of p_j over the words given j; infinite for a class that no word was given.
    std::vector<double> thresholds;
    /// [k][j]: words given k that count as j, the largest p_j with p_j >= t_j; at least 1 on the diagonal.
    std::vector<std::vector<std::int64_t>> counts;
    /// The same, scaled so that row k sums to the words given k: how many errors of each kind to expect.
    std::vector<std::vector<std::int64_t>> estimated;
};

/// Equal to cleanlab's compute_confident_joint. Error(Internal) where sizes do not fit.
ConfidentJoint confidentJoint(const GivenWords& words);

/// Words that are likely given the wrong class, the least self-confident first: for each pair (k, j) as many words
/// given k as the estimated joint says, by p_j - p_k; never one whose given class is the most likely. Equal to
/// cleanlab's find_label_issues ("prune_by_noise_rate", ranked by self-confidence).
std::vector<std::size_t> likelyErrors(const GivenWords& words);

}  // namespace mnerva::eval
