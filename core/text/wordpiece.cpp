#include "core/text/wordpiece.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/utf8.h"
#include "core/text/vocabulary_limits_internal.h"

namespace mnerva::text {
namespace {

constexpr std::uint32_t kWordRoot = 1, kContinuationRoot = 2;
constexpr std::string_view kContinuation = "##";
/// Several times what the largest published vocabularies have.
/// `max_input_chars_per_word` of the reference.
constexpr std::size_t kMaxCodePoints = 100;
constexpr std::string_view kSpecials[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

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

/// What the trie has to hold: continuations stand under both roots.
std::size_t trieBytes(const std::vector<std::string>& entries) {
    std::size_t bytes = 0;
    for (const std::string& entry : entries) bytes += isContinuation(entry) ? 2 * entry.size() : entry.size();
    if (bytes > ByteTrie::kMostBytes)
        throw Error(ErrorCode::EncoderInvalid,
                    {"vocabulary", std::to_string(bytes) + " bytes of entries", "a BERT vocabulary"});
    return bytes;
}

}  // namespace

WordPiece::WordPiece(std::vector<std::string> entries, bool lowerCase)
    : m_entries(std::move(entries)), m_lowerCase(lowerCase), m_words(lowerCase), m_trie(trieBytes(m_entries), 2) {
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::string_view entry = m_entries[i];
        const int id = static_cast<int>(i);
        if (entry.empty()) continue;
        m_trie.insert(kWordRoot, entry, id);
        if (isContinuation(entry)) m_trie.insert(kContinuationRoot, entry.substr(2), id);
    }
    m_special = {requiredId("[CLS]"), requiredId("[SEP]"), requiredId("[PAD]"), requiredId("[UNK]"),
                 idOf("[MASK]").value_or(-1)};
}

WordPiece WordPiece::load(const std::filesystem::path& vocabulary, bool lowerCase) {
    const std::string content = repairedUtf8(readFile(vocabulary, kMostVocabularyBytes));
    std::vector<std::string> entries;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        std::string_view line(content.data() + at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
            line.remove_suffix(1);
        if (entries.size() == kMostEntries)
            throw Error(ErrorCode::BoundExceeded, {vocabulary.string(), "entries", std::to_string(kMostEntries)});
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

std::optional<int> WordPiece::idOf(std::string_view entry) const {
    const std::uint32_t node = m_trie.find(kWordRoot, entry);
    if (node == 0 || m_trie.idAt(node) < 0) return std::nullopt;
    return m_trie.idAt(node);
}

void WordPiece::appendPieces(std::string_view word, std::vector<int>& out) const {
    if (word.size() > kMaxCodePoints && codePointCount(word) > kMaxCodePoints) {
        out.push_back(unk());
        return;
    }
    const std::size_t before = out.size();
    for (std::size_t at = 0; at < word.size();) {
        std::uint32_t node = at == 0 ? kWordRoot : kContinuationRoot;
        int longest = -1;
        std::size_t end = at;
        for (std::size_t i = at; i < word.size(); ++i) {
            node = m_trie.child(node, static_cast<unsigned char>(word[i]));
            if (node == 0) break;
            if (m_trie.idAt(node) < 0) continue;
            longest = m_trie.idAt(node);
            end = i + 1;
        }
        if (longest < 0) {  // one piece that is not there makes the whole word unknown
            out.resize(before);
            out.push_back(unk());
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

void WordPiece::save(const std::filesystem::path& folder) const {
    std::string content;
    for (const std::string& entry : m_entries) {
        content += entry;
        content += '\n';
    }
    writeFileAtomic(folder / "vocab.txt", content);
    const nlohmann::json config{{"tokenizer_class", "BertTokenizer"}, {"do_lower_case", m_lowerCase}};
    writeFileAtomic(folder / "tokenizer_config.json", config.dump(2) + "\n");
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
