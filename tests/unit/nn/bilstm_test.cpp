#include "core/nn/blocks/bilstm.h"

#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

constexpr int kIn = 6, kHidden = 5;

BiLstm filled(int64_t layers) {
    BiLstm lstm(kIn, kHidden, layers);
    const torch::NoGradGuard noGradient;
    for (auto& item : lstm->named_parameters()) item.value().copy_(formula(item.key(), item.value().sizes(), 0.5));
    return lstm;
}

Tensor masked(const std::vector<std::vector<int64_t>>& rows) {
    return maskOf(nlohmann::json(rows));
}

}  // namespace

TEST_CASE("BiLstm.OutputAndGradientsEqualTheEquationsWithOneLayerAndWithTwo") {
    for (const auto& wanted : goldenJson("nn_bilstm.json")) {
        BiLstm lstm = filled(wanted.at("layers").get<int64_t>());
        const Tensor x = formula("words", {4, 7, kIn}).requires_grad_();
        const Tensor y = lstm->forward(x, maskOf(wanted.at("mask")));
        (y * formula("loss", y.sizes())).sum().backward();
        requireClose("output", y, tensorOf(wanted.at("output"), {4, 7, 2 * kHidden}), 1e-5);
        requireClose("input gradient", x.grad(), tensorOf(wanted.at("input_gradient"), {4, 7, kIn}), 1e-5);
        requireGradients(*lstm, wanted.at("gradients"), 1e-5);
    }
}

TEST_CASE("BiLstm.WhatStandsAtMaskedPositionsHasNoInfluence") {
    BiLstm lstm = filled(2);
    const Tensor mask = masked({{1, 1, 0, 1, 0}, {1, 0, 0, 0, 0}});
    Tensor x = formula("words", {2, 5, kIn});
    const Tensor before = lstm->forward(x, mask);
    const Tensor after = lstm->forward(torch::where(mask.unsqueeze(-1), x, torch::full_like(x, 7)), mask);
    CHECK(difference(before, after) == 0);
    CHECK(before[0][2].abs().max().item<float>() == 0.0F);
    CHECK(before[1].narrow(0, 1, 4).abs().max().item<float>() == 0.0F);
}

TEST_CASE("BiLstm.ARowAloneEqualsTheRowInABatchOfLongerOnes") {
    BiLstm lstm = filled(2);
    const Tensor x = formula("words", {2, 6, kIn});
    const Tensor both = lstm->forward(x, masked({{1, 1, 1, 0, 0, 0}, {1, 1, 1, 1, 1, 1}}));
    const Tensor alone = lstm->forward(x.narrow(0, 0, 1).narrow(1, 0, 3), masked({{1, 1, 1}}));
    CHECK(difference(both[0].narrow(0, 0, 3), alone[0]) < 1e-6);
}

TEST_CASE("BiLstm.EveryWordHearsOfTheOthersOnBothSides") {
    BiLstm lstm = filled(1);
    const Tensor mask = masked({{1, 1, 1, 1}});
    const Tensor x = formula("words", {1, 4, kIn});
    for (const int64_t changed : {0, 3}) {
        Tensor other = x.clone();
        other.select(1, changed).add_(1);
        CHECK(difference(lstm->forward(x, mask)[0][2], lstm->forward(other, mask)[0][2]) > 1e-4);
    }
}

TEST_CASE("BiLstm.SaveAndLoadGiveEqualOutputs") {
    BiLstm lstm = filled(2), other(kIn, kHidden, 2);
    const Tensor x = formula("words", {1, 4, kIn}), mask = masked({{1, 1, 1, 0}});
    CHECK(difference(lstm->forward(x, mask), other->forward(x, mask)) > 1e-3);
    loadInto(*other, stateOf(*lstm), "another");
    CHECK(difference(lstm->forward(x, mask), other->forward(x, mask)) == 0);
}

TEST_CASE("BiLstm.DropoutActsInTrainingOnly") {
    BiLstm lstm(kIn, kHidden, 2, 0.5);
    const Tensor x = formula("words", {1, 4, kIn}), mask = masked({{1, 1, 1, 1}});
    CHECK(difference(lstm->forward(x, mask), lstm->forward(x, mask)) > 1e-4);
    lstm->eval();
    CHECK(difference(lstm->forward(x, mask), lstm->forward(x, mask)) == 0);
}
