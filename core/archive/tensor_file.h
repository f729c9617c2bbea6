#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::archive {

/// What the values of a stored tensor are.
enum class ElementType : std::uint8_t { F32, F16, BF16, I64, F64, I32, I16, I8, U8, Bool };
/// Bytes of one value.
std::uint64_t widthOf(ElementType type);

/// One tensor of an open file: a strided view of bytes that `TensorFile::owners` keep alive. Checked: every value of
/// the view lies inside those bytes, and there are no more of them than bytes in the file.
struct StoredTensor {
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape, strides;  ///< strides in elements
    const char* data = nullptr;                ///< first element
};

/// A file of named tensors, taken apart: safetensors, or a PyTorch file (a zip, or the form of before 1.6). Nothing
/// here computes with tensors, so nothing here needs torch.
struct TensorFile {
    std::filesystem::path path;
    std::map<std::string, StoredTensor> tensors;
    std::map<std::string, std::string> metadata;  ///< of safetensors
    std::vector<std::shared_ptr<const void>> owners;
};

/// Limits of every form, far above what models have.
inline constexpr std::size_t kMostTensors = std::size_t{1} << 17;
inline constexpr std::size_t kLongestTensorName = 4096;  ///< bytes
inline constexpr std::size_t kMostSides = 8;
inline constexpr std::uint64_t kMostElements = std::uint64_t{1} << 48;

/// Maps a file and takes it apart. Errors: FileMissing, FileIsDirectory, FileNotPlain, FileUnreadable; those of
/// readTensors().
TensorFile openTensorFile(const std::filesystem::path& path);

/// Takes bytes apart; `owner` keeps them alive and is kept where tensors lie in them. `path` names the file in errors.
/// Errors: ArchiveTruncated, PickleRefused (code in the pickle), FormatUnknown (with the way out), FormatInvalid,
/// BoundExceeded.
TensorFile readTensors(std::string_view bytes, std::shared_ptr<const void> owner, const std::filesystem::path& path);

/// Begins like what torch.save wrote before version 1.6: a pickled magic number in front of everything.
bool beginsLikeOldTorch(std::string_view bytes);

/// Row-major strides of a shape that checkedCount() accepts.
std::vector<std::int64_t> contiguousStrides(const std::vector<std::int64_t>& shape);

}  // namespace mnerva::archive
