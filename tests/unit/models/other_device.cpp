#include "tests/unit/models/other_device.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>
#include <torch/version.h>
#if TORCH_VERSION_MAJOR >= 2
#include <ATen/detail/PrivateUse1HooksInterface.h>
#endif

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace mnerva::test {
namespace {

using torch::Tensor;

// The key is one that the libtorch has no kernels for. A libtorch 2 that was built for CUDA asks the CUDA driver
// whenever gradients leave the CPU, unless the device of outsiders has registered itself: then it is that one.
// libtorch 1.13 has no gradients on it.
#if TORCH_VERSION_MAJOR >= 2
#define MNERVA_OTHER PrivateUse1
constexpr auto kOther = torch::kPrivateUse1;
#else
#define MNERVA_OTHER XPU
constexpr auto kOther = torch::kXPU;
#endif

#if TORCH_VERSION_MAJOR >= 2
/// One device with one stream. Work is done when it is asked for, so whoever waits for it has waited.
template <torch::DeviceType Type>
struct GuardOf : c10::impl::NoOpDeviceGuardImpl<Type> {
    static c10::Stream onlyStream() { return c10::Stream(c10::Stream::DEFAULT, torch::Device(Type, 0)); }
    torch::Device exchangeDevice(torch::Device) const override { return {Type, 0}; }
    torch::Device getDevice() const override { return {Type, 0}; }
    c10::Stream getStream(torch::Device) const noexcept override { return onlyStream(); }
    c10::Stream exchangeStream(c10::Stream) const noexcept override { return onlyStream(); }
    void record(void**, const c10::Stream&, const c10::DeviceIndex, const c10::EventFlag) const override {}
    void block(void*, const c10::Stream&) const override {}
    bool queryEvent(void*) const override { return true; }
};

struct Hooks : at::PrivateUse1HooksInterface {
    bool isBuilt() const override { return true; }
    bool isAvailable() const override { return true; }
    bool hasPrimaryContext(c10::DeviceIndex) const override { return false; }
    c10::DeviceIndex deviceCount() const override { return 1; }
    c10::DeviceIndex getCurrentDevice() const override { return 0; }
    const at::Generator& getDefaultGenerator(c10::DeviceIndex) const override {
        return at::detail::getDefaultCPUGenerator();
    }
};
#else
template <torch::DeviceType Type>
using GuardOf = c10::impl::NoOpDeviceGuardImpl<Type>;
#endif

bool isOther(const Tensor& tensor) {
    return tensor.defined() && tensor.device().type() == kOther;
}

/// The same memory as a tensor of another device; it keeps the first one's storage alive.
Tensor retargeted(const Tensor& tensor, torch::DeviceType type) {
    if (!tensor.defined() || tensor.device().type() == type) return tensor;
    const c10::Storage& from = tensor.storage();
    auto* held = new c10::Storage(from);
    const torch::Device device(type, type == torch::kCPU ? -1 : 0);
    c10::DataPtr data(
        const_cast<void*>(static_cast<const void*>(from.unsafeGetStorageImpl()->data())), held,
        [](void* context) { delete static_cast<c10::Storage*>(context); }, device);
    c10::Storage storage(c10::Storage::use_byte_size_t(), from.nbytes(), std::move(data), c10::GetCPUAllocator(), true);
    const auto key = type == torch::kCPU ? c10::DispatchKey::CPU : c10::DispatchKey::MNERVA_OTHER;
    Tensor out = at::detail::make_tensor<c10::TensorImpl>(std::move(storage), c10::DispatchKeySet(key), tensor.dtype());
    out.unsafeGetTensorImpl()->set_storage_offset(tensor.storage_offset());
    out.unsafeGetTensorImpl()->set_sizes_and_strides(tensor.sizes(), tensor.strides());
    return out;
}

/// The tensors of a call, as they were and as the CPU gets them.
class Swap {
public:
    explicit Swap(const c10::OperatorHandle& op) : m_op(op) {}

    Tensor toCpu(const Tensor& tensor) {
        if (!tensor.defined()) return tensor;
        m_others += isOther(tensor);
        if (!isOther(tensor)) {
            if (tensor.dim() > 0) m_stranger = true;
            return tensor;
        }
        for (std::size_t i = 0; i < m_was.size(); ++i)
            if (m_was[i].is_same(tensor)) return m_is[i];
        m_was.push_back(tensor);
        m_is.push_back(retargeted(tensor, torch::kCPU));
        return m_is.back();
    }

    /// What the CPU gave back: an argument, where it is one (in place, out=), else the same memory on the device.
    Tensor fromCpu(const Tensor& tensor) const {
        if (!tensor.defined()) return tensor;
        for (std::size_t i = 0; i < m_is.size(); ++i)
            if (m_is[i].is_same(tensor)) return m_was[i];
        return retargeted(tensor, kOther);
    }

    /// Outputs that were made empty have grown on the CPU: their tensors on the device follow.
    void followGrown() const {
        for (std::size_t i = 0; i < m_was.size(); ++i) {
            c10::TensorImpl* was = m_was[i].unsafeGetTensorImpl();
            if (m_is[i].sizes() == was->sizes() && m_is[i].strides() == was->strides()) continue;
            const Tensor now = retargeted(m_is[i], kOther);
            was->set_storage_keep_dtype(now.storage());
            was->set_sizes_and_strides(now.sizes(), now.strides());
        }
    }

    void requireOneDevice() const {
        if (m_others > 0 && m_stranger)
            throw std::runtime_error("tensors of two devices in " + c10::toString(m_op.operator_name()));
    }

private:
    const c10::OperatorHandle& m_op;
    std::vector<Tensor> m_was, m_is;
    int m_others = 0;
    bool m_stranger = false;
};

void takeBack(c10::IValue& value, const Swap& swap) {
    if (value.isTensor()) {
        value = swap.fromCpu(value.toTensor());
    } else if (value.isTensorList()) {
        c10::List<Tensor> list;
        for (const Tensor& tensor : value.toTensorVector()) list.push_back(swap.fromCpu(tensor));
        value = list;
    }
}

void onTheCpu(const c10::OperatorHandle& op, torch::jit::Stack* stack) {
    const std::size_t arguments = op.schema().arguments().size();
    Swap swap(op);
    const std::size_t first = stack->size() - arguments;
    for (std::size_t i = first; i < stack->size(); ++i) {
        c10::IValue& value = (*stack)[i];
        if (value.isTensor()) {
            value = swap.toCpu(value.toTensor());
        } else if (value.isTensorList()) {
            c10::List<Tensor> list;
            for (const Tensor& tensor : value.toTensorVector()) list.push_back(swap.toCpu(tensor));
            value = list;
        } else if (value.isOptionalTensorList()) {
            c10::List<c10::optional<Tensor>> list;
            for (const auto& tensor : value.toOptionalTensorVector())
                list.push_back(tensor ? c10::optional<Tensor>(swap.toCpu(*tensor)) : c10::optional<Tensor>());
            value = list;
        } else if (value.isDevice()) {
            value = torch::Device(torch::kCPU);
        }
    }
    swap.requireOneDevice();
    op.callBoxed(stack);
    swap.followGrown();
    for (std::size_t i = stack->size() - op.schema().returns().size(); i < stack->size(); ++i)
        takeBack((*stack)[i], swap);
}

/// Between the devices, the only operation that may see both.
Tensor& copyInto(Tensor& self, const Tensor& source, bool) {
    Tensor to = retargeted(self, torch::kCPU);
    to.copy_(retargeted(source, torch::kCPU));
    return self;
}

#if TORCH_VERSION_MAJOR >= 2
/// What cards do in one kernel, which the CPU does not have: gates in the order i, f, g, o.
std::tuple<Tensor, Tensor, Tensor> lstmCell(const Tensor& input, const Tensor& hidden, const Tensor& cell,
                                            const std::optional<Tensor>& inputBias,
                                            const std::optional<Tensor>& hiddenBias) {
    Tensor gates = input + hidden;
    if (inputBias && inputBias->defined()) gates = gates + *inputBias;
    if (hiddenBias && hiddenBias->defined()) gates = gates + *hiddenBias;
    const std::vector<Tensor> of = gates.chunk(4, 1);
    const Tensor now = of[1].sigmoid() * cell + of[0].sigmoid() * of[2].tanh();
    return {of[3].sigmoid() * now.tanh(), now, gates};
}
#endif

// Convolutions pass the fallback by: torch sends those of such a device here.

void requireOther(const Tensor& a, const Tensor& b) {
    if (!isOther(a) || !isOther(b)) throw std::runtime_error("tensors of two devices in a convolution");
}

Tensor convolution(const Tensor& input, const Tensor& weight, const c10::optional<Tensor>& bias,
                   torch::IntArrayRef stride, torch::IntArrayRef padding, torch::IntArrayRef dilation, bool transposed,
                   torch::IntArrayRef outputPadding, std::int64_t groups) {
    requireOther(input, weight);
    c10::optional<Tensor> shift;
    if (bias && bias->defined()) shift = retargeted(*bias, torch::kCPU);
    return retargeted(at::convolution(retargeted(input, torch::kCPU), retargeted(weight, torch::kCPU), shift, stride,
                                      padding, dilation, transposed, outputPadding, groups),
                      kOther);
}

std::tuple<Tensor, Tensor, Tensor> convolutionBackward(const Tensor& gradient, const Tensor& input,
                                                       const Tensor& weight, torch::IntArrayRef stride,
                                                       torch::IntArrayRef padding, torch::IntArrayRef dilation,
                                                       bool transposed, torch::IntArrayRef outputPadding,
                                                       std::int64_t groups, std::array<bool, 3> wanted) {
    requireOther(input, weight);
    requireOther(gradient, weight);
    const std::vector<std::int64_t> biasSizes{weight.size(transposed ? 1 : 0) * (transposed ? groups : 1)};
    const auto [ofInput, ofWeight, ofBias] =
        at::convolution_backward(retargeted(gradient, torch::kCPU), retargeted(input, torch::kCPU),
                                 retargeted(weight, torch::kCPU), c10::optional<torch::IntArrayRef>(biasSizes), stride,
                                 padding, dilation, transposed, outputPadding, groups, wanted);
    return {retargeted(ofInput, kOther), retargeted(ofWeight, kOther), retargeted(ofBias, kOther)};
}

}  // namespace

TORCH_LIBRARY_IMPL(_, MNERVA_OTHER, library) {
    library.fallback(torch::CppFunction::makeFromBoxedFunction<&onTheCpu>());
}

TORCH_LIBRARY_IMPL(aten, MNERVA_OTHER, library) {
    library.impl("copy_", &copyInto);
    library.impl("convolution_overrideable", &convolution);
    library.impl("convolution_backward_overrideable", &convolutionBackward);
}

#if TORCH_VERSION_MAJOR >= 2
/// Module::to() gives a parameter new data in place, which outsiders' devices are not trusted with.
TORCH_LIBRARY_IMPL(aten, AutogradPrivateUse1, library) {
    library.impl("_has_compatible_shallow_copy_type", [](const Tensor&, const Tensor&) { return true; });
    library.impl("_thnn_fused_lstm_cell", &lstmCell);
}
#endif

C10_REGISTER_GUARD_IMPL(MNERVA_OTHER, GuardOf<kOther>);

namespace {

const char* realDevice() {
    const char* name = std::getenv("MNERVA_TEST_DEVICE");
    return name && *name ? name : nullptr;
}

}  // namespace

double otherDeviceTolerance() {
    return realDevice() ? 1e-3 : 1e-5;
}

torch::Device otherDevice() {
    if (const char* name = realDevice()) return torch::Device(name);
#if TORCH_VERSION_MAJOR >= 2
    static Hooks hooks;
    if (!at::isPrivateUse1HooksRegistered()) {
        c10::register_privateuse1_backend("outsider");
        at::RegisterPrivateUse1HooksInterface(&hooks);
    }
#endif
    return {kOther, 0};
}

}  // namespace mnerva::test
