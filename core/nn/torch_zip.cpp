#include <archive.h>
#include <archive_entry.h>

#include <functional>
#include <optional>

#include "core/base/error.h"
#include "core/nn/pickle.h"
#include "core/nn/weight_content.h"

namespace mnerva::nn {
namespace {

constexpr size_t kLargestPickle = 64U << 20;

/// One pass over the members of a zip.
class ZipReader {
public:
    explicit ZipReader(const std::string& path) : m_path(path), m_archive(archive_read_new(), &archive_read_free) {
        archive_read_support_format_zip(m_archive.get());
        if (archive_read_open_filename(m_archive.get(), path.c_str(), 1 << 20) != ARCHIVE_OK) truncated();
    }

    /// Name and size of the next member; nothing at the end.
    std::optional<std::string> next() {
        archive_entry* entry = nullptr;
        const int state = archive_read_next_header(m_archive.get(), &entry);
        if (state == ARCHIVE_EOF) return std::nullopt;
        if (state != ARCHIVE_OK && state != ARCHIVE_WARN) truncated();
        const char* name = archive_entry_pathname(entry);
        return name ? name : "";
    }

    /// Exactly `size` bytes of the current member; a shorter one is a truncated file.
    void read(char* target, size_t size) {
        for (size_t done = 0; done < size;) {
            const la_ssize_t count = archive_read_data(m_archive.get(), target + done, size - done);
            if (count <= 0) truncated();
            done += static_cast<size_t>(count);
        }
    }

    /// The whole current member, of at most `limit` bytes.
    std::string readAll(size_t limit) {
        std::string out;
        std::vector<char> buffer(1 << 16);
        for (;;) {
            const la_ssize_t count = archive_read_data(m_archive.get(), buffer.data(), buffer.size());
            if (count < 0) truncated();
            if (count == 0) return out;
            out.append(buffer.data(), static_cast<size_t>(count));
            if (out.size() > limit) {
                throw Error(ErrorCode::FormatInvalid, {m_path, "a data.pkl of more than 64 MiB", "a smaller one"});
            }
        }
    }

private:
    [[noreturn]] void truncated() const { throw Error(ErrorCode::ArchiveTruncated, {m_path}); }

    std::string m_path;
    std::unique_ptr<archive, decltype(&archive_read_free)> m_archive;
};

/// The pickle of the archive and the folder that its records lie in ("archive/", "resnet18/", or nothing).
struct Pickle {
    std::string bytes, folder;
};

Pickle findPickle(const std::string& path) {
    ZipReader zip(path);
    std::optional<Pickle> found;
    bool script = false;
    std::string first;
    while (const std::optional<std::string> name = zip.next()) {
        if (first.empty()) first = *name;
        const size_t slash = name->find_last_of('/');
        const std::string base = slash == std::string::npos ? *name : name->substr(slash + 1);
        if (base == "constants.pkl") script = true;
        if (base == "data.pkl" && !found) {
            found = Pickle{zip.readAll(kLargestPickle), name->substr(0, name->size() - base.size())};
        }
    }
    if (script) {
        throw Error(
            ErrorCode::FormatUnknown,
            {path, "a TorchScript archive (a program); save the state dict: torch.save(model.state_dict(), file)"});
    }
    if (!found)
        throw Error(ErrorCode::FormatUnknown, {path, "a zip archive without data.pkl (first member: " + first + ")"});
    return *std::move(found);
}

}  // namespace

void readTorchZip(WeightFile::Content& content) {
    const std::string path = content.path.string();
    const Pickle pickle = findPickle(path);
    const std::map<std::string, PickledTensor> tensors = readStateDictPickle(pickle.bytes, path);

    struct Storage {
        size_t bytes = 0;
        std::shared_ptr<char[]> data;
    };
    std::map<std::string, Storage> storages;
    for (const auto& [name, tensor] : tensors) {
        const size_t bytes =
            static_cast<size_t>(tensor.storageElements) * torch::elementSize(storageType(tensor.storageClass));
        Storage& storage = storages[pickle.folder + "data/" + tensor.storage];
        storage.bytes = std::max(storage.bytes, bytes);
    }
    const auto fileBytes = std::filesystem::file_size(content.path);
    ZipReader zip(path);
    while (const std::optional<std::string> member = zip.next()) {
        const auto storage = storages.find(*member);
        if (storage == storages.end() || storage->second.data) continue;
        // Records are stored without compression, so none is bigger than the file; this bounds what a forged size can
        // ask for.
        if (storage->second.bytes > fileBytes) throw Error(ErrorCode::ArchiveTruncated, {path});
        storage->second.data = std::shared_ptr<char[]>(new char[storage->second.bytes + 1]);
        zip.read(storage->second.data.get(), storage->second.bytes);
    }
    for (const auto& [name, tensor] : tensors) {
        const Storage& storage = storages[pickle.folder + "data/" + tensor.storage];
        if (!storage.data) throw Error(ErrorCode::ArchiveTruncated, {path});
        const torch::ScalarType type = storageType(tensor.storageClass);
        content.tensors[name] = {type, tensor.shape, tensor.strides,
                                 storage.data.get() + static_cast<size_t>(tensor.offset) * torch::elementSize(type)};
    }
    for (const auto& [name, storage] : storages) content.owners.push_back(storage.data);
}

}  // namespace mnerva::nn
