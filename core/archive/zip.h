#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;

namespace mnerva::archive {

/// One pass over the members of a zip archive. `bytes` and `path` (for messages) must outlive it. Errors:
/// ArchiveTruncated (cut short, bad checksum, no directory at its end).
class ZipReader {
public:
    ZipReader(std::string_view bytes, const std::string& path);

    /// Name of the next member, cut where it is longer than any name; nothing at the end.
    std::optional<std::string> next();
    /// Exactly `size` bytes of the current member; a shorter one is a truncated file.
    void read(char* target, std::uint64_t size);
    /// The whole current member. Errors: BoundExceeded where it has more than `limit` bytes.
    std::string readAll(std::uint64_t limit);

private:
    struct Close {
        void operator()(::archive* opened) const;
    };
    [[noreturn]] void refuseEnd() const;

    const std::string& m_path;
    std::string m_name;
    std::unique_ptr<::archive, Close> m_archive;
};

/// The part of a member's name behind its folders ("data.pkl" of "archive/data.pkl").
std::string_view baseName(std::string_view member);

/// The content of the first member whose name is `name`, in any folder. Errors: those of ZipReader; FormatInvalid (no
/// such member), BoundExceeded (it has more than `limit` bytes).
std::string zipMember(std::string_view bytes, std::string_view name, std::uint64_t limit, const std::string& path);

}  // namespace mnerva::archive
