#include "core/nn/blocks/linear.h"

#include <algorithm>
#include <atomic>
#include <cmath>

#include "core/nn/blocks/weight_gradient.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Speed only: every path gives the same numbers, so one setting for the process does no harm.
std::atomic<LinearPath> currentPath{LinearPath::Blas};

/// [.., in] as [rows, in].
Tensor rowsOf(const Tensor& x) {
    return x.reshape({-1, x.size(-1)}).contiguous();
}

/// As `x` but for the last axis.
std::vector<int64_t> shapeLike(const Tensor& x, int64_t width) {
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end());
    shape.back() = width;
    return shape;
}

/// One or more layers that read the same rows, as they stand in the arguments of OneDnnLinear.
struct Plan {
    Precision precision = Precision::Float32;
    bool gelu = false;
    std::vector<WeightForms*> forms;  ///< one a layer, null where there are none
    bool hasBias = false;             ///< each weight is followed by its bias
    bool rounds = false;              ///< results have the type of the operands, as with GELU
    size_t step() const { return hasBias ? 2 : 1; }
};

/// The weight of layer i as the operand of a product with gradients.
WeightForms::Rounding weightOperand(const Tensor& weight, const Plan& plan, size_t i) {
    WeightForms* const forms = plan.forms[i];
    if (plan.precision == Precision::BFloat16)
        return forms ? forms->rounded(weight)
                     : WeightForms::Rounding{weight.detach().to(torch::kBFloat16).contiguous(), false};
    if (forms) forms->clear();
    return {weight.contiguous(), true};
}

/// y = x W^T + b for x [rows, in] and each layer of a plan, with oneDNN's products in all three directions. y is
/// float32; with GELU, or where the plan says so, it has the type of the operands. Saved: x, then of each layer its
/// weight as an operand (undefined: made again), the weight (so that torch notices a change before the way back) and
/// with GELU what stood before it.
class OneDnnLinear : public torch::autograd::Function<OneDnnLinear> {
public:
    static variable_list forward(AutogradContext* context, const Tensor& x, at::TensorList parameters,
                                 const Plan& plan) {
        const Tensor rows = x.to(operandType(plan.precision));
        variable_list saved{rows}, out;
        for (size_t i = 0; i < parameters.size(); i += plan.step()) {
            const WeightForms::Rounding weight = weightOperand(parameters[i], plan, i / plan.step());
            ProductExtras extras;
            if (plan.hasBias) extras.bias = parameters[i + 1].contiguous();
            if (plan.gelu || plan.rounds) extras.resultType = rows.scalar_type();
            const Tensor y = product(rows, false, weight.values, true, extras);
            saved.insert(saved.end(), {savedForm(weight), parameters[i]});
            if (plan.gelu) saved.push_back(y);
            out.push_back(plan.gelu ? at::gelu(y) : y);
        }
        context->save_for_backward(saved);
        context->saved_data["type"] = static_cast<int64_t>(x.scalar_type());
        context->saved_data["gelu"] = plan.gelu;
        context->saved_data["step"] = static_cast<int64_t>(plan.step());
        return out;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const variable_list saved = context->get_saved_variables();
        const bool gelu = context->saved_data["gelu"].toBool();
        const auto step = static_cast<size_t>(context->saved_data["step"].toInt());
        const Tensor& rows = saved[0];
        variable_list out(2 + step * gradients.size());
        const auto type = static_cast<torch::ScalarType>(context->saved_data["type"].toInt());
        Tensor ofX;  // float32, but for the last part where it is bfloat16
        for (size_t i = 0; i < gradients.size(); ++i) {
            const size_t at = 1 + i * (gelu ? 3 : 2), input = 1 + i * step;
            Tensor g = gradients[i].contiguous();
            if (gelu) g = at::gelu_backward(g, saved[at + 2]);
            if (step == 2 && context->needs_input_grad(input + 1)) out[input + 1] = biasGradient(g);
            g = g.to(rows.scalar_type());
            if (context->needs_input_grad(input)) out[input] = weightGradient(g, rows, saved[at + 1]);
            if (!context->needs_input_grad(0)) continue;
            ProductExtras extras;
            if (i + 1 == gradients.size() && type != torch::kFloat32) {
                extras.resultType = type;
                extras.residual = ofX;
            } else {
                extras.addTo = ofX;
            }
            ofX = product(g, false, roundedAgain(saved[at], saved[at + 1]), false, extras);
        }
        out[0] = ofX;
        return out;
    }
};

bool needsGradient(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    return torch::GradMode::is_enabled() &&
           (x.requires_grad() || weight.requires_grad() || (bias.defined() && bias.requires_grad()));
}

/// Whether product() computes this, and not torch.
bool takesProducts(const Tensor& x, const Tensor& weight) {
    const bool fits = x.device().is_cpu() && weight.device().is_cpu() && weight.scalar_type() == torch::kFloat32 &&
                      (x.scalar_type() == torch::kFloat32 || x.scalar_type() == torch::kBFloat16) && x.numel() > 0 &&
                      weight.numel() > 0;
    const Precision precision = currentPrecision();
    if (!fits || !canCompute(precision, torch::kCPU)) return false;  // the thread works for a graphics card
    return precision == Precision::BFloat16 || linearPath() == LinearPath::OneDnn;
}

/// Of rows that are ready, without gradients.
Tensor withoutGradients(const Tensor& rows, const Tensor& weight, WeightForms* forms, const ProductExtras& extras) {
    const Precision precision = currentPrecision();
    if (forms)
        if (const auto packed = forms->packed(weight, precision, rows.size(0))) return product(rows, *packed, extras);
    return product(rows, false, weight.to(operandType(precision)).contiguous(), true, extras);
}

/// linear() or linearGelu() by products.
Tensor byProducts(const Tensor& x, const Tensor& weight, const Tensor& bias, WeightForms* forms, bool gelu) {
    const Tensor rows = rowsOf(x);
    const std::vector<int64_t> shape = shapeLike(x, weight.size(0));
    if (needsGradient(x, weight, bias)) {
        const variable_list parameters = bias.defined() ? variable_list{weight, bias} : variable_list{weight};
        const Plan plan{currentPrecision(), gelu, {forms}, bias.defined(), false};
        return OneDnnLinear::apply(rows, at::TensorList(parameters), plan)[0].view(shape);
    }
    const torch::ScalarType type = operandType(currentPrecision());
    ProductExtras extras;
    extras.bias = bias;
    extras.gelu = gelu;
    if (gelu) extras.resultType = type;
    return withoutGradients(rows.to(type), weight, forms, extras).view(shape);
}

/// On a device that is not the CPU products are torch's, and so is the way back through the roundings of operands.
bool roundsElsewhere(const Tensor& x) {
    return !x.device().is_cpu() && currentPrecision() != Precision::Float32;
}

/// In the type of the operands.
Tensor roundedLinear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    const torch::ScalarType type = operandType(currentPrecision());
    return at::linear(x.to(type), weight.to(type), bias.defined() ? bias.to(type) : bias);
}

Tensor convolutionLinear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
    // Rows become the pixels of one picture in channels-last order: the same memory, read as [1, in, rows, 1].
    const Tensor pixels = x.reshape({1, -1, 1, x.size(-1)}).permute({0, 3, 1, 2});
    const Tensor y = torch::conv2d(pixels, weight.unsqueeze(-1).unsqueeze(-1), bias);
    std::vector<int64_t> shape(x.sizes().begin(), x.sizes().end());
    shape.back() = weight.size(0);
    return y.permute({0, 2, 3, 1}).reshape(shape);
}

}  // namespace

LinearPath linearPath() {
    return currentPath.load(std::memory_order_relaxed);
}

void setLinearPath(LinearPath path) {
    currentPath.store(linearPathAvailable(path) ? path : LinearPath::Blas, std::memory_order_relaxed);
}

const char* linearPathName(LinearPath path) {
    switch (path) {
        case LinearPath::Blas:
            return "blas";
        case LinearPath::Convolution:
            return "convolution";
        case LinearPath::OneDnn:
            return "onednn";
    }
    return "blas";
}

bool linearPathAvailable(LinearPath path) {
    switch (path) {
        case LinearPath::Blas:
            return true;
        case LinearPath::Convolution:
            return at::hasMKLDNN();
        case LinearPath::OneDnn:
            return true;
    }
    return false;
}

torch::Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias, WeightForms* forms) {
    if (takesProducts(x, weight)) return byProducts(x, weight, bias, forms, false);
    if (roundsElsewhere(x)) return roundedLinear(x, weight, bias).to(torch::kFloat32);
    const Tensor rows = x.to(weight.scalar_type());
    const bool plain = linearPath() != LinearPath::Convolution || !x.device().is_cpu() ||
                       weight.scalar_type() != torch::kFloat32 || x.numel() == 0;
    return plain ? at::linear(rows, weight, bias) : convolutionLinear(rows, weight, bias);
}

torch::Tensor linearGelu(const Tensor& x, const Tensor& weight, const Tensor& bias, WeightForms* forms) {
    if (takesProducts(x, weight)) return byProducts(x, weight, bias, forms, true);
    if (roundsElsewhere(x)) return torch::gelu(roundedLinear(x, weight, bias));
    return torch::gelu(linear(x, weight, bias, forms));
}

torch::Tensor matmul(const Tensor& a, const Tensor& b) {
    if (!roundsElsewhere(a)) return torch::matmul(a, b);
    const torch::ScalarType type = operandType(currentPrecision());
    return torch::matmul(a.to(type), b.to(type)).to(torch::kFloat32);
}

bool takesRounded(const Tensor& x, const Tensor& weight) {
    return currentPrecision() == Precision::BFloat16 && torch::GradMode::is_enabled() && takesProducts(x, weight) &&
           !weight.is_inference() && needsGradient(x, weight, Tensor());
}

std::vector<Tensor> linearRounded(const Tensor& x, const std::vector<DenseImpl*>& layers) {
    Plan plan{currentPrecision(), false, {}, true, true};
    variable_list parameters;
    for (DenseImpl* layer : layers) {
        parameters.insert(parameters.end(), {layer->weight, layer->bias});
        plan.forms.push_back(&layer->forms);
    }
    std::vector<Tensor> out = OneDnnLinear::apply(rowsOf(x), at::TensorList(parameters), plan);
    for (size_t i = 0; i < out.size(); ++i) out[i] = out[i].view(shapeLike(x, layers[i]->weight.size(0)));
    return out;
}

std::vector<Tensor> linearTogether(const Tensor& x, const std::vector<DenseImpl*>& layers) {
    std::vector<Tensor> out;
    const bool products = std::all_of(layers.begin(), layers.end(),
                                      [&](const DenseImpl* layer) { return takesProducts(x, layer->weight); });
    if (!products) {
        for (DenseImpl* layer : layers) out.push_back(layer->forward(x));
        return out;
    }
    const Tensor rows = rowsOf(x);
    Plan plan{currentPrecision(), false, {}, true, false};
    variable_list parameters;
    bool learns = false;
    for (DenseImpl* layer : layers) {
        parameters.insert(parameters.end(), {layer->weight, layer->bias});
        plan.forms.push_back(&layer->forms);
        learns = learns || needsGradient(x, layer->weight, layer->bias);
    }
    if (learns) {
        out = OneDnnLinear::apply(rows, at::TensorList(parameters), plan);
    } else {
        const Tensor ready = rows.to(operandType(plan.precision));
        for (DenseImpl* layer : layers) {
            ProductExtras extras;
            extras.bias = layer->bias;
            out.push_back(withoutGradients(ready, layer->weight, &layer->forms, extras));
        }
    }
    for (size_t i = 0; i < out.size(); ++i) out[i] = out[i].view(shapeLike(x, layers[i]->weight.size(0)));
    return out;
}

DenseImpl::DenseImpl(int64_t in, int64_t out) {
    weight = register_parameter("weight", torch::empty({out, in}));
    bias = register_parameter("bias", torch::empty({out}));
    // PyTorch's start values: Kaiming-uniform with a = sqrt 5 is U(-1/sqrt in, 1/sqrt in) for the weight too.
    const double bound = in > 0 ? 1.0 / std::sqrt(static_cast<double>(in)) : 0.0;
    const torch::NoGradGuard noGradients;
    weight.uniform_(-bound, bound);
    bias.uniform_(-bound, bound);
}

Tensor DenseImpl::forward(const Tensor& x) {
    return linear(x, weight, bias, &forms);
}

Tensor DenseImpl::gelu(const Tensor& x) {
    return linearGelu(x, weight, bias, &forms);
}

Tensor DenseImpl::addedTo(const Tensor& residual, const Tensor& x) {
    if (!takesProducts(x, weight) || needsGradient(x, weight, bias) || residual.scalar_type() != torch::kFloat32 ||
        (torch::GradMode::is_enabled() && residual.requires_grad()))
        return residual + forward(x);
    ProductExtras extras;
    extras.bias = bias;
    extras.residual = rowsOf(residual);
    const Tensor rows = rowsOf(x).to(operandType(currentPrecision()));
    return withoutGradients(rows, weight, &forms, extras).view(residual.sizes());
}

NormImpl::NormImpl(int64_t width, double eps) : m_eps(eps) {
    weight = register_parameter("weight", torch::ones({width}));
    bias = register_parameter("bias", torch::zeros({width}));
}

Tensor NormImpl::forward(const Tensor& x) {
    return torch::layer_norm(x, weight.sizes(), weight, bias, m_eps);
}

void initBert(torch::nn::Module& module, std::optional<at::Generator> generator) {
    const torch::NoGradGuard noGradients;
    const auto normal = [&](Tensor& weight) {
        if (generator) {
            weight.normal_(0.0, 0.02, *generator);
        } else {
            weight.normal_(0.0, 0.02);
        }
    };
    for (const auto& part : module.modules()) {
        if (auto* dense = part->as<DenseImpl>()) {
            normal(dense->weight);
            dense->bias.zero_();
        } else if (auto* embedding = part->as<torch::nn::EmbeddingImpl>()) {
            normal(embedding->weight);
        } else if (auto* norm = part->as<NormImpl>()) {
            norm->weight.fill_(1.0);
            norm->bias.zero_();
        }
    }
}

}  // namespace mnerva::nn
