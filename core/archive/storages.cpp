#include "core/archive/storages_internal.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::archive {

Storages::Storages(const std::map<std::string, PickledTensor>& tensors, std::uint64_t fileBytes,
                   const std::string& path) {
    const auto invalid = [&](const std::string& found, const std::string& wanted) {
        return Error(ErrorCode::FormatInvalid, {path, found, wanted});
    };
    std::uint64_t total = 0;
    for (const auto& [name, tensor] : tensors) {
        const auto [at, isNew] = m_storages.try_emplace(tensor.storage);
        Storage& storage = at->second;
        const auto elements = static_cast<std::uint64_t>(tensor.storageElements);
        if (isNew) {
            storage.type = tensor.type;
            storage.elements = elements;
            const auto bytes = checkedProduct(elements, widthOf(tensor.type));
            const auto sum = bytes ? checkedSum(total, *bytes) : std::nullopt;
            if (!sum || *sum > fileBytes)
                throw invalid("tensor " + excerpt(name) + " in a storage of " + std::to_string(elements) + " values",
                              "no more in all than the " + std::to_string(fileBytes) + " bytes of the file can hold");
            storage.bytes = *bytes;
            total = *sum;
        } else if (storage.type != tensor.type || storage.elements != elements) {
            // torch.save refuses to write such a file; a reader that believes either one reads past the other's end.
            throw invalid("storage " + excerpt(tensor.storage) + " with two types or sizes", "one of each");
        }
    }
}

Storage* Storages::find(std::string_view key) {
    const auto found = m_storages.find(key);
    return found == m_storages.end() ? nullptr : &found->second;
}

void Storages::handOver(const std::map<std::string, PickledTensor>& tensors, TensorFile& out) const {
    for (const auto& [name, tensor] : tensors) {
        const Storage& storage = m_storages.at(tensor.storage);
        if (!storage.data) throw Error(ErrorCode::ArchiveTruncated, {out.path.string()});
        // checkExtent() put the view inside the storage, and the storage has what the tensor said of it.
        const char* first = storage.data.get() + static_cast<std::uint64_t>(tensor.offset) * widthOf(tensor.type);
        out.tensors[name] = {tensor.type, tensor.shape, tensor.strides, first};
    }
    for (const auto& [key, storage] : m_storages) out.owners.push_back(storage.data);
}

}  // namespace mnerva::archive
