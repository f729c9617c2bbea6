#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/domain/attribution.h"
#include "core/project/project.h"

namespace mnerva::project {

/// Words of entities by their type, each name once, in the order in which the project has them.
using EntityNames = std::map<std::string, std::vector<std::vector<std::string>>>;

/// The names of the training posts, as the corrected layer has them; of all posts where there is none of training. At
/// most 2000 of a type.
EntityNames entityNames(const Project& project);

/// Names to try in an entity's place (explanation.md 2, word-out): one of its own type and one of another, of as many
/// words and in like letters where there are such, never its own. Drawn from its words, so that the same question tries
/// the same names. Fewer where the project has none.
std::vector<WordExchange> exchangesFor(const EntityNames& names, const std::vector<std::string>& words,
                                       const std::string& type);

}  // namespace mnerva::project
