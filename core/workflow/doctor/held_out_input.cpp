#include "core/workflow/doctor/held_out_input.h"

#include "core/base/error.h"
#include "core/protocol/held_out.h"
#include "core/workflow/doctor/run_files_internal.h"

namespace mnerva::workflow {

std::vector<std::string> heldOutRuns(const project::Project& project) {
    return detail::runsWith(project, protocol::kHeldOutFile);
}

void takeHeldOut(const project::Project& project, const std::string& run, DoctorInput& input) {
    if (!detail::runHas(project, run, protocol::kHeldOutFile))
        throw Error(ErrorCode::RunIncompatible,
                    {run, "folds that are not done", "a run over folds that came to its end"});
    protocol::HeldOut heldOut = protocol::readHeldOutFile(detail::runFolderOf(project, run));
    input.classes = std::move(heldOut.tags);
    for (protocol::HeldOutPost& post : heldOut.posts) input.odds[post.number] = {std::move(post.probabilities), false};
}

void takeSystems(const project::Project& project, DoctorInput& input) {
    for (const project::LayerInfo& info : project.layers()) {
        if (info.kind != project::LayerKind::Run) continue;
        input.systems.push_back(info.name);
        if (detail::runHas(project, info.name, protocol::kHeldOutFile)) input.heldOutSystems.push_back(info.name);
    }
}

}  // namespace mnerva::workflow
