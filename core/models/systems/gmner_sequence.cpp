#include <algorithm>
#include <functional>

#include "core/models/systems/gmner_sequence_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {
namespace {

constexpr int kFreeTokens = 30;
constexpr double kTokensEach = 0.6;

bool risesStrictly(const std::vector<int>& positions) {
    return std::adjacent_find(positions.begin(), positions.end(), std::greater_equal<>()) == positions.end();
}

}  // namespace

int IndexSpace::ofType(const std::string& type) const {
    const auto found = std::find(types.begin(), types.end(), type);
    return found == types.end() ? -1 : firstType() + static_cast<int>(found - types.begin());
}

std::vector<std::string> typesOfTags(const std::vector<std::string>& tags) {
    std::vector<std::string> types;
    for (const std::string& tag : tags) {
        if (tag == "O" || isSpecialTag(tag)) continue;
        const std::string type(text::splitTag(tag).type);
        if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
    }
    return types;
}

std::vector<std::int64_t> sequenceOf(std::vector<Triple>& triples, const IndexSpace& space, std::int64_t longest) {
    std::vector<std::int64_t> out{IndexSpace::kBegin};
    for (std::size_t i = 0; i < triples.size(); ++i) {
        Triple& triple = triples[i];
        const std::size_t more = triple.positions.size() + (space.grounded ? 2 : 1);
        if (static_cast<std::int64_t>(out.size() + more) >= longest) {
            triples.resize(i);
            break;
        }
        triple.firstAt = static_cast<int>(out.size());
        for (int position : triple.positions) out.push_back(space.ofPosition(position));
        if (space.grounded) {
            triple.flagAt = static_cast<int>(out.size());
            out.push_back(triple.flag);
        }
        triple.typeAt = static_cast<int>(out.size());
        out.push_back(triple.type);
    }
    out.push_back(IndexSpace::kEnd);
    return out;
}

std::vector<Triple> triplesOf(const std::vector<std::int64_t>& sequence, const IndexSpace& space) {
    std::vector<Triple> out;
    Triple open;
    for (std::size_t at = 0; at < sequence.size(); ++at) {
        const auto token = static_cast<int>(sequence[at]);
        if (token == IndexSpace::kEnd) break;
        if (space.isPointer(token)) {
            if (open.flagAt >= 0) open = {};  // no type came after the flag
            if (open.positions.empty()) open.firstAt = static_cast<int>(at);
            open.positions.push_back(token - space.shift());
        } else if (space.isFlag(token)) {
            if (open.positions.empty() || open.flagAt >= 0) {
                open = {};
                continue;
            }
            open.flag = token;
            open.flagAt = static_cast<int>(at);
        } else if (space.isType(token)) {
            open.type = token;
            open.typeAt = static_cast<int>(at);
            const bool flagged = !space.grounded || open.flagAt >= 0;
            if (!open.positions.empty() && flagged && risesStrictly(open.positions)) out.push_back(open);
            open = {};
        }
    }
    return out;
}

int longestAnswer(std::int64_t sourceLength, std::int64_t regions) {
    return kFreeTokens + static_cast<int>(kTokensEach * static_cast<double>(sourceLength + regions));
}

}  // namespace mnerva::models
