#pragma once

#include <torch/torch.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/nn/weights/weights.h"

namespace mnerva::nn {

/// Parameters that share a learning rate and a decay.
struct ParameterGroup {
    std::string name;                                               ///< "text", "fusion", "crf"
    std::vector<std::pair<std::string, torch::Tensor>> parameters;  ///< unique names, leaves that require gradients
    double learningRate = 0;
    double weightDecay = 0;
};

/// AdamW: torch.optim.AdamW (decoupled decay, bias correction); with no decay it is Adam.
/// BertAdam: that of UMT and MGCMT (models.md 3 "Optimisers"): no bias correction, epsilon 1e-6, decay added to the
/// update, the gradient of each tensor clipped to norm 1.
enum class OptimiserRule { AdamW, BertAdam };

struct OptimiserOptions {
    OptimiserRule rule = OptimiserRule::AdamW;
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;

    static OptimiserOptions bertAdam() { return {OptimiserRule::BertAdam, 0.9, 0.999, 1e-6}; }
};

/// Adam's family. A parameter without a gradient is left alone, its moments and its own step count too. AdamW is
/// computed in one pass over each parameter.
class Optimiser {
public:
    /// Errors: OptionInvalid for a name that occurs twice.
    explicit Optimiser(std::vector<ParameterGroup> groups, OptimiserOptions options = {});

    /// One update; each group's learning rate times `factor` (the schedule's).
    void step(double factor = 1.0);
    /// loss.backward() and step() with equal results, each parameter updated as soon as its gradient is complete, which
    /// is forgotten then: never are all of them in memory at once. Gradients that were there before count. Where it
    /// throws, some parameters have been updated and others not, so not for who wants to try a step again; nor can it
    /// clip gradients.
    void stepThrough(const torch::Tensor& loss, double factor = 1.0);
    /// Forgets gradients (keeps no memory for them).
    void zeroGradients();
    /// Multiplies all gradients that there are.
    void scaleGradients(double factor);
    /// False where one of them is NaN or infinite. Waits for the device once.
    bool gradientsAreFinite() const;
    /// Scales all gradients so that their common 2-norm is at most `maxNorm` (torch's clip_grad_norm_); returns the
    /// norm before. Errors: NumberNotFinite when it is NaN or infinite.
    double clipGradients(double maxNorm);

    const std::vector<ParameterGroup>& groups() const { return m_groups; }
    /// `<parameter>.exp_avg`, `<parameter>.exp_avg_sq`, `<parameter>.step` (int64 scalar) of all that moved; shares
    /// memory.
    TensorMap state() const;
    /// Takes over a saved state (copies). Parameters that it lacks start fresh. Errors: WeightShape, WeightMissing
    /// (half of a pair).
    void loadState(const TensorMap& state, const std::string& source);

private:
    struct Moments {
        torch::Tensor average, square;
        int64_t steps = 0;
    };
    /// What the nodes of the graph that collect gradients tell this; they may outlive it.
    struct Collected {
        Optimiser* owner = nullptr;  ///< within stepThrough() alone
        double factor = 1.0;
    };
    void listen();
    void update(size_t group, size_t parameter, double factor);
    void stepAdamW(torch::Tensor& value, Moments& moments, double rate, double decay);
    void stepBertAdam(torch::Tensor& value, Moments& moments, double rate, double decay);

    std::vector<ParameterGroup> m_groups;
    std::vector<std::vector<Moments>> m_moments;
    OptimiserOptions m_options;
    std::shared_ptr<Collected> m_collected;
    /// A counted pointer to a node: std's or, from libtorch 2 on, torch's own.
    using Collector = decltype(torch::autograd::impl::grad_accumulator(std::declval<const torch::Tensor&>()));
    std::vector<Collector> m_collectors;  ///< kept here, as torch drops them with the graph
};

enum class Schedule {
    Linear,    ///< rises linearly, then falls linearly to 0 (transformers' get_linear_schedule_with_warmup)
    BertAdam,  ///< rises linearly, then jumps to 1 - step / totalSteps
    Constant,  ///< rises linearly, then stays
    Decay,     ///< rises linearly, then times 0.8 every two epochs (models.md 4.5)
};

/// Factor on the learning rate at step 0, 1, ... of `totalSteps`; the rise takes warmupShare x totalSteps (models.md
/// 3). `epochs` matters to Decay only.
double scheduleFactor(Schedule schedule, int64_t step, int64_t totalSteps, double warmupShare, int epochs);

/// scheduleFactor() of Schedule::Linear.
double linearWarmup(int64_t step, int64_t totalSteps, double warmupShare);

}  // namespace mnerva::nn
