#include "core/vision/decode/header_size.h"

namespace mnerva::vision {
namespace {

/// Bytes of a header; anything outside reads as 0, so broken files need no checks of their own.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : m_bytes(bytes) {}
    std::uint32_t byte(std::size_t at) const {
        return at < m_bytes.size() ? static_cast<unsigned char>(m_bytes[at]) : 0u;
    }
    std::uint32_t big16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
    std::uint32_t big32(std::size_t at) const { return big16(at) << 16 | big16(at + 2); }
    std::uint32_t little16(std::size_t at) const { return byte(at + 1) << 8 | byte(at); }
    std::uint32_t little24(std::size_t at) const { return byte(at + 2) << 16 | little16(at); }
    std::uint32_t little32(std::size_t at) const { return little16(at + 2) << 16 | little16(at); }
    bool startsWith(std::string_view magic, std::size_t at = 0) const {
        return m_bytes.size() >= at + magic.size() && m_bytes.substr(at, magic.size()) == magic;
    }
    std::size_t size() const { return m_bytes.size(); }

private:
    std::string_view m_bytes;
};

/// Walks the segments of a JPEG file to its frame header (SOF0..SOF15 without DHT, JPG and DAC).
std::optional<PictureSize> jpegSize(const Bytes& b) {
    std::size_t at = 2;
    while (at + 9 < b.size()) {
        if (b.byte(at) != 0xff) return std::nullopt;
        const std::uint32_t marker = b.byte(at + 1);
        if (marker == 0xff) {
            ++at;  // fill byte
            continue;
        }
        const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) return PictureSize{b.big16(at + 7), b.big16(at + 5)};
        const bool alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        at += alone ? 2 : 2 + std::max<std::size_t>(2, b.big16(at + 2));
    }
    return std::nullopt;
}

std::optional<PictureSize> webpSize(const Bytes& b) {
    if (b.startsWith("VP8X", 12)) return PictureSize{b.little24(24) + 1, b.little24(27) + 1};
    if (b.startsWith("VP8L", 12)) {
        const std::uint32_t bits = b.little32(21);
        return PictureSize{(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
    }
    if (b.startsWith("VP8 ", 12)) return PictureSize{b.little16(26) & 0x3fff, b.little16(28) & 0x3fff};
    return std::nullopt;
}

}  // namespace

std::optional<PictureSize> headerSize(std::string_view bytes) {
    const Bytes b(bytes);
    if (b.startsWith("\x89PNG\r\n\x1a\n")) return PictureSize{b.big32(16), b.big32(20)};
    if (b.startsWith("\xff\xd8")) return jpegSize(b);
    if (b.startsWith("GIF8")) return PictureSize{b.little16(6), b.little16(8)};
    if (b.startsWith("BM")) {
        const auto height = static_cast<std::int32_t>(b.little32(22));  // negative: rows from the top
        return PictureSize{static_cast<std::int32_t>(b.little32(18)), height < 0 ? -std::int64_t{height} : height};
    }
    if (b.startsWith("RIFF") && b.startsWith("WEBP", 8)) return webpSize(b);
    return std::nullopt;
}

}  // namespace mnerva::vision
