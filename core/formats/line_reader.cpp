#include "core/formats/line_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace {

constexpr std::size_t kBlockBytes = 1 << 18;

std::string markedEncoding(std::string_view start) {
    // The four bytes of UTF-32 begin with the two of UTF-16.
    if (start.starts_with(std::string_view("\xFF\xFE\0\0", 4))) return "UTF-32LE";
    if (start.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return "UTF-32BE";
    if (start.starts_with("\xFF\xFE")) return "UTF-16LE";
    if (start.starts_with("\xFE\xFF")) return "UTF-16BE";
    return {};
}

}  // namespace

LineReader::LineReader(const std::filesystem::path& path, const std::string& encoding)
    : m_path(path), m_file(openForReading(path)) {
    struct stat state {};
    if (::fstat(m_file.get(), &state) == 0) m_fileBytes = state.st_size;
    std::string start = readBlock();
    chooseEncoding(start, encoding);
    if (m_decoder)
        m_decoder->add(start, m_isEnd, m_buffer);
    else
        m_buffer = std::move(start);
    if (m_buffer.find('\n') == m_buffer.npos && m_buffer.find('\r') != m_buffer.npos) m_lineEnd = '\r';
}

void LineReader::chooseEncoding(std::string_view start, const std::string& encoding) {
    const std::string name = encoding.empty() ? markedEncoding(start) : encoding;
    if (name.empty()) return;
    text::Decoder decoder(name);  // also says whether there is such an encoding
    if (text::isUtf8Name(name)) return;
    m_decoder = std::move(decoder);
    const text::Utf8Counts counts = text::countUtf8(start);
    m_isNameDoubtful = !encoding.empty() && counts.characters > 0 && counts.broken <= (m_isEnd ? 0u : 1u);
    m_convertedFrom = name;
}

std::string LineReader::readBlock() {
    std::string block(kBlockBytes, '\0');
    std::size_t filled = 0;
    while (filled < block.size()) {
        const ssize_t got = ::read(m_file.get(), block.data() + filled, block.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw Error(ErrorCode::FileUnreadable, {m_path.string(), std::strerror(errno)});
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    m_isEnd = filled < block.size();
    block.resize(filled);
    m_read += static_cast<std::int64_t>(filled);
    return block;
}

bool LineReader::refill() {
    m_at = 0;
    m_buffer.clear();
    while (m_buffer.empty() && !m_isEnd) {
        std::string block = readBlock();
        if (m_decoder)
            m_decoder->add(block, m_isEnd, m_buffer);
        else
            m_buffer = std::move(block);
    }
    return !m_buffer.empty();
}

std::optional<LineReader::Line> LineReader::next() {
    m_carried.clear();
    Line line;
    bool any = false;
    const auto keep = [&](std::string_view piece) {
        const std::size_t room = kMaxLineBytes - std::min(kMaxLineBytes, m_carried.size());
        line.cut |= piece.size() > room;
        m_carried.append(piece.substr(0, room));
    };
    const auto count = [&] {
        if (m_number == std::numeric_limits<int>::max())
            throw Error(ErrorCode::BoundExceeded, {m_path.string(), "lines", std::to_string(m_number)});
        return ++m_number;
    };
    while (m_at < m_buffer.size() || refill()) {
        any = true;
        const std::string_view rest(m_buffer.data() + m_at, m_buffer.size() - m_at);
        const std::size_t end = rest.find(m_lineEnd);
        const std::string_view piece = rest.substr(0, end);
        m_at += piece.size() + (end == rest.npos ? 0 : 1);
        if (end == rest.npos) {
            keep(piece);
            continue;
        }
        line.number = count();
        if (m_carried.empty() && !line.cut && piece.size() <= kMaxLineBytes) {
            line.text = piece;
        } else {
            keep(piece);
            line.text = m_carried;
        }
        return line;
    }
    if (!any) return std::nullopt;
    line.number = count();
    line.text = m_carried;
    return line;
}

}  // namespace mnerva::formats
