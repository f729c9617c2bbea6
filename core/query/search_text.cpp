#include "core/query/search_text.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "core/text/folding.h"
#include "core/text/utf8.h"

namespace mnerva::query {
namespace {

constexpr std::size_t kPairBits = 8;  ///< of the table for each pair, at least
constexpr std::size_t kFirstSlots = 1024;

bool isAscii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Puts code points one after another into search form; a space waits until it is known what follows.
class FormWriter {
public:
    explicit FormWriter(std::string& out) : m_out(out) { m_out.clear(); }
    /// True: the point was written, after a space where `spaceBefore()`.
    bool put(char32_t point) {
        const char32_t c = text::foldedCodePoint(point);
        if (text::isWhiteSpace(c)) {
            space();
            return false;
        }
        const bool unspaced = text::isUnspaced(c);
        m_spaceWritten = m_space && !m_out.empty() && !(unspaced && m_wasUnspaced);
        if (m_spaceWritten) m_out += ' ';
        m_space = false;
        m_wasUnspaced = unspaced;
        text::appendCodePoint(m_out, c);
        return true;
    }
    void space() { m_space = true; }
    bool spaceBefore() const { return m_spaceWritten; }

private:
    std::string& m_out;
    bool m_space = false, m_wasUnspaced = false, m_spaceWritten = false;
};

std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}
std::uint64_t pairHash(char32_t a, char32_t b) {
    return mixed((static_cast<std::uint64_t>(a) << 32 | b) + 0x9e3779b97f4a7c15ULL);
}

std::size_t bitAt(std::uint64_t hash, int which, std::size_t bits) {
    return static_cast<std::size_t>(which == 0 ? hash : hash >> 32) & (bits - 1);
}
bool hasBit(std::string_view table, std::size_t bit) {
    return (static_cast<unsigned char>(table[bit / 8]) >> (bit % 8) & 1) != 0;
}
bool hasPair(std::string_view table, char32_t a, char32_t b) {
    if (table.empty()) return false;
    const std::size_t bits = table.size() * 8;
    if (!std::has_single_bit(bits)) return true;  // not ours: it says nothing
    const std::uint64_t hash = pairHash(a, b);
    return hasBit(table, bitAt(hash, 0, bits)) && hasBit(table, bitAt(hash, 1, bits));
}

/// The bits of a piece in the signature of its post. The same in every build: signatures are stored.
std::pair<std::size_t, std::size_t> signatureBits(std::string_view piece) {
    std::uint64_t hash = 0xCBF29CE484222325U;  // FNV-1a
    for (const char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    hash ^= hash >> 29;
    constexpr std::size_t kBits = kSignatureBytes * 8;
    return {hash % kBits, (hash >> 32) % kBits};
}

/// Lines of a digest that hold a needle; nothing where there are more than a signature can be held against.
std::optional<std::vector<std::string_view>> piecesWith(std::string_view words, std::string_view needle) {
    constexpr std::size_t kMostPieces = 24;
    std::vector<std::string_view> pieces;
    for (std::size_t at = words.find(needle); at != std::string_view::npos; at = words.find(needle, at)) {
        if (pieces.size() == kMostPieces) return std::nullopt;
        const std::size_t line = at == 0 ? std::string_view::npos : words.rfind('\n', at - 1);
        const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
        const std::size_t end = std::min(words.find('\n', at), words.size());
        pieces.push_back(words.substr(begin, end - begin));
        at = end;
    }
    return pieces;
}

bool isOnePiece(std::string_view needle) {
    for (std::size_t at = 0; at < needle.size();) {
        const char32_t c = text::nextCodePoint(needle, at);
        if (c == U' ' || text::isUnspaced(c)) return false;
    }
    return !needle.empty();
}

std::string pairTable(std::vector<std::uint64_t>& pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    if (pairs.empty()) return {};
    const std::size_t bits = std::bit_ceil(std::max<std::size_t>(pairs.size() * kPairBits, 64));
    std::string table(bits / 8, '\0');
    for (const std::uint64_t pair : pairs)
        for (const int which : {0, 1}) {
            const std::size_t bit = bitAt(pair, which, bits);
            table[bit / 8] = static_cast<char>(static_cast<unsigned char>(table[bit / 8]) | 1u << (bit % 8));
        }
    return table;
}

void formOfWords(std::string_view joinedWords, JoinRule join, std::string& out) {
    FormWriter writer(out);
    for (std::size_t at = 0; at < joinedWords.size();) {
        if (joinedWords[at] != '\n') {
            writer.put(text::nextCodePoint(joinedWords, at));
            continue;
        }
        ++at;
        if (join == JoinRule::Space) writer.space();
    }
}

}  // namespace

std::string searchForm(std::string_view text) {
    std::string out;
    FormWriter writer(out);
    for (std::size_t at = 0; at < text.size();) writer.put(text::nextCodePoint(text, at));
    return out;
}

void searchFormOfWords(std::string_view joinedWords, JoinRule join, std::string& out) {
    // Nearly all posts in Latin letters are ASCII without odd white space: a copy in lower case.
    const bool plain = std::all_of(joinedWords.begin(), joinedWords.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte > ' ' && byte < 0x80) || byte == '\n';
    });
    if (!plain || join == JoinRule::Nothing || joinedWords.find("\n\n") != std::string_view::npos ||
        joinedWords.starts_with('\n') || joinedWords.ends_with('\n')) {
        formOfWords(joinedWords, join, out);
        return;
    }
    out.resize(joinedWords.size());
    std::transform(joinedWords.begin(), joinedWords.end(), out.begin(),
                   [](char c) { return c == '\n' ? ' ' : lower(c); });
}

std::string searchFormOf(const Post& post) {
    std::string joined, out;
    for (std::size_t i = 0; i < post.words.size(); ++i) joined.append(i == 0 ? "" : "\n").append(post.words[i]);
    searchFormOfWords(joined, post.join, out);
    return out;
}

std::vector<Place> placesOf(std::string_view text, std::string_view needle) {
    if (needle.empty()) return {};
    // Code points of the form with the place each came from.
    std::string form;
    std::vector<std::size_t> origin;  // for each byte of the form
    FormWriter writer(form);
    std::size_t point = 0;
    for (std::size_t at = 0; at < text.size(); ++point) {
        if (!writer.put(text::nextCodePoint(text, at))) continue;
        origin.resize(form.size(), point);
    }
    std::vector<Place> places;
    for (std::size_t at = form.find(needle); at != std::string::npos; at = form.find(needle, at + needle.size()))
        places.push_back({origin[at], origin[at + needle.size() - 1] + 1});
    return places;
}

// --- digests
// ----------------------------------------------------------------------------------------------------------

void TextDigester::grow() {
    std::vector<Slot> before(std::max(kFirstSlots, m_slots.size() * 2));
    before.swap(m_slots);
    for (const Slot& slot : before) {
        if (slot.size == 0) continue;
        std::size_t at = slot.hash & (m_slots.size() - 1);
        while (m_slots[at].size != 0) at = (at + 1) & (m_slots.size() - 1);
        m_slots[at] = slot;
    }
}

void TextDigester::addWord(std::string_view word) {
    if (word.empty()) return;
    const auto [one, other] = signatureBits(word);
    for (const std::size_t bit : {one, other}) {
        char& byte = m_signatures[m_signatures.size() - kSignatureBytes + bit / 8];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | 1u << (bit % 8));
    }
    if (m_used * 2 >= m_slots.size()) grow();
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>()(word));
    std::size_t at = hash & (m_slots.size() - 1);
    for (; m_slots[at].size != 0; at = (at + 1) & (m_slots.size() - 1)) {
        const Slot& slot = m_slots[at];
        if (slot.hash == hash && std::string_view(m_words).substr(slot.offset, slot.size) == word) return;
    }
    m_slots[at] = {hash, static_cast<std::uint32_t>(m_words.size()), static_cast<std::uint32_t>(word.size())};
    ++m_used;
    m_words.append(word).push_back('\n');
}

void TextDigester::addPlain(std::string_view joinedWords, JoinRule join) {
    m_buffer.resize(joinedWords.size());
    std::transform(joinedWords.begin(), joinedWords.end(), m_buffer.begin(), lower);
    if (join == JoinRule::Nothing) std::erase(m_buffer, '\n');
    const auto isSpace = [](char c) {
        return static_cast<unsigned char>(c) <= ' ' && text::isWhiteSpace(static_cast<unsigned char>(c));
    };
    for (auto begin = m_buffer.cbegin(); begin != m_buffer.cend();) {
        const auto end = std::find_if(begin, m_buffer.cend(), isSpace);
        addWord({&*begin, static_cast<std::size_t>(end - begin)});
        begin = end == m_buffer.cend() ? end : end + 1;
    }
}

void TextDigester::addMixed(std::string_view joinedWords, JoinRule join) {
    formOfWords(joinedWords, join, m_buffer);
    const std::string_view form = m_buffer;
    std::size_t begin = 0;  // of a piece without spaces and unspaced characters
    char32_t before = 0;
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t here = at;
        const char32_t c = text::nextCodePoint(form, at);
        const bool unspaced = text::isUnspaced(c);
        if (unspaced || c == U' ') {
            addWord(form.substr(begin, here - begin));
            begin = at;
        }
        if (unspaced) addWord(form.substr(here, at - here));
        if (unspaced && before != 0) m_pairs.push_back(pairHash(before, c));
        before = unspaced ? c : 0;
    }
    addWord(form.substr(begin));
}

void TextDigester::add(std::string_view externalId, std::string_view joinedWords, JoinRule join) {
    m_ids.append(searchForm(externalId)).push_back('\n');
    m_signatures.append(kSignatureBytes, '\0');
    if (isAscii(joinedWords))
        addPlain(joinedWords, join);
    else
        addMixed(joinedWords, join);
}

TextDigest TextDigester::finish() {
    TextDigest digest{std::move(m_words), std::move(m_ids), pairTable(m_pairs), std::move(m_signatures)};
    m_words.clear();
    m_ids.clear();
    m_signatures.clear();
    m_pairs.clear();
    std::fill(m_slots.begin(), m_slots.end(), Slot{});
    m_used = 0;
    return digest;
}

bool mayHoldText(std::string_view words, std::string_view pairs, std::string_view needle) {
    std::size_t begin = 0;  // of a piece, as the digester cuts them
    char32_t before = 0;
    const auto holds = [&](std::string_view piece) {
        return piece.empty() || words.find(piece) != std::string_view::npos;
    };
    for (std::size_t at = 0; at < needle.size();) {
        const std::size_t here = at;
        const char32_t c = text::nextCodePoint(needle, at);
        const bool unspaced = text::isUnspaced(c);
        if (unspaced || c == U' ') {
            if (!holds(needle.substr(begin, here - begin))) return false;
            begin = at;
        }
        if (unspaced && !holds(needle.substr(here, at - here))) return false;
        if (unspaced && before != 0 && !hasPair(pairs, before, c)) return false;
        before = unspaced ? c : 0;
    }
    return holds(needle.substr(begin));
}

std::optional<std::vector<std::size_t>> mayHoldAll(std::string_view words, std::string_view signatures,
                                                   std::span<const std::string_view> needles) {
    if (signatures.size() % kSignatureBytes != 0) return std::nullopt;
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> wanted;  // a needle: bits of each piece that will do
    for (const std::string_view needle : needles) {
        const auto pieces = isOnePiece(needle) ? piecesWith(words, needle) : std::nullopt;
        if (!pieces) continue;
        auto& bits = wanted.emplace_back();
        for (const std::string_view piece : *pieces) bits.push_back(signatureBits(piece));
    }
    if (wanted.empty()) return std::nullopt;
    std::vector<std::size_t> found;
    for (std::size_t post = 0; post < signatures.size() / kSignatureBytes; ++post) {
        const std::string_view signature = signatures.substr(post * kSignatureBytes, kSignatureBytes);
        const auto holds = [&](const auto& pieces) {
            return std::any_of(pieces.begin(), pieces.end(), [&](const auto& bits) {
                return hasBit(signature, bits.first) && hasBit(signature, bits.second);
            });
        };
        if (std::all_of(wanted.begin(), wanted.end(), holds)) found.push_back(post);
    }
    return found;
}

bool mayHoldId(std::string_view ids, std::string_view needle) {
    return ids.find(needle) != std::string_view::npos;
}

}  // namespace mnerva::query
