#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <optional>

#include "core/archive/forms_internal.h"
#include "core/archive/pickle.h"
#include "core/archive/storages_internal.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/printable.h"

namespace mnerva::archive {
namespace {

constexpr std::uint64_t kLargestPickle = 64U << 20;
constexpr std::size_t kLongestMemberName = 4096;

/// One pass over the members of a zip.
class ZipReader {
public:
    ZipReader(std::string_view bytes, const std::string& path)
        : m_path(path), m_archive(archive_read_new(), &archive_read_free) {
        archive_read_support_format_zip(m_archive.get());
        if (archive_read_open_memory(m_archive.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) truncated();
    }

    /// Name of the next member; nothing at the end.
    std::optional<std::string> next() {
        archive_entry* entry = nullptr;
        const int state = archive_read_next_header(m_archive.get(), &entry);
        if (state == ARCHIVE_EOF) return std::nullopt;
        if (state != ARCHIVE_OK && state != ARCHIVE_WARN) truncated();
        const char* name = archive_entry_pathname(entry);
        return std::string(name ? std::string_view(name).substr(0, kLongestMemberName) : std::string_view());
    }

    /// Exactly `size` bytes of the current member; a shorter one is a truncated file.
    void read(char* target, std::uint64_t size) {
        for (std::uint64_t done = 0; done < size;) {
            const la_ssize_t count = archive_read_data(m_archive.get(), target + done, size - done);
            if (count <= 0) truncated();
            done += static_cast<std::uint64_t>(count);
        }
    }

    /// The whole current member, of at most `limit` bytes.
    std::string readAll(std::uint64_t limit) {
        std::string out;
        std::vector<char> buffer(1 << 16);
        for (;;) {
            const la_ssize_t count = archive_read_data(m_archive.get(), buffer.data(), buffer.size());
            if (count < 0) truncated();
            if (count == 0) return out;
            out.append(buffer.data(), static_cast<std::size_t>(count));
            if (out.size() > limit)
                throw Error(ErrorCode::BoundExceeded, {m_path, "bytes in its data.pkl", std::to_string(limit)});
        }
    }

private:
    [[noreturn]] void truncated() const { throw Error(ErrorCode::ArchiveTruncated, {m_path}); }

    const std::string& m_path;
    std::unique_ptr<::archive, decltype(&archive_read_free)> m_archive;
};

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
        const size_t slash = name->find_last_of('/');
        const std::string base = slash == std::string::npos ? *name : name->substr(slash + 1);
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
