#include "core/text/sentencepiece_model.h"

#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/printable.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr std::string_view kSpace = "\u2581";
constexpr std::size_t kMostPieces = std::size_t{1} << 21;
constexpr std::size_t kLongestReplacement = 256;  // bytes

/// Fields of a protocol buffer message, one after the other.
class Fields {
public:
    Fields(std::string_view bytes, const std::string& path) : m_bytes(bytes), m_path(path) {}

    /// Steps to the next field; false at the end.
    bool next() {
        if (m_at == m_bytes.size()) return false;
        const std::uint64_t key = varint();
        m_number = key >> 3;
        // A field of another kind has no content; that of the field before would be read again and again.
        m_content = {};
        m_value = 0;
        m_real = 0;
        switch (key & 7) {
            case 0:
                m_value = varint();
                break;
            case 1:
                take(8);
                break;
            case 2:
                m_content = take(varint());
                break;
            case 5: {
                const std::string_view four = take(4);
                std::memcpy(&m_real, four.data(), 4);
                break;
            }
            default:
                throw Error(ErrorCode::FormatInvalid, {m_path, "no protocol buffer", "a SentencePiece model"});
        }
        return true;
    }
    std::uint64_t number() const { return m_number; }
    std::uint64_t value() const { return m_value; }
    float real() const { return m_real; }
    std::string_view content() const { return m_content; }

private:
    std::string_view take(std::uint64_t count) {
        if (count > m_bytes.size() - m_at) throw Error(ErrorCode::ArchiveTruncated, {m_path});
        const std::string_view out = m_bytes.substr(m_at, count);
        m_at += count;
        return out;
    }
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1)[0]);
            value |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte < 0x80) return value;
        }
        throw Error(ErrorCode::FormatInvalid, {m_path, "a number without end", "a SentencePiece model"});
    }

    std::string_view m_bytes, m_content;
    const std::string& m_path;
    std::size_t m_at = 0;
    std::uint64_t m_number = 0, m_value = 0;
    float m_real = 0;
};

SentencePieceModel::Piece pieceOf(std::string_view bytes, const std::string& path) {
    SentencePieceModel::Piece piece;
    for (Fields fields(bytes, path); fields.next();) {
        if (fields.number() == 1) piece.text = fields.content();
        if (fields.number() == 2) piece.score = fields.real();
        if (fields.number() == 3) piece.type = static_cast<SentencePieceModel::Type>(fields.value());
    }
    if (!std::isfinite(piece.score))
        throw Error(ErrorCode::FormatInvalid,
                    {path, "a score that is no number for \"" + excerpt(piece.text) + "\"", "a finite score"});
    return piece;
}

void readTrainer(std::string_view bytes, const std::string& path, SentencePieceModel& out) {
    for (Fields fields(bytes, path); fields.next();) {
        if (fields.number() == 3) out.modelType = static_cast<int>(fields.value());
        if (fields.number() == 24) out.whitespaceAsSuffix = fields.value() != 0;
        if (fields.number() == 35) out.byteFallback = fields.value() != 0;
    }
}

void readNormalizer(std::string_view bytes, const std::string& path, SentencePieceModel& out) {
    for (Fields fields(bytes, path); fields.next();) {
        if (fields.number() == 2) out.characterMap = fields.content();
        if (fields.number() == 3) out.addDummyPrefix = fields.value() != 0;
        if (fields.number() == 4) out.removeExtraWhitespaces = fields.value() != 0;
        if (fields.number() == 5) out.escapeWhitespaces = fields.value() != 0;
    }
}

// One unit of a Darts double array.
bool hasLeaf(std::uint32_t unit) {
    return (unit >> 8 & 1u) != 0;
}
std::uint32_t valueOf(std::uint32_t unit) {
    return unit & 0x7FFFFFFFu;
}
std::uint32_t labelOf(std::uint32_t unit) {
    return unit & 0x800000FFu;
}
std::uint32_t offsetOf(std::uint32_t unit) {
    return unit >> 10 << ((unit & 1u << 9) >> 6);
}

}  // namespace

SentencePieceModel SentencePieceModel::parse(std::string_view bytes, const std::string& path) {
    SentencePieceModel out;
    for (Fields fields(bytes, path); fields.next();) {
        if (fields.number() == 1) {
            if (out.pieces.size() == kMostPieces)
                throw Error(ErrorCode::BoundExceeded, {path, "pieces", std::to_string(kMostPieces)});
            out.pieces.push_back(pieceOf(fields.content(), path));
        }
        if (fields.number() == 2) readTrainer(fields.content(), path, out);
        if (fields.number() == 3) readNormalizer(fields.content(), path, out);
    }
    if (out.pieces.empty()) throw Error(ErrorCode::FormatInvalid, {path, "no pieces", "a SentencePiece model"});
    return out;
}

SentencePieceNormalizer::SentencePieceNormalizer(const SentencePieceModel& model, const std::string& path)
    : m_dummyPrefix(model.addDummyPrefix), m_removeExtra(model.removeExtraWhitespaces) {
    const std::string& map = model.characterMap;
    if (map.empty()) return;
    const auto invalid = [&] {
        return Error(ErrorCode::FormatInvalid, {path, "a damaged character map", "a SentencePiece model"});
    };
    std::uint32_t trieBytes = 0;
    if (map.size() < sizeof trieBytes) throw invalid();
    std::memcpy(&trieBytes, map.data(), sizeof trieBytes);
    if (trieBytes == 0 || trieBytes % 4 != 0 || trieBytes > map.size() - 4) throw invalid();
    m_units.resize(trieBytes / 4);
    std::memcpy(m_units.data(), map.data() + 4, trieBytes);
    m_texts = map.substr(4 + trieBytes);
    if (m_texts.empty() || m_texts.back() != '\0') throw invalid();
    // A character becomes a handful of others (18 at most in Unicode), never pages of text.
    for (std::size_t at = 0; at < m_texts.size(); at = m_texts.find('\0', at) + 1)
        if (m_texts.find('\0', at) - at > kLongestReplacement) throw invalid();
}

std::string_view SentencePieceNormalizer::replacement(std::string_view text, std::size_t& used) const {
    used = 0;
    std::size_t value = 0;
    if (!m_units.empty()) {
        std::size_t node = offsetOf(m_units[0]);
        for (std::size_t i = 0; i < text.size(); ++i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            node ^= byte;
            if (node >= m_units.size() || labelOf(m_units[node]) != byte) break;
            const std::uint32_t unit = m_units[node];
            node ^= offsetOf(unit);
            if (node >= m_units.size()) break;
            if (!hasLeaf(unit)) continue;
            value = valueOf(m_units[node]);
            used = i + 1;
        }
    }
    if (used == 0 || value >= m_texts.size()) {
        used = 0;
        nextCodePoint(text, used);
        return text.substr(0, used);
    }
    return m_texts.c_str() + value;
}

std::string SentencePieceNormalizer::normalized(std::string_view text) const {
    std::string out;
    std::size_t used = 0;
    while (m_removeExtra && !text.empty() && replacement(text, used) == " ") text.remove_prefix(used);
    if (text.empty()) return out;
    if (m_dummyPrefix) out += kSpace;
    bool afterSpace = m_removeExtra;
    while (!text.empty()) {
        std::string_view piece = replacement(text, used);
        while (afterSpace && piece.starts_with(' ')) piece.remove_prefix(1);
        for (const char c : piece) {
            if (c == ' ')
                out += kSpace;
            else
                out += c;
        }
        if (!piece.empty()) afterSpace = piece.back() == ' ';
        if (!m_removeExtra) afterSpace = false;
        text.remove_prefix(used);
    }
    while (m_removeExtra && out.ends_with(kSpace)) out.resize(out.size() - kSpace.size());
    return out;
}

}  // namespace mnerva::text
