#include "core/vision/gif.h"

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/error.h"

namespace mnerva::vision {
namespace {

constexpr int kMostCodes = 4096;

/// Bytes one after the other; nothing behind the end.
class Stream {
public:
    explicit Stream(std::string_view bytes) : m_bytes(bytes) {}
    std::optional<int> byte() {
        if (m_at >= m_bytes.size()) return std::nullopt;
        return static_cast<unsigned char>(m_bytes[m_at++]);
    }
    std::optional<int> word() {
        const auto low = byte(), high = byte();
        if (!low || !high) return std::nullopt;
        return *low | *high << 8;
    }
    std::string_view take(std::size_t count) {
        const std::string_view taken = m_bytes.substr(std::min(m_at, m_bytes.size()), count);
        m_at += taken.size();
        return taken;
    }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
};

/// The codes of a frame, read over the borders of its blocks; nothing at the end.
class Codes {
public:
    explicit Codes(Stream& stream) : m_stream(stream) {}
    std::optional<int> next(int width) {
        while (m_held < width) {
            if (m_left == 0) {
                const auto size = m_ended ? std::nullopt : m_stream.byte();
                if (!size || *size == 0) {
                    m_ended = true;
                    return std::nullopt;
                }
                m_left = *size;
            }
            const auto byte = m_stream.byte();
            if (!byte) {
                m_ended = true;
                m_left = 0;
                return std::nullopt;
            }
            --m_left;
            m_bits |= static_cast<std::uint32_t>(*byte) << m_held;
            m_held += 8;
        }
        const int code = static_cast<int>(m_bits & ((1u << width) - 1));
        m_bits >>= width;
        m_held -= width;
        return code;
    }

private:
    Stream& m_stream;
    std::uint32_t m_bits = 0;
    int m_held = 0, m_left = 0;
    bool m_ended = false;
};

/// Calls `use(colour index)` for each pixel until it answers false; true when the frame ended in order.
template <class Use>
bool decodeLzw(Codes codes, int least, Use&& use) {
    const int clear = 1 << least, end = clear + 1;
    std::array<std::uint16_t, kMostCodes> prefix{};
    std::array<std::uint8_t, kMostCodes> suffix{}, stack{};
    int next = end + 1, width = least + 1, before = -1, first = 0;
    while (const auto read = codes.next(width)) {
        int code = *read;
        if (code == end) return true;
        if (code == clear) {
            next = end + 1;
            width = least + 1;
            before = -1;
            continue;
        }
        if (before >= 0 && (code > next || code >= kMostCodes)) return false;
        if (before < 0) {
            if (code >= clear) return false;
            first = code;
            before = code;
            if (!use(code)) return true;
            continue;
        }
        const int whole = code;
        std::size_t depth = 0;
        if (code == next) {  // the code that is made by this very step
            stack[depth++] = static_cast<std::uint8_t>(first);
            code = before;
        }
        while (code > end) {
            if (depth >= stack.size() - 1) return false;
            stack[depth++] = suffix[static_cast<std::size_t>(code)];
            code = prefix[static_cast<std::size_t>(code)];
        }
        if (code >= clear) return false;
        first = code;
        stack[depth++] = static_cast<std::uint8_t>(code);
        if (next < kMostCodes) {
            prefix[static_cast<std::size_t>(next)] = static_cast<std::uint16_t>(before);
            suffix[static_cast<std::size_t>(next)] = static_cast<std::uint8_t>(first);
            ++next;
            if (next == 1 << width && width < 12) ++width;
        }
        before = whole;
        while (depth > 0)
            if (!use(stack[--depth])) return true;
    }
    return false;
}

class Decoder {
public:
    Decoder(std::string_view bytes, const std::filesystem::path& name) : m_stream(bytes), m_name(name) {}

    GifPicture decode() {
        m_stream.take(6);
        const int width = word(), height = word(), flags = byte();
        m_stream.take(2);
        if (width == 0 || height == 0) refuse("no pixels");
        m_out.picture = filledPicture(width, height, 255, 255, 255);
        m_colours = tableOf(flags);
        for (;;) {
            switch (byte()) {
                case 0x21:
                    readExtension();
                    break;
                case 0x2c:
                    readFrame();
                    return std::move(m_out);
                default:
                    refuse("no frame");
            }
        }
    }

private:
    [[noreturn]] void refuse(const char* why) const { throw Error(ErrorCode::ImageUnreadable, {m_name.string(), why}); }
    int byte() {
        const auto value = m_stream.byte();
        if (!value) refuse("cut off");
        return *value;
    }
    int word() {
        const auto value = m_stream.word();
        if (!value) refuse("cut off");
        return *value;
    }
    std::string_view tableOf(int flags) {
        return (flags & 0x80) != 0 ? m_stream.take(std::size_t{3} * (std::size_t{2} << (flags & 7)))
                                   : std::string_view{};
    }

    void readExtension() {
        const bool isControl = byte() == 0xf9;
        bool isFirst = true;
        while (const int size = byte()) {
            const std::string_view block = m_stream.take(static_cast<std::size_t>(size));
            if (isControl && isFirst && block.size() >= 4)
                m_transparent = (block[0] & 1) != 0 ? static_cast<unsigned char>(block[3]) : -1;
            isFirst = false;
        }
    }

    void readFrame() {
        const int left = word(), top = word(), width = word(), height = word(), flags = byte();
        Picture& canvas = m_out.picture;
        if (width == 0 || height == 0) refuse("no pixels");
        // A larger frame than its screen is no picture that anybody made; it could cost far more than it shows.
        if (left + width > canvas.width || top + height > canvas.height) refuse("a frame larger than its screen");
        const std::string_view local = tableOf(flags);
        const std::string_view colours = local.empty() ? m_colours : local;
        const bool isInterlaced = (flags & 0x40) != 0;
        const int least = byte();
        if (least < 1 || least > 8) refuse("a code size that is none");
        int x = 0, row = 0, pass = 0;
        std::int64_t pixels = 0;
        const std::int64_t wanted = std::int64_t{width} * height;
        const auto put = [&](int index) {
            const auto at = static_cast<std::size_t>(index) * 3;
            if (index != m_transparent && at + 3 <= colours.size()) {
                const std::size_t to =
                    3 * (static_cast<std::size_t>(top + row) * static_cast<std::size_t>(canvas.width) +
                         static_cast<std::size_t>(left + x));
                for (std::size_t c = 0; c < 3; ++c) canvas.rgb[to + c] = static_cast<std::uint8_t>(colours[at + c]);
            }
            if (++x == width) {
                x = 0;
                row = isInterlaced ? nextRow(row, height, pass) : row + 1;
            }
            return ++pixels < wanted;
        };
        decodeLzw(Codes(m_stream), least, put);
        m_out.isDamaged = pixels < wanted;
    }

    static int nextRow(int row, int height, int& pass) {
        constexpr std::array<int, 4> kStart{0, 4, 2, 1}, kStep{8, 8, 4, 2};
        row += kStep[static_cast<std::size_t>(pass)];
        while (row >= height && pass < 3) row = kStart[static_cast<std::size_t>(++pass)];
        return row;
    }

    Stream m_stream;
    const std::filesystem::path& m_name;
    GifPicture m_out;
    std::string_view m_colours;
    int m_transparent = -1;
};

}  // namespace

GifPicture decodeGif(std::string_view bytes, const std::filesystem::path& name) {
    return Decoder(bytes, name).decode();
}

}  // namespace mnerva::vision
