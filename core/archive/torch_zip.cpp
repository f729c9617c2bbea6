#include <optional>

#include "core/archive/forms_internal.h"
#include "core/archive/state_dict_pickle.h"
#include "core/archive/storages_internal.h"
#include "core/archive/zip.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::archive {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;

/// The pickle of the archive and the folder that its records lie in ("archive/", "resnet18/", or nothing).
struct Pickle {
    std::string bytes, folder;
};

Pickle findPickle(std::string_view bytes, const std::string& path) {
    ZipReader zip(bytes, path);
    std::optional<Pickle> found;
    bool script = false;
    std::string first;
    while (const std::optional<std::string> name = zip.next()) {
        if (first.empty()) first = *name;
        const std::string_view base = baseName(*name);
        if (base == "constants.pkl") script = true;
        if (base == "data.pkl" && !found)
            found = Pickle{zip.readAll(unpackedLimit(bytes.size(), kLargestPickle)),
                           name->substr(0, name->size() - base.size())};
    }
    if (script) {
        throw Error(
            ErrorCode::FormatUnknown,
            {path, "a TorchScript archive (a program); save the state dict: torch.save(model.state_dict(), file)"});
    }
    if (!found)
        throw Error(ErrorCode::FormatUnknown,
                    {path, "a zip archive without data.pkl (first member: " + excerpt(first) + ")"});
    return *std::move(found);
}

}  // namespace

void readTorchZip(std::string_view bytes, TensorFile& out) {
    const std::string path = out.path.string();
    const Pickle pickle = findPickle(bytes, path);
    const std::map<std::string, PickledTensor> tensors = readStateDictPickle(pickle.bytes, path);
    Storages storages(tensors, bytes.size(), path);
    const std::string folder = pickle.folder + "data/";
    ZipReader zip(bytes, path);
    while (const std::optional<std::string> member = zip.next()) {
        if (!member->starts_with(folder)) continue;
        Storage* storage = storages.find(std::string_view(*member).substr(folder.size()));
        if (!storage || storage->data) continue;
        storage->allocate();
        zip.read(storage->data.get(), storage->bytes);
    }
    storages.handOver(tensors, out);
}

}  // namespace mnerva::archive
