#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/domain/run_name.h"
#include "core/workflow/doctor/run_files_internal.h"

namespace mnerva::workflow::detail {
namespace fs = std::filesystem;

fs::path runFolderOf(const project::Project& project, const std::string& run) {
    return project.folder() / "runs" / run;
}

bool runHas(const project::Project& project, const std::string& run, const char* file) {
    if (runNameFault(run) != RunNameFault::None) return false;
    std::error_code failed;
    const fs::path path = runFolderOf(project, run) / file;
    if (!fs::exists(path, failed)) return false;
    try {
        requirePlainBelow(project.folder(), path);
        return true;
    } catch (const Error&) {
        return false;
    }
}

std::vector<std::string> runsWith(const project::Project& project, const char* file) {
    std::vector<std::pair<fs::file_time_type, std::string>> found;
    std::error_code failed;
    for (fs::directory_iterator it(project.folder() / "runs", failed), end; !failed && it != end;
         it.increment(failed)) {
        const std::string run = it->path().filename().string();
        if (!runHas(project, run, file)) continue;
        std::error_code unknown;
        found.emplace_back(fs::last_write_time(it->path() / file, unknown), run);
    }
    std::sort(found.rbegin(), found.rend());
    std::vector<std::string> names;
    for (auto& [at, run] : found) names.push_back(std::move(run));
    return names;
}

}  // namespace mnerva::workflow::detail
