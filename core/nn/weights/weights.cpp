#include "core/nn/weights/weights.h"

#include <cstring>

#include "core/archive/tensor_file.h"
#include "core/base/checked.h"
#include "core/base/error.h"

namespace mnerva::nn {
namespace {

torch::ScalarType scalarOf(archive::ElementType type) {
    switch (type) {
        case archive::ElementType::F16:
            return torch::kFloat16;
        case archive::ElementType::BF16:
            return torch::kBFloat16;
        case archive::ElementType::I64:
            return torch::kInt64;
        case archive::ElementType::F64:
            return torch::kFloat64;
        case archive::ElementType::I32:
            return torch::kInt32;
        case archive::ElementType::I16:
            return torch::kInt16;
        case archive::ElementType::I8:
            return torch::kInt8;
        case archive::ElementType::U8:
        case archive::ElementType::Bool:  // a byte of a file need not be 0 or 1
            return torch::kUInt8;
        default:
            return torch::kFloat32;
    }
}

std::string huggingFaceName(std::string name) {
    for (const std::string_view prefix : {"bert.", "roberta."})
        if (name.starts_with(prefix)) name.erase(0, prefix.size());
    for (const auto& [old, current] :
         {std::pair<std::string_view, std::string_view>{".gamma", ".weight"}, {".beta", ".bias"}}) {
        if (name.ends_with(old)) name.replace(name.size() - old.size(), old.size(), current);
    }
    return name;
}

}  // namespace

struct WeightFile::Content : archive::TensorFile {};

namespace {

const archive::StoredTensor& stored(const WeightFile::Content& content, const std::string& name) {
    const auto found = content.tensors.find(name);
    if (found == content.tensors.end()) throw Error(ErrorCode::WeightMissing, {content.path.string(), name});
    return found->second;
}

/// Calls put(name, target) for every parameter and buffer, without gradients.
template <class Put>
void forEachValue(torch::nn::Module& module, const std::string& prefix, Put put) {
    const torch::NoGradGuard noGradients;
    for (auto& item : module.named_parameters()) put(prefix + item.key(), item.value());
    for (auto& item : module.named_buffers()) put(prefix + item.key(), item.value());
}

/// "NaN" or "infinity" for the first value that is one; empty where there is none.
std::string notFinite(const torch::Tensor& values) {
    if (!values.is_floating_point() || values.numel() == 0) return {};
    if (torch::isfinite(values).all().item<bool>()) return {};
    return torch::isnan(values).any().item<bool>() ? "NaN" : "infinity";
}

}  // namespace

WeightFile WeightFile::open(const std::filesystem::path& path, WeightNames names) {
    auto content = std::make_shared<Content>(Content{archive::openTensorFile(path)});
    if (names == WeightNames::HuggingFace) {
        std::map<std::string, archive::StoredTensor> renamed;
        for (auto& [name, tensor] : content->tensors) renamed[huggingFaceName(name)] = std::move(tensor);
        content->tensors = std::move(renamed);
    }
    return WeightFile(std::move(content));
}

const std::filesystem::path& WeightFile::path() const {
    return m_content->path;
}

std::vector<std::string> WeightFile::names() const {
    std::vector<std::string> out;
    for (const auto& [name, tensor] : m_content->tensors) out.push_back(name);
    return out;
}

bool WeightFile::has(const std::string& name) const {
    return m_content->tensors.contains(name);
}

std::vector<int64_t> WeightFile::shape(const std::string& name) const {
    return stored(*m_content, name).shape;
}

torch::Tensor WeightFile::tensor(const std::string& name) const {
    const archive::StoredTensor& source = stored(*m_content, name);
    const torch::ScalarType type = scalarOf(source.type);
    const auto wanted = torch::isIntegralType(type, true) ? torch::kInt64 : torch::kFloat32;
    bool empty = false;
    for (const int64_t size : source.shape) empty = empty || size == 0;
    if (empty) return torch::empty(source.shape, wanted);
    const auto made = [&](const torch::Tensor& values) {
        torch::Tensor out = torch::empty(source.shape, wanted).copy_(values);
        return source.type == archive::ElementType::Bool ? out.clamp_(0, 1) : out;
    };
    if (reinterpret_cast<uintptr_t>(source.data) % archive::widthOf(source.type) != 0) {
        // Only in safetensors by old writers, whose values are contiguous.
        torch::Tensor aligned = torch::empty(source.shape, type);
        std::memcpy(aligned.data_ptr(), source.data, aligned.nbytes());
        return made(aligned);
    }
    // The view shares the file's bytes (never written to); the copy made from it is the caller's own.
    return made(torch::from_blob(const_cast<char*>(source.data), source.shape, source.strides, type));
}

torch::Tensor WeightFile::tensor(const std::string& name, at::IntArrayRef wanted) const {
    const std::vector<int64_t> found = shape(name);
    if (at::IntArrayRef(found) != wanted) {
        throw Error(ErrorCode::WeightShape, {path().string(), name, shapeText(found), shapeText(wanted)});
    }
    return tensor(name);
}

void WeightFile::requireParameters(std::uint64_t parameters, const std::filesystem::path& configuration) const {
    constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{1} << 26;
    if (parameters <= kAlwaysAllowed) return;
    std::uint64_t values = 0;
    for (const auto& [name, tensor] : m_content->tensors)
        values += checkedCount(tensor.shape, archive::kMostElements).value_or(0);  // 2^17 tensors of 2^46: no overflow
    if (4 * values < parameters)
        throw Error(ErrorCode::FormatInvalid,
                    {path().string(), std::to_string(values) + " values",
                     "the " + std::to_string(parameters) + " parameters that " + configuration.string() + " asks for"});
}

const std::map<std::string, std::string>& WeightFile::metadata() const {
    return m_content->metadata;
}

TensorMap stateOf(const torch::nn::Module& module, const std::string& prefix) {
    TensorMap out;
    for (const auto& item : module.named_parameters()) out[prefix + item.key()] = item.value().detach();
    for (const auto& item : module.named_buffers()) out[prefix + item.key()] = item.value().detach();
    return out;
}

void loadInto(torch::nn::Module& module, const WeightFile& file, const std::string& prefix) {
    forEachValue(module, prefix, [&](const std::string& name, torch::Tensor& target) {
        const torch::Tensor values = file.tensor(name, target.sizes());
        if (const std::string odd = notFinite(values); !odd.empty())
            throw Error(ErrorCode::FormatInvalid, {file.path().string(), odd + " in tensor " + name, "finite numbers"});
        target.copy_(values);
    });
}

void loadInto(torch::nn::Module& module, const TensorMap& tensors, const std::string& source,
              const std::string& prefix) {
    forEachValue(module, prefix, [&](const std::string& name, torch::Tensor& target) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) throw Error(ErrorCode::WeightMissing, {source, name});
        if (found->second.sizes() != target.sizes()) {
            throw Error(ErrorCode::WeightShape,
                        {source, name, shapeText(found->second.sizes()), shapeText(target.sizes())});
        }
        requireFinite(found->second, source + ": " + name);
        target.copy_(found->second);
    });
}

std::string shapeText(at::IntArrayRef shape) {
    std::string out = "[";
    for (size_t i = 0; i < shape.size(); ++i) out += (i ? ", " : "") + std::to_string(shape[i]);
    return out + "]";
}

int64_t parameterCount(const torch::nn::Module& module) {
    int64_t count = 0;
    for (const torch::Tensor& parameter : module.parameters()) count += parameter.numel();
    return count;
}

void requireFinite(const torch::Tensor& tensor, const std::string& where) {
    if (!tensor.is_floating_point() || tensor.numel() == 0) return;
    if (!torch::isfinite(tensor).all().item<bool>()) throw Error(ErrorCode::NumberNotFinite, {where});
}

}  // namespace mnerva::nn
