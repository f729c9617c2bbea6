#include <cstring>

#include "core/archive/forms_internal.h"
#include "core/archive/state_dict_pickle.h"
#include "core/archive/storages_internal.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::archive {
namespace {

/// Pickles of the magic number 0x1950a86a20f9469cfc6c and of the protocol version 1001.
constexpr std::string_view kMagic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.", 21);
constexpr std::size_t kMagicNumberEnd = 14;

}  // namespace

bool beginsLikeOldTorch(std::string_view bytes) {
    return bytes.starts_with(kMagic.substr(0, kMagicNumberEnd));
}

bool isTorchLegacy(std::string_view bytes) {
    return bytes.starts_with(kMagic);
}

void readTorchLegacy(std::string_view bytes, TensorFile& out) {
    const std::string path = out.path.string();
    const std::uint64_t fileBytes = bytes.size();
    const auto rest = [&](std::uint64_t count) {
        if (count > bytes.size()) throw Error(ErrorCode::ArchiveTruncated, {path});
        bytes.remove_prefix(count);
    };
    std::size_t length = 0;
    rest(kMagic.size());
    readTextsPickle(bytes, path, length);  // sizes and byte order of the machine it was written on
    rest(length);
    const std::map<std::string, PickledTensor> tensors = readStateDictPickle(bytes, path, &length);
    rest(length);
    const std::vector<std::string_view> keys = readTextsPickle(bytes, path, length);
    rest(length);

    Storages storages(tensors, fileBytes, path);
    for (const std::string_view key : keys) {
        std::uint64_t elements = 0;
        if (bytes.size() < sizeof elements) throw Error(ErrorCode::ArchiveTruncated, {path});
        std::memcpy(&elements, bytes.data(), sizeof elements);
        rest(sizeof elements);
        Storage* storage = storages.find(key);
        if (!storage || storage->data)
            throw Error(
                ErrorCode::FormatInvalid,
                {path, "storage " + excerpt(key) + (storage ? " twice" : " of no tensor"), "one of each tensor"});
        if (elements < storage->elements) throw Error(ErrorCode::ArchiveTruncated, {path});
        const auto size = checkedProduct(elements, widthOf(storage->type));
        if (!size || *size > bytes.size()) throw Error(ErrorCode::ArchiveTruncated, {path});
        storage->allocate();
        std::memcpy(storage->data.get(), bytes.data(), storage->bytes);
        rest(*size);
    }
    storages.handOver(tensors, out);
}

}  // namespace mnerva::archive
