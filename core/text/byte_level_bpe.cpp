#include "core/text/byte_level_bpe.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <queue>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/printable.h"
#include "core/text/gpt2_split.h"
#include "core/text/utf8.h"
#include "core/text/vocabulary_limits_internal.h"

namespace mnerva::text {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

/// Several times what the largest published vocabularies have.
constexpr std::size_t kMostMerges = std::size_t{1} << 21;
constexpr JsonLimits kTokenizerLimits{kMostVocabularyBytes, 32, std::size_t{3} << 20};
/// Ids are given one after the other; those that are free in real files are a few.
constexpr std::int64_t kMostFreeIds = 65536;

/// GPT-2's names of the 256 bytes: printable ones stand for themselves, the others are moved behind U+0100.
const std::array<std::string, 256>& byteNames() {
    static const std::array<std::string, 256> names = [] {
        std::array<std::string, 256> made;
        char32_t moved = 256;
        for (char32_t byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
            appendCodePoint(made[byte], printable ? byte : moved++);
        }
        return made;
    }();
    return names;
}

std::uint64_t keyOf(int left, int right) {
    return std::uint64_t{static_cast<std::uint32_t>(left)} << 32 | static_cast<std::uint32_t>(right);
}

json parsedObject(const fs::path& path, const char* wanted) {
    json parsed = readJson(path, kTokenizerLimits);
    if (!parsed.is_object()) throw Error(ErrorCode::FormatInvalid, {path.string(), "no JSON object", wanted});
    return parsed;
}

void addEntry(std::unordered_map<std::string, int>& vocabulary, const std::string& entry, const json& id,
              const fs::path& path) {
    if (!id.is_number_integer() || id.get<std::int64_t>() < 0 ||
        id.get<std::int64_t>() >= static_cast<std::int64_t>(kMostEntries))
        throw Error(ErrorCode::FormatInvalid, {path.string(), "\"" + excerpt(entry) + "\": " + excerpt(id.dump()),
                                               "a whole number from 0 to " + std::to_string(kMostEntries) + " as id"});
    vocabulary[entry] = id.get<int>();
}

std::pair<std::string, std::string> splitPair(std::string_view line, const fs::path& path, std::size_t number) {
    const std::size_t space = line.find(' ');
    if (space == 0 || space == line.npos || space + 1 == line.size() || line.find(' ', space + 1) != line.npos)
        throw Error(ErrorCode::LineInvalid,
                    {path.string(), std::to_string(number), excerpt(line), "two entries with a space between"});
    return {std::string(line.substr(0, space)), std::string(line.substr(space + 1))};
}

}  // namespace

ByteLevelBpe::ByteLevelBpe(const Vocabulary& vocabulary, const Merges& merges, const std::string& path,
                           const std::string& mergesPath) {
    const auto idOf = [&](const std::string& entry) {
        const auto found = vocabulary.find(entry);
        return found == vocabulary.end() ? -1 : found->second;
    };
    const auto required = [&](const char* entry) {
        const int id = idOf(entry);
        if (id < 0)
            throw Error(
                ErrorCode::EncoderInvalid,
                {path, std::to_string(vocabulary.size()) + " entries without " + entry, "a RoBERTa vocabulary"});
        return id;
    };
    m_special = {required("<s>"), required("</s>"), required("<pad>"), required("<unk>"), idOf("<mask>")};
    for (const auto& [entry, id] : vocabulary) {
        // A small file must not ask for a large table.
        if (id >= static_cast<std::int64_t>(vocabulary.size()) + kMostFreeIds)
            throw Error(ErrorCode::EncoderInvalid,
                        {path, "the id " + std::to_string(id) + " of \"" + excerpt(entry) + "\"",
                         "ids near the number of entries, " + std::to_string(vocabulary.size())});
        if (m_entries.size() <= static_cast<std::size_t>(id)) m_entries.resize(static_cast<std::size_t>(id) + 1);
        m_entries[static_cast<std::size_t>(id)] = entry;
    }
    for (std::size_t byte = 0; byte < 256; ++byte) m_idOfByte[byte] = idOf(byteNames()[byte]);
    for (const auto& [left, right] : merges) {
        const int first = idOf(left), second = idOf(right), made = idOf(left + right);
        if (first < 0 || second < 0 || made < 0)
            throw Error(ErrorCode::EncoderInvalid,
                        {mergesPath, "the merge \"" + excerpt(left) + " " + excerpt(right) + "\"",
                         "merges of what " + path + " has"});
        m_merges[keyOf(first, second)] = {static_cast<std::uint32_t>(m_pairs.size()), made};
        m_pairs.emplace_back(first, second);
    }
}

ByteLevelBpe ByteLevelBpe::load(const fs::path& vocabularyPath, const fs::path& mergesPath) {
    Vocabulary vocabulary;
    const json entries = parsedObject(vocabularyPath, "a vocab.json");
    for (const auto& [entry, id] : entries.items()) addEntry(vocabulary, entry, id, vocabularyPath);
    const std::string content = repairedUtf8(readFile(mergesPath, kMostVocabularyBytes));
    Merges merges;
    std::size_t number = 0;
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        std::string_view line(content.data() + at, end - at);
        at = end + 1;
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.rfind("#version", 0) == 0) continue;
        if (merges.size() == kMostMerges)
            throw Error(ErrorCode::BoundExceeded, {mergesPath.string(), "merges", std::to_string(kMostMerges)});
        merges.push_back(splitPair(line, mergesPath, number));
    }
    return ByteLevelBpe(vocabulary, merges, vocabularyPath.string(), mergesPath.string());
}

ByteLevelBpe ByteLevelBpe::loadTokenizerJson(const fs::path& path) {
    const json all = parsedObject(path, "a tokenizer.json");
    const auto refuse = [&](const std::string& found, const std::string& wanted) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), found, wanted});
    };
    const auto kindOf = [&](const json& part) { return part.is_object() ? part.value("type", "") : std::string(); };
    try {
        const json& model = all.at("model");
        // Old files leave the type out; only BPE has merges.
        const std::string kind = model.value("type", model.contains("merges") ? "BPE" : "");
        if (kind != "BPE")
            refuse("a tokenizer of kind \"" + excerpt(kind) + "\"",
                   "byte-level BPE; for others vocab.txt or sentencepiece.bpe.model must be there");
        const json cutter = all.value("pre_tokenizer", json());
        if (kindOf(cutter) != "ByteLevel" || !cutter.value("use_regex", true))
            refuse("pre_tokenizer " + excerpt(cutter.dump()), "ByteLevel with GPT-2's pattern");
        if (!all.value("normalizer", json()).is_null())
            refuse("normalizer " + excerpt(all.at("normalizer").dump()), "none");
        Vocabulary vocabulary;
        for (const auto& [entry, id] : model.at("vocab").items()) addEntry(vocabulary, entry, id, path);
        for (const json& added : all.value("added_tokens", json::array()))
            addEntry(vocabulary, added.at("content").get<std::string>(), added.at("id"), path);
        Merges merges;
        for (const json& merge : model.at("merges")) {
            if (merge.is_string())
                merges.push_back(splitPair(merge.get<std::string>(), path, merges.size() + 1));
            else
                merges.emplace_back(merge.at(0).get<std::string>(), merge.at(1).get<std::string>());
        }
        return ByteLevelBpe(vocabulary, merges, path.string(), path.string());
    } catch (const json::exception& error) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), error.what(), "a tokenizer.json"});
    }
}

const ByteLevelBpe::Merge* ByteLevelBpe::mergeOf(int left, int right) const {
    const auto found = m_merges.find(keyOf(left, right));
    return found == m_merges.end() ? nullptr : &found->second;
}

/// The pair learned first goes first, of equal ones the leftmost. A heap keeps long words quick.
void ByteLevelBpe::appendMerged(std::string_view piece, std::vector<int>& out) const {
    struct Symbol {
        int id, previous, next;  // neighbours by index, -1 at the ends; id -1: merged away
    };
    struct Candidate {
        std::uint32_t rank;
        int at, left, right, made;  // ids of the pair when it was seen
        bool operator<(const Candidate& other) const { return rank != other.rank ? rank > other.rank : at > other.at; }
    };
    std::vector<Symbol> symbols;
    for (const char c : piece) {
        const int id = m_idOfByte[static_cast<unsigned char>(c)];
        if (id < 0) continue;
        const int index = static_cast<int>(symbols.size());
        symbols.push_back({id, index - 1, index + 1});
    }
    if (symbols.empty()) return;
    symbols.back().next = -1;
    std::priority_queue<Candidate> candidates;
    const auto symbol = [&](int index) -> Symbol& { return symbols[static_cast<std::size_t>(index)]; };
    const auto consider = [&](int at) {
        if (at < 0 || symbol(at).next < 0) return;
        const int left = symbol(at).id, right = symbol(symbol(at).next).id;
        if (const Merge* merge = mergeOf(left, right)) candidates.push({merge->rank, at, left, right, merge->made});
    };
    for (int i = 0; i + 1 < static_cast<int>(symbols.size()); ++i) consider(i);
    while (!candidates.empty()) {
        const Candidate best = candidates.top();
        candidates.pop();
        Symbol& left = symbol(best.at);
        if (left.id != best.left || left.next < 0 || symbol(left.next).id != best.right) continue;
        Symbol& right = symbol(left.next);
        left.id = best.made;
        left.next = right.next;
        right.id = -1;
        if (left.next >= 0) symbol(left.next).previous = best.at;
        consider(left.previous);
        consider(best.at);
    }
    for (int at = 0; at >= 0; at = symbol(at).next) out.push_back(symbol(at).id);
}

int ByteLevelBpe::appendIds(std::string_view word, std::vector<int>& out) const {
    if (word.empty()) return 0;
    const std::size_t before = out.size();
    std::string text;
    if (word.front() != ' ') text += ' ';
    text += isValidUtf8(word) ? std::string(word) : repairedUtf8(word);
    thread_local std::vector<std::size_t> ends;
    gpt2Split(text, ends);
    std::size_t at = 0;
    for (const std::size_t end : ends) {
        appendMerged(std::string_view(text).substr(at, end - at), out);
        at = end;
    }
    return static_cast<int>(out.size() - before);
}

void ByteLevelBpe::save(const fs::path& folder) const {
    std::string entries = "{";
    for (std::size_t id = 0; id < m_entries.size(); ++id) {
        if (m_entries[id].empty()) continue;
        entries += (entries.size() > 1 ? ", " : "") + json(m_entries[id]).dump() + ": " + std::to_string(id);
    }
    std::string merges = "#version: 0.2\n";
    for (const auto& [left, right] : m_pairs)
        merges += m_entries[static_cast<std::size_t>(left)] + " " + m_entries[static_cast<std::size_t>(right)] + "\n";
    writeFileAtomic(folder / "vocab.json", entries + "}\n");
    writeFileAtomic(folder / "merges.txt", merges);
    const json config{{"tokenizer_class", "RobertaTokenizer"}, {"add_prefix_space", true}};
    writeFileAtomic(folder / "tokenizer_config.json", config.dump(2) + "\n");
}

}  // namespace mnerva::text
