#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/domain/post.h"

namespace mnerva::ui {

/// A text file of a data set and what lies beside it.
struct ScannedFile {
    std::filesystem::path path;
    std::filesystem::path cropFile;  ///< empty: none found
};
struct ScanResult {
    std::vector<ScannedFile> files;
    std::filesystem::path imageFolder, cropFolder, xmlFolder;  ///< found beside the files; empty: none
    std::filesystem::path project;                             ///< what was dropped is a Mnerva project
};

/// Looks at files and folders that a person chose or dropped: text files (of a folder: all of them, training first),
/// crop dictionaries and picture folders beside them. Reads names only, never contents. Never throws for odd names or
/// rights.
ScanResult scanDataSet(const std::vector<std::filesystem::path>& chosen, std::stop_token stop = {});

/// Split that a file name speaks of.
std::optional<Split> splitOfFileName(const std::filesystem::path& path);

}  // namespace mnerva::ui
