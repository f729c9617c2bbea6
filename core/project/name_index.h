#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/domain/entity.h"
#include "core/domain/post.h"

namespace mnerva::project {

/// What a word looks like, where nobody has seen it yet.
enum class WordShape {
    Plain,        ///< nothing that names have
    Capital,      ///< begins with a capital
    FirstWord,    ///< the same at the start of a sentence, where it says less
    AllCapitals,  ///< two capitals or more, no small letter
    MixedCase,    ///< a capital behind a small letter: "iPhone"
    Handle,       ///< behind "@"
    Hashtag,      ///< behind "#"
    Number,
    Function,  ///< of the closed classes: "the", "is", "who", capital or not
};
inline constexpr int kWordShapes = 9;

/// The shape of each word of a post whose words have spaces between them.
std::vector<WordShape> shapesOf(const std::vector<std::string>& words);

/// Which words and names were tagged in the project so far, and which were passed by (annotation.md 5, the key of the
/// likely run). Words are compared folded. Bounded: what was seen once goes first when it is full. Not thread-safe; a
/// copy is an index of its own.
class NameIndex {
public:
    explicit NameIndex(std::size_t mostEntries = 100'000) : m_most(mostEntries) {}

    /// A post that somebody has looked at: its entities are names, its other words are none. `sign` -1 takes it back.
    /// `segments`: true at each word that begins a word of the language (ui: segmentStarts).
    void addPost(const Post& post, const std::vector<Entity>& entities, const std::vector<bool>& segments,
                 int sign = 1);
    /// The same without the names: which of its words were parts of names, and which were none.
    void addWords(const Post& post, const std::vector<Entity>& entities, const std::vector<bool>& segments,
                  int sign = 1);
    /// One name, as it is tagged or as a list has it; -1 takes it back.
    void addName(std::span<const std::string> words, int sign = 1);

    /// How often the words are a name.
    int namesOf(std::span<const std::string> folded) const;
    /// How often a word stood outside of names in posts that were looked at.
    int passedBy(const std::string& folded) const;
    /// The chance (0..1) that a word of a looked-at post is part of a name: of the word as far as it was seen, of its
    /// shape else.
    double chanceOf(const std::string& folded, WordShape shape) const;
    /// Words of the longest name.
    int longestName() const { return m_longest; }
    std::size_t size() const { return m_names.size() + m_words.size(); }

private:
    struct Seen {
        std::int32_t tagged = 0, plain = 0;
    };
    void countWord(const std::string& folded, bool tagged, int sign);
    void shrink();
    std::size_t m_most;
    std::unordered_map<std::string, std::int32_t> m_names;  ///< folded words with a line feed between them
    std::unordered_map<std::string, Seen> m_words;
    Seen m_shapes[kWordShapes];
    int m_longest = 0;
};

/// The likely names of a post, in order, disjoint; each a run of words, both ends included.
struct LikelyRun {
    int first = 0, last = 0;
    bool operator==(const LikelyRun&) const = default;
};
/// Capitalised runs, what follows @ and #, and names and words tagged elsewhere; where words stand without spaces:
/// names tagged elsewhere, words of the language that were parts of names, family names with what follows, and what
/// ends like a place or an organisation. `segments` as in addPost.
std::vector<LikelyRun> likelyRuns(const Post& post, const std::vector<bool>& segments, const NameIndex& names);

}  // namespace mnerva::project
