#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/archive/tensor_file.h"

namespace mnerva::archive {

/// Where a tensor of a pickled state dict lies: a strided view into one storage of the archive.
struct PickledTensor {
    std::string_view storage;  ///< key of the record `data/<key>`, a piece of the pickle
    ElementType type = ElementType::F32;
    std::int64_t storageElements = 0;
    std::int64_t offset = 0;                   ///< in elements
    std::vector<std::int64_t> shape, strides;  ///< strides in elements
};

/// Reads the pickle of a PyTorch state dict (`consumed`, where given, gets its length: other bytes may follow) without
/// executing anything: only the opcodes and the few names that torch.save writes for dicts of tensors are understood. A
/// checkpoint that keeps its state dict under "state_dict" or "model" is unwrapped; entries that are no tensors are
/// left out. Every tensor lies inside its storage. What it returns points into `bytes`; `path` names the file in
/// errors. Errors: PickleRefused (another opcode or name), FormatInvalid (broken pickle, no dict), ArchiveTruncated (no
/// end), BoundExceeded (more values than weights need).
std::map<std::string, PickledTensor> readStateDictPickle(std::string_view bytes, const std::string& path,
                                                         std::size_t* consumed = nullptr);

/// A pickled list of texts, or nothing where `bytes` begins with another pickle of plain values; names are refused
/// here. What it returns points into `bytes`. Errors: as above.
std::vector<std::string_view> readTextsPickle(std::string_view bytes, const std::string& path, std::size_t& consumed);

}  // namespace mnerva::archive
