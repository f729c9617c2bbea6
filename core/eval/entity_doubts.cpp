#include "core/eval/entity_doubts.h"

#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/eval/errors.h"
#include "core/eval/index_internal.h"
#include "core/text/tag_scheme.h"

namespace mnerva::eval {
namespace {

std::vector<std::string> suggestedTags(const std::vector<std::string>& classes, std::span<const float> probabilities) {
    const auto outside = static_cast<std::size_t>(std::find(classes.begin(), classes.end(), "O") - classes.begin());
    MNERVA_CHECK(outside < classes.size());
    std::vector<std::string> tags;
    for (std::size_t begin = 0; begin < probabilities.size(); begin += classes.size()) {
        std::size_t best = outside;
        for (std::size_t j = 0; j < classes.size() && probabilities[begin + outside] < 0.5f; ++j)
            if (j != outside && (best == outside || probabilities[begin + j] > probabilities[begin + best])) best = j;
        tags.push_back(classes[best]);
    }
    return tags;
}

DoubtReason reasonOf(const Difference& difference) {
    switch (difference.kind) {
        case ErrorKind::Boundary:
            return DoubtReason::WrongEdge;
        case ErrorKind::Missed:  // by the system: it sees no entity
            return DoubtReason::Spurious;
        case ErrorKind::Spurious:
            return DoubtReason::Missing;
        default:
            return DoubtReason::WrongType;
    }
}

}  // namespace

std::string_view doubtReasonName(DoubtReason reason) {
    static constexpr std::array<std::string_view, 4> kNames{"wrong-type", "wrong-edge", "missing", "spurious"};
    return kNames[static_cast<std::size_t>(reason)];
}

std::vector<int> givenClasses(std::span<const Entity> given, const std::vector<std::string>& classes, int words) {
    const auto tags = tagsFromEntities({given.begin(), given.end()}, words, text::guessScheme(classes));
    std::vector<int> out;
    for (const std::string& tag : tags) {
        const auto found = std::find(classes.begin(), classes.end(), tag);
        out.push_back(found == classes.end() ? -1 : static_cast<int>(found - classes.begin()));
    }
    return out;
}

std::vector<EntityDoubt> entityDoubts(std::span<const Entity> given, const std::vector<std::string>& classes,
                                      std::span<const float> probabilities) {
    MNERVA_CHECK(!classes.empty() && probabilities.size() % classes.size() == 0);
    const int words = static_cast<int>(probabilities.size() / classes.size());
    const std::vector<Entity> suggested = entitiesFromTags(suggestedTags(classes, probabilities));
    const std::vector<int> were = givenClasses(given, classes, words);
    const std::vector<int> wouldBe = givenClasses(suggested, classes, words);
    // One class of a word; 0 for a class that the system does not know.
    const auto leastOf = [&](const std::vector<int>& of, int first, int last) {
        double least = 1;
        for (int w = first; w <= last; ++w) {
            const int k = of[at(w)];
            least = std::min(least, k < 0 ? 0.0 : static_cast<double>(probabilities[at(w) * classes.size() + at(k)]));
        }
        return least;
    };
    std::vector<EntityDoubt> out;
    for (const Difference& difference : differences(given, suggested)) {
        EntityDoubt doubt{reasonOf(difference), difference.gold, difference.predicted, 0, 0};
        int first = words, last = 0;
        for (const auto* side : {&doubt.given, &doubt.suggested})
            if (*side) {
                first = std::min(first, (*side)->first);
                last = std::max(last, (*side)->last);
            }
        doubt.score = leastOf(were, first, last);
        doubt.support = leastOf(wouldBe, first, last);
        out.push_back(std::move(doubt));
    }
    return out;
}

}  // namespace mnerva::eval
