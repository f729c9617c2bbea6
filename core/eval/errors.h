#pragma once

#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/domain/entity.h"

namespace mnerva::eval {

/// How a system's entity differs from the gold one.
enum class ErrorKind {
    Boundary,         ///< right type, overlapping but other borders
    Type,             ///< right borders, other type
    BoundaryAndType,  ///< overlapping, other borders and other type
    Missed,           ///< a gold entity left without a partner
    Spurious,         ///< a predicted entity left without a partner
};
inline constexpr std::size_t kErrorKinds = 5;
/// Stable kebab-case name: "boundary", "type", "boundary-and-type", "missed", "spurious".
std::string_view errorKindName(ErrorKind kind);
std::optional<ErrorKind> errorKindFromName(std::string_view name);

/// An entity without its texts: words (both ends included) and the number that stands for its type.
struct Mention {
    int first = 0, last = 0, type = 0;
    bool operator==(const Mention&) const = default;
};

/// An entity of one side with its partner on the other; an index of -1: it has none.
struct Match {
    int reference = -1, other = -1;
    std::optional<ErrorKind> error;  ///< none: both are the same
    bool operator==(const Match&) const = default;
};

/// Pairs the entities of two sides of a post (error-analysis.md 1, five kinds). Each takes part in exactly one match:
/// equal ones are set aside first, then equal borders are paired, then the largest overlaps (equal type before other
/// type); what is left is missed or spurious. Keeps its memory from post to post; not for two threads at once.
class Matcher {
public:
    /// In text order; valid until the next call.
    std::span<const Match> match(std::span<const Mention> reference, std::span<const Mention> other);

private:
    struct Candidate {
        int rank = 0, commonWords = 0, reference = 0, other = 0;
    };
    void findCandidates(std::span<const Mention> reference, std::span<const Mention> other);

    std::vector<Candidate> m_candidates;
    std::vector<char> m_referenceUsed, m_otherUsed;
    std::vector<Match> m_matches;
};

/// The same of one post. Both sides may come in any order.
std::vector<Match> matches(std::span<const Entity> reference, std::span<const Entity> other);

/// One difference; both sides are there except for Missed (no predicted) and Spurious (no gold).
struct Difference {
    ErrorKind kind = ErrorKind::Missed;
    std::optional<Entity> gold, predicted;
};

/// The matches of one post that are errors, in text order.
std::vector<Difference> differences(std::span<const Entity> gold, std::span<const Entity> predicted);

/// Number of differences of each kind, every kind listed.
std::map<ErrorKind, int> countKinds(std::span<const Difference> differences);

}  // namespace mnerva::eval
