#include <cstring>

#include "core/base/error.h"
#include "core/nn/pickle.h"
#include "core/nn/weight_content.h"

namespace mnerva::nn {
namespace {

/// Pickles of the magic number 0x1950a86a20f9469cfc6c and of the protocol version 1001.
constexpr std::string_view kMagic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.", 21);

}  // namespace

torch::ScalarType storageType(const std::string& storageClass) {
    if (storageClass == "HalfStorage") return torch::kFloat16;
    if (storageClass == "BFloat16Storage") return torch::kBFloat16;
    if (storageClass == "LongStorage") return torch::kInt64;
    return torch::kFloat32;
}

bool isTorchLegacy(std::string_view bytes) {
    return bytes.starts_with(kMagic);
}

void readTorchLegacy(std::string_view bytes, WeightFile::Content& content) {
    const std::string path = content.path.string();
    const auto rest = [&](size_t count) {
        if (count > bytes.size()) throw Error(ErrorCode::ArchiveTruncated, {path});
        bytes.remove_prefix(count);
    };
    size_t length = 0;
    rest(kMagic.size());
    readTextsPickle(bytes, path, length);  // sizes and byte order of the machine it was written on
    rest(length);
    const std::map<std::string, PickledTensor> tensors = readStateDictPickle(bytes, path, &length);
    rest(length);
    const std::vector<std::string> keys = readTextsPickle(bytes, path, length);
    rest(length);

    std::map<std::string, torch::ScalarType> types;
    for (const auto& [name, tensor] : tensors) types[tensor.storage] = storageType(tensor.storageClass);
    struct Storage {
        uint64_t elements = 0;
        std::shared_ptr<char[]> data;
    };
    std::map<std::string, Storage> storages;
    for (const std::string& key : keys) {
        uint64_t elements = 0;
        if (bytes.size() < sizeof elements) throw Error(ErrorCode::ArchiveTruncated, {path});
        std::memcpy(&elements, bytes.data(), sizeof elements);
        rest(sizeof elements);
        const auto type = types.find(key);
        if (type == types.end())
            throw Error(ErrorCode::FormatInvalid, {path, "a storage " + key + " of no tensor", "one of each tensor"});
        const size_t width = torch::elementSize(type->second);
        if (elements > bytes.size() / width) throw Error(ErrorCode::ArchiveTruncated, {path});
        const size_t size = static_cast<size_t>(elements) * width;
        Storage& storage = storages[key];
        storage.elements = elements;
        storage.data = std::shared_ptr<char[]>(new char[size + 1]);
        std::memcpy(storage.data.get(), bytes.data(), size);
        rest(size);
    }
    for (const auto& [name, tensor] : tensors) {
        const Storage& storage = storages[tensor.storage];
        if (!storage.data || storage.elements < static_cast<uint64_t>(tensor.storageElements))
            throw Error(ErrorCode::ArchiveTruncated, {path});
        const torch::ScalarType type = storageType(tensor.storageClass);
        content.tensors[name] = {type, tensor.shape, tensor.strides,
                                 storage.data.get() + static_cast<size_t>(tensor.offset) * torch::elementSize(type)};
    }
    for (const auto& [key, storage] : storages) content.owners.push_back(storage.data);
}

}  // namespace mnerva::nn
