#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/text/word_vectors_internal.h"

namespace mnerva::models {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 20;  // bytes; 65536 numbers of 16 characters
constexpr std::size_t kLongestWord = 4096;                  // bytes, in the binary form
constexpr std::size_t kLargestDimension = 65536;
constexpr std::size_t kMostWords = std::size_t{1} << 23;  // the largest published files have three million

[[noreturn]] void refuse(const fs::path& path, const std::string& found, const std::string& wanted) {
    throw Error(ErrorCode::FormatInvalid, {path.string(), found, wanted});
}

/// What is shown of a value that may be long or no text at all.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text.substr(0, 40)) out += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
    return out + (text.size() > 40 ? "...\"" : "\"");
}

std::vector<std::string_view> fieldsOf(std::string_view line) {
    std::vector<std::string_view> fields;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        if (end > at) fields.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return fields;
}

template <class Number>
std::optional<Number> numberOf(std::string_view text) {
    Number value{};
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// By way of double, so that what is smaller than a float is zero and what is larger is infinite.
std::optional<float> floatOf(std::string_view text) {
    const std::optional<double> value = numberOf<double>(text);
    return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

std::string_view withoutEnd(std::string_view line) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
    return line;
}

/// Buffered bytes of a file with a look ahead.
class ByteReader {
public:
    explicit ByteReader(const fs::path& path)
        : m_path(path), m_file(openForReading(path)), m_buffer(std::size_t{4} << 20, '\0') {
        std::error_code failed;
        m_bytes = fs::file_size(path, failed);
        if (failed) throw Error(ErrorCode::FileUnreadable, {path.string(), failed.message()});
    }

    /// The next bytes, up to `count` of them, without moving on.
    std::string_view look(std::size_t count) {
        if (m_size - m_at < count) {
            std::memmove(m_buffer.data(), m_buffer.data() + m_at, m_size - m_at);
            m_size -= m_at;
            m_at = 0;
            if (m_buffer.size() < count) m_buffer.resize(count);
            while (m_size < count) {
                const ssize_t got = ::read(m_file.get(), m_buffer.data() + m_size, m_buffer.size() - m_size);
                if (got < 0 && errno == EINTR) continue;
                if (got < 0) throw Error(ErrorCode::FileUnreadable, {m_path.string(), std::strerror(errno)});
                if (got == 0) break;
                m_size += static_cast<std::size_t>(got);
            }
        }
        return std::string_view(m_buffer).substr(m_at, std::min(count, m_size - m_at));
    }
    void skip(std::size_t count) { m_at += std::min(count, m_size - m_at); }
    bool atEnd() { return look(1).empty(); }
    std::uintmax_t fileBytes() const { return m_bytes; }

    /// The next line without its end; valid until the next call. Nothing at the end of the file, or for a line that is
    /// too long to be one.
    std::optional<std::string_view> lookLine(std::size_t& bytes) {
        const std::size_t quick = std::size_t{1} << 16;
        std::string_view ahead = look(quick);
        std::size_t end = ahead.find('\n');
        if (end == std::string_view::npos && ahead.size() == quick) {
            ahead = look(kLongestLine);
            end = ahead.find('\n');
        }
        if (ahead.empty() || (end == std::string_view::npos && ahead.size() == kLongestLine)) return std::nullopt;
        bytes = end == std::string_view::npos ? ahead.size() : end + 1;
        return ahead.substr(0, std::min(end, ahead.size()));
    }

private:
    fs::path m_path;
    Descriptor m_file;
    std::string m_buffer;
    std::size_t m_at = 0, m_size = 0;
    std::uintmax_t m_bytes = 0;
};

struct Contents {
    std::vector<std::string> words;
    std::vector<float> values;
    std::size_t dimension = 0, promised = 0;  ///< promised: words that the first line speaks of; 0: it does not
};

/// "1000 200".
bool readHeader(const fs::path& path, std::string_view line, Contents& out) {
    const auto fields = fieldsOf(withoutEnd(line));
    if (fields.size() != 2) return false;
    const auto words = numberOf<std::size_t>(fields[0]), dimension = numberOf<std::size_t>(fields[1]);
    if (!words || !dimension || *words == 0 || *dimension == 0 || *dimension > kLargestDimension) return false;
    if (*words > kMostWords)
        throw Error(ErrorCode::BoundExceeded, {path.string(), "words", std::to_string(kMostWords)});
    out.promised = *words;
    out.dimension = *dimension;
    return true;
}

bool looksLikeText(std::string_view line, std::size_t dimension) {
    const auto fields = fieldsOf(withoutEnd(line));
    if (fields.size() < dimension || line.find('\0') != std::string_view::npos) return false;
    const auto numbers = std::count_if(fields.end() - static_cast<std::ptrdiff_t>(dimension), fields.end(),
                                       [](auto field) { return floatOf(field).has_value(); });
    // A text with one bad number is still a text, and is told so.
    return 2 * static_cast<std::size_t>(numbers) >= dimension;
}

void readTextLine(const fs::path& path, int number, std::string_view line, Contents& out) {
    const std::string where = "line " + std::to_string(number) + ": ";
    const auto fields = fieldsOf(line);
    if (out.dimension == 0) {
        if (fields.size() < 2 || fields.size() - 1 > kLargestDimension)
            refuse(path, where + quoted(line), "a word and its numbers");
        out.dimension = fields.size() - 1;
    }
    if (out.words.size() == kMostWords)
        throw Error(ErrorCode::BoundExceeded, {path.string(), "words", std::to_string(kMostWords)});
    // A word may hold spaces (crawled text has some): the last fields are the numbers.
    const std::size_t first = fields.size() - std::min(fields.size(), out.dimension);
    const bool tooMany = first > 1 && floatOf(fields[1]) && floatOf(fields[first - 1]);
    if (first == 0 || tooMany)
        refuse(path, where + std::to_string(fields.size() - 1) + " numbers",
               std::to_string(out.dimension) + " numbers");
    for (std::size_t i = first; i < fields.size(); ++i) {
        const std::optional<float> value = floatOf(fields[i]);
        if (!value || !std::isfinite(*value)) refuse(path, where + quoted(fields[i]), "a finite number");
        out.values.push_back(*value);
    }
    const char* begin = fields[0].data();
    out.words.emplace_back(begin, fields[first - 1].data() + fields[first - 1].size());
}

void readText(const fs::path& path, ByteReader& reader, Contents& out) {
    int number = out.promised > 0 ? 1 : 0;
    while (!reader.atEnd()) {
        ++number;
        std::size_t bytes = 0;
        const auto line = reader.lookLine(bytes);
        if (!line) refuse(path, "line " + std::to_string(number) + ": more than 1 MiB", "a word and its numbers");
        const std::string_view text = withoutEnd(*line);
        if (!text.empty()) readTextLine(path, number, text, out);
        reader.skip(bytes);
    }
}

void readBinary(const fs::path& path, ByteReader& reader, Contents& out) {
    const std::size_t bytes = out.dimension * sizeof(float);
    for (std::size_t number = 1; number <= out.promised; ++number) {
        const std::string where = "word " + std::to_string(number) + ": ";
        while (reader.look(1) == "\n") reader.skip(1);
        std::string_view ahead = reader.look(kLongestWord);
        const std::size_t end = ahead.find(' ');
        if (end == std::string_view::npos)
            refuse(path, where + (ahead.empty() ? "the end of the file" : "no space after it"),
                   std::to_string(out.promised) + " words");
        out.words.emplace_back(ahead.substr(0, end));
        reader.skip(end + 1);
        ahead = reader.look(bytes);
        if (ahead.size() < bytes)
            refuse(path, where + "the end of the file", std::to_string(out.dimension) + " numbers");
        const std::size_t start = out.values.size();
        out.values.resize(start + out.dimension);
        std::memcpy(out.values.data() + start, ahead.data(), bytes);
        for (std::size_t i = start; i < out.values.size(); ++i)
            if (!std::isfinite(out.values[i]))
                refuse(path, where + (std::isnan(out.values[i]) ? "NaN" : "infinity"), "a finite number");
        reader.skip(bytes);
    }
    while (reader.look(1) == "\n") reader.skip(1);
    if (!reader.atEnd()) refuse(path, "more bytes than its words need", std::to_string(out.promised) + " words");
}

}  // namespace

WordVectors WordVectors::load(const fs::path& path) {
    ByteReader reader(path);
    Contents contents;
    std::size_t bytes = 0;
    const auto first = reader.lookLine(bytes);
    if (!first) refuse(path, reader.atEnd() ? "an empty file" : "no line of text", "vectors of words");
    bool text = true;
    if (readHeader(path, *first, contents)) {
        reader.skip(bytes);
        const auto second = reader.lookLine(bytes);
        text = second.has_value() && looksLikeText(*second, contents.dimension);
        // Never more room than the file can fill: two bytes a number in text, four in binary.
        const auto most = reader.fileBytes() / (contents.dimension * 2) + 1;
        contents.words.reserve(std::min<std::size_t>(contents.promised, most));
        contents.values.reserve(contents.words.capacity() * contents.dimension);
    }
    if (text)
        readText(path, reader, contents);
    else
        readBinary(path, reader, contents);
    if (contents.words.empty()) refuse(path, "no word", "vectors of words");
    if (contents.promised > 0 && contents.words.size() != contents.promised)
        refuse(path, std::to_string(contents.words.size()) + " words",
               std::to_string(contents.promised) + " words, as its first line says");
    return {std::move(contents.words), std::move(contents.values), static_cast<int>(contents.dimension)};
}

WordVectors::WordVectors(std::vector<std::string> words, std::vector<float> values, int dimension)
    : m_words(std::move(words)), m_values(std::move(values)), m_dimension(dimension) {
    MNERVA_CHECK(dimension > 0 && m_values.size() == m_words.size() * static_cast<std::size_t>(dimension));
    m_rows.reserve(m_words.size());
    for (std::size_t row = 0; row < m_words.size(); ++row) m_rows.try_emplace(m_words[row], row);
}

std::ptrdiff_t WordVectors::rowOf(std::string_view word) const {
    const auto found = m_rows.find(word);
    return found == m_rows.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
}

std::span<const float> WordVectors::find(std::string_view word) const {
    const std::ptrdiff_t row = rowOf(word);
    if (row < 0) return {};
    return std::span(m_values).subspan(static_cast<std::size_t>(row * m_dimension),
                                       static_cast<std::size_t>(m_dimension));
}

}  // namespace mnerva::models
