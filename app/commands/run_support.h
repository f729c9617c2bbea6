#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/models/predictor.h"
#include "core/workflow/project.h"

namespace mnerva::app {

/// A post as a model takes it: words, and the paths of its first picture and of its crops (a picture whose folder is
/// not known keeps its bare name, so that it is counted as missing).
models::PostInput postInput(const workflow::Project& project, const Post& post);

/// Names of the runs of a project, sorted.
std::vector<std::string> runNames(const std::filesystem::path& project);
/// <project>/runs/<run>. Throws OptionInvalid for a name that is no plain folder name.
std::filesystem::path runFolder(const std::filesystem::path& project, const std::string& run);
/// Same, and the run must be there: RunMissing {run, known runs}.
std::filesystem::path existingRunFolder(const std::filesystem::path& project, const std::string& run);
std::filesystem::path featureCache(const std::filesystem::path& project);

/// train, valid or test; nothing for an empty name. Throws OptionInvalid.
std::optional<Split> splitOption(const std::string& name);

/// Mean over heads of one row of an attention array [heads, rows, columns].
std::vector<float> meanOverHeads(const models::FloatArray& attention, int row);

/// One line per code on stderr: how often and, for the first, where.
void printFindings(const Findings& findings);

}  // namespace mnerva::app
