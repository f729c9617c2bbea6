#include "core/nn/encoders/bart.h"

#include "core/base/file.h"
#include "tests/support/data.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

Bart bartOf(const nlohmann::json& config) {
    Bart bart(BartConfig::fromJson(config, "config.json"));
    const torch::NoGradGuard noGradient;
    for (auto& item : bart->named_parameters()) {
        const bool norm = item.key().find("norm") != std::string::npos && item.key().ends_with("weight");
        item.value().copy_(formula(item.key(), item.value().sizes(), 0.15, norm ? 1.0 : 0.0));
    }
    bart->eval();
    return bart;
}

const Tensor kIds = torch::tensor({{0L, 7L, 19L, 3L, 2L, 1L, 1L}, {0L, 5L, 8L, 11L, 20L, 9L, 2L}});
const Tensor kTarget = torch::tensor({{0L, 4L, 6L, 18L, 2L}, {0L, 10L, 12L, 2L, 1L}});

Tensor encodedBy(Bart& bart, const Tensor& ids, const Tensor& mask) {
    return bart->encoder()->encode(bart->encoder()->embed(bart->wordVectors(ids)), mask);
}

}  // namespace

TEST_CASE("Bart.StatesAttentionAndEveryGradientEqualTransformers") {
    for (const auto& wanted : goldenJson("nn_bart.json")) {
        Bart bart = bartOf(wanted.at("config"));
        const Tensor ids = idsOf(wanted.at("ids")), mask = maskOf(wanted.at("mask"));
        const Tensor memory = encodedBy(bart, ids, mask);
        requireClose("encoded", memory * mask.unsqueeze(2), tensorOf(wanted.at("encoded"), {2, 7, 16}), 2e-5);
        Tensor cross;
        const Tensor hidden =
            bart->decoder()->forward(bart->wordVectors(idsOf(wanted.at("target"))), memory, mask, nullptr, &cross);
        requireClose("hidden", hidden, tensorOf(wanted.at("hidden"), {2, 5, 16}), 2e-5);
        requireClose("cross attention", cross, tensorOf(wanted.at("cross"), {2, 4, 5, 7}), 2e-5);
        const Tensor used = idsOf(wanted.at("target")).ne(bart->config().padId).unsqueeze(2);
        (hidden * used * formula("loss", hidden.sizes())).sum().backward();
        requireGradients(*bart, wanted.at("gradients"), 2e-5);
    }
}

TEST_CASE("Bart.TokenByTokenEqualsAllAtOnce") {
    Bart bart = bartOf(goldenJson("nn_bart.json")[0].at("config"));
    const Tensor mask = kIds.ne(1), memory = encodedBy(bart, kIds, mask), tokens = bart->wordVectors(kTarget);
    const Tensor whole = bart->decoder()->forward(tokens, memory, mask);
    DecoderState state;
    std::vector<Tensor> steps{bart->decoder()->forward(tokens.narrow(1, 0, 2), memory, mask, &state)};
    for (int64_t t = 2; t < 5; ++t)
        steps.push_back(bart->decoder()->forward(tokens.narrow(1, t, 1), memory, mask, &state));
    CHECK(state.length == 5);
    CHECK(difference(torch::cat(steps, 1), whole) < 1e-6);
}

TEST_CASE("Bart.LaterTokensAndMaskedSourceHaveNoInfluence") {
    Bart bart = bartOf(goldenJson("nn_bart.json")[0].at("config"));
    const Tensor mask = kIds.ne(1), memory = encodedBy(bart, kIds, mask);
    const Tensor before = bart->decoder()->forward(bart->wordVectors(kTarget), memory, mask);
    Tensor changed = kTarget.clone();
    changed.select(1, 3).fill_(15);
    const Tensor after = bart->decoder()->forward(bart->wordVectors(changed), memory, mask);
    CHECK(difference(after.narrow(1, 0, 3), before.narrow(1, 0, 3)) == 0);
    CHECK(difference(after.narrow(1, 3, 2), before.narrow(1, 3, 2)) > 1e-3);

    Tensor other = kIds.clone();
    other[0][5] = other[0][6] = 13;
    CHECK(difference(encodedBy(bart, other, mask).narrow(1, 0, 5), memory.narrow(1, 0, 5)) == 0);
    const Tensor alone = encodedBy(bart, kIds.narrow(0, 0, 1).narrow(1, 0, 5), Tensor());
    CHECK(difference(alone[0], memory[0].narrow(0, 0, 5)) < 1e-6);
}

TEST_CASE("Bart.SequenceBeyondItsPositionsIsRefused") {
    Bart bart = bartOf(goldenJson("nn_bart.json")[0].at("config"));
    CHECK(errorOf([&] { bart->encoder()->embed(torch::zeros({1, 21, 16})); }).code() == ErrorCode::OptionInvalid);
    CHECK(bart->encoder()->embed(torch::zeros({1, 20, 16})).size(1) == 20);
}

TEST_CASE("Bart.FoldersAreReadWithAndWithoutTheNameOfTheModelAroundIt") {
    Bart bart = bartOf(goldenJson("nn_bart.json")[0].at("config"));
    for (const std::string prefix : {"", "model."}) {
        const TemporaryFolder folder;
        CHECK(errorOf([&] { loadBart(folder.path()); }).code() == ErrorCode::EncoderIncomplete);
        writeFileAtomic(folder / "config.json", bart->config().toJson().dump());
        CHECK(errorOf([&] { loadBart(folder.path()); }).code() == ErrorCode::EncoderIncomplete);
        TensorMap tensors = stateOf(*bart, prefix);
        tensors[prefix + "encoder.embed_tokens.weight"] = torch::ones({24, 16});  // a copy, as transformers writes it
        saveSafetensors(tensors, folder / "model.safetensors");
        Bart read = loadBart(folder.path());
        CHECK(read->config() == bart->config());
        for (const auto& item : bart->named_parameters())
            CHECK(read->named_parameters()[item.key()].equal(item.value()));
    }
    CHECK(errorOf([] { loadBart("/nowhere/at/all"); }).code() == ErrorCode::FileMissing);
}

TEST_CASE("BartConfig.SizesThatNoBartHasAreRefusedAndParametersCounted") {
    const auto good = goldenJson("nn_bart.json")[1].at("config");
    const BartConfig config = BartConfig::fromJson(good, "config.json");
    // Norms of the embeddings and rows before the first position aside.
    const auto counted = static_cast<std::uint64_t>(parameterCount(*Bart(config)));
    CHECK(config.parameters() <= counted);
    CHECK(config.parameters() * 10 > counted * 8);
    for (const char* field : {"encoder_layers", "decoder_layers", "vocab_size", "d_model", "encoder_ffn_dim",
                              "max_position_embeddings", "eos_token_id"}) {
        auto bad = good;
        bad[field] = std::uint64_t{1} << 63;
        CHECK(errorOf([&] { BartConfig::fromJson(bad, "config.json"); }).code() == ErrorCode::FormatInvalid);
        bad[field] = 1 << 24;
        CHECK(errorOf([&] { BartConfig::fromJson(bad, "config.json"); }).code() == ErrorCode::FormatInvalid);
    }
}

TEST_CASE("BartConfig.SaysWhichFieldIsWrongAndSurvivesARoundTrip") {
    const auto good = goldenJson("nn_bart.json")[1].at("config");
    const BartConfig config = BartConfig::fromJson(good, "config.json");
    CHECK(BartConfig::fromJson(config.toJson(), "config.json") == config);
    CHECK(config.scaleEmbedding);
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, nlohmann::json>>{{"d_model", 15},
                                                             {"vocab_size", "many"},
                                                             {"activation_function", "relu"},
                                                             {"dropout", 2},
                                                             {"model_type", "bert"}}) {
        auto bad = good;
        bad[name] = value;
        const Error error = errorOf([&] { BartConfig::fromJson(bad, "config.json"); });
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args().at(1).find(name) != std::string::npos);
    }
}
