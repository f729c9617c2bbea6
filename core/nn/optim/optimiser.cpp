#include "core/nn/optim/optimiser.h"

#include <ATen/Parallel.h>

#include <torch/csrc/autograd/utils/lambda_post_hook.h>

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/nn/optim/adamw_kernel.h"
#include "core/nn/weights/own_pages.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;

/// Values per share of a parallel loop: big enough that waking the pool pays.
constexpr int64_t kGrain = 32768;
constexpr double kBertAdamClip = 1.0;                   // norm of one tensor's gradient
constexpr double kDecayFactor = 0.8, kDecayEpochs = 2;  // models.md 4.5

/// adamWUpdate by tensor operations, for what is not plain float32 on the CPU.
void updateTensor(Tensor& value, const Tensor& gradient, Tensor& average, Tensor& square, const AdamWNumbers& s) {
    value.mul_(s.decay);
    average.mul_(s.beta1).add_(gradient, s.keep1);
    square.mul_(s.beta2).addcmul_(gradient, gradient, s.keep2);
    value.addcdiv_(average, (square.sqrt() / s.rootCorrection).add_(s.epsilon), -s.stepSize);
}

Tensor zeroMoment(const Tensor& value) {
    if (value.device().is_cpu() && value.scalar_type() == torch::kFloat32) return zerosInOwnPages(value.sizes());
    return torch::zeros_like(value, torch::MemoryFormat::Contiguous);
}

bool plainFloat(const Tensor& t) {
    return t.device().is_cpu() && t.scalar_type() == torch::kFloat32 && t.is_contiguous();
}

}  // namespace

Optimiser::Optimiser(std::vector<ParameterGroup> groups, OptimiserOptions options)
    : m_groups(std::move(groups)), m_options(options) {
    std::set<std::string> seen;
    for (const ParameterGroup& group : m_groups) {
        m_moments.emplace_back(group.parameters.size());
        for (const auto& [name, tensor] : group.parameters) {
            if (!seen.insert(name).second) {
                throw Error(ErrorCode::OptionInvalid, {"optimiser parameter", name, "names that occur once"});
            }
        }
    }
}

void Optimiser::step(double factor) {
    for (size_t g = 0; g < m_groups.size(); ++g)
        for (size_t i = 0; i < m_groups[g].parameters.size(); ++i) update(g, i, factor);
}

void Optimiser::update(size_t group, size_t parameter, double factor) {
    const torch::NoGradGuard noGradients;
    const double rate = m_groups[group].learningRate * factor, decay = m_groups[group].weightDecay;
    Tensor& value = m_groups[group].parameters[parameter].second;
    if (!value.grad().defined()) return;
    Moments& moments = m_moments[group][parameter];
    if (!moments.average.defined()) {
        moments.average = zeroMoment(value);
        moments.square = zeroMoment(value);
    }
    ++moments.steps;
    if (m_options.rule == OptimiserRule::AdamW)
        stepAdamW(value, moments, rate, decay);
    else
        stepBertAdam(value, moments, rate, decay);
}

/// Lets every parameter's node tell when it has all of a gradient.
void Optimiser::listen() {
    m_collected = std::make_shared<Collected>();
    for (size_t g = 0; g < m_groups.size(); ++g)
        for (size_t i = 0; i < m_groups[g].parameters.size(); ++i) {
            const Tensor& value = m_groups[g].parameters[i].second;
            if (!value.requires_grad()) continue;
            Collector collector = torch::autograd::impl::grad_accumulator(value);
            const auto tell = [collected = m_collected, g, i](const torch::autograd::variable_list& outputs,
                                                              const torch::autograd::variable_list&) {
                if (collected->owner) {
                    collected->owner->update(g, i, collected->factor);
                    collected->owner->m_groups[g].parameters[i].second.mutable_grad() = Tensor();
                }
                return outputs;
            };
            collector->add_post_hook(std::make_unique<torch::autograd::utils::LambdaPostHook>(tell));
            m_collectors.push_back(std::move(collector));
        }
}

void Optimiser::stepThrough(const Tensor& loss, double factor) {
    if (!m_collected) listen();
    struct Listening {
        Collected& collected;
        ~Listening() { collected.owner = nullptr; }
    } listening{*m_collected};
    m_collected->factor = factor;
    m_collected->owner = this;
    loss.backward();
    m_collected->owner = nullptr;
    step(factor);  // of those that had a gradient before and got none now
    zeroGradients();
}

void Optimiser::stepAdamW(Tensor& value, Moments& moments, double rate, double decay) {
    const double t = static_cast<double>(moments.steps);
    const double correction1 = 1.0 - std::pow(m_options.beta1, t), correction2 = 1.0 - std::pow(m_options.beta2, t);
    const AdamWNumbers numbers{static_cast<float>(1.0 - rate * decay),     static_cast<float>(m_options.beta1),
                               static_cast<float>(1.0 - m_options.beta1),  static_cast<float>(m_options.beta2),
                               static_cast<float>(1.0 - m_options.beta2),  static_cast<float>(rate / correction1),
                               static_cast<float>(std::sqrt(correction2)), static_cast<float>(m_options.epsilon)};
    const Tensor gradient = value.grad().contiguous();
    if (!plainFloat(value) || !plainFloat(gradient)) {
        updateTensor(value, gradient, moments.average, moments.square, numbers);
        return;
    }
    float *v = value.data_ptr<float>(), *m = moments.average.data_ptr<float>(), *s = moments.square.data_ptr<float>();
    const float* grad = gradient.data_ptr<float>();
    at::parallel_for(0, value.numel(), kGrain, [&](int64_t begin, int64_t end) {
        adamWUpdate(v + begin, grad + begin, m + begin, s + begin, end - begin, numbers);
    });
    value.unsafeGetTensorImpl()->bump_version();  // as torch's own operations do: what is made of a weight asks it
}

void Optimiser::stepBertAdam(Tensor& value, Moments& moments, double rate, double decay) {
    Tensor gradient = value.grad();
    const double norm = gradient.norm().item<double>();
    if (norm > kBertAdamClip) gradient = gradient * (kBertAdamClip / (norm + 1e-6));
    moments.average.mul_(m_options.beta1).add_(gradient, 1.0 - m_options.beta1);
    moments.square.mul_(m_options.beta2).addcmul_(gradient, gradient, 1.0 - m_options.beta2);
    Tensor update = moments.average / (moments.square.sqrt() + m_options.epsilon);
    if (decay > 0) update.add_(value, decay);
    value.sub_(update, rate);
}

void Optimiser::zeroGradients() {
    for (ParameterGroup& group : m_groups) {
        for (auto& [name, tensor] : group.parameters) tensor.mutable_grad() = Tensor();
    }
}

void Optimiser::scaleGradients(double factor) {
    const torch::NoGradGuard noGradients;
    for (const ParameterGroup& group : m_groups)
        for (const auto& [name, tensor] : group.parameters)
            if (tensor.grad().defined()) tensor.grad().mul_(factor);
}

bool Optimiser::gradientsAreFinite() const {
    const torch::NoGradGuard noGradients;
    std::vector<torch::Tensor> sums;  // of absolute values, so that two infinities do not cancel
    for (const ParameterGroup& group : m_groups)
        for (const auto& [name, tensor] : group.parameters)
            if (tensor.grad().defined()) sums.push_back(tensor.grad().abs().sum());
    return sums.empty() || torch::stack(sums).isfinite().all().item<bool>();
}

double Optimiser::clipGradients(double maxNorm) {
    const torch::NoGradGuard noGradients;
    double sum = 0;
    for (const ParameterGroup& group : m_groups) {
        for (const auto& [name, tensor] : group.parameters) {
            if (!tensor.grad().defined()) continue;
            const double norm = tensor.grad().norm().item<double>();
            sum += norm * norm;
        }
    }
    const double norm = std::sqrt(sum);
    if (!std::isfinite(norm)) throw Error(ErrorCode::NumberNotFinite, {"gradient norm"});
    const double factor = maxNorm / (norm + 1e-6);
    if (factor >= 1.0) return norm;
    for (const ParameterGroup& group : m_groups) {
        for (const auto& [name, tensor] : group.parameters) {
            if (tensor.grad().defined()) tensor.grad().mul_(factor);
        }
    }
    return norm;
}

TensorMap Optimiser::state() const {
    TensorMap out;
    for (size_t g = 0; g < m_groups.size(); ++g) {
        for (size_t i = 0; i < m_groups[g].parameters.size(); ++i) {
            const Moments& moments = m_moments[g][i];
            if (moments.steps == 0) continue;
            const std::string& name = m_groups[g].parameters[i].first;
            out[name + ".exp_avg"] = moments.average;
            out[name + ".exp_avg_sq"] = moments.square;
            out[name + ".step"] = torch::tensor(moments.steps, torch::kInt64);
        }
    }
    return out;
}

void Optimiser::loadState(const TensorMap& state, const std::string& source) {
    const auto wanted = [&](const std::string& name) -> const Tensor& {
        const auto found = state.find(name);
        if (found == state.end()) throw Error(ErrorCode::WeightMissing, {source, name});
        return found->second;
    };
    const torch::NoGradGuard noGradients;
    for (size_t g = 0; g < m_groups.size(); ++g) {
        for (size_t i = 0; i < m_groups[g].parameters.size(); ++i) {
            const auto& [name, value] = m_groups[g].parameters[i];
            Moments fresh;
            if (state.contains(name + ".exp_avg") || state.contains(name + ".exp_avg_sq")) {
                fresh.steps = wanted(name + ".step").item<int64_t>();
                for (const auto& [suffix, target] :
                     {std::pair{".exp_avg", &fresh.average}, std::pair{".exp_avg_sq", &fresh.square}}) {
                    const Tensor& stored = wanted(name + suffix);
                    if (stored.sizes() != value.sizes()) {
                        throw Error(ErrorCode::WeightShape,
                                    {source, name + suffix, shapeText(stored.sizes()), shapeText(value.sizes())});
                    }
                    *target = stored.to(value.options().requires_grad(false)).clone(torch::MemoryFormat::Contiguous);
                }
            }
            m_moments[g][i] = std::move(fresh);
        }
    }
}

double scheduleFactor(Schedule schedule, int64_t step, int64_t totalSteps, double warmupShare, int epochs) {
    const double total = static_cast<double>(totalSteps), warmup = warmupShare * total, at = static_cast<double>(step);
    if (at < warmup) return at / std::max(1.0, warmup);
    switch (schedule) {
        case Schedule::Linear:
            return std::max(0.0, (total - at) / std::max(1.0, total - warmup));
        case Schedule::BertAdam:
            return std::max(0.0, 1.0 - at / std::max(1.0, total));
        case Schedule::Constant:
            return 1.0;
        case Schedule::Decay:
            break;
    }
    const double epoch = std::floor(at * std::max(1, epochs) / std::max(1.0, total));
    return std::pow(kDecayFactor, std::floor(epoch / kDecayEpochs));
}

double linearWarmup(int64_t step, int64_t totalSteps, double warmupShare) {
    return scheduleFactor(Schedule::Linear, step, totalSteps, warmupShare, 1);
}

}  // namespace mnerva::nn
