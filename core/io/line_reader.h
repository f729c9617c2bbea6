#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::io {

/// Lines of a file of any size with flat memory. Splits on LF and on nothing else: words of tweets hold U+2028, U+0085
/// and other things that some libraries take for line ends.
class LineReader {
public:
    /// Bytes of a line that are kept; the rest of a longer one is skipped and `Line::cut` set.
    static constexpr std::size_t kMaxLineBytes = 1 << 20;

    struct Line {
        std::string_view text;  ///< without its LF; valid until the next call
        int number = 0;         ///< 1-based
        bool cut = false;
    };

    /// Errors: FileMissing, FileIsDirectory, FileUnreadable.
    explicit LineReader(const std::filesystem::path& path);

    /// The first bytes of the file (up to 4 KiB), for telling formats apart.
    std::string_view head() const { return std::string_view(m_buffer).substr(0, m_headSize); }
    /// The next line, or nothing at the end of the file.
    std::optional<Line> next();

    std::int64_t bytesRead() const { return m_consumed; }
    std::int64_t fileBytes() const { return m_fileBytes; }

private:
    bool refill();

    std::filesystem::path m_path;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> m_file;
    std::string m_buffer;   ///< block last read
    std::string m_carried;  ///< start of a line that crosses blocks
    std::size_t m_at = 0, m_size = 0, m_headSize = 0;
    std::int64_t m_consumed = 0, m_fileBytes = 0;
    int m_number = 0;
};

}  // namespace mnerva::io
