#include "core/io/line_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/error.h"

namespace mnerva::io {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBlockBytes = 1 << 18;
constexpr std::size_t kHeadBytes = 4096;

}  // namespace

LineReader::LineReader(const fs::path& path) : m_path(path), m_file(nullptr, &std::fclose) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (status.type() == fs::file_type::not_found) throw Error(ErrorCode::FileMissing, {path.string()});
    if (fs::is_directory(status)) throw Error(ErrorCode::FileIsDirectory, {path.string()});
    errno = 0;
    m_file.reset(std::fopen(path.c_str(), "rb"));
    if (!m_file) throw Error(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    std::setvbuf(m_file.get(), nullptr, _IONBF, 0);  // we read whole blocks ourselves
    const auto size = fs::file_size(path, failed);
    m_fileBytes = failed ? 0 : static_cast<std::int64_t>(size);
    m_buffer.resize(kBlockBytes);
    refill();
    m_headSize = std::min(m_size, kHeadBytes);
}

bool LineReader::refill() {
    errno = 0;
    m_at = 0;
    m_size = std::fread(m_buffer.data(), 1, m_buffer.size(), m_file.get());
    if (m_size == 0 && std::ferror(m_file.get()))
        throw Error(ErrorCode::FileUnreadable, {m_path.string(), std::strerror(errno)});
    return m_size > 0;
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
    while (m_at < m_size || refill()) {
        any = true;
        const std::string_view rest(m_buffer.data() + m_at, m_size - m_at);
        const std::size_t end = rest.find('\n');
        const std::string_view piece = rest.substr(0, end);
        const std::size_t used = piece.size() + (end == rest.npos ? 0 : 1);
        m_at += used;
        m_consumed += static_cast<std::int64_t>(used);
        if (end == rest.npos) {
            keep(piece);
            continue;
        }
        line.number = ++m_number;
        if (m_carried.empty() && piece.size() <= kMaxLineBytes) {
            line.text = piece;
        } else {
            keep(piece);
            line.text = m_carried;
        }
        return line;
    }
    if (!any) return std::nullopt;
    line.number = ++m_number;
    line.text = m_carried;
    return line;
}

}  // namespace mnerva::io
