#pragma once

#include <string>
#include <string_view>

namespace mnerva::archive {

/// The content of the first member of a zip archive whose name is `name`, in any folder ("archive/data.pkl" for
/// "data.pkl"). `path` is for messages; at most `limit` bytes are taken. Errors: ArchiveTruncated (cut short, bad
/// checksum, no directory at its end), FormatInvalid (no such member), BoundExceeded (too large).
std::string zipMember(std::string_view archive, std::string_view name, std::size_t limit, const std::string& path);

}  // namespace mnerva::archive
