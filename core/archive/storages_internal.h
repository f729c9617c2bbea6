#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/archive/state_dict_pickle.h"

namespace mnerva::archive {

/// The values that tensors of a PyTorch file share.
struct Storage {
    ElementType type = ElementType::F32;
    std::uint64_t elements = 0;  ///< that its tensors say it has
    std::uint64_t bytes = 0;     ///< of that many elements
    std::shared_ptr<char[]> data;

    /// Makes room for `bytes`.
    void allocate() { data = std::shared_ptr<char[]>(new char[bytes + 1]); }
};

/// The storages that a state dict speaks of, checked before anything is allocated: each has one type of elements, and
/// all together no more bytes than the file, which holds them as they are.
class Storages {
public:
    /// Errors: FormatInvalid. The keys point where those of `tensors` do.
    Storages(const std::map<std::string, PickledTensor>& tensors, std::uint64_t fileBytes, const std::string& path);

    /// Null for a storage of no tensor.
    Storage* find(std::string_view key);
    /// Puts the tensors with their values into `out`. Errors: ArchiveTruncated where a storage was not filled.
    void handOver(const std::map<std::string, PickledTensor>& tensors, TensorFile& out) const;

private:
    std::map<std::string_view, Storage> m_storages;
};

}  // namespace mnerva::archive
