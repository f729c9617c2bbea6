#include "core/workflow/exchange/targets.h"

#include <set>
#include <string>

#include "core/base/error.h"
#include "core/project/project_internal.h"
#include "core/text/utf8.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

constexpr const char* kWindowPredictions = "predictions-project.jsonl";  // in a run's folder, fetched by the window

/// True where a folder on the way to `path` is a project's: nothing in it is written by an export.
bool isInsideAProject(const fs::path& path) {
    std::error_code failed;
    // Both ways: as the path says and as its links lead.
    for (fs::path at : {fs::absolute(path, failed).lexically_normal(), fs::weakly_canonical(path, failed)}) {
        for (at = at.parent_path(); !at.empty(); at = at.parent_path()) {
            if (fs::exists(fs::symlink_status(at / project::kProjectFile, failed))) return true;
            if (at == at.parent_path()) break;
        }
    }
    return false;
}

}  // namespace

TargetState stateOfTargets(const project::Project& project, const std::vector<fs::path>& targets) {
    TargetState state;
    const std::vector<store::Source> sources = project.impl().posts.sources();
    for (const fs::path& target : targets) {
        std::error_code failed;
        if (!fs::exists(fs::symlink_status(target, failed))) continue;
        state.existing.push_back(target);
        for (const store::Source& source : sources)
            if (fs::equivalent(source.file, target, failed)) {
                state.imported.push_back(target);
                break;
            }
    }
    return state;
}

void requireFreeFiles(const std::vector<fs::path>& files, bool replace) {
    std::string there;
    std::set<fs::path> seen;
    for (const fs::path& file : files) {
        if (file.empty()) continue;
        std::error_code failed;
        fs::path followed = fs::weakly_canonical(file, failed);
        if (failed) followed = fs::absolute(file, failed).lexically_normal();
        if (!seen.insert(followed).second)
            throw Error(ErrorCode::OptionInvalid, {"output", file.string(), "a file of its own for each"});
        if (!fs::exists(fs::symlink_status(file, failed))) continue;
        if (isInsideAProject(file)) {
            if (file.filename() == kWindowPredictions) continue;
            throw Error(ErrorCode::FileProtected, {file.string()});
        }
        there += (there.empty() ? "" : ", ") + file.string();
    }
    if (!replace && !there.empty()) throw Error(ErrorCode::FileExists, {there});
}

void requireFreeTargets(const project::Project& project, const std::vector<fs::path>& targets, bool replace) {
    for (const fs::path& target : targets) {
        text::requireUtf8Path(target);
        if (isInsideAProject(target)) throw Error(ErrorCode::FileProtected, {target.string()});
    }
    if (replace) return;
    std::string names;
    for (const fs::path& path : stateOfTargets(project, targets).existing)
        names += (names.empty() ? "" : ", ") + path.string();
    if (!names.empty()) throw Error(ErrorCode::FileExists, {names});
}

}  // namespace mnerva::workflow
