#include "core/text/wordpiece.h"

#include <algorithm>
#include <bit>
#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/utf8.h"

namespace mnerva::text {
namespace {

constexpr std::uint32_t kWordRoot = 1, kContinuationRoot = 2;
constexpr std::string_view kContinuation = "##";
/// `max_input_chars_per_word` of the reference.
constexpr std::size_t kMaxCodePoints = 100;
constexpr std::string_view kSpecials[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

std::uint32_t spread(std::uint32_t key) {
    key *= 0x9E3779B1u;
    return key ^ (key >> 15);
}

bool isContinuation(std::string_view entry) {
    return entry.substr(0, 2) == kContinuation && entry.size() > 2;
}

/// Calls `use` with each of the words that BertWords::split gave.
template <class Use>
void forEachWord(std::string_view separated, const Use& use) {
    for (std::size_t at = 0; at < separated.size();) {
        const std::size_t end = separated.find(' ', at);
        use(separated.substr(at, end - at));
        at = end + 1;
    }
}

}  // namespace

WordPiece::WordPiece(std::vector<std::string> entries, bool lowerCase)
    : m_entries(std::move(entries)), m_lowerCase(lowerCase), m_words(lowerCase) {
    std::size_t bytes = 0;
    for (const std::string& entry : m_entries) bytes += entry.size();
    // Every byte makes one edge at most; half full at worst.
    m_edges.resize(std::bit_ceil(2 * bytes + 16));
    m_edgeMask = static_cast<std::uint32_t>(m_edges.size()) - 1;
    m_idOfNode.assign(3, -1);
    std::uint32_t nodes = 3;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::string_view entry = m_entries[i];
        const int id = static_cast<int>(i);
        if (entry.empty()) continue;
        insert(kWordRoot, entry, id, nodes);
        if (isContinuation(entry)) insert(kContinuationRoot, entry.substr(2), id, nodes);
    }
    m_pad = requiredId("[PAD]");
    m_unk = requiredId("[UNK]");
    m_cls = requiredId("[CLS]");
    m_sep = requiredId("[SEP]");
    m_mask = idOf("[MASK]").value_or(-1);
}

WordPiece WordPiece::load(const std::filesystem::path& vocabulary, bool lowerCase) {
    const std::string content = repairedUtf8(readFile(vocabulary));
    std::vector<std::string> entries;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        std::string_view line(content.data() + at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
            line.remove_suffix(1);
        entries.emplace_back(line);
        at = end + 1;
    }
    try {
        return WordPiece(std::move(entries), lowerCase);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::EncoderInvalid) throw;
        throw Error(ErrorCode::EncoderInvalid, {vocabulary.string(), error.args().at(1), error.args().at(2)});
    }
}

WordPiece WordPiece::fromVocabulary(std::vector<std::string> entries, bool lowerCase) {
    return WordPiece(std::move(entries), lowerCase);
}

int WordPiece::requiredId(std::string_view entry) const {
    const std::optional<int> id = idOf(entry);
    if (!id)
        throw Error(ErrorCode::EncoderInvalid,
                    {"vocabulary", std::to_string(m_entries.size()) + " entries without " + std::string(entry),
                     "a BERT vocabulary"});
    return *id;
}

std::uint32_t WordPiece::childOf(std::uint32_t node, unsigned char byte) const {
    const std::uint32_t key = node << 8 | byte;
    for (std::uint32_t at = spread(key) & m_edgeMask;; at = (at + 1) & m_edgeMask) {
        const Edge& edge = m_edges[at];
        if (edge.key == key) return edge.child;
        if (edge.key == 0) return 0;
    }
}

void WordPiece::insert(std::uint32_t root, std::string_view text, int id, std::uint32_t& nodes) {
    std::uint32_t node = root;
    for (const char c : text) {
        const std::uint32_t key = node << 8 | static_cast<unsigned char>(c);
        std::uint32_t at = spread(key) & m_edgeMask;
        while (m_edges[at].key != key && m_edges[at].key != 0) at = (at + 1) & m_edgeMask;
        if (m_edges[at].key == 0) {
            m_edges[at] = {key, nodes++};
            m_idOfNode.push_back(-1);
        }
        node = m_edges[at].child;
    }
    m_idOfNode[node] = id;
}

std::optional<int> WordPiece::idOf(std::string_view entry) const {
    std::uint32_t node = kWordRoot;
    for (const char c : entry) {
        node = childOf(node, static_cast<unsigned char>(c));
        if (node == 0) return std::nullopt;
    }
    if (m_idOfNode[node] < 0) return std::nullopt;
    return m_idOfNode[node];
}

void WordPiece::appendPieces(std::string_view word, std::vector<int>& out) const {
    if (word.size() > kMaxCodePoints && codePointCount(word) > kMaxCodePoints) {
        out.push_back(m_unk);
        return;
    }
    const std::size_t before = out.size();
    for (std::size_t at = 0; at < word.size();) {
        std::uint32_t node = at == 0 ? kWordRoot : kContinuationRoot;
        int longest = -1;
        std::size_t end = at;
        for (std::size_t i = at; i < word.size(); ++i) {
            node = childOf(node, static_cast<unsigned char>(word[i]));
            if (node == 0) break;
            if (m_idOfNode[node] < 0) continue;
            longest = m_idOfNode[node];
            end = i + 1;
        }
        if (longest < 0) {  // one piece that is not there makes the whole word unknown
            out.resize(before);
            out.push_back(m_unk);
            return;
        }
        out.push_back(longest);
        at = end;
    }
}

int WordPiece::appendIds(std::string_view word, std::vector<int>& out) const {
    thread_local std::string separated;
    const std::size_t before = out.size();
    m_words.split(word, separated);
    forEachWord(separated, [&](std::string_view part) { appendPieces(part, out); });
    return static_cast<int>(out.size() - before);
}

std::vector<int> WordPiece::ids(std::string_view word) const {
    std::vector<int> out;
    appendIds(word, out);
    return out;
}

void WordPiece::save(const std::filesystem::path& vocabulary) const {
    std::string content;
    for (const std::string& entry : m_entries) {
        content += entry;
        content += '\n';
    }
    writeFileAtomic(vocabulary, content);
}

std::vector<std::string> vocabularyOfWords(const std::vector<std::string>& words, bool lowerCase, std::size_t limit) {
    const BertWords splitter(lowerCase);
    std::map<std::string, std::size_t> wordCounts, characterCounts;
    std::string separated;
    for (const std::string& word : words) {
        splitter.split(word, separated);
        forEachWord(separated, [&](std::string_view part) {
            ++wordCounts[std::string(part)];
            for (std::size_t at = 0; at < part.size();) {
                const std::size_t from = at;
                nextCodePoint(part, at);
                ++characterCounts[std::string(part.substr(from, at - from))];
            }
        });
    }
    const auto byCount = [](const std::map<std::string, std::size_t>& counts) {
        std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
        std::stable_sort(sorted.begin(), sorted.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        return sorted;
    };
    std::vector<std::string> entries(std::begin(kSpecials), std::end(kSpecials));
    const auto add = [&](std::string entry) {
        if (entries.size() < limit) entries.push_back(std::move(entry));
    };
    for (const auto& [character, count] : byCount(characterCounts)) {
        add(character);
        add("##" + character);
    }
    for (const auto& [word, count] : byCount(wordCounts))
        if (!characterCounts.count(word)) add(word);
    return entries;
}

}  // namespace mnerva::text
