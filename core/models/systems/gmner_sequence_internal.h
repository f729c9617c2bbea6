#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mnerva::models {

/// What the tokens of H-Index's output mean (models.md 4.7): begin, end, the two flags of grounded runs, the types, and
/// from shift() on positions of the encoded post ([CLS] is 0).
struct IndexSpace {
    bool grounded = false;
    std::vector<std::string> types;

    static constexpr int kBegin = 0, kEnd = 1, kWhichRegion = 2, kNoRegion = 3;  ///< the last two: only when grounded
    int firstType() const { return grounded ? 4 : 2; }
    int shift() const { return firstType() + static_cast<int>(types.size()); }
    int ofPosition(int position) const { return shift() + position; }
    bool isFlag(int token) const { return grounded && (token == kWhichRegion || token == kNoRegion); }
    bool isType(int token) const { return token >= firstType() && token < shift(); }
    bool isPointer(int token) const { return token >= shift(); }
    /// -1 for a type that is not known.
    int ofType(const std::string& type) const;
};

/// The types that tags of this label set spell, in their order.
std::vector<std::string> typesOfTags(const std::vector<std::string>& tags);

/// An entity as tokens: positions of the first pieces of its words, flag (0: none), type, and where the last two stand
/// in the sequence.
struct Triple {
    std::vector<int> positions;
    int flag = 0, type = 0;
    int flagAt = -1, typeAt = -1, firstAt = -1;
    bool operator==(const Triple&) const = default;
};

/// begin, the triples, end. Triples that would make it longer than `longest` tokens are left out, and so are those
/// behind them. Sets the places of those that are in.
std::vector<std::int64_t> sequenceOf(std::vector<Triple>& triples, const IndexSpace& space, std::int64_t longest);

/// The triples of a sequence that a model wrote (begin first). One is valid when its positions rise strictly, a flag
/// follows (when grounded) and then a type; what is not is passed over.
std::vector<Triple> triplesOf(const std::vector<std::int64_t>& sequence, const IndexSpace& space);

/// Tokens a model may write for a post: 30 and 0.6 for each sub-token and region.
int longestAnswer(std::int64_t sourceLength, std::int64_t regions);

}  // namespace mnerva::models
