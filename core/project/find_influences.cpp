#include <map>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/run_name.h"
#include "core/project/find.h"
#include "core/protocol/influence.h"

namespace mnerva::project {

namespace {

using Influences = std::optional<std::unordered_map<PostId, query::Influence>>;

Influences readOf(const std::filesystem::path& project, const std::string& run) {
    if (runNameFault(run) != RunNameFault::None) return std::nullopt;
    const std::filesystem::path folder = project / "runs" / run;
    try {
        requirePlainBelow(project, folder / protocol::kInfluenceFile);
    } catch (const Error&) {  // a project may come from a stranger
        return std::nullopt;
    }
    const auto stored = protocol::readInfluence(folder);
    if (!stored) return std::nullopt;
    std::unordered_map<PostId, query::Influence> of;
    for (const protocol::PostInfluence& post : stored->list)
        of[PostId{post.number}] = post.effect == "helped" ? query::Influence::Helped
                                  : post.effect == "hurt" ? query::Influence::Hurt
                                                          : query::Influence::Same;
    return of;
}

}  // namespace

InfluenceSource storedInfluences(const Project& project) {
    const auto known = std::make_shared<std::map<std::string, Influences>>();
    return [known, folder = project.folder()](const std::string& run) {
        const auto [place, isNew] = known->try_emplace(run);
        if (isNew) place->second = readOf(folder, run);
        return place->second;
    };
}

}  // namespace mnerva::project
