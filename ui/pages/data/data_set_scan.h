#pragma once

#include <QString>
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
/// Something that was chosen, or that lies in a chosen folder, and is not taken: why.
struct LeftOut {
    enum class Reason {
        Ending,         ///< in a folder, and of a kind that data sets do not have
        Name,           ///< its name is no UTF-8
        CropListAlone,  ///< a list of crops without a text file that it could be for
        Project,        ///< of Mnerva
        NoFile,         ///< a pipe, a device
        NothingThere    ///< a folder without anything to take
    };
    std::filesystem::path path;
    Reason reason = Reason::Ending;
};
struct ScanResult {
    std::vector<ScannedFile> files;
    std::filesystem::path imageFolder, cropFolder, xmlFolder;  ///< found beside the files; empty: none
    std::vector<LeftOut> leftOut;
    std::filesystem::path project;  ///< what was dropped is a Mnerva project
};

/// Looks at files and folders that a person chose or dropped: files of posts (of a folder: all of them, training first;
/// a folder that is read as one is taken as one), crop dictionaries and picture folders beside them. What is not taken
/// is listed with the reason, but pictures, notes (README, LICENSE), hidden files and folders. Reads names only, never
/// contents. Never throws for odd names or rights.
ScanResult scanDataSet(const std::vector<std::filesystem::path>& chosen, std::stop_token stop = {});

/// The patterns of a file dialog for everything that a data set is read from: "*.txt *.conll".
QString dataSetPatterns();

}  // namespace mnerva::ui
