#include "core/nn/blocks/product.h"

#include <ATen/Parallel.h>
#include <ATen/record_function.h>

#include <map>
#include <oneapi/dnnl/dnnl.hpp>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "core/base/check.h"
#include "core/nn/weights/own_pages.h"

namespace mnerva::nn {
namespace {

using torch::Tensor;
using Desc = dnnl::memory::desc;
using Tag = dnnl::memory::format_tag;

/// Kept primitives. Batches of all lengths come by; what is more than this is forgotten and made again.
constexpr size_t kMostPrimitives = 2048;
/// Rows after which packing a float32 weight has paid for itself: reordering takes about as long as a thousand rows
/// gain.
constexpr int64_t kRowsThatPay = 1024;
/// Rows that a packing is laid out for; oneDNN's choice depends little on them.
constexpr int64_t kPackedFor = 384;

const dnnl::engine& cpu() {
    static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

dnnl::memory::data_type typeOf(torch::ScalarType type) {
    return type == torch::kBFloat16 ? dnnl::memory::data_type::bf16 : dnnl::memory::data_type::f32;
}

/// What a primitive is made for.
struct Shape {
    int64_t m, k, n;
    bool transposeA, transposeB, isPacked;
    bool bias, gelu, residual, adds;
    torch::ScalarType operands, result;
    int threads;
    auto operator<=>(const Shape&) const = default;
};

struct Kept {
    dnnl::matmul multiply;
    Desc a, b, bias, c, scratchpad;
};

Desc weightsOf(const Shape& s) {
    return {{s.k, s.n}, typeOf(s.operands), s.transposeB ? Tag::ba : Tag::ab};
}

dnnl::matmul::primitive_desc describe(const Shape& s, const Desc& weights) {
    const Desc a({s.m, s.k}, typeOf(s.operands), s.transposeA ? Tag::ba : Tag::ab);
    const Desc c({s.m, s.n}, typeOf(s.result), Tag::ab);
    const Desc bias({1, s.n}, dnnl::memory::data_type::f32, Tag::ab);
    dnnl::post_ops after;
#if DNNL_VERSION_MAJOR >= 3
    if (s.gelu) after.append_eltwise(dnnl::algorithm::eltwise_gelu_erf, 0, 0);
#else
    if (s.gelu) after.append_eltwise(1, dnnl::algorithm::eltwise_gelu_erf, 0, 0);
#endif
    if (s.residual)
        after.append_binary(dnnl::algorithm::binary_add, Desc({s.m, s.n}, dnnl::memory::data_type::f32, Tag::ab));
    if (s.adds) after.append_sum(1);
    dnnl::primitive_attr attributes;
    attributes.set_post_ops(after);
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
#if DNNL_VERSION_MAJOR >= 3
    return s.bias ? dnnl::matmul::primitive_desc(cpu(), a, weights, bias, c, attributes)
                  : dnnl::matmul::primitive_desc(cpu(), a, weights, c, attributes);
#else
    const dnnl::matmul::desc wanted =
        s.bias ? dnnl::matmul::desc(a, weights, bias, c) : dnnl::matmul::desc(a, weights, c);
    return {wanted, attributes, cpu()};
#endif
}

/// How oneDNN wants a weight [n, k] that is used as W^T.
Desc packedLayout(int64_t k, int64_t n, torch::ScalarType type) {
    const Shape shape{kPackedFor,           k, n, false, false, true, false, false, false, false, type, type,
                      at::get_num_threads()};
    return describe(shape, Desc({k, n}, typeOf(type), Tag::any)).weights_desc();
}

/// Null where oneDNN has no such product.
std::shared_ptr<const Kept> primitiveFor(const Shape& shape, const Desc* packed) {
    static std::mutex mutex;
    static std::map<Shape, std::shared_ptr<const Kept>> kept;
    {
        const std::lock_guard lock(mutex);
        if (const auto found = kept.find(shape); found != kept.end()) return found->second;
    }
    std::shared_ptr<const Kept> made;
    try {
        const dnnl::matmul::primitive_desc made_of = describe(shape, packed ? *packed : weightsOf(shape));
        made = std::make_shared<Kept>(Kept{dnnl::matmul(made_of), made_of.src_desc(), made_of.weights_desc(),
                                           shape.bias ? made_of.bias_desc() : Desc(), made_of.dst_desc(),
                                           made_of.scratchpad_desc()});
    } catch (const dnnl::error&) {
        made = nullptr;
    }
    const std::lock_guard lock(mutex);
    if (kept.size() >= kMostPrimitives) kept.clear();
    kept[shape] = made;
    return made;
}

dnnl::memory over(const Desc& desc, const Tensor& values) {
    return {desc, cpu(), values.data_ptr()};
}

using Arguments = std::unordered_map<int, dnnl::memory>;

/// Room that the primitive works in, put among the arguments; it must outlive the call.
Tensor scratchpadFor(const Kept& kept, Arguments& arguments) {
    const auto bytes = static_cast<int64_t>(kept.scratchpad.get_size());
    if (bytes == 0) return {};
    const Tensor out = torch::empty({bytes}, torch::kUInt8);
    arguments.emplace(DNNL_ARG_SCRATCHPAD, over(kept.scratchpad, out));
    return out;
}

void execute(const Kept& kept, const Arguments& arguments) {
    dnnl::stream stream(cpu());
    kept.multiply.execute(stream, arguments);
    stream.wait();
}

/// False where oneDNN could not do it; then nothing was written.
bool multiply(const Shape& shape, const Tensor& a, const Tensor& b, const Desc* packed, const ProductExtras& extras,
              const Tensor& c) {
    const std::shared_ptr<const Kept> found = primitiveFor(shape, packed);
    if (!found) return false;
    try {
        Arguments arguments{{DNNL_ARG_SRC, over(found->a, a)},
                            {DNNL_ARG_WEIGHTS, over(found->b, b)},
                            {DNNL_ARG_DST, over(found->c, c)}};
        if (shape.bias) arguments.emplace(DNNL_ARG_BIAS, over(found->bias, extras.bias));
        if (shape.residual) {
            const int at = shape.gelu ? 1 : 0;  // its place among the post-operations
            arguments.emplace(DNNL_ARG_ATTR_MULTIPLE_POST_OP(at) | DNNL_ARG_SRC_1,
                              over(Desc({shape.m, shape.n}, dnnl::memory::data_type::f32, Tag::ab), extras.residual));
        }
        const Tensor scratchpad = scratchpadFor(*found, arguments);
        execute(*found, arguments);
    } catch (const dnnl::error&) {
        return false;
    }
    return true;
}

/// The same by torch's own operations, in float32.
Tensor plainly(const Tensor& a, const Tensor& b, const ProductExtras& extras) {
    Tensor c = a.to(torch::kFloat32).mm(b.to(torch::kFloat32));
    if (extras.bias.defined()) c.add_(extras.bias);
    if (extras.gelu) c = torch::gelu(c);
    if (extras.residual.defined()) c.add_(extras.residual);
    if (!extras.addTo.defined()) return c.to(extras.resultType);
    extras.addTo.add_(c);
    return extras.addTo;
}

Shape shapeOf(int64_t m, int64_t k, int64_t n, torch::ScalarType operands, const ProductExtras& extras) {
    return {m,
            k,
            n,
            false,
            false,
            false,
            extras.bias.defined(),
            extras.gelu,
            extras.residual.defined(),
            extras.addTo.defined(),
            operands,
            extras.addTo.defined() ? torch::kFloat32 : extras.resultType,
            at::get_num_threads()};
}

Tensor resultFor(const Shape& shape, const ProductExtras& extras) {
    if (extras.addTo.defined()) return extras.addTo;
    return torch::empty({shape.m, shape.n}, torch::TensorOptions().dtype(shape.result));
}

}  // namespace

class PackedWeight {
public:
    Desc desc;
    torch::ScalarType type = torch::kFloat32;
    Tensor memory;  ///< bytes
    Tensor weight;  ///< [n, k], shares the parameter's memory
};

Tensor product(const Tensor& a, bool transposeA, const Tensor& b, bool transposeB, const ProductExtras& extras) {
    RECORD_USER_SCOPE("product");
    MNERVA_CHECK(a.is_contiguous() && b.is_contiguous() && a.scalar_type() == b.scalar_type());
    Shape shape = shapeOf(a.size(transposeA ? 1 : 0), a.size(transposeA ? 0 : 1), b.size(transposeB ? 0 : 1),
                          a.scalar_type(), extras);
    shape.transposeA = transposeA;
    shape.transposeB = transposeB;
    if (shape.m > 0 && shape.k > 0 && shape.n > 0) {
        const Tensor c = resultFor(shape, extras);
        if (multiply(shape, a, b, nullptr, extras, c)) return c;
    }
    return plainly(transposeA ? a.t() : a, transposeB ? b.t() : b, extras);
}

Tensor product(const Tensor& x, const PackedWeight& weight, const ProductExtras& extras) {
    RECORD_USER_SCOPE("product");
    MNERVA_CHECK(x.is_contiguous());
    Shape shape = shapeOf(x.size(0), x.size(1), weight.weight.size(0), x.scalar_type(), extras);
    shape.isPacked = true;
    const Tensor c = resultFor(shape, extras);
    if (multiply(shape, x, weight.memory, &weight.desc, extras, c)) return c;
    return plainly(x, weight.weight.t(), extras);
}

namespace {

/// Sizes, strides and types of three operands, and the threads.
using BatchedShape = std::vector<int64_t>;

Desc stridedDesc(const Tensor& x) {
    return {x.sizes().vec(), typeOf(x.scalar_type()), x.strides().vec()};
}

/// Null where oneDNN has no such product.
std::shared_ptr<const Kept> batchedPrimitiveFor(const Tensor& a, const Tensor& b, const Tensor& c) {
    static std::mutex mutex;
    static std::map<BatchedShape, std::shared_ptr<const Kept>> kept;
    BatchedShape shape{at::get_num_threads()};
    for (const Tensor* x : {&a, &b, &c}) {
        shape.insert(shape.end(), x->sizes().begin(), x->sizes().end());
        shape.insert(shape.end(), x->strides().begin(), x->strides().end());
        shape.push_back(static_cast<int64_t>(x->scalar_type()));
    }
    {
        const std::lock_guard lock(mutex);
        if (const auto found = kept.find(shape); found != kept.end()) return found->second;
    }
    std::shared_ptr<const Kept> made;
    try {
        dnnl::primitive_attr attributes;
        attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
#if DNNL_VERSION_MAJOR >= 3
        const dnnl::matmul::primitive_desc of(cpu(), stridedDesc(a), stridedDesc(b), stridedDesc(c), attributes);
#else
        const dnnl::matmul::primitive_desc of(dnnl::matmul::desc(stridedDesc(a), stridedDesc(b), stridedDesc(c)),
                                              attributes, cpu());
#endif
        made = std::make_shared<Kept>(
            Kept{dnnl::matmul(of), of.src_desc(), of.weights_desc(), Desc(), of.dst_desc(), of.scratchpad_desc()});
    } catch (const dnnl::error&) {
        made = nullptr;
    }
    const std::lock_guard lock(mutex);
    if (kept.size() >= kMostPrimitives) kept.clear();
    kept[shape] = made;
    return made;
}

}  // namespace

void batchedProduct(const Tensor& a, const Tensor& b, const Tensor& c) {
    RECORD_USER_SCOPE("batched product");
    if (c.numel() == 0) return;
    if (a.numel() > 0)
        if (const auto found = batchedPrimitiveFor(a, b, c)) {
            try {
                Arguments arguments{{DNNL_ARG_SRC, over(found->a, a)},
                                    {DNNL_ARG_WEIGHTS, over(found->b, b)},
                                    {DNNL_ARG_DST, over(found->c, c)}};
                const Tensor scratchpad = scratchpadFor(*found, arguments);
                execute(*found, arguments);
                return;
            } catch (const dnnl::error&) {
            }
        }
    const torch::NoGradGuard noGradients;
    Tensor(c).copy_(torch::matmul(a.to(torch::kFloat32), b.to(torch::kFloat32)));
}

namespace {

/// Null where oneDNN cannot reorder.
std::shared_ptr<const PackedWeight> pack(const Tensor& weight, torch::ScalarType type) {
    try {
        auto out = std::make_shared<PackedWeight>();
        const int64_t n = weight.size(0), k = weight.size(1);
        out->type = type;
        out->desc = packedLayout(k, n, type);
        out->memory = torch::empty({static_cast<int64_t>(out->desc.get_size())}, torch::kUInt8);
        out->weight = weight;
        dnnl::memory from = over(Desc({k, n}, dnnl::memory::data_type::f32, Tag::ba), weight);
        dnnl::memory to = over(out->desc, out->memory);
        dnnl::stream stream(cpu());
        dnnl::reorder(from, to).execute(stream, from, to);
        stream.wait();
        return out;
    } catch (const dnnl::error&) {
        return nullptr;
    }
}

}  // namespace

torch::ScalarType operandType(Precision precision) {
    switch (precision) {
        case Precision::Float32:
            return torch::kFloat32;
        case Precision::BFloat16:
            return torch::kBFloat16;
        case Precision::Float16:
            return torch::kFloat16;
    }
    return torch::kFloat32;
}

void WeightForms::forgetOthers(const Tensor& weight) {
    const auto version = static_cast<uint32_t>(weight._version());
    if (m_data == weight.data_ptr() && m_version == version) return;
    m_data = weight.data_ptr();
    m_version = version;
    m_rows = 0;
    m_packed = nullptr;
    m_rounded = Tensor();
    m_wasRounded = false;
}

std::shared_ptr<const PackedWeight> WeightForms::packed(const Tensor& weight, Precision precision, int64_t rows) {
    if (weight.is_inference() || !weight.is_contiguous()) return nullptr;  // nothing tells when it changes
    const std::lock_guard lock(m_mutex);
    forgetOthers(weight);
    m_rounded = m_room = Tensor();
    const torch::ScalarType type = operandType(precision);
    if (m_packed && m_packed->type == type) return m_packed;
    m_packed = nullptr;
    m_rows += rows;
    if (precision == Precision::Float32 && m_rows < kRowsThatPay) return nullptr;
    m_packed = pack(weight.detach(), type);
    return m_packed;
}

WeightForms::Rounding WeightForms::rounded(const Tensor& weight) {
    const auto anew = [&] { return weight.detach().to(torch::kBFloat16).contiguous(); };
    if (weight.is_inference()) return {anew(), false};
    const std::lock_guard lock(m_mutex);
    forgetOthers(weight);
    m_packed = nullptr;
    m_isShared = m_isShared || m_wasRounded;
    m_wasRounded = true;
    if (!m_isShared) return {anew(), false};
    if (m_rounded.defined()) return {m_rounded, true};
    // The room of the last step's form, unless a graph still has that.
    if (!m_room.defined() || m_room.use_count() > 1 || m_room.sizes() != weight.sizes())
        m_room = zerosInOwnPages(weight.sizes(), torch::kBFloat16);
    const torch::NoGradGuard noGradients;
    m_room.copy_(weight);
    m_rounded = m_room;
    return {m_rounded, true};
}

Tensor savedForm(const WeightForms::Rounding& rounding) {
    return rounding.stays ? rounding.values : Tensor();
}

Tensor roundedAgain(const Tensor& saved, const Tensor& weight) {
    return saved.defined() ? saved : weight.detach().to(torch::kBFloat16).contiguous();
}

void WeightForms::clear() {
    const std::lock_guard lock(m_mutex);
    m_data = nullptr;
    m_rows = 0;
    m_packed = nullptr;
    m_rounded = m_room = Tensor();
}

int64_t WeightForms::bytes() const {
    const std::lock_guard lock(m_mutex);
    return (m_packed ? m_packed->memory.numel() : 0) + (m_room.defined() ? static_cast<int64_t>(m_room.nbytes()) : 0);
}

}  // namespace mnerva::nn
