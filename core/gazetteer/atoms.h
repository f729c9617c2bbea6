#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/domain/post.h"

namespace mnerva::gazetteer {

/// The least piece of a text that names are compared by: a run of letters and digits, one character of a script that
/// is written without spaces, or one other character. So "AT&T" is the same name however a data set cut it into words,
/// and "I ran" is not Iran.
struct Atom {
    std::uint64_t folded = 0;  ///< digest of it, whatever its case, width and Chinese script
    std::uint64_t exact = 0;   ///< digest of it as it is written
    int firstWord = 0, lastWord = 0;
    bool startsWord = false, endsWord = false;
};

/// Takes texts apart; its buffer is used again.
class AtomReader {
public:
    /// Of words joined by line feeds. Where they stand without spaces, neighbouring words of one letter or digit are
    /// one atom: Chinese posts are cut into characters, "NBA" in them too. Valid until the next call.
    const std::vector<Atom>& ofWords(std::string_view joinedWords, JoinRule join);
    /// Of a name as a list has it. Valid until the next call.
    const std::vector<Atom>& ofName(std::string_view name);

private:
    void read(std::string_view text, bool isWords, JoinRule join);
    std::vector<Atom> m_atoms;
};

inline constexpr std::uint64_t kNoDigest = 0x9E3779B97F4A7C15ULL;  ///< of no atoms

/// The digest of atoms, one further: order and borders count. Never 0.
inline std::uint64_t joinedDigest(std::uint64_t before, std::uint64_t atom) {
    std::uint64_t h = (before ^ (atom + 0x632BE59BD9B4E019ULL)) * 0xFF51AFD7ED558CCDULL;
    h = (h ^ (h >> 33)) * 0xC4CEB9FE1A85EC53ULL;
    h ^= h >> 33;
    return h == 0 ? 1 : h;
}

/// Digests of a hashtag or handle, and of a name as one would be made of it: without white space, "_", and the "#" and
/// "@" at its ends. `folded` is 0 where nothing is left.
struct MarkDigest {
    std::uint64_t folded = 0, exact = 0;
};
MarkDigest markDigest(std::string_view text);

/// It begins with "#" or "@", of either width. `isAll`: and that is all of it.
bool beginsWithMark(std::string_view word, bool& isAll);

/// Holds a letter or a digit of some script.
bool hasLetters(std::string_view text);

}  // namespace mnerva::gazetteer
