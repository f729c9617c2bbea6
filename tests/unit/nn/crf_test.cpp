#include "core/nn/blocks/crf.h"

#include <cmath>

#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

Crf formulaCrf(const std::string& tag, int64_t C, double scale) {
    Crf crf(C);
    const torch::NoGradGuard noGradients;
    for (auto& item : crf->named_parameters())
        item.value().copy_(formula(tag + item.key(), item.value().sizes(), scale));
    return crf;
}

double pathScore(const Crf& crf, const Tensor& E, const std::vector<int>& y) {
    double score = crf->start_transitions[y.front()].item<double>() + crf->end_transitions[y.back()].item<double>();
    for (size_t t = 0; t < y.size(); ++t) {
        score += E[static_cast<int64_t>(t)][y[t]].item<double>();
        if (t > 0) score += crf->transitions[y[t - 1]][y[t]].item<double>();
    }
    return score;
}

/// All C^n paths of a chain with their scores.
std::vector<std::pair<std::vector<int>, double>> allPaths(const Crf& crf, const Tensor& E) {
    const int64_t n = E.size(0), C = E.size(1);
    std::vector<std::pair<std::vector<int>, double>> out;
    std::vector<int> path(static_cast<size_t>(n), 0);
    for (;;) {
        out.emplace_back(path, pathScore(crf, E, path));
        size_t at = 0;
        while (at < path.size() && ++path[at] == C) path[at++] = 0;
        if (at == path.size()) return out;
    }
}

double bruteLogZ(const Crf& crf, const Tensor& E) {
    double sum = 0;
    for (const auto& [path, score] : allPaths(crf, E)) sum += std::exp(score);
    return std::log(sum);
}

Tensor firstUsed(std::vector<int64_t> lengths, int64_t n) {
    return torch::arange(n).unsqueeze(0) < torch::tensor(lengths).unsqueeze(1);
}

}  // namespace

TEST_CASE("Crf.LogPartitionEqualsBruteForce", "[invariant-1]") {
    for (int64_t C = 1; C <= 4; ++C) {
        for (int64_t n = 1; n <= 5; ++n) {
            Crf crf = formulaCrf("brute", C, 1.5);
            const Tensor E = formula("E", {1, n, C}, 2.0);
            CHECK(crf->logPartition(E, {}).item<double>() == Approx(bruteLogZ(crf, E[0])).margin(1e-5));
        }
    }
}

TEST_CASE("Crf.ViterbiEqualsBruteForce", "[invariant-1]") {
    for (int64_t C = 2; C <= 4; ++C) {
        Crf crf = formulaCrf("viterbi", C, 1.5);
        const Tensor E = formula("E" + std::to_string(C), {1, 5, C}, 2.0);
        const auto paths = allPaths(crf, E[0]);
        const auto best = std::max_element(paths.begin(), paths.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        CHECK(crf->bestTags(E, {})[0] == best->first);
    }
}

TEST_CASE("Crf.MarginalsEqualBruteForce") {
    Crf crf = formulaCrf("marginal", 3, 1.0);
    const Tensor E = formula("E", {1, 4, 3}, 1.0);
    const double logZ = bruteLogZ(crf, E[0]);
    Tensor wanted = torch::zeros({4, 3}, torch::kFloat64);
    for (const auto& [path, score] : allPaths(crf, E[0]))
        for (int64_t t = 0; t < 4; ++t) wanted[t][path[static_cast<size_t>(t)]] += std::exp(score - logZ);
    CHECK(difference(crf->marginals(E, {})[0], wanted) < 1e-6);
}

TEST_CASE("Crf.LossIsNeverNegative", "[invariant-1]") {
    Crf crf = formulaCrf("loss", 5, 3.0);
    const Tensor E = formula("E", {6, 9, 5}, 4.0);
    for (int64_t tag = 0; tag < 5; ++tag) {
        const Tensor y = torch::full({6, 9}, tag, torch::kInt64);
        CHECK(crf->negativeLogLikelihood(E, y, {}).min().item<double>() >= 0);
    }
}

TEST_CASE("Crf.MaskedTailHasNoInfluence", "[invariant-1]") {
    Crf crf = formulaCrf("tail", 4, 1.0);
    const Tensor E = formula("E", {2, 6, 4}, 2.0), y = torch::ones({2, 6}, torch::kInt64);
    const Tensor mask = firstUsed({3, 5}, 6);
    Tensor other = E.clone(), otherY = y.clone();
    other.masked_fill_(~mask.unsqueeze(-1), 77.0);
    otherY.masked_fill_(~mask, 3);
    CHECK(difference(crf->negativeLogLikelihood(E, y, mask), crf->negativeLogLikelihood(other, otherY, mask)) == 0);
    CHECK(crf->bestTags(E, mask) == crf->bestTags(other, mask));
    CHECK(difference(crf->marginals(E, mask), crf->marginals(other, mask)) == 0);
}

TEST_CASE("Crf.MaskedTailGetsNoGradient") {
    Crf crf = formulaCrf("tail", 4, 1.0);
    Tensor E = formula("E", {2, 6, 4}, 2.0).requires_grad_();
    const Tensor mask = firstUsed({3, 5}, 6);
    crf->negativeLogLikelihood(E, torch::ones({2, 6}, torch::kInt64), mask).sum().backward();
    CHECK(E.grad().masked_select(~mask.unsqueeze(-1)).abs().max().item<double>() == 0);
    CHECK(E.grad().abs().max().item<double>() > 0);
}

TEST_CASE("Crf.HolesInTheMaskEqualACompactChain") {
    Crf crf = formulaCrf("holes", 4, 1.0);
    const Tensor E = formula("E", {1, 6, 4}, 2.0), y = torch::tensor({{1, 0, 2, 3, 0, 1}});
    const Tensor mask = torch::tensor({{1, 0, 1, 1, 0, 1}}).to(torch::kBool);
    const Tensor keep = torch::tensor({0, 2, 3, 5});
    CHECK(difference(crf->negativeLogLikelihood(E, y, mask),
                     crf->negativeLogLikelihood(E.index_select(1, keep), y.index_select(1, keep), {})) < 1e-6);
    CHECK(crf->bestTags(E, mask) == crf->bestTags(E.index_select(1, keep), {}));
}

TEST_CASE("Crf.PostWithoutUsedPositionsCostsNothing") {
    Crf crf = formulaCrf("empty", 3, 1.0);
    Tensor E = formula("E", {2, 4, 3}).requires_grad_();
    const Tensor mask = firstUsed({0, 4}, 4);
    const Tensor loss = crf->negativeLogLikelihood(E, torch::zeros({2, 4}, torch::kInt64), mask);
    CHECK(loss[0].item<double>() == 0);
    loss.sum().backward();
    CHECK(E.grad()[0].abs().max().item<double>() == 0);
    CHECK(crf->bestTags(E, mask)[0].empty());
}

TEST_CASE("Crf.OneRowAloneEqualsTheRowInABatch") {
    Crf crf = formulaCrf("row", 7, 1.0);
    const Tensor E = formula("E", {4, 8, 7}, 3.0), y = torch::randint(0, 7, {4, 8}), mask = firstUsed({8, 2, 5, 1}, 8);
    const Tensor all = crf->negativeLogLikelihood(E, y, mask);
    for (int64_t b = 0; b < 4; ++b) {
        const Tensor alone =
            crf->negativeLogLikelihood(E.slice(0, b, b + 1), y.slice(0, b, b + 1), mask.slice(0, b, b + 1));
        CHECK(alone[0].item<float>() == all[b].item<float>());
    }
}

TEST_CASE("Crf.NumericGradientsAgree", "[invariant-1]") {
    Crf crf = formulaCrf("gradient", 4, 1.0);
    Tensor E = formula("E", {3, 5, 4}, 1.5).requires_grad_();
    const Tensor y = torch::tensor({{0, 1, 2, 3, 0}, {3, 3, 1, 0, 0}, {2, 0, 0, 0, 0}}), mask = firstUsed({5, 3, 1}, 5);
    // Weights that differ per post show that each post's gradient is scaled by its own.
    const Tensor weights = torch::tensor({0.3F, 1.7F, -0.9F});
    const auto loss = [&] { return (crf->negativeLogLikelihood(E, y, mask) * weights).sum(); };
    CHECK(numericGradientError(loss, E, 60) < 2e-3);
    CHECK(numericGradientError(loss, crf->transitions, 16) < 2e-3);
    CHECK(numericGradientError(loss, crf->start_transitions, 4) < 2e-3);
    CHECK(numericGradientError(loss, crf->end_transitions, 4) < 2e-3);
}

TEST_CASE("Crf.LogPartitionHasGradientsOfItsOwn") {
    Crf crf = formulaCrf("logz", 3, 1.0);
    Tensor E = formula("E", {2, 4, 3}).requires_grad_();
    crf->logPartition(E, {}).sum().backward();
    CHECK(difference(E.grad(), crf->marginals(E, {})) < 1e-6);
}

TEST_CASE("Crf.ScoresHundredsOfNatsApartStayExact") {
    Crf crf = formulaCrf("far", 4, 1.0);
    {
        const torch::NoGradGuard noGradients;
        crf->transitions.mul_(2000);  // beyond what scaled doubles hold
    }
    Tensor E = formula("E", {1, 6, 4}, 1500.0).requires_grad_();
    const std::vector<int> best = crf->bestTags(E, {})[0];
    const Tensor loss =
        crf->negativeLogLikelihood(E, torch::tensor(std::vector<int64_t>(best.begin(), best.end())).unsqueeze(0), {});
    CHECK(loss.item<double>() >= 0);
    CHECK(loss.item<double>() < 1e-3);
    loss.sum().backward();
    CHECK(torch::isfinite(E.grad()).all().item<bool>());
    CHECK(E.grad().abs().max().item<double>() < 1e-3);
    CHECK(crf->runProbabilities(E, {}, {{0, 1, {best[1], best[2]}}})[0] == Approx(1.0).margin(1e-3));
}

TEST_CASE("Crf.RunProbabilityEqualsBruteForce") {
    Crf crf = formulaCrf("run", 3, 1.0);
    const Tensor E = formula("E", {2, 5, 3}, 1.0);
    const double logZ = bruteLogZ(crf, E[1]);
    double wanted = 0;
    for (const auto& [path, score] : allPaths(crf, E[1]))
        if (path[1] == 2 && path[2] == 0) wanted += std::exp(score - logZ);
    CHECK(crf->runProbabilities(E, {}, {{1, 1, {2, 0}}})[0] == Approx(wanted).epsilon(1e-6));
}

TEST_CASE("Crf.RunOfOneTagEqualsItsMarginal") {
    Crf crf = formulaCrf("run", 4, 1.0);
    const Tensor E = formula("E", {1, 6, 4}, 2.0), marginals = crf->marginals(E, {});
    for (int tag = 0; tag < 4; ++tag) {
        CHECK(crf->runProbabilities(E, {}, {{0, 3, {tag}}})[0] ==
              Approx(marginals[0][3][tag].item<double>()).margin(1e-6));
    }
}

TEST_CASE("Crf.PathProbabilitiesSumToOne") {
    Crf crf = formulaCrf("path", 3, 1.0);
    const Tensor E = formula("E", {1, 4, 3});
    double sum = 0;
    for (const auto& [path, score] : allPaths(crf, E[0])) sum += crf->pathProbabilities(E, {}, {path})[0];
    CHECK(sum == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("Crf.EmissionsWithNaNAreRefused") {
    Crf crf(3);
    Tensor E = torch::zeros({1, 2, 3});
    E[0][1][2] = std::nan("");
    CHECK(errorOf([&] { crf->logPartition(E, {}); }).code() == ErrorCode::NumberNotFinite);
    CHECK(errorOf([&] { crf->bestTags(E, {}); }).code() == ErrorCode::NumberNotFinite);
}

TEST_CASE("Crf.TagOutsideTheLabelMapIsRefused") {
    Crf crf(3);
    CHECK(errorOf([&] {
              crf->negativeLogLikelihood(torch::zeros({1, 2, 3}), torch::full({1, 2}, 3, torch::kInt64), {});
          }).code() == ErrorCode::Internal);
}

TEST_CASE("Crf.StartsWithinATenth") {
    torch::manual_seed(5);
    Crf crf(13);
    for (const Tensor& parameter : crf->parameters()) {
        CHECK(parameter.abs().max().item<double>() <= 0.1);
        CHECK(parameter.abs().max().item<double>() > 0.05);
    }
}

TEST_CASE("Crf.EqualsPytorchCrf") {
    for (const auto& wanted : goldenJson("nn_crf.json")) {
        const std::string tag = wanted["tag"];
        const int64_t C = wanted["C"];
        const auto lengths = wanted["lengths"].get<std::vector<int64_t>>();
        const auto B = static_cast<int64_t>(lengths.size());
        const int64_t n = *std::max_element(lengths.begin(), lengths.end());
        Crf crf = formulaCrf(tag, C, wanted["scale"]);
        Tensor E = formula(tag + "E", {B, n, C}, wanted["scale"]).requires_grad_();
        const Tensor mask = firstUsed(lengths, n);
        const Tensor nll = crf->negativeLogLikelihood(E, idsOf(wanted["y"]), mask);
        nll.mean().backward();
        const Tensor wantedNll = tensorOf(wanted["nll"], {B});
        const double size = std::max(1.0, wantedNll.max().item<double>());
        requireClose("nll", nll, wantedNll, 2e-6 * size);
        requireClose("log Z", crf->logPartition(E, mask), tensorOf(wanted["log_z"], {B}), 2e-6 * size);
        requireClose("gradient of E", E.grad(), tensorOf(wanted["grad_E"], {B, n, C}), 2e-6);
        requireClose("gradient of start", crf->start_transitions.grad(), tensorOf(wanted["grad_start"], {C}), 2e-6);
        requireClose("gradient of end", crf->end_transitions.grad(), tensorOf(wanted["grad_end"], {C}), 2e-6);
        requireClose("gradient of transitions", crf->transitions.grad(), tensorOf(wanted["grad_transitions"], {C, C}),
                     2e-6);
        CHECK(crf->bestTags(E, mask) == wanted["viterbi"].get<std::vector<std::vector<int>>>());
    }
}

TEST_CASE("Crf.WeightsThatAreNoNumbersAreToldAndGiveNoPath") {
    // NaN is larger than nothing, so the best path would be the first tag everywhere; -inf everywhere leaves none.
    for (const float broken : {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
        for (const int part : {0, 1, 2}) {
            Crf crf = formulaCrf("broken", 3, 1.0);
            const Tensor E = formula("E", {1, 4, 3});
            {
                const torch::NoGradGuard noGradient;
                Tensor weights = part == 0   ? crf->start_transitions
                                 : part == 1 ? crf->end_transitions
                                             : crf->transitions;
                weights.fill_(broken);
            }
            const auto codeOf = [&](const auto& work) { return errorOf([&] { work(); }).code(); };
            CHECK(codeOf([&] { crf->bestTags(E, {}); }) == ErrorCode::NumberNotFinite);
            CHECK(codeOf([&] { crf->marginals(E, {}); }) == ErrorCode::NumberNotFinite);
            CHECK(codeOf([&] { crf->logMarginals(E, {}); }) == ErrorCode::NumberNotFinite);
            CHECK(codeOf([&] { crf->logPartition(E, {}); }) == ErrorCode::NumberNotFinite);
            CHECK(codeOf([&] { crf->runProbabilities(E, {}, {{0, 0, {1}}}); }) == ErrorCode::NumberNotFinite);
        }
    }
}
