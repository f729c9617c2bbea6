#include "core/nn/encoders/bert.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

constexpr int kWidth = 24, kHeads = 3, kSize = 8;

BertConfig prefixConfig() {
    BertConfig config;
    config.vocabularySize = 30;
    config.hidden = kWidth;
    config.layers = 2;
    config.heads = kHeads;
    config.intermediate = 40;
    config.maxPositions = 9;
    return config;
}

Bert prefixBert() {
    Bert bert(prefixConfig());
    fillBert(*bert);
    bert->eval();
    return bert;
}

AttentionBlock prefixBlock() {
    AttentionBlock block(prefixConfig());
    fillBert(*block);
    block->eval();
    return block;
}

PrefixKeyValues prefixOf(int64_t posts, int64_t rows) {
    return {formula("keys", {posts, rows, kWidth}), formula("values", {posts, rows, kWidth}), Tensor()};
}

/// What a usual head split would show to the heads, put so that the plain reshape gives it.
Tensor asHeadSplit(const Tensor& rows) {
    const int64_t B = rows.size(0), P = rows.size(1);
    return rows.view({B, P, kHeads, kSize}).transpose(1, 2).reshape({B, P, kWidth});
}

const Tensor kIds = torch::tensor({{2L, 7L, 19L, 5L, 3L, 0L}, {2L, 11L, 4L, 8L, 20L, 3L}});

Tensor hiddenWith(Bert& bert, const std::vector<PrefixKeyValues>& prefixes) {
    return bert->encode(bert->embed(bert->wordEmbeddings(kIds), Tensor()), kIds.ne(0), -1, prefixes);
}

}  // namespace

TEST_CASE("Prefix.AttentionAndGradientsEqualPyTorch") {
    const auto wanted = goldenJson("nn_prefix_block.json");
    AttentionBlock block = prefixBlock();
    const Tensor x = formula("source", {2, 5, kWidth}).requires_grad_();
    PrefixKeyValues prefix = prefixOf(2, 4);
    prefix.keys.requires_grad_();
    prefix.values.requires_grad_();
    prefix.mask = maskOf(wanted["prefix_mask"]);
    const BlockOutput out = block->forward(x, x, maskOf(wanted["mask"]), true, &prefix);
    (out.output * formula("loss", out.output.sizes())).sum().backward();
    requireClose("output", out.output, tensorOf(wanted["output"], {2, 5, kWidth}), 2e-5);
    requireClose("attention", out.attention, tensorOf(wanted["attention"], {2, kHeads, 5, 9}), 2e-5);
    requireClose("source gradient", x.grad(), tensorOf(wanted["source_gradient"], {2, 5, kWidth}), 2e-5);
    requireClose("keys' gradient", prefix.keys.grad(), tensorOf(wanted["keys_gradient"], {2, 4, kWidth}), 2e-5);
    requireClose("values' gradient", prefix.values.grad(), tensorOf(wanted["values_gradient"], {2, 4, kWidth}), 2e-5);
    requireGradients(*block, wanted["gradients"], 2e-5);
}

TEST_CASE("Prefix.OfNoRowsEqualsPlainBert", "[invariant-3]") {
    Bert bert = prefixBert();
    const Tensor plain = bert->forward(kIds, Tensor(), kIds.ne(0));
    CHECK(difference(hiddenWith(bert, {prefixOf(2, 0), prefixOf(2, 0)}), plain) == 0);
    CHECK(difference(hiddenWith(bert, {}), plain) == 0);
    CHECK(difference(hiddenWith(bert, {prefixOf(2, 4), prefixOf(2, 4)}), plain) > 1e-3);
}

TEST_CASE("Prefix.FullyMaskedEqualsNoPrefixAndOneMaskedPostLeavesTheOtherAlone", "[invariant-3]") {
    Bert bert = prefixBert();
    const Tensor plain = hiddenWith(bert, {});
    PrefixKeyValues prefix = prefixOf(2, 4);
    const Tensor open = hiddenWith(bert, {prefix, prefix});
    prefix.mask = torch::zeros({2, 4}, torch::kBool);
    CHECK(difference(hiddenWith(bert, {prefix, prefix}), plain) < 1e-6);
    prefix.mask = torch::tensor({{false, false, false, false}, {true, true, true, true}});
    const Tensor mixed = hiddenWith(bert, {prefix, prefix});
    CHECK(difference(mixed[0], plain[0]) < 1e-6);
    CHECK(difference(mixed[1], open[1]) < 1e-6);
}

TEST_CASE("Prefix.AMaskedRowIsNotReadAndAnUndefinedMaskUsesAllRows") {
    // Rows of the mask are rows p of the reshaped prefix, so this one changes row 1 of every head.
    AttentionBlock block = prefixBlock();
    const Tensor x = formula("source", {1, 5, kWidth});
    PrefixKeyValues prefix = prefixOf(1, 4), other = prefix, all = prefix;
    prefix.mask = other.mask = torch::tensor({{true, false, true, true}});
    all.mask = torch::ones({1, 4}, torch::kBool);
    other.keys = prefix.keys.clone();
    other.keys.view({1, kHeads, 4, kSize}).select(2, 1).fill_(3);
    const Tensor used = torch::ones({1, 5}, torch::kBool);
    const BlockOutput a = block->forward(x, x, used, true, &prefix), b = block->forward(x, x, used, true, &other);
    CHECK(difference(a.output, b.output) == 0);
    CHECK(a.attention.select(-1, 1).abs().max().item<float>() == 0.0f);
    CHECK(difference(a.attention.sum(-1), torch::ones({1, kHeads, 5})) < 1e-6);
    const PrefixKeyValues bare = prefixOf(1, 4);
    CHECK(difference(block->forward(x, x, Tensor(), false, &bare).output,
                     block->forward(x, x, used, false, &all).output) < 1e-6);
}

TEST_CASE("Prefix.NeverShiftsPositions", "[invariant-3]") {
    // Nine positions are all there are: a prefix that took any of them would be refused.
    Bert bert = prefixBert();
    const Tensor ids = torch::tensor({{2L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 3L}}), mask = ids.ne(0);
    const Tensor embedded = bert->embed(bert->wordEmbeddings(ids), Tensor());
    PrefixKeyValues far = prefixOf(1, 16);
    CHECK(bert->encode(embedded, mask, -1, {far, far}).sizes() == at::IntArrayRef({1, 9, kWidth}));
    far.mask = torch::zeros({1, 16}, torch::kBool);
    CHECK(difference(bert->encode(embedded, mask, -1, {far, far}), bert->forward(ids, Tensor(), mask)) < 1e-6);
}

TEST_CASE("Prefix.IsReadByPlainReshapeAndNotByHeadSplit", "[invariant-4]") {
    AttentionBlock block = prefixBlock();
    const Tensor x = formula("source", {2, 5, kWidth});
    const PrefixKeyValues plain = prefixOf(2, 4);
    const PrefixKeyValues split{asHeadSplit(plain.keys), asHeadSplit(plain.values), Tensor()};
    CHECK(difference(block->forward(x, x, Tensor(), false, &plain).output,
                     block->forward(x, x, Tensor(), false, &split).output) > 1e-3);
    // One row leaves nothing to reorder.
    const PrefixKeyValues one = prefixOf(2, 1);
    CHECK(difference(asHeadSplit(one.keys), one.keys) == 0);
}
