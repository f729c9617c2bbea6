#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mnerva::nn {

using TensorMap = std::map<std::string, torch::Tensor>;

enum class WeightNames {
    AsStored,
    HuggingFace,  ///< a leading `bert.` or `roberta.` goes; LayerNorm `gamma`/`beta` become `weight`/`bias`
};

/// A file of named tensors: safetensors, or a PyTorch file (`.bin`, `.pth`, `.pt`; a zip, or the form of before 1.6)
/// that holds a state dict. Nothing in the file is ever executed: of pickle only what a state dict needs is understood.
/// Errors of open(): FileMissing, FileIsDirectory, FileNotPlain, FileUnreadable, ArchiveTruncated, PickleRefused (code
/// in the pickle), FormatUnknown (with the way out), FormatInvalid, BoundExceeded. Every file has at least one tensor,
/// and no tensor more values than the file bytes.
class WeightFile {
public:
    static WeightFile open(const std::filesystem::path& path, WeightNames names = WeightNames::AsStored);

    const std::filesystem::path& path() const;
    std::vector<std::string> names() const;
    bool has(const std::string& name) const;
    /// Shape without reading the values. Errors: WeightMissing.
    std::vector<int64_t> shape(const std::string& name) const;
    /// Values as float32 (int64 for integer tensors), contiguous, owned by the caller. Errors: WeightMissing.
    torch::Tensor tensor(const std::string& name) const;
    /// Same, and the shape must be this one. Errors: WeightMissing, WeightShape.
    torch::Tensor tensor(const std::string& name, at::IntArrayRef wanted) const;
    /// Throws FormatInvalid where a model of so many `parameters` is out of all proportion to this file: it has not
    /// even a quarter as many values; 256 MiB of weights are always allowed. Asked before a model is made whose size a
    /// small configuration names; single tensors that are missing are named when they are read. `configuration` is
    /// named in the error.
    void requireParameters(std::uint64_t parameters, const std::filesystem::path& configuration) const;
    /// The `__metadata__` of a safetensors file; empty otherwise.
    const std::map<std::string, std::string>& metadata() const;

    struct Content;  ///< how the tensors lie in the file; internal

private:
    explicit WeightFile(std::shared_ptr<const Content> content) : m_content(std::move(content)) {}
    std::shared_ptr<const Content> m_content;
};

/// Writes safetensors (float32 and int64 as they are, half and bfloat16 as they are, uint8; others -> float32), names
/// in sorted order, values aligned to 8 bytes; equal input gives equal bytes. Atomic. Errors: FileUnwritable, DiskFull.
void saveSafetensors(const TensorMap& tensors, const std::filesystem::path& path,
                     const std::map<std::string, std::string>& metadata = {});

/// Parameters and buffers of a module by name, detached, sharing memory with it.
TensorMap stateOf(const torch::nn::Module& module, const std::string& prefix = "");

/// Copies the values of `file` (names `prefix` + own name) into every parameter and buffer of `module`.
/// Errors: WeightMissing, WeightShape, FormatInvalid (NaN or infinity, with the tensor's name). Extra tensors in the
/// file are ignored.
void loadInto(torch::nn::Module& module, const WeightFile& file, const std::string& prefix = "");
/// Same from tensors in memory; `source` names them in errors.
void loadInto(torch::nn::Module& module, const TensorMap& tensors, const std::string& source,
              const std::string& prefix = "");

/// "[2, 3]", for errors.
std::string shapeText(at::IntArrayRef shape);

/// Number of values in all parameters.
int64_t parameterCount(const torch::nn::Module& module);

/// Throws Error(NumberNotFinite, {where}) when a value is NaN or infinite.
void requireFinite(const torch::Tensor& tensor, const std::string& where);

}  // namespace mnerva::nn
