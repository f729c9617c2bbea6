#include "core/eval/standing.h"

namespace mnerva::eval {

std::optional<ErrorKind> standingOf(const Entity& entity, std::span<const Entity> gold,
                                    std::span<const Entity> predicted) {
    for (const Difference& difference : differences(gold, predicted))
        if (difference.predicted && difference.predicted->sameAs(entity)) return difference.kind;
    return std::nullopt;
}

}  // namespace mnerva::eval
