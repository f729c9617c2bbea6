#include "core/nn/optim/optimiser.h"

#include <cmath>
#include <limits>

#include "core/nn/optim/flooding.h"
#include "core/nn/optim/loss_scale.h"
#include "core/nn/weights/own_pages.h"
#include "tests/support/data.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

Tensor parameter(const std::string& name, at::IntArrayRef shape) {
    return formula("value " + name, shape).requires_grad_();
}

/// The four parameters of nn_golden.py.
std::vector<ParameterGroup> goldenGroups() {
    return {{"text", {{"a", parameter("a", {5, 3})}, {"b", parameter("b", {7})}}, 3e-3, 1e-2},
            {"crf", {{"c", parameter("c", {2, 2, 2})}, {"d", parameter("d", {4})}}, 5e-2, 5e-2}};
}

void setGradients(Optimiser& optimiser, int step) {
    optimiser.zeroGradients();
    for (const ParameterGroup& group : optimiser.groups()) {
        for (const auto& [name, tensor] : group.parameters) {
            if (name == "d" && step % 3 == 1) continue;
            Tensor target = tensor;
            target.mutable_grad() = formula("gradient " + name + " " + std::to_string(step), tensor.sizes());
        }
    }
}

void runStep(Optimiser& optimiser, int step, const nlohmann::json& wanted) {
    setGradients(optimiser, step);
    if (step >= 7)
        CHECK(optimiser.clipGradients(1.0) ==
              Approx(wanted["norms"][static_cast<size_t>(step)].get<double>()).epsilon(1e-5));
    optimiser.step(linearWarmup(step, wanted["total"], wanted["share"]));
}

void requireState(const Optimiser& optimiser, const nlohmann::json& wanted, double tolerance) {
    const TensorMap state = optimiser.state();
    for (const ParameterGroup& group : optimiser.groups()) {
        for (const auto& [name, tensor] : group.parameters) {
            const auto numbers = [&](const char* of) { return tensorOf(wanted[of][name], tensor.sizes()); };
            requireClose(name, tensor, numbers("values"), tolerance);
            requireClose(name + ".exp_avg", state.at(name + ".exp_avg"), numbers("exp_avg"), tolerance);
            requireClose(name + ".exp_avg_sq", state.at(name + ".exp_avg_sq"), numbers("exp_avg_sq"), tolerance);
        }
    }
}

}  // namespace

TEST_CASE("AdamW.EqualsTorchOptimWithScheduleAndClipping") {
    const auto wanted = goldenJson("nn_adamw.json");
    Optimiser optimiser(goldenGroups());
    for (int step = 0; step < wanted["total"].get<int>(); ++step) runStep(optimiser, step, wanted);
    requireState(optimiser, wanted, 1e-6);
}

TEST_CASE("AdamW.SavedStateGoesOnToTheLastBit") {
    const auto wanted = goldenJson("nn_adamw.json");
    const TemporaryFolder folder;
    Optimiser whole(goldenGroups()), half(goldenGroups());
    for (int step = 0; step < 10; ++step) runStep(whole, step, wanted);
    for (int step = 0; step < 6; ++step) runStep(half, step, wanted);
    TensorMap values;
    for (const ParameterGroup& group : half.groups())
        for (const auto& [name, tensor] : group.parameters) values[name] = tensor.detach();
    saveSafetensors(half.state(), folder / "state");
    saveSafetensors(values, folder / "values");

    std::vector<ParameterGroup> groups = goldenGroups();
    const WeightFile savedValues = WeightFile::open(folder / "values"), savedState = WeightFile::open(folder / "state");
    for (ParameterGroup& group : groups)
        for (auto& [name, tensor] : group.parameters) tensor = savedValues.tensor(name).requires_grad_();
    Optimiser resumed(groups);
    TensorMap state;
    for (const std::string& name : savedState.names()) state[name] = savedState.tensor(name);
    resumed.loadState(state, "state");
    for (int step = 6; step < 10; ++step) runStep(resumed, step, wanted);
    for (size_t g = 0; g < 2; ++g) {
        for (size_t i = 0; i < 2; ++i) {
            CHECK(torch::equal(whole.groups()[g].parameters[i].second, resumed.groups()[g].parameters[i].second));
        }
    }
}

TEST_CASE("AdamW.BigParametersAreSharedAmongThreadsWithoutChange") {
    const auto run = [](int threads) {
        at::set_num_threads(threads);
        Tensor big = formula("big", {300000}).requires_grad_();
        big.mutable_grad() = formula("gradient", {300000});
        Optimiser optimiser({{"all", {{"big", big}}, 1e-2, 1e-2}});
        optimiser.step();
        optimiser.step(0.5);
        return big.detach().clone();
    };
    const int before = at::get_num_threads();
    const Tensor one = run(1), two = run(2);
    at::set_num_threads(before);
    CHECK(torch::equal(one, two));
}

TEST_CASE("AdamW.TensorsInOtherLayoutsAreUpdatedToo") {
    Tensor plain = formula("t", {4, 6}).t().contiguous().requires_grad_(),
           strided = formula("t", {4, 6}).t().requires_grad_();
    plain.mutable_grad() = formula("g", {6, 4});
    strided.mutable_grad() = formula("g", {6, 4});
    Optimiser optimiser({{"all", {{"plain", plain}, {"strided", strided}}, 1e-2, 1e-2}});
    optimiser.step();
    CHECK(difference(plain, strided) < 1e-7);
}

TEST_CASE("AdamW.ParameterWithoutGradientIsLeftAlone") {
    Tensor moving = formula("m", {3}).requires_grad_(), still = formula("s", {3}).requires_grad_();
    moving.mutable_grad() = torch::ones({3});
    Optimiser optimiser({{"all", {{"moving", moving}, {"still", still}}, 1e-2, 1e-2}});
    optimiser.step();
    CHECK(difference(still, formula("s", {3})) == 0);
    CHECK(difference(moving, formula("m", {3})) > 1e-3);
    CHECK_FALSE(optimiser.state().contains("still.step"));
}

TEST_CASE("AdamW.NameThatOccursTwiceIsRefused") {
    const Tensor t = torch::zeros({1}).requires_grad_();
    CHECK(errorOf([&] {
              Optimiser({{"a", {{"x", t}}, 1, 0}, {"b", {{"x", t}}, 1, 0}});
          }).code() == ErrorCode::OptionInvalid);
}

TEST_CASE("AdamW.StateOfWrongShapeOrHalfAPairIsRefused") {
    const Tensor t = torch::zeros({3}).requires_grad_();
    Optimiser optimiser({{"a", {{"x", t}}, 1, 0}});
    const TensorMap wrong{
        {"x.exp_avg", torch::zeros({4})}, {"x.exp_avg_sq", torch::zeros({4})}, {"x.step", torch::tensor(int64_t{1})}};
    CHECK(errorOf([&] { optimiser.loadState(wrong, "file"); }).code() == ErrorCode::WeightShape);
    CHECK(errorOf([&] {
              optimiser.loadState({{"x.exp_avg", torch::zeros({3})}, {"x.step", torch::tensor(int64_t{1})}}, "file");
          }).code() == ErrorCode::WeightMissing);
}

TEST_CASE("AdamW.SmallGradientsAreNotClipped") {
    Tensor t = torch::zeros({4}).requires_grad_();
    t.mutable_grad() = torch::full({4}, 0.1F);
    Optimiser optimiser({{"a", {{"x", t}}, 1, 0}});
    CHECK(optimiser.clipGradients(1.0) == Approx(0.2).epsilon(1e-6));
    CHECK(difference(t.grad(), torch::full({4}, 0.1F)) == 0);
}

TEST_CASE("AdamW.GradientsThatAreNoNumbersAreTold") {
    Tensor t = torch::zeros({2}).requires_grad_();
    t.mutable_grad() = torch::tensor({1.0F, NAN});
    Optimiser optimiser({{"a", {{"x", t}}, 1, 0}});
    CHECK(errorOf([&] { optimiser.clipGradients(1.0); }).code() == ErrorCode::NumberNotFinite);
}

namespace {

/// A loss in which "a" is read twice, "d" every third step alone.
Tensor lossOf(const std::vector<ParameterGroup>& groups, int step) {
    const auto of = [&](size_t g, size_t i) { return groups[g].parameters[i].second; };
    Tensor loss = (of(0, 0) * of(0, 0)).sum() + of(0, 0).sum() * of(0, 1).pow(3).sum() + of(1, 0).exp().sum();
    if (step % 3 == 0) loss = loss + of(1, 1).sin().sum();
    return loss;
}

}  // namespace

TEST_CASE("Optimiser.StepThroughIsBackwardAndStepToTheLastBit") {
    for (const OptimiserOptions& options : {OptimiserOptions(), OptimiserOptions::bertAdam()}) {
        Optimiser own(goldenGroups(), options), plain(goldenGroups(), options);
        for (int step = 0; step < 7; ++step) {
            own.stepThrough(lossOf(own.groups(), step), 0.5);
            plain.zeroGradients();
            lossOf(plain.groups(), step).backward();
            plain.step(0.5);
        }
        const TensorMap state = own.state();
        CHECK(state.size() == plain.state().size());
        for (const auto& [name, tensor] : plain.state()) CHECK(difference(state.at(name), tensor) == 0);
        for (size_t g = 0; g < 2; ++g)
            for (size_t i = 0; i < 2; ++i) {
                const Tensor& value = own.groups()[g].parameters[i].second;
                CHECK(difference(value, plain.groups()[g].parameters[i].second) == 0);
                CHECK(!value.grad().defined());
            }
    }
}

TEST_CASE("Optimiser.StepThroughCountsGradientsThatWereThere") {
    // As of micro-batches; "d" has only what was there before.
    Optimiser own(goldenGroups()), plain(goldenGroups());
    for (Optimiser* each : {&own, &plain}) lossOf(each->groups(), 0).backward();
    own.stepThrough(lossOf(own.groups(), 1));
    lossOf(plain.groups(), 1).backward();
    plain.step();
    for (size_t g = 0; g < 2; ++g)
        for (size_t i = 0; i < 2; ++i)
            CHECK(difference(own.groups()[g].parameters[i].second, plain.groups()[g].parameters[i].second) == 0);
}

TEST_CASE("Optimiser.UpdatesNothingOutsideOfStepThrough") {
    std::vector<ParameterGroup> groups = goldenGroups();
    const Tensor a = groups[0].parameters[0].second;
    {
        Optimiser optimiser(groups);
        optimiser.stepThrough(lossOf(groups, 0));
        const Tensor before = a.detach().clone();
        lossOf(groups, 0).backward();
        CHECK(difference(a, before) == 0);
        CHECK(a.grad().defined());
        // What throws on the way leaves no ear behind.
        const Tensor used = lossOf(groups, 0);
        used.backward();
        CHECK_THROWS(optimiser.stepThrough(used));
        const Tensor after = a.detach().clone();
        lossOf(groups, 0).backward();
        CHECK(difference(a, after) == 0);
    }
    lossOf(groups, 0).backward();  // the optimiser is gone
    CHECK(torch::isfinite(a.grad()).all().item<bool>());
}

TEST_CASE("OwnPages.AreZerosThatCanBeWritten") {
    for (const int64_t rows : {3, 700}) {
        Tensor x = zerosInOwnPages({rows, 512});
        CHECK(x.abs().sum().item<double>() == 0);
        x.fill_(2);
        const Tensor view = x[rows - 1];
        x = Tensor();  // the view keeps them
        CHECK(view.sum().item<double>() == 1024);
    }
}

TEST_CASE("Warmup.FactorsEqualTransformers") {
    const auto wanted = goldenJson("nn_adamw.json");
    for (size_t step = 0; step < wanted["factors"].size(); ++step) {
        CHECK(linearWarmup(static_cast<int64_t>(step), wanted["total"], wanted["share"]) ==
              Approx(wanted["factors"][step].get<double>()).margin(1e-9));
    }
}

TEST_CASE("Warmup.EndsAtZeroAndHasNoPhaseWithoutShare") {
    CHECK(linearWarmup(100, 100, 0.1) == 0);
    CHECK(linearWarmup(150, 100, 0.1) == 0);
    CHECK(linearWarmup(0, 100, 0.0) == 1.0);
    CHECK(linearWarmup(0, 100, 0.1) == 0);
    CHECK(linearWarmup(10, 100, 0.1) == 1.0);
    CHECK(linearWarmup(0, 0, 0.0) == 0);
}

TEST_CASE("Flood.GradientIsMinusOneBelowAndPlusOneAbove", "[invariant-2]") {
    for (const auto& [value, gradient] : {std::pair{0.2F, -1.0F}, std::pair{0.9F, 1.0F}}) {
        Tensor loss = torch::tensor(value).requires_grad_();
        const Tensor flooded = flood(loss, 0.5);
        flooded.backward();
        CHECK(loss.grad().item<float>() == gradient);
        CHECK(flooded.item<float>() == Approx(std::abs(value - 0.5F) + 0.5F));
    }
}

TEST_CASE("Flood.LevelZeroIsTheIdentity", "[invariant-2]") {
    const Tensor loss = torch::tensor(0.125F);
    CHECK(flood(loss, 0.0).item<float>() == 0.125F);
    CHECK(errorOf([&] { flood(loss, -0.1); }).code() == ErrorCode::OptionInvalid);
    CHECK(errorOf([&] { flood(loss, NAN); }).code() == ErrorCode::OptionInvalid);
}

TEST_CASE("BertAdam.ClipsEachTensorDecaysInTheUpdateAndCorrectsNoBias") {
    Tensor t = torch::tensor({1.0f, -2.0f}).set_requires_grad(true);
    Optimiser optimiser({{"all", {{"t", t}}, 0.1, 0.01}}, OptimiserOptions::bertAdam());
    const double gradients[2] = {3.0, 4.0};  // of norm 5: clipped to 0.6 and 0.8
    double value[2] = {1.0, -2.0}, average[2] = {0, 0}, square[2] = {0, 0};
    for (int step = 0; step < 3; ++step) {
        t.mutable_grad() = torch::tensor({3.0f, 4.0f});
        optimiser.step(0.5);
        for (int i = 0; i < 2; ++i) {
            const double g = gradients[i] / (5.0 + 1e-6);
            average[i] = 0.9 * average[i] + 0.1 * g;
            square[i] = 0.999 * square[i] + 0.001 * g * g;
            value[i] -= 0.05 * (average[i] / (std::sqrt(square[i]) + 1e-6) + 0.01 * value[i]);
            CHECK(t.detach()[i].item<double>() == Approx(value[i]).epsilon(1e-5));
        }
    }
}

TEST_CASE("Schedules.RiseAndThenFallAsTheirNamesSay") {
    for (const Schedule schedule : {Schedule::Linear, Schedule::BertAdam, Schedule::Constant, Schedule::Decay})
        CHECK(scheduleFactor(schedule, 5, 100, 0.1, 10) == Approx(0.5));
    CHECK(scheduleFactor(Schedule::Linear, 55, 100, 0.1, 10) == Approx(0.5));
    CHECK(scheduleFactor(Schedule::BertAdam, 10, 100, 0.1, 10) == Approx(0.9));
    CHECK(scheduleFactor(Schedule::Constant, 99, 100, 0.1, 10) == 1.0);
    CHECK(scheduleFactor(Schedule::Decay, 19, 100, 0.0, 10) == Approx(1.0));
    CHECK(scheduleFactor(Schedule::Decay, 20, 100, 0.0, 10) == Approx(0.8));
    CHECK(scheduleFactor(Schedule::Decay, 99, 100, 0.0, 10) == Approx(0.8 * 0.8 * 0.8 * 0.8));
}

TEST_CASE("LossScale: halves on overflow, doubles after many good steps, gives up at 1") {
    LossScale scale;
    CHECK_FALSE(scale.isOn());
    CHECK(scale.value() == 1);
    scale.begin(4);
    CHECK(scale.lowered());
    CHECK(scale.value() == 2);
    for (int i = 0; i < 1999; ++i) scale.kept();
    CHECK(scale.value() == 2);
    scale.kept();
    CHECK(scale.value() == 4);
    CHECK(scale.lowered());
    CHECK(scale.lowered());
    CHECK(scale.value() == 1);
    CHECK_FALSE(scale.lowered());
}

TEST_CASE("Optimiser: tells infinite and missing gradients, also of opposite signs") {
    torch::Tensor a = torch::zeros({2}, torch::requires_grad()), b = torch::zeros({2}, torch::requires_grad());
    Optimiser optimiser(std::vector<ParameterGroup>{{"text", {{"a", a}, {"b", b}}, 0.1, 0}});
    CHECK(optimiser.gradientsAreFinite());
    a.mutable_grad() = torch::ones({2});
    CHECK(optimiser.gradientsAreFinite());
    const float infinite = std::numeric_limits<float>::infinity();
    b.mutable_grad() = torch::tensor({infinite, -infinite});
    CHECK_FALSE(optimiser.gradientsAreFinite());
    b.mutable_grad() = torch::tensor({std::numeric_limits<float>::quiet_NaN(), 0.0f});
    CHECK_FALSE(optimiser.gradientsAreFinite());
}
