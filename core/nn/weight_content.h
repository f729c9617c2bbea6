#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/nn/weights.h"

namespace mnerva::nn {

/// One tensor of an open file: a strided view of bytes that `WeightFile::Content::owners` keep alive.
struct StoredTensor {
    torch::ScalarType type = torch::kFloat32;
    std::vector<int64_t> shape, strides;  ///< strides in elements
    const char* data = nullptr;           ///< first element
};

struct WeightFile::Content {
    std::filesystem::path path;
    std::map<std::string, StoredTensor> tensors;
    std::map<std::string, std::string> metadata;
    std::vector<std::shared_ptr<const void>> owners;
};

/// A file mapped into memory, read-only.
class MappedFile {
public:
    /// Errors: FileMissing, FileIsDirectory, FileUnreadable.
    explicit MappedFile(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;
    std::string_view bytes() const { return {m_data, m_size}; }

private:
    const char* m_data = nullptr;
    size_t m_size = 0;
};

/// Row-major strides of a shape.
std::vector<int64_t> contiguousStrides(const std::vector<int64_t>& shape);

/// Fill `content` from a mapped safetensors file. Errors: ArchiveTruncated, FormatInvalid.
void readSafetensors(const std::shared_ptr<const MappedFile>& file, WeightFile::Content& content);
/// The form that torch.save wrote before version 1.6: pickles, then the bytes of the storages.
bool isTorchLegacy(std::string_view bytes);
/// Fill `content` from such a file. Errors: ArchiveTruncated, FormatInvalid, PickleRefused.
void readTorchLegacy(std::string_view bytes, WeightFile::Content& content);
/// Type of the elements of a pickled storage ("HalfStorage").
torch::ScalarType storageType(const std::string& storageClass);
/// Fill `content` from a PyTorch zip. Errors: ArchiveTruncated, FormatUnknown, FormatInvalid, PickleRefused.
void readTorchZip(WeightFile::Content& content);

}  // namespace mnerva::nn
