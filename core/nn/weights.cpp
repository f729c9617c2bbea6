#include "core/nn/weights.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/nn/weight_content.h"

namespace mnerva::nn {
namespace {

bool startsWith(std::string_view bytes, std::string_view start) {
    return bytes.substr(0, start.size()) == start;
}

/// A sentence about a file that is neither of the two forms, with the way out.
std::string whatItIs(std::string_view bytes) {
    if (startsWith(bytes, "\x80\x02") || startsWith(bytes, "\x80\x03") || startsWith(bytes, "\x80\x04")) {
        return "a bare pickle; load it in Python and save its tensors by torch.save(state_dict, file)";
    }
    if (startsWith(bytes, "\x89HDF"))
        return "an HDF5 file (TensorFlow or Keras); get the PyTorch or safetensors weights instead";
    if (startsWith(bytes, "version https://git-lfs"))
        return "a Git LFS pointer, not the file itself; fetch it with git lfs pull";
    if (startsWith(bytes, "<!") || startsWith(bytes, "<html") || startsWith(bytes, "<?xml")) {
        return "a web page, so the download went wrong; fetch the file again";
    }
    if (startsWith(bytes, "\x1f\x8b")) return "a gzip archive; unpack it first";
    if (startsWith(bytes, "GGUF")) return "a GGUF file; get the PyTorch or safetensors weights instead";
    if (bytes.size() > 262 && bytes.substr(257, 5) == "ustar") return "a tar archive; unpack it first";
    return "no weights in a known form; wanted is safetensors or a PyTorch .bin/.pth";
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

const StoredTensor& stored(const WeightFile::Content& content, const std::string& name) {
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

MappedFile::MappedFile(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) throw Error(ErrorCode::FileMissing, {path.string()});
    if (std::filesystem::is_directory(path, ignored)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    struct stat state {};
    ::fstat(descriptor, &state);
    m_size = static_cast<size_t>(state.st_size);
    void* data = m_size ? ::mmap(nullptr, m_size, PROT_READ, MAP_PRIVATE, descriptor, 0) : nullptr;
    const int reason = errno;
    ::close(descriptor);
    if (data == MAP_FAILED) throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(reason)});
    m_data = static_cast<const char*>(data);
}

MappedFile::~MappedFile() {
    if (m_data) ::munmap(const_cast<char*>(m_data), m_size);
}

WeightFile WeightFile::open(const std::filesystem::path& path, WeightNames names) {
    auto content = std::make_shared<Content>();
    content->path = path;
    const auto file = std::make_shared<const MappedFile>(path);
    const std::string_view bytes = file->bytes();
    if (bytes.empty()) throw Error(ErrorCode::ArchiveTruncated, {path.string()});
    if (startsWith(bytes, "PK\x03\x04")) {
        readTorchZip(*content);
    } else if (isTorchLegacy(bytes)) {
        readTorchLegacy(bytes, *content);
    } else if (bytes.size() >= 9 && bytes[8] == '{') {
        readSafetensors(file, *content);
    } else {
        throw Error(ErrorCode::FormatUnknown, {path.string(), whatItIs(bytes)});
    }
    if (names == WeightNames::HuggingFace) {
        std::map<std::string, StoredTensor> renamed;
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
    const StoredTensor& source = stored(*m_content, name);
    const auto wanted = torch::isIntegralType(source.type, true) ? torch::kInt64 : torch::kFloat32;
    bool empty = false;
    for (const int64_t size : source.shape) empty = empty || size == 0;
    if (empty) return torch::empty(source.shape, wanted);
    const auto width = static_cast<size_t>(torch::elementSize(source.type));
    if (reinterpret_cast<uintptr_t>(source.data) % width != 0) {
        // Only in safetensors by old writers, whose values are contiguous.
        torch::Tensor aligned = torch::empty(source.shape, source.type);
        std::memcpy(aligned.data_ptr(), source.data, aligned.nbytes());
        return aligned.to(wanted);
    }
    // The view shares the file's bytes (never written to); the copy made from it is the caller's own.
    const torch::Tensor view =
        torch::from_blob(const_cast<char*>(source.data), source.shape, source.strides, source.type);
    return torch::empty(source.shape, wanted).copy_(view);
}

torch::Tensor WeightFile::tensor(const std::string& name, at::IntArrayRef wanted) const {
    const std::vector<int64_t> found = shape(name);
    if (at::IntArrayRef(found) != wanted) {
        throw Error(ErrorCode::WeightShape, {path().string(), name, shapeText(found), shapeText(wanted)});
    }
    return tensor(name);
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
