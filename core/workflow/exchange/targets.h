#pragma once

#include <filesystem>
#include <vector>

namespace mnerva::project {
class Project;
}

namespace mnerva::workflow {

/// What stands where an export wants to write.
struct TargetState {
    std::vector<std::filesystem::path> existing;  ///< files that would be replaced
    std::vector<std::filesystem::path> imported;  ///< those of them that the project was imported from
};
TargetState stateOfTargets(const project::Project& project, const std::vector<std::filesystem::path>& targets);

/// Refuses to write into a project's folder, this one's or another's (FileProtected), and, unless `replace`, over a
/// file that is there (FileExists names them all). Also PathEncoding.
void requireFreeTargets(const project::Project& project, const std::vector<std::filesystem::path>& targets,
                        bool replace);

/// For what commands write beside exports (--output, --details, --out; empty names are not asked for): a file of a
/// project's folder is never replaced (FileProtected), but the one that a prediction leaves in its run's folder for the
/// window; another one only with `replace` (FileExists names them all). Two names of one file: OptionInvalid.
void requireFreeFiles(const std::vector<std::filesystem::path>& files, bool replace);

}  // namespace mnerva::workflow
