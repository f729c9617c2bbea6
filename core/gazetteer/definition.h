#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mnerva::gazetteer {

/// Priorities and least lengths that a source may have.
inline constexpr int kMostPriority = 100, kMostLeastLength = 100;
inline constexpr std::size_t kMostSources = 1000;

/// One word list or one pattern, and how it is matched.
struct Source {
    enum class Kind {
        List,         ///< names
        TextPattern,  ///< a regular expression over the text of a post; its matches begin and end at ends of words
        WordPattern,  ///< one that a whole word matches
    };
    Kind kind = Kind::List;
    std::string name;  ///< of it, told apart from the others
    bool isEnabled = true;
    std::string label;  ///< of what it finds; of a list: of the names without one of their own
    bool caseSensitive = false;
    int priority = 0;  ///< between finds of one length the higher one counts, then the earlier source

    std::string pattern = {};  ///< of patterns
    bool withMarks = true;     ///< List: a hashtag or handle that is the name without its spaces is found too
    int leastLength = 2;       ///< List: shorter names (characters without spaces) do not count
    std::string digest = {};   ///< List: SHA-256 of its file in the project
    std::int64_t names = 0;    ///< List: how many it has
    std::string origin = {};   ///< List: where it came from, "cities.txt" or "gold, train"
    bool holdsTest = false;    ///< List: made of test posts too; scores on these are flattered

    bool isList() const { return kind == Kind::List; }
    bool operator==(const Source&) const = default;
};

/// What a project's word lists and rules are, in their order, and the name of the layer that they make.
struct Definition {
    std::string layer = "word-lists";
    std::vector<Source> sources;

    const Source* find(std::string_view name) const;
    /// A name that no source has yet: "cities", "cities 2".
    std::string freeName(std::string_view wanted) const;
    bool operator==(const Definition&) const = default;
};

/// "list", "text", "word"
std::string_view kindName(Source::Kind kind);

/// A name that a label can have: letters, no white space, no comma, nothing that cannot be seen. OTHER is MISC.
bool isLabelName(std::string_view label);
std::string labelNamed(std::string_view label);

/// As it is kept. Reading checks every value. Errors: FormatInvalid, naming `place`.
std::string definitionToJson(const Definition& definition);
Definition definitionFromJson(std::string_view text, const std::string& place);

/// Throws OptionInvalid for what no source can be: no name or one twice, a priority or least length out of bounds, a
/// label that is none, a pattern that is none.
void checkDefinition(const Definition& definition);

}  // namespace mnerva::gazetteer
