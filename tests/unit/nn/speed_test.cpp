// Not run by default ([.bench]): figures for tests/bench/RESULTS.md, in processor time of this process (so that a busy
// machine disturbs little) and in wall time.
#include <ATen/Parallel.h>

#include <chrono>
#include <cstdio>
#include <ctime>

#include "core/nn/blocks/crf.h"
#include "core/nn/blocks/threads.h"
#include "core/nn/encoders/bert.h"
#include "core/nn/encoders/resnet.h"
#include "core/nn/optim/optimiser.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

/// Best of `runs`, in milliseconds of processor time; prints both.
double timed(const char* what, int runs, const std::function<void()>& work) {
    work();
    double processor = 1e9, wall = 1e9;
    for (int i = 0; i < runs; ++i) {
        const std::clock_t begin = std::clock();
        const auto wallBegin = std::chrono::steady_clock::now();
        work();
        processor = std::min(processor, 1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
        wall = std::min(
            wall, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - wallBegin).count());
    }
    std::printf("%-52s %9.3f ms processor, %9.3f ms wall\n", what, processor, wall);
    return processor;
}

}  // namespace

TEST_CASE("Speed.LinearPaths", "[.bench]") {
    const SpeedReport report = measureSpeed();
    std::printf("%s\n", toJson(report).dump(2).c_str());
    CHECK(report.gemmGflops > 0);
}

TEST_CASE("Speed.CrfForwardAndBackward", "[.bench]") {
    at::set_num_threads(1);
    Crf crf(13);
    Tensor E = formula("E", {32, 50, 13}, 2.0).requires_grad_();
    const Tensor y = torch::randint(0, 13, {32, 50}), mask = torch::ones({32, 50}, torch::kBool);
    const double ms = timed("CRF 13 tags, 32 x 50, forward + backward", 20,
                            [&] { crf->negativeLogLikelihood(E, y, mask).mean().backward(); });
    timed("CRF 13 tags, 32 x 50, Viterbi", 20, [&] { crf->bestTags(E, mask); });
    CHECK(ms < 10 * 1.1);  // ten times the figure of RESULTS.md
}

TEST_CASE("Speed.AdamW", "[.bench]") {
    at::set_num_threads(1);
    Tensor t = torch::zeros({10000000}).requires_grad_();
    t.mutable_grad() = torch::ones({10000000});
    Optimiser optimiser({{"all", {{"t", t}}, 1e-3, 1e-2}});
    const double ms = timed("AdamW, 10 M values, one thread", 5, [&] { optimiser.step(); });
    CHECK(ms < 10 * 14.9);
}

TEST_CASE("Speed.BertBase", "[.bench]") {
    chooseThreads();
    BertConfig config;
    config.vocabularySize = 30522;
    Bert bert(config);
    bert->eval();
    const Tensor ids = torch::randint(0, 30000, {8, 48}), mask = torch::ones({8, 48}, torch::kBool);
    for (const LinearPath path : {LinearPath::OneDnn, LinearPath::Convolution, LinearPath::Blas}) {
        setLinearPath(path);
        std::printf("%s, %d threads: ", linearPathName(path), at::get_num_threads());
        const torch::NoGradGuard noGradients;
        CHECK(timed("BERT-base forward 8 x 48", 3, [&] { bert->forward(ids, {}, mask); }) > 0);
    }
    setLinearPath(LinearPath::OneDnn);
    const PrecisionScope precision(Precision::BFloat16);
    const torch::NoGradGuard noGradients;
    std::printf("%s, %d threads: ", precisionName(currentPrecision()), at::get_num_threads());
    CHECK(timed("BERT-base forward 8 x 48", 3, [&] { bert->forward(ids, {}, mask); }) > 0);
}

TEST_CASE("Speed.BlocksInTraining", "[.bench]") {
    chooseThreads({1, false});
    for (const auto& [hidden, heads, rows] :
         {std::tuple{128, 2, 24}, std::tuple{128, 2, 73}, std::tuple{384, 12, 48}}) {
        BertConfig config;
        config.hidden = hidden;
        config.heads = heads;
        config.intermediate = 4 * hidden;
        AttentionBlock block(config);
        Tensor x = formula("x", {8, rows, hidden}).requires_grad_();
        const Tensor mask = torch::ones({8, rows}, torch::kBool);
        for (const LinearPath path : {LinearPath::OneDnn, LinearPath::Convolution, LinearPath::Blas}) {
            setLinearPath(path);
            const std::string what = std::string(linearPathName(path)) +
                                     ", 1 thread: block H=" + std::to_string(hidden) + ", 8 x " + std::to_string(rows) +
                                     ", training";
            CHECK(timed(what.c_str(), 10, [&] { block->forward(x, x, mask).output.sum().backward(); }) > 0);
        }
    }
}

TEST_CASE("Speed.ResNet", "[.bench]") {
    at::set_num_threads(2);
    for (const ResNetKind kind : {ResNetKind::ResNet18, ResNetKind::ResNet101}) {
        const ResNet net = ResNet::random(kind, 1);
        const Tensor images = formula("image", {8, 3, 224, 224});
        CHECK(timed((resNetName(kind) + ", 8 pictures").c_str(), 3, [&] { net.forward(images); }) > 0);
    }
}
