#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/file.h"
#include "core/text/encoding.h"

namespace mnerva::formats {

inline constexpr int kLinesBetweenPolls = 2048;  ///< how many lines are read between two looks at a stop token

/// Lines of a file of any size with flat memory. Splits on LF and on nothing else: words of tweets hold U+2028, U+0085
/// and other things that some libraries take for line ends. A file that has CR and no LF at all (in its first 256 KiB)
/// is split on CR.
///
/// The bytes are given as they are, unless a mark at the start says UTF-16 or UTF-32 or an encoding is named: then they
/// are UTF-8 made of those (the mark stays, as U+FEFF).
class LineReader {
public:
    /// Bytes of a line that are kept; the rest of a longer one is skipped and `Line::cut` set.
    static constexpr std::size_t kMaxLineBytes = 1 << 20;

    struct Line {
        std::string_view text;  ///< without its end; valid until the next call
        int number = 0;         ///< 1-based
        bool cut = false;
    };

    /// Errors: as openForReading; OptionInvalid for an encoding that nobody knows.
    explicit LineReader(const std::filesystem::path& path, const std::string& encoding = {});

    /// The first bytes of the file as they are given (up to 256 KiB), for telling formats apart. Valid until the first
    /// next().
    std::string_view head() const { return m_buffer; }
    bool isHeadAll() const { return m_isEnd; }
    char lineEnd() const { return m_lineEnd; }
    /// The encoding that the bytes are converted from; empty: none.
    const std::string& convertedFrom() const { return m_convertedFrom; }
    /// An encoding was named, but the bytes read well as UTF-8.
    bool isNameDoubtful() const { return m_isNameDoubtful; }
    /// The next line, or nothing at the end of the file. Errors: FileUnreadable, BoundExceeded (2^31 lines).
    std::optional<Line> next();

    std::int64_t bytesRead() const { return m_read; }
    std::int64_t fileBytes() const { return m_fileBytes; }

private:
    bool refill();
    std::string readBlock();
    void chooseEncoding(std::string_view start, const std::string& encoding);

    std::filesystem::path m_path;
    Descriptor m_file;
    std::optional<text::Decoder> m_decoder;
    std::string m_convertedFrom;
    std::string m_buffer;   ///< block last read
    std::string m_carried;  ///< start of a line that crosses blocks
    std::size_t m_at = 0;
    std::int64_t m_read = 0, m_fileBytes = 0;
    int m_number = 0;
    char m_lineEnd = '\n';
    bool m_isEnd = false, m_isNameDoubtful = false;
};

}  // namespace mnerva::formats
