#include "core/workflow/doctor/held_out_input.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/run_name.h"
#include "core/protocol/held_out.h"

namespace mnerva::workflow {
namespace fs = std::filesystem;
namespace {

fs::path folderOf(const project::Project& project, const std::string& run) {
    return project.folder() / "runs" / run;
}

bool hasFile(const project::Project& project, const std::string& run) {
    if (runNameFault(run) != RunNameFault::None) return false;
    std::error_code failed;
    const fs::path file = folderOf(project, run) / protocol::kHeldOutFile;
    if (!fs::exists(file, failed)) return false;
    try {
        requirePlainBelow(project.folder(), file);
        return true;
    } catch (const Error&) {
        return false;
    }
}

}  // namespace

std::vector<std::string> heldOutRuns(const project::Project& project) {
    std::vector<std::pair<fs::file_time_type, std::string>> found;
    std::error_code failed;
    for (fs::directory_iterator it(project.folder() / "runs", failed), end; !failed && it != end;
         it.increment(failed)) {
        const std::string run = it->path().filename().string();
        if (!hasFile(project, run)) continue;
        std::error_code unknown;
        found.emplace_back(fs::last_write_time(it->path() / protocol::kHeldOutFile, unknown), run);
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<std::string> names;
    for (auto& [at, run] : found) names.push_back(std::move(run));
    return names;
}

void takeHeldOut(const project::Project& project, const std::string& run, DoctorInput& input) {
    if (!hasFile(project, run))
        throw Error(ErrorCode::RunIncompatible,
                    {run, "folds that are not done", "a run over folds that came to its end"});
    protocol::HeldOut heldOut = protocol::readHeldOutFile(folderOf(project, run));
    input.classes = std::move(heldOut.tags);
    for (protocol::HeldOutPost& post : heldOut.posts) input.odds[post.number] = {std::move(post.probabilities), false};
}

void takeSystems(const project::Project& project, DoctorInput& input) {
    for (const project::LayerInfo& info : project.layers()) {
        if (info.kind != project::LayerKind::Run) continue;
        input.systems.push_back(info.name);
        if (hasFile(project, info.name)) input.heldOutSystems.push_back(info.name);
    }
}

}  // namespace mnerva::workflow
