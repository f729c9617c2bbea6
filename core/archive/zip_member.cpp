#include "core/archive/zip_member.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <memory>

#include "core/base/error.h"

namespace mnerva::archive {
namespace {

struct ArchiveClose {
    void operator()(::archive* a) const { archive_read_free(a); }
};

[[noreturn]] void throwTruncated(const std::string& path) {
    throw Error(ErrorCode::ArchiveTruncated, {path});
}

/// The directory stands at the end of a zip file; a download that broke off lacks it, even where the wanted member is
/// whole.
bool hasDirectory(std::string_view bytes) {
    static constexpr std::size_t kEndRecord = 22, kMaxComment = 65535;
    const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kEndRecord + kMaxComment));
    const std::size_t at = tail.rfind("PK\x05\x06");
    return at != tail.npos && tail.size() - at >= kEndRecord;
}

std::string_view baseName(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

std::string contentOf(::archive* reader, const std::string& name, std::size_t limit, const std::string& path) {
    std::string content;
    std::array<char, 1 << 16> buffer{};
    for (;;) {
        const la_ssize_t got = archive_read_data(reader, buffer.data(), buffer.size());
        if (got < 0) throwTruncated(path);
        if (got == 0) return content;
        content.append(buffer.data(), static_cast<std::size_t>(got));
        if (content.size() > limit)
            throw Error(ErrorCode::BoundExceeded, {path, "bytes in " + name, std::to_string(limit)});
    }
}

}  // namespace

std::string zipMember(std::string_view bytes, std::string_view name, std::size_t limit, const std::string& path) {
    if (!hasDirectory(bytes)) throwTruncated(path);
    const std::unique_ptr<::archive, ArchiveClose> reader(archive_read_new());
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) throwTruncated(path);
    for (;;) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader.get(), &entry);
        if (status == ARCHIVE_EOF)
            throw Error(ErrorCode::FormatInvalid,
                        {path, "a zip archive without " + std::string(name), "a PyTorch file of a dictionary"});
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) throwTruncated(path);
        const char* pathname = archive_entry_pathname(entry);
        if (pathname && baseName(pathname) == name) return contentOf(reader.get(), std::string(name), limit, path);
    }
}

}  // namespace mnerva::archive
