#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace mnerva::workflow::detail {

std::filesystem::path runFolderOf(const project::Project& project, const std::string& run);

/// Whether a run of this name has such a file, a plain one inside of the project.
bool runHas(const project::Project& project, const std::string& run, const char* file);

/// All runs that have, the newest file first.
std::vector<std::string> runsWith(const project::Project& project, const char* file);

}  // namespace mnerva::workflow::detail
