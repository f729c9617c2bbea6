#include "core/archive/zip.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"

namespace mnerva::archive {
namespace {

constexpr std::size_t kLongestMemberName = 4096;

/// The directory stands at the end of a zip file; a download that broke off lacks it, even where the wanted member is
/// whole.
bool hasDirectory(std::string_view bytes) {
    static constexpr std::size_t kEndRecord = 22, kMaxComment = 65535;
    const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kEndRecord + kMaxComment));
    const std::size_t at = tail.rfind("PK\x05\x06");
    return at != std::string_view::npos && tail.size() - at >= kEndRecord;
}

}  // namespace

void ZipReader::Close::operator()(::archive* opened) const {
    archive_read_free(opened);
}

ZipReader::ZipReader(std::string_view bytes, const std::string& path) : m_path(path), m_archive(archive_read_new()) {
    if (!hasDirectory(bytes)) refuseEnd();
    archive_read_support_format_zip(m_archive.get());
    if (archive_read_open_memory(m_archive.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) refuseEnd();
}

void ZipReader::refuseEnd() const {
    throw Error(ErrorCode::ArchiveTruncated, {m_path});
}

std::optional<std::string> ZipReader::next() {
    archive_entry* entry = nullptr;
    const int state = archive_read_next_header(m_archive.get(), &entry);
    if (state == ARCHIVE_EOF) return std::nullopt;
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) refuseEnd();
    const char* name = archive_entry_pathname(entry);
    m_name = name ? std::string_view(name).substr(0, kLongestMemberName) : std::string_view();
    return m_name;
}

void ZipReader::read(char* target, std::uint64_t size) {
    for (std::uint64_t done = 0; done < size;) {
        const la_ssize_t count = archive_read_data(m_archive.get(), target + done, size - done);
        if (count <= 0) refuseEnd();
        done += static_cast<std::uint64_t>(count);
    }
}

std::string ZipReader::readAll(std::uint64_t limit) {
    std::string out;
    std::vector<char> buffer(1 << 16);
    for (;;) {
        const la_ssize_t count = archive_read_data(m_archive.get(), buffer.data(), buffer.size());
        if (count < 0) refuseEnd();
        if (count == 0) return out;
        out.append(buffer.data(), static_cast<std::size_t>(count));
        if (out.size() > limit)
            throw Error(ErrorCode::BoundExceeded,
                        {m_path, "bytes in " + std::string(baseName(m_name)), std::to_string(limit)});
    }
}

std::string_view baseName(std::string_view member) {
    return member.substr(member.rfind('/') + 1);
}

std::string zipMember(std::string_view bytes, std::string_view name, std::uint64_t limit, const std::string& path) {
    ZipReader zip(bytes, path);
    while (const std::optional<std::string> member = zip.next())
        if (baseName(*member) == name) return zip.readAll(limit);
    throw Error(ErrorCode::FormatInvalid,
                {path, "a zip archive without " + std::string(name), "a PyTorch file of a dictionary"});
}

}  // namespace mnerva::archive
