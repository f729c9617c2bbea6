#include "core/nn/encoders/bert.h"

#include <cmath>

#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

BertConfig smallConfig() {
    BertConfig config;
    config.vocabularySize = 50;
    config.hidden = 32;
    config.layers = 3;
    config.heads = 4;
    config.intermediate = 64;
    config.maxPositions = 40;
    return config;
}

Bert smallBert() {
    Bert bert(smallConfig());
    fillBert(*bert);
    bert->eval();
    return bert;
}

AttentionBlock smallBlock(bool evaluation = true) {
    AttentionBlock block(smallConfig());
    fillBert(*block);
    block->train(!evaluation);
    return block;
}

/// A path for the time of a test.
struct PathGuard {
    explicit PathGuard(LinearPath path) : before(linearPath()) { setLinearPath(path); }
    ~PathGuard() { setLinearPath(before); }
    LinearPath before;
};

}  // namespace

TEST_CASE("Bert.InBFloat16StaysByTransformersWithGradients") {
    const auto wanted = goldenJson("nn_bert.json");
    const Tensor mask = maskOf(wanted["mask"]), hidden = tensorOf(wanted["hidden"], {2, 9, 32});
    Bert bert(BertConfig::fromJson(wanted["config"], "config"));
    fillBert(*bert);
    bert->eval();
    const PrecisionScope scope(Precision::BFloat16);
    const Tensor ids = idsOf(wanted["ids"]), types = idsOf(wanted["types"]);
    const Tensor out = bert->forward(ids, types, mask);
    requireClose("hidden", out, hidden, 2e-2);
    (out * formula("loss", out.sizes()) * mask.unsqueeze(-1)).sum().backward();
    requireGradients(*bert, wanted["gradients"], 2e-2);
    // So without the rows of padding.
    bert->zero_grad();
    const Tensor used = bert->encodeUsed(bert->embed(bert->wordEmbeddings(ids), types, mask), mask);
    requireClose("used rows", used, hidden * mask.unsqueeze(-1), 2e-2);
    (used * formula("loss", used.sizes()) * mask.unsqueeze(-1)).sum().backward();
    requireGradients(*bert, wanted["gradients"], 2e-2);
    const torch::NoGradGuard noGradients;
    const Tensor again = bert->forward(ids, types, mask);
    requireClose("without gradients", again, hidden, 2e-2);
    if (hasBFloat16()) CHECK(difference(again, hidden) > 1e-5);  // it is another arithmetic
    // One row alone is that row, and what is behind a mask changes nothing.
    const Tensor alone = bert->forward(ids.narrow(0, 0, 1).narrow(1, 0, 7), types.narrow(0, 0, 1).narrow(1, 0, 7), {});
    requireClose("alone", alone, again.narrow(0, 0, 1).narrow(1, 0, 7), 2e-2);
}

TEST_CASE("Bert.WithoutPaddingEqualsTransformersWithGradients") {
    const auto wanted = goldenJson("nn_bert.json");
    const Tensor mask = maskOf(wanted["mask"]), hidden = tensorOf(wanted["hidden"], {2, 9, 32});
    const PathGuard guard(LinearPath::OneDnn);
    Bert bert(BertConfig::fromJson(wanted["config"], "config"));
    fillBert(*bert);
    bert->eval();
    const Tensor ids = idsOf(wanted["ids"]), types = idsOf(wanted["types"]);
    const Tensor embedded = bert->embed(bert->wordEmbeddings(ids), types, mask);
    const Tensor out = bert->encodeUsed(embedded, mask);
    requireClose("hidden", out, hidden * mask.unsqueeze(-1), 2e-5);
    (out * formula("loss", out.sizes()) * mask.unsqueeze(-1)).sum().backward();
    requireGradients(*bert, wanted["gradients"], 2e-5);
    // Padding in the middle, a post without any row and a batch without padding.
    const torch::NoGradGuard noGradients;
    const Tensor odd = torch::tensor({{1, 0, 1, 1, 0, 0, 1, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0}}).to(torch::kBool);
    for (const Tensor& each : {odd, torch::ones_like(odd), torch::zeros_like(odd)})
        requireClose("odd", bert->encodeUsed(embedded, each), bert->encode(embedded, each) * each.unsqueeze(-1), 2e-5);
    {
        AttentionTape tape;
        bert->encodeUsed(embedded, mask);
        CHECK(tape.entries().size() == 3);
    }
}

TEST_CASE("Bert.EqualsTransformersOnEveryLinearPath") {
    const auto wanted = goldenJson("nn_bert.json");
    const Tensor mask = maskOf(wanted["mask"]), hidden = tensorOf(wanted["hidden"], {2, 9, 32});
    for (const LinearPath path : {LinearPath::Blas, LinearPath::Convolution, LinearPath::OneDnn}) {
        const PathGuard guard(path);
        Bert bert(BertConfig::fromJson(wanted["config"], "config"));
        fillBert(*bert);
        bert->eval();
        const Tensor out = bert->forward(idsOf(wanted["ids"]), idsOf(wanted["types"]), mask);
        INFO(linearPathName(path));
        requireClose("hidden", out, hidden, 2e-5);
        (out * formula("loss", out.sizes()) * mask.unsqueeze(-1)).sum().backward();
        requireGradients(*bert, wanted["gradients"], 2e-5);
    }
}

TEST_CASE("Bert.EqualsTheRobertaOfTransformers") {
    const auto wanted = goldenJson("nn_roberta.json");
    const Tensor mask = maskOf(wanted["mask"]), hidden = tensorOf(wanted["hidden"], {3, 9, 32});
    Bert bert(BertConfig::fromJson(wanted["config"], "config"));
    fillBert(*bert);
    bert->eval();
    const Tensor ids = idsOf(wanted["ids"]);
    const Tensor out = bert->forward(ids, torch::ones_like(ids), mask) * mask.unsqueeze(-1);  // its one type is 0
    requireClose("hidden", out, hidden, 2e-5);
    (out * formula("loss", out.sizes())).sum().backward();
    requireGradients(*bert, wanted["gradients"], 2e-5);
    // Without a mask positions count all tokens, which is the same where nothing is padded.
    CHECK(difference(bert->forward(ids.slice(0, 1, 2), {}, {})[0], hidden[1]) < 2e-5);
    CHECK(errorOf([&] { bert->embed(torch::zeros({1, 10, 32}), {}); }).code() == ErrorCode::OptionInvalid);
}

TEST_CASE("AttentionBlock.CrossFormEqualsTheLayerOfTransformers") {
    const auto wanted = goldenJson("nn_cross_block.json");
    BertConfig config = smallConfig();
    config.hidden = 24;
    config.heads = 3;
    config.intermediate = 40;
    AttentionBlock block(config);
    fillBert(*block);
    block->eval();
    Tensor Q = formula("queries", {2, 5, 24}).requires_grad_(), S = formula("source", {2, 7, 24}).requires_grad_();
    const BlockOutput out = block->forward(Q, S, maskOf(wanted["mask"]), true);
    requireClose("output", out.output, tensorOf(wanted["output"], {2, 5, 24}), 1e-5);
    requireClose("attention", out.attention, tensorOf(wanted["attention"], {2, 3, 5, 7}), 1e-6);
    (out.output * formula("loss", out.output.sizes())).sum().backward();
    requireClose("query gradient", Q.grad(), tensorOf(wanted["query_gradient"], {2, 5, 24}), 2e-5);
    requireClose("source gradient", S.grad(), tensorOf(wanted["source_gradient"], {2, 7, 24}), 2e-5);
    requireGradients(*block, wanted["gradients"], 2e-5);
}

TEST_CASE("Bert.NamesAreThoseOfHuggingFace") {
    const TensorMap state = stateOf(*smallBert());
    for (const char* name :
         {"embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight",
          "embeddings.token_type_embeddings.weight", "embeddings.LayerNorm.bias",
          "encoder.layer.0.attention.self.query.weight", "encoder.layer.2.attention.self.value.bias",
          "encoder.layer.1.attention.output.dense.weight", "encoder.layer.1.attention.output.LayerNorm.weight",
          "encoder.layer.0.intermediate.dense.bias", "encoder.layer.0.output.LayerNorm.bias"}) {
        CHECK(state.contains(name));
    }
    CHECK(state.size() == 5 + 3 * 16);
}

TEST_CASE("Bert.PaddingChangesNothing") {
    Bert bert = smallBert();
    const Tensor ids = torch::tensor({{2, 7, 19, 33, 3}});
    const Tensor padded = torch::cat({ids, torch::zeros({1, 6}, torch::kInt64)}, 1);
    const Tensor mask = (torch::arange(11) < 5).unsqueeze(0);
    CHECK(difference(bert->forward(ids, {}, torch::ones({1, 5}, torch::kBool)),
                     bert->forward(padded, {}, mask).slice(1, 0, 5)) < 1e-5);
}

TEST_CASE("Bert.OneRowAloneEqualsTheRowInABatch") {
    Bert bert = smallBert();
    const Tensor ids = torch::randint(1, 50, {4, 8}),
                 mask = torch::arange(8).unsqueeze(0) < torch::tensor({{8}, {3}, {1}, {6}});
    const Tensor all = bert->forward(ids, {}, mask);
    for (int64_t b = 0; b < 4; ++b) {
        CHECK(difference(bert->forward(ids.slice(0, b, b + 1), {}, mask.slice(0, b, b + 1))[0], all[b]) < 1e-5);
    }
}

TEST_CASE("Bert.UndefinedTypesMeanTypeZeroAndUndefinedMaskMeansAll") {
    Bert bert = smallBert();
    const Tensor ids = torch::randint(1, 50, {2, 6});
    CHECK(difference(bert->forward(ids, {}, {}),
                     bert->forward(ids, torch::zeros_like(ids), torch::ones({2, 6}, torch::kBool))) < 1e-6);
}

TEST_CASE("Bert.TypesAndPositionsMatter") {
    Bert bert = smallBert();
    const Tensor ids = torch::full({1, 4}, 9, torch::kInt64);
    const Tensor embedded = bert->embed(bert->wordEmbeddings(ids), {});
    CHECK(difference(embedded.slice(1, 0, 1), embedded.slice(1, 1, 2)) > 1e-3);
    CHECK(difference(embedded, bert->embed(bert->wordEmbeddings(ids), torch::ones_like(ids))) > 1e-3);
}

TEST_CASE("Bert.EncodeStopsAfterTheAskedLayers") {
    Bert bert = smallBert();
    const Tensor x = bert->embed(formula("x", {1, 5, 32}), {});
    CHECK(difference(bert->encode(x, {}, 0), x) == 0);
    CHECK(difference(bert->encode(x, {}, 1), bert->block(0)->forward(x, x, {}).output) == 0);
    CHECK(difference(bert->encode(x, {}, 3), bert->encode(x, {})) == 0);
}

TEST_CASE("Bert.TooLongSequenceSaysTheLimit") {
    Bert bert = smallBert();
    const Error error = errorOf([&] { bert->embed(torch::zeros({1, 41, 32}), {}); });
    CHECK(error.code() == ErrorCode::OptionInvalid);
    CHECK(error.args()[1] == "41");
}

TEST_CASE("Bert.DropoutActsInTrainingOnly") {
    Bert bert = smallBert();
    const Tensor ids = torch::randint(1, 50, {2, 6});
    CHECK(difference(bert->forward(ids, {}, {}), bert->forward(ids, {}, {})) == 0);
    bert->train();
    CHECK(difference(bert->forward(ids, {}, {}), bert->forward(ids, {}, {})) > 1e-3);
}

TEST_CASE("AttentionBlock.RowsSumToOneOverUnmaskedKeys", "[invariant-6]") {
    AttentionBlock block = smallBlock();
    const Tensor mask = torch::tensor({{1, 0, 1, 1, 0}, {0, 0, 0, 0, 1}}).to(torch::kBool);
    const Tensor a = block->forward(formula("q", {2, 3, 32}, 3.0), formula("s", {2, 5, 32}, 3.0), mask, true).attention;
    CHECK(difference(a.sum(-1), torch::ones({2, 4, 3})) < 1e-5);
    CHECK(a.masked_select(~mask.view({2, 1, 1, 5})).abs().max().item<double>() == 0);
}

TEST_CASE("AttentionBlock.AllMaskedKeysGiveAZeroContextAndNoNaN", "[invariant-6]") {
    AttentionBlock block = smallBlock();
    Tensor Q = formula("q", {2, 3, 32}).requires_grad_(), S = formula("s", {2, 5, 32}).requires_grad_();
    const Tensor mask = torch::tensor({{0, 0, 0, 0, 0}, {1, 1, 1, 1, 1}}).to(torch::kBool);
    const BlockOutput out = block->forward(Q, S, mask, true);
    CHECK(out.attention[0].abs().max().item<double>() == 0);
    CHECK(torch::isfinite(out.output).all().item<bool>());
    // Independent of what stands behind the mask.
    const BlockOutput other = block->forward(Q, S * 5 + 1, mask, false);
    CHECK(difference(out.output[0], other.output[0]) == 0);
    out.output.sum().backward();
    CHECK(torch::isfinite(Q.grad()).all().item<bool>());
    CHECK(S.grad()[0].abs().max().item<double>() == 0);
}

TEST_CASE("AttentionBlock.AttentionOnlyWhenAskedFor") {
    AttentionBlock block = smallBlock();
    const Tensor x = formula("x", {1, 3, 32});
    CHECK_FALSE(block->forward(x, x, {}).attention.defined());
    CHECK(block->forward(x, x, {}, true).attention.defined());
}

TEST_CASE("AttentionBlock.AttentionIsBeforeDropout") {
    AttentionBlock block = smallBlock(false);
    const Tensor x = formula("x", {1, 3, 32});
    CHECK(difference(block->forward(x, x, {}, true).attention.sum(-1), torch::ones({1, 4, 3})) < 1e-5);
}

TEST_CASE("AttentionBlock.MaskedKeysChangeNothing") {
    AttentionBlock block = smallBlock();
    const Tensor Q = formula("q", {1, 3, 32}), S = formula("s", {1, 4, 32});
    const Tensor longer = torch::cat({S, formula("more", {1, 3, 32}, 9.0)}, 1),
                 mask = (torch::arange(7) < 4).unsqueeze(0);
    CHECK(difference(block->forward(Q, S, {}).output, block->forward(Q, longer, mask).output) < 1e-5);
}

TEST_CASE("AttentionBlock.CopyFromCopiesAndDoesNotShare") {
    AttentionBlock a = smallBlock(), b(smallConfig());
    b->eval();
    b->copyFrom(*a);
    const Tensor x = formula("x", {1, 3, 32});
    const Tensor before = a->forward(x, x, {}).output.clone();
    CHECK(difference(b->forward(x, x, {}).output, before) == 0);
    b->initBert();
    CHECK(difference(a->forward(x, x, {}).output, before) == 0);
}

TEST_CASE("AttentionBlock.CopyFromOtherSizesNamesTheTensor") {
    BertConfig wide = smallConfig();
    wide.intermediate = 96;
    AttentionBlock a = smallBlock(), b(wide);
    const Error error = errorOf([&] { b->copyFrom(*a); });
    CHECK(error.code() == ErrorCode::WeightShape);
    CHECK(error.args()[1] == "intermediate.dense.weight");
}

TEST_CASE("AttentionBlock.NumericGradientsAgree") {
    AttentionBlock block = smallBlock();
    Tensor Q = formula("q", {1, 2, 32}).requires_grad_(), S = formula("s", {1, 3, 32}).requires_grad_();
    const Tensor weights = formula("w", {1, 2, 32});
    const auto loss = [&] {
        return (block->forward(Q, S, torch::tensor({{true, false, true}})).output * weights).sum();
    };
    CHECK(numericGradientError(loss, Q) < 5e-3);
    CHECK(numericGradientError(loss, S) < 5e-3);
}

TEST_CASE("AttentionBlock.BertInitHasTheRightSpread") {
    AttentionBlock block = smallBlock();
    torch::manual_seed(3);
    block->initBert();
    const TensorMap state = stateOf(*block);
    CHECK(state.at("intermediate.dense.weight").std().item<double>() == Approx(0.02).epsilon(0.1));
    CHECK(state.at("intermediate.dense.bias").abs().max().item<double>() == 0);
    CHECK(difference(state.at("output.LayerNorm.weight"), torch::ones({32})) == 0);
}

TEST_CASE("Linear.EveryPathEqualsPlainAlgebraWithGradients") {
    Tensor x = formula("x", {2, 5, 7}).requires_grad_(), w = formula("w", {4, 7}).requires_grad_();
    Tensor b = formula("b", {4}).requires_grad_();
    const Tensor weights = formula("g", {2, 5, 4});
    (at::linear(x, w, b) * weights).sum().backward();
    const Tensor y = at::linear(x, w, b).detach(), gx = x.grad().clone(), gw = w.grad().clone(), gb = b.grad().clone();
    for (const LinearPath path : {LinearPath::Blas, LinearPath::Convolution, LinearPath::OneDnn}) {
        const PathGuard guard(path);
        for (Tensor t : {x, w, b}) t.mutable_grad() = Tensor();
        const Tensor out = nn::linear(x, w, b);
        (out * weights).sum().backward();
        INFO(linearPathName(path));
        CHECK(difference(out, y) < 1e-5);
        CHECK(difference(x.grad(), gx) < 1e-5);
        CHECK(difference(w.grad(), gw) < 1e-5);
        CHECK(difference(b.grad(), gb) < 1e-5);
        const torch::NoGradGuard noGradients;
        CHECK(difference(nn::linear(x.transpose(0, 1), w, b), y.transpose(0, 1)) < 1e-5);
        CHECK(nn::linear(torch::zeros({0, 7}), w, b).sizes() == at::IntArrayRef({0, 4}));
    }
}

TEST_CASE("Linear.FrozenInputAndFrozenWeightGetNoGradient") {
    const PathGuard guard(LinearPath::OneDnn);
    const Tensor x = formula("x", {3, 7}), frozen = formula("w", {4, 7});
    Tensor w = formula("w", {4, 7}).requires_grad_(), b = formula("b", {4}).requires_grad_();
    nn::linear(x, w, b).sum().backward();
    CHECK(w.grad().defined());
    CHECK_FALSE(x.grad().defined());
    Tensor y = formula("x", {3, 7}).requires_grad_();
    nn::linear(y, frozen, torch::zeros({4})).sum().backward();
    CHECK(y.grad().defined());
    CHECK_FALSE(frozen.grad().defined());
}

TEST_CASE("Dense.StartsAsPyTorchDoes") {
    torch::manual_seed(1);
    Dense dense(100, 400);
    CHECK(dense->weight.abs().max().item<double>() <= 0.1);
    CHECK(dense->weight.std().item<double>() == Approx(0.1 / std::sqrt(3.0)).epsilon(0.05));
    CHECK(dense->bias.abs().max().item<double>() <= 0.1);
}
