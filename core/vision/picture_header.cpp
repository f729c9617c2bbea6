#include "core/vision/picture_header.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "core/base/file.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

constexpr int kMostScans = 100;  ///< of a JPEG: each costs a pass over all its pixels; real ones have about ten
constexpr std::size_t kMostEntries = 512;  ///< of a directory of TIFF or EXIF; real ones have less than a hundred
constexpr std::size_t kPeek = std::size_t{64} << 10;
constexpr std::uint32_t kOrientationTag = 0x112;

/// Bytes of a file; anything outside reads as 0, so broken files need no checks of their own.
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
    bool has(std::string_view magic, std::size_t at = 0) const {
        return m_bytes.size() >= at + magic.size() && m_bytes.substr(at, magic.size()) == magic;
    }
    std::size_t size() const { return m_bytes.size(); }
    std::string_view part(std::size_t at, std::size_t count) const {
        return at < m_bytes.size() ? m_bytes.substr(at, count) : std::string_view{};
    }
    std::size_t find(char c, std::size_t from) const { return m_bytes.find(c, from); }

private:
    std::string_view m_bytes;
};

/// The first directory of a TIFF file or of an EXIF block, whichever byte order it has.
class Directory {
public:
    explicit Directory(std::string_view tiff) : m_bytes(tiff), m_isBig(m_bytes.has("MM")) {
        const bool isTiff = (m_isBig || m_bytes.has("II")) && word(2) == 42;
        m_at = isTiff ? number(4) : 0;
        if (m_at < 8 || m_at >= m_bytes.size()) m_at = 0;
        m_count = m_at == 0 ? 0 : std::min<std::size_t>(word(m_at), kMostEntries);
    }

    bool isThere() const { return m_at != 0; }
    std::size_t count() const { return m_count; }
    /// Values of a tag of type BYTE, SHORT or LONG; nothing for another type or a value outside of the file.
    std::optional<std::vector<std::uint32_t>> values(std::uint32_t tag, std::size_t most = 8) const {
        for (std::size_t i = 0; i < m_count; ++i) {
            const std::size_t entry = m_at + 2 + 12 * i;
            if (word(entry) != tag) continue;
            const std::uint32_t type = word(entry + 2), count = number(entry + 4);
            const std::size_t width = type == 1 ? 1 : type == 3 ? 2 : type == 4 ? 4 : 0;
            if (width == 0 || count == 0) return std::nullopt;
            const std::size_t begin = count <= 4 / width ? entry + 8 : number(entry + 8);
            if (begin > m_bytes.size() || (m_bytes.size() - begin) / width < count) return std::nullopt;
            std::vector<std::uint32_t> out;
            for (std::size_t k = 0; k < std::min<std::size_t>(count, most); ++k) {
                const std::size_t at = begin + k * width;
                out.push_back(width == 1 ? m_bytes.byte(at) : width == 2 ? word(at) : number(at));
            }
            return out;
        }
        return std::nullopt;
    }
    std::uint32_t value(std::uint32_t tag, std::uint32_t otherwise) const {
        const auto found = values(tag, 1);
        return found ? found->front() : otherwise;
    }
    bool has(std::uint32_t tag) const {
        for (std::size_t i = 0; i < m_count; ++i)
            if (word(m_at + 2 + 12 * i) == tag) return true;
        return false;
    }

private:
    std::uint32_t word(std::size_t at) const { return m_isBig ? m_bytes.big16(at) : m_bytes.little16(at); }
    std::uint32_t number(std::size_t at) const { return m_isBig ? m_bytes.big32(at) : m_bytes.little32(at); }

    Bytes m_bytes;
    bool m_isBig;
    std::size_t m_at = 0, m_count = 0;
};

Orientation orientationIn(std::string_view exif) {
    if (exif.starts_with(std::string_view("Exif\0\0", 6))) exif.remove_prefix(6);  // WebP files have it or not
    const std::uint32_t number = Directory(exif).value(kOrientationTag, 1);
    return number >= 1 && number <= 8 ? static_cast<Orientation>(number) : Orientation::Upright;
}

/// What stands in a header, or why it cannot be used.
struct Found {
    PictureHeader header;
    std::string fault;  ///< it is no picture that can be decoded
    std::string kind;   ///< it is of a kind that is not read
};

Found faulty(std::string why) {
    Found found;
    found.fault = std::move(why);
    return found;
}

Found foreign(std::string what) {
    Found found;
    found.kind = std::move(what);
    return found;
}

/// Walks the segments of a JPEG file to its end marker.
class JpegWalk {
public:
    explicit JpegWalk(const Bytes& bytes) : m_bytes(bytes) {}

    Found walk() {
        std::size_t at = 2;
        while (at + 1 < m_bytes.size()) {
            at = m_bytes.find('\xff', at);  // what stands between segments is skipped, as all decoders do
            if (at == std::string_view::npos) break;
            const std::uint32_t marker = m_bytes.byte(at + 1);
            if (marker == 0xff) {
                ++at;  // a fill byte
            } else if (marker == 0xd9) {
                m_isWhole = true;
                break;
            } else if (marker == 0 || marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
                at += 2;
            } else {
                take(marker, at + 4, m_bytes.big16(at + 2));
                at += 2 + std::max<std::size_t>(2, m_bytes.big16(at + 2));
                // Behind the head of a scan: the search for 0xff goes over its stuffed bytes and restart markers.
            }
        }
        if (!m_hasFrame) return faulty("no frame header");
        if (m_scans == 0) return faulty("no pixels in the file");
        if (m_scans > kMostScans) return faulty(fmt::format("more than {} scans", kMostScans));
        m_found.header.isCutOff = !m_isWhole;
        return std::move(m_found);
    }

private:
    void take(std::uint32_t marker, std::size_t at, std::size_t length) {
        const bool isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (isFrame && !m_hasFrame) {
            m_hasFrame = true;
            m_found.header.stored = {m_bytes.big16(at + 3), m_bytes.big16(at + 1)};
        }
        if (marker == 0xda) ++m_scans;
        const std::string_view exif("Exif\0\0", 6);
        if (marker == 0xe1 && !m_hasExif && m_bytes.has(exif, at) && length > 2) {
            m_hasExif = true;
            m_found.header.orientation = orientationIn(m_bytes.part(at, length - 2));
        }
    }

    const Bytes& m_bytes;
    Found m_found;
    bool m_hasFrame = false, m_hasExif = false, m_isWhole = false;
    int m_scans = 0;
};

Found pngFound(const Bytes& b) {
    Found found;
    found.header.kind = PictureKind::Png;
    if (!b.has("IHDR", 12)) return faulty("no IHDR chunk");
    found.header.stored = {b.big32(16), b.big32(20)};
    if (found.header.stored.width == 0 || found.header.stored.height == 0) return faulty("no pixels");
    bool isWhole = false;
    for (std::size_t at = 8; at + 12 <= b.size();) {
        const std::size_t length = b.big32(at);
        if (b.has("IEND", at + 4)) isWhole = true;
        if (isWhole || length > b.size() - at - 12) break;
        if (b.has("eXIf", at + 4)) found.header.orientation = orientationIn(b.part(at + 8, length));
        at += 12 + length;
    }
    if (!isWhole) found.fault = "cut off";
    return found;
}

Found bmpFound(const Bytes& b) {
    Found found;
    found.header.kind = PictureKind::Bmp;
    const std::uint32_t pixels = b.little32(10), head = b.little32(14);
    const bool isOld = head == 12;
    if (!isOld && head != 40 && head != 108 && head != 124) return faulty("a header of unknown length");
    const auto signedOf = [](std::uint32_t value) {
        return static_cast<std::int64_t>(static_cast<std::int32_t>(value));
    };
    const std::int64_t width = isOld ? b.little16(18) : signedOf(b.little32(18));
    const std::int64_t height = isOld ? b.little16(20) : signedOf(b.little32(22));  // negative: rows from the top
    const std::uint32_t depth = isOld ? b.little16(24) : b.little16(28), packing = isOld ? 0 : b.little32(30);
    if (packing == 1 || packing == 2) return foreign("a BMP with run-length coding");
    const bool isPlain = packing == 0 && (depth == 1 || depth == 4 || depth == 8 || depth == 24 || depth == 32);
    const bool isUsual =
        packing == 3 && depth == 32 && b.little32(54) == 0xff0000 && b.little32(58) == 0xff00 && b.little32(62) == 0xff;
    if (!isPlain && !isUsual)
        return foreign(fmt::format("a BMP with {} bits a pixel, packed by rule {}", depth, packing));
    found.header.stored = {width, height < 0 ? -height : height};
    const PictureSize& size = found.header.stored;
    if (size.width <= 0 || size.height <= 0 || size.width > INT32_MAX || size.height > INT32_MAX) return found;
    const std::int64_t row = (size.width * depth + 31) / 32 * 4;
    const auto room = static_cast<std::int64_t>(b.size()) - static_cast<std::int64_t>(pixels);
    if (room < 0 || room / row < size.height) found.fault = "cut off";
    return found;
}

Found webpFound(const Bytes& b) {
    Found found;
    found.header.kind = PictureKind::WebP;
    PictureSize& size = found.header.stored;
    if (std::size_t{b.little32(4)} + 8 > b.size()) found.fault = "cut off";
    if (b.has("VP8X", 12)) {
        if (b.byte(20) & 2) return foreign("an animated WebP");
        size = {b.little24(24) + 1, b.little24(27) + 1};
        for (std::size_t at = 12; at + 8 <= b.size();) {
            const std::size_t length = b.little32(at + 4);
            if (length > b.size() - at - 8) break;
            if (b.has("EXIF", at)) found.header.orientation = orientationIn(b.part(at + 8, length));
            at += 8 + length + (length & 1);
        }
    } else if (b.has("VP8L", 12)) {
        const std::uint32_t bits = b.little32(21);
        size = {(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
    } else if (b.has("VP8 ", 12)) {
        size = {b.little16(26) & 0x3fff, b.little16(28) & 0x3fff};
    } else {
        return faulty("no picture chunk");
    }
    return found;
}

Found tiffFound(const Bytes& b) {
    const Directory directory(b.part(0, b.size()));
    if (!directory.isThere()) return faulty("no directory");
    if (directory.count() == kMostEntries) return faulty("too many entries");
    Found found;
    found.header.kind = PictureKind::Tiff;
    found.header.stored = {directory.value(256, 0), directory.value(257, 0)};
    const auto bits = directory.values(258);
    const std::uint32_t packing = directory.value(259, 1), colours = directory.value(262, 9);
    const std::uint32_t samples = directory.value(277, 1);
    const bool isPacked = packing == 5 || packing == 8 || packing == 32773 || packing == 32946;
    const bool fits = bits && std::all_of(bits->begin(), bits->end(), [](std::uint32_t n) { return n == 8; }) &&
                      bits->size() == samples && (packing == 1 || isPacked) &&
                      ((samples == 1 && (colours == 1 || colours == 3)) || (samples == 3 && colours == 2)) &&
                      directory.value(284, 1) == 1 && !directory.has(322) && !directory.has(323) &&
                      directory.has(273) && directory.has(279);
    if (!fits) return foreign("a TIFF of another form than 8 bits grey, palette or RGB in strips");
    if (directory.value(kOrientationTag, 1) != 1) return foreign("a TIFF that is not stored upright");
    const PictureSize& size = found.header.stored;
    const std::int64_t rows =
        std::max<std::int64_t>(1, std::min<std::int64_t>(directory.value(278, UINT32_MAX), size.height));
    const auto strips = static_cast<std::size_t>((size.height + rows - 1) / rows);
    const auto offsets = directory.values(273, strips), lengths = directory.values(279, strips);
    if (!offsets || !lengths || offsets->size() != strips || lengths->size() != strips)
        return faulty("strips are missing");
    for (std::size_t i = 0; i < strips; ++i)
        if (std::uint64_t{(*offsets)[i]} + (*lengths)[i] > b.size()) found.fault = "cut off";
    return found;
}

/// A kind that a person may know the file by, as a part of a sentence.
std::string foreignKind(const Bytes& b) {
    using namespace std::string_view_literals;
    if (b.size() == 0) return "an empty file";
    if (b.has("ftyp", 4)) {
        const std::string_view brand = b.part(8, 4);
        if (brand == "avif" || brand == "avis") return "AVIF";
        for (const char* known : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})
            if (brand == known) return "HEIC";
        return "MP4";
    }
    struct Magic {
        std::string_view bytes;
        std::size_t at;
        const char* name;
    };
    static constexpr std::array kMagics{
        Magic{"\0\0\0\x0cjP  "sv, 0, "JPEG 2000"},
        Magic{"\xff\x4f\xff\x51"sv, 0, "JPEG 2000"},
        Magic{"\0\0\0\x0cJXL "sv, 0, "JPEG XL"},
        Magic{"\xff\x0a"sv, 0, "JPEG XL"},
        Magic{"\0\0\1\0"sv, 0, "ICO"},
        Magic{"DICM"sv, 128, "DICOM"},
        Magic{"NITF"sv, 0, "NITF"},
        Magic{"%PDF"sv, 0, "PDF"},
        Magic{"%!PS"sv, 0, "PostScript"},
        Magic{"8BPS"sv, 0, "PSD"},
        Magic{"v/1\1"sv, 0, "OpenEXR"},
        Magic{"#?RADIANCE"sv, 0, "Radiance HDR"},
        Magic{"\x59\xa6\x6a\x95"sv, 0, "Sun raster"},
        Magic{"II+\0"sv, 0, "BigTIFF"},
        Magic{"MM\0+"sv, 0, "BigTIFF"},
        Magic{"PK\3\4"sv, 0, "ZIP"},
        Magic{"\x1f\x8b"sv, 0, "gzip"},
        Magic{"gimp xcf"sv, 0, "XCF"},
        Magic{"\x1a\x45\xdf\xa3"sv, 0, "WebM"},
    };
    for (const Magic& magic : kMagics)
        if (b.has(magic.bytes, magic.at)) return magic.name;
    if (b.byte(0) == 'P' && b.byte(1) >= '1' && b.byte(1) <= '7' && std::isspace(static_cast<int>(b.byte(2))))
        return "PNM";
    std::string text(b.part(0, 1024));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (text.find("<svg") != std::string::npos) return "SVG";
    if (text.find("<html") != std::string::npos || text.find("<!doctype html") != std::string::npos) return "HTML";
    if (text.find("<?xml") != std::string::npos) return "XML";
    const bool isText =
        std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= ' ' || std::isspace(c); });
    return isText ? "text" : "no known kind of picture";
}

Found foundIn(const Bytes& b) {
    if (b.has("\xff\xd8\xff")) return JpegWalk(b).walk();
    if (b.has("\x89PNG\r\n\x1a\n")) return pngFound(b);
    if (b.has("GIF87a") || b.has("GIF89a")) {
        Found found;
        found.header.kind = PictureKind::Gif;
        found.header.stored = {b.little16(6), b.little16(8)};
        return found;
    }
    // Two letters begin many a text: a bitmap's header must follow.
    if (b.has("BM") && b.size() >= 26 && b.little32(14) >= 12 && b.little32(14) <= 124) return bmpFound(b);
    if (b.has("RIFF") && b.has("WEBP", 8)) return webpFound(b);
    if (b.has(std::string_view("II*\0", 4)) || b.has(std::string_view("MM\0*", 4))) return tiffFound(b);
    return foreign(foreignKind(b));
}

std::string sizeText(const PictureSize& size) {
    return fmt::format("{} x {}", size.width, size.height);
}

void requireWithin(const PictureSize& size, std::uintmax_t bytes, const fs::path& name, const PictureLimits& limits) {
    if (size.width <= 0 || size.height <= 0) throw Error(ErrorCode::ImageUnreadable, {name.string(), "no pixels"});
    if (size.width > limits.side || size.height > limits.side)
        throw Error(ErrorCode::ImageTooLarge, {name.string(), sizeText(size), fmt::format("{} a side", limits.side)});
    // Sides are below 2^16 here (or what a caller allows), so the product fits.
    const std::int64_t vouched = limits.freePixels + limits.pixelsPerByte * static_cast<std::int64_t>(bytes);
    const std::int64_t most = std::min(limits.pixels, vouched);
    if (size.width > most / size.height)
        throw Error(
            ErrorCode::ImageTooLarge,
            {name.string(), sizeText(size),
             most < limits.pixels ? fmt::format("{} in a file of {} bytes", most, bytes) : std::to_string(most)});
}

PictureHeader headerIn(std::string_view bytes, std::uintmax_t fileBytes, const fs::path& name,
                       const PictureLimits& limits) {
    if (fileBytes > limits.bytes)
        throw Error(ErrorCode::FileTooLarge, {name.string(), std::to_string(fileBytes), std::to_string(limits.bytes)});
    Found found = foundIn(Bytes(bytes));
    if (!found.kind.empty()) throw Error(ErrorCode::ImageKindUnknown, {name.string(), found.kind, kindsRead()});
    if (found.fault.empty() || found.header.stored.width > 0)
        requireWithin(found.header.stored, fileBytes, name, limits);
    if (!found.fault.empty()) throw Error(ErrorCode::ImageUnreadable, {name.string(), found.fault});
    return found.header;
}

}  // namespace

std::string_view kindName(PictureKind kind) {
    switch (kind) {
        case PictureKind::Jpeg:
            return "JPEG";
        case PictureKind::Png:
            return "PNG";
        case PictureKind::Bmp:
            return "BMP";
        case PictureKind::WebP:
            return "WebP";
        case PictureKind::Gif:
            return "GIF";
        case PictureKind::Tiff:
            return "TIFF";
    }
    return {};
}

const std::string& kindsRead() {
    static const std::string text = [] {
        std::string out;
        for (const PictureKind kind : {PictureKind::Jpeg, PictureKind::Png, PictureKind::Bmp, PictureKind::WebP,
                                       PictureKind::Gif, PictureKind::Tiff})
            out.append(out.empty() ? "" : ", ").append(kindName(kind));
        return out;
    }();
    return text;
}

const std::vector<std::string>& pictureExtensions() {
    static const std::vector<std::string> all{".jpg", ".jpeg", ".png",  ".webp", ".gif",
                                              ".bmp", ".tif",  ".tiff", ".jpe",  ".jfif"};
    return all;
}

PictureHeader readPictureHeader(std::string_view bytes, const fs::path& name, const PictureLimits& limits) {
    return headerIn(bytes, bytes.size(), name, limits);
}

PictureHeader peekPictureHeader(const fs::path& path, const PictureLimits& limits) {
    const Descriptor file = openForReading(path);
    struct stat state {};
    std::string head(kPeek, '\0');
    const ssize_t count = retried([&] { return ::read(file.get(), head.data(), head.size()); });
    // A JPEG says all at its beginning; of the others the whole file is needed, or this is the whole file.
    if (count == static_cast<ssize_t>(kPeek) && head.starts_with("\xff\xd8\xff") && ::fstat(file.get(), &state) == 0) {
        try {
            PictureHeader header = headerIn(head, static_cast<std::uintmax_t>(state.st_size), path, limits);
            header.isCutOff = false;
            return header;
        } catch (const Error& error) {  // a frame that begins later, behind a large profile or thumbnail
            if (error.code() != ErrorCode::ImageUnreadable) throw;
        }
    }
    PictureHeader header = readPictureHeader(readPictureFile(path, limits), path, limits);
    header.isCutOff = false;
    return header;
}

std::string readPictureFile(const fs::path& path, const PictureLimits& limits) {
    return readFile(path, limits.bytes);
}

Finding pictureFinding(const Error& error, const std::string& path) {
    const auto argument = [&](std::size_t at) { return at < error.args().size() ? error.args()[at] : error.what(); };
    switch (error.code()) {
        case ErrorCode::FileMissing:
            return {"picture-missing", path, 0, "no such file"};
        case ErrorCode::ImageKindUnknown:
            return {"picture-kind-unknown", path, 0, argument(1)};
        case ErrorCode::ImageTooLarge:
        case ErrorCode::FileTooLarge:
            return {"picture-too-large", path, 0, argument(1)};
        case ErrorCode::ImageOutside:
            return {"picture-outside", path, 0, argument(1)};
        default:
            return {"picture-unreadable", path, 0, argument(1)};
    }
}

}  // namespace mnerva::vision
