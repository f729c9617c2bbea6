#include "core/workflow/quality/near_duplicates.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <unordered_map>

#include "core/text/utf8.h"

namespace mnerva::workflow {
namespace {

constexpr int kBands = 16, kRows = 4, kHashes = kBands * kRows;
constexpr std::size_t kFewestWords = 4, kWordsAShingle = 3, kCharactersAShingle = 5;
constexpr int kPictureBits = 64, kFarthest = 4;

/// A fixed mixing of 64 bits (splitmix64): the same on every machine, unlike std::hash.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

std::uint64_t hashOf(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return mixed(hash);
}

/// Lower-case; empty for a link and for what holds no letter or digit.
std::string normalWord(const std::string& word) {
    if (word.rfind("http", 0) == 0) return {};
    std::string out;
    bool speaks = false;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = text::nextCodePoint(word, at);
        speaks = speaks || u_isalnum(static_cast<UChar32>(c));
        text::appendCodePoint(out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))));
    }
    return speaks ? out : std::string();
}

/// MinHash of a text: two texts that share a key of a band are looked at.
std::array<std::uint64_t, kBands> bandKeys(const std::vector<std::uint64_t>& shingles) {
    std::array<std::uint64_t, kHashes> smallest;
    smallest.fill(UINT64_MAX);
    for (const std::uint64_t shingle : shingles)
        for (std::uint64_t h = 0; h < kHashes; ++h)
            smallest[h] = std::min(smallest[h], mixed(shingle ^ (h * 0xd6e8feb86659fd93ULL)));
    std::array<std::uint64_t, kBands> keys{};
    for (std::size_t band = 0; band < kBands; ++band) {
        keys[band] = band;
        for (std::size_t row = 0; row < kRows; ++row) keys[band] = mixed(keys[band] ^ smallest[band * kRows + row]);
    }
    return keys;
}

/// Groups of items that are joined two by two.
class JoinedItems {
public:
    explicit JoinedItems(std::size_t items) : m_parents(items) {
        for (std::size_t i = 0; i < items; ++i) m_parents[i] = i;
    }
    std::size_t groupOf(std::size_t item) {
        while (m_parents[item] != item) item = m_parents[item] = m_parents[m_parents[item]];
        return item;
    }
    void join(std::size_t a, std::size_t b) {
        const std::size_t first = groupOf(a), second = groupOf(b);
        m_parents[std::max(first, second)] = std::min(first, second);
    }

private:
    std::vector<std::size_t> m_parents;
};

using Candidate = std::function<bool(int earlier)>;

/// Items that share a key, each asked about the earlier ones until one is taken.
class Buckets {
public:
    explicit Buckets(const std::vector<Split>& splits) : m_splits(splits) {}

    /// The first earlier item of another split under `key` that `takes`; -1: none. Then puts the item there.
    int findAndAdd(std::uint64_t key, int item, const Candidate& takes) {
        std::vector<int>& members = m_members[key];
        int found = -1;
        for (const int earlier : members)
            if (m_splits[static_cast<std::size_t>(earlier)] != m_splits[static_cast<std::size_t>(item)] &&
                takes(earlier)) {
                found = earlier;
                break;
            }
        // A bucket of thousands of equal items would make this quadratic: the first of each split are enough.
        const auto ofSplit = std::count_if(members.begin(), members.end(), [&](int member) {
            return m_splits[static_cast<std::size_t>(member)] == m_splits[static_cast<std::size_t>(item)];
        });
        if (ofSplit < kMostOfASplit) members.push_back(item);
        return found;
    }

private:
    static constexpr int kMostOfASplit = 32;
    const std::vector<Split>& m_splits;
    std::unordered_map<std::uint64_t, std::vector<int>> m_members;
};

}  // namespace

std::vector<std::uint64_t> textShingles(const std::vector<std::string>& words, JoinRule join) {
    std::vector<std::uint64_t> hashes;
    for (const std::string& word : words)
        if (const std::string normal = normalWord(word); !normal.empty()) hashes.push_back(hashOf(normal));
    if (hashes.size() < kFewestWords) return {};
    const std::size_t length =
        std::min(hashes.size(), join == JoinRule::Nothing ? kCharactersAShingle : kWordsAShingle);
    std::vector<std::uint64_t> out;
    for (std::size_t begin = 0; begin + length <= hashes.size(); ++begin) {
        std::uint64_t shingle = 0;
        for (std::size_t i = 0; i < length; ++i) shingle = mixed(shingle ^ hashes[begin + i]);
        out.push_back(shingle);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
    if (a.empty() || b.empty()) return 0;
    std::size_t shared = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        shared += a[i] == b[j];
        const bool first = a[i] <= b[j], second = b[j] <= a[i];
        i += first;
        j += second;
    }
    return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

std::vector<NearPair> nearTexts(const std::vector<std::vector<std::uint64_t>>& shingles,
                                const std::vector<Split>& splits, double least) {
    std::vector<NearPair> out;
    std::vector<Buckets> bands(kBands, Buckets(splits));
    for (std::size_t i = 0; i < shingles.size(); ++i) {
        if (shingles[i].empty()) continue;
        const std::array<std::uint64_t, kBands> keys = bandKeys(shingles[i]);
        int twin = -1;
        for (std::size_t band = 0; band < kBands; ++band) {
            const int found = bands[band].findAndAdd(keys[band], static_cast<int>(i), [&](int earlier) {
                return twin < 0 && jaccard(shingles[i], shingles[static_cast<std::size_t>(earlier)]) >= least;
            });
            if (found >= 0) twin = found;
        }
        if (twin >= 0) out.push_back({static_cast<int>(i), twin});
    }
    return out;
}

std::vector<int> duplicateGroups(const std::vector<std::vector<std::uint64_t>>& shingles,
                                 const std::vector<std::string>& pictures, double least) {
    constexpr std::size_t kMostOfAKey = 32;  // equal texts by the thousand are joined to the first ones all the same
    JoinedItems items(shingles.size());
    std::vector<std::unordered_map<std::uint64_t, std::vector<std::size_t>>> bands(kBands);
    std::unordered_map<std::string, std::size_t> firstWith;
    for (std::size_t i = 0; i < shingles.size(); ++i) {
        if (!pictures[i].empty()) items.join(i, firstWith.try_emplace(pictures[i], i).first->second);
        if (shingles[i].empty()) continue;
        const std::array<std::uint64_t, kBands> keys = bandKeys(shingles[i]);
        for (std::size_t band = 0; band < kBands; ++band) {
            std::vector<std::size_t>& members = bands[band][keys[band]];
            for (const std::size_t earlier : members)
                if (items.groupOf(earlier) != items.groupOf(i) && jaccard(shingles[i], shingles[earlier]) >= least)
                    items.join(earlier, i);
            if (members.size() < kMostOfAKey) members.push_back(i);
        }
    }
    std::vector<int> out;
    for (std::size_t i = 0; i < shingles.size(); ++i) out.push_back(static_cast<int>(items.groupOf(i)));
    return out;
}

std::vector<NearPair> nearPictures(const std::vector<std::optional<std::uint64_t>>& hashes,
                                   const std::vector<Split>& splits) {
    // Two hashes that differ in at most four bits agree in one of five parts.
    constexpr int kParts = kFarthest + 1, kPartBits = (kPictureBits + kParts - 1) / kParts;
    std::vector<NearPair> out;
    std::vector<Buckets> parts(kParts, Buckets(splits));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (!hashes[i]) continue;
        int twin = -1;
        for (int part = 0; part < kParts; ++part) {
            const std::uint64_t key = (*hashes[i] >> (part * kPartBits)) & ((std::uint64_t{1} << kPartBits) - 1);
            const int found =
                parts[static_cast<std::size_t>(part)].findAndAdd(key, static_cast<int>(i), [&](int earlier) {
                    const std::uint64_t other = *hashes[static_cast<std::size_t>(earlier)];
                    return twin < 0 && std::popcount(*hashes[i] ^ other) <= kFarthest;
                });
            if (found >= 0) twin = found;
        }
        if (twin >= 0) out.push_back({static_cast<int>(i), twin});
    }
    return out;
}

}  // namespace mnerva::workflow
