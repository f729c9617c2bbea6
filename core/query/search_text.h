#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/post.h"
#include "core/query/mistake.h"

namespace mnerva::query {

/// A text as searches compare it: folded (text::foldedCodePoint), white space as single spaces, none at the ends, and
/// none between two characters of a script that is written without (text::isUnspaced): segmented Chinese is found
/// however it was cut.
std::string searchForm(std::string_view text);

/// The same of words joined by line feeds and their rule, into `out`.
void searchFormOfWords(std::string_view joinedWords, JoinRule join, std::string& out);
std::string searchFormOf(const Post& post);

/// Where a text holds a needle in search form, in code points of the text as it is; none overlap. Cheap for a line.
std::vector<Place> placesOf(std::string_view text, std::string_view needle);

inline constexpr std::size_t kSignatureBytes = 32;

/// What some thousand posts hold, small enough to be looked through in no time: whatever the posts hold, this says so;
/// it may say so of something that they do not hold.
struct TextDigest {
    std::string words;       ///< different pieces between spaces and characters of unspaced scripts, a line each
    std::string ids;         ///< external ids in search form, a line each
    std::string pairs;       ///< bits set by neighbouring characters of unspaced scripts; empty: none
    std::string signatures;  ///< kSignatureBytes a post, in their order: bits set by its pieces

    bool isEmpty() const { return words.empty() && ids.empty() && pairs.empty(); }
};

/// Makes a TextDigest of posts.
class TextDigester {
public:
    void add(std::string_view externalId, std::string_view joinedWords, JoinRule join);
    /// Of all that was added; begins anew.
    TextDigest finish();

private:
    struct Slot {
        std::uint32_t hash = 0, offset = 0, size = 0;
    };
    void addWord(std::string_view word);
    void addPlain(std::string_view joinedWords, JoinRule join);
    void addMixed(std::string_view joinedWords, JoinRule join);
    void grow();

    std::string m_words, m_ids, m_buffer, m_signatures;
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
    std::vector<std::uint64_t> m_pairs;
};

/// False: none of the posts holds the needle (in search form) in its text. `words`, `pairs` as in TextDigest.
bool mayHoldText(std::string_view words, std::string_view pairs, std::string_view needle);
/// Places of the posts that may hold all of these needles (in search form); nothing: the digest cannot tell them apart.
std::optional<std::vector<std::size_t>> mayHoldAll(std::string_view words, std::string_view signatures,
                                                   std::span<const std::string_view> needles);
/// False: none of the posts holds it in its id.
bool mayHoldId(std::string_view ids, std::string_view needle);

}  // namespace mnerva::query
