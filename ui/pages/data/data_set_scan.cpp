#include "ui/pages/data/data_set_scan.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/text/utf8.h"

namespace mnerva::ui {
namespace fs = std::filesystem;
namespace {

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string nameOf(const fs::path& path) {
    const auto bytes = path.filename().u8string();
    return lowered({bytes.begin(), bytes.end()});
}

bool isText(const fs::path& path) {
    const std::string name = nameOf(path);
    return name.ends_with(".txt") || name.ends_with(".conll") || name.ends_with(".bio") || name.ends_with(".tsv");
}

bool isCropList(const fs::path& path) {
    const std::string name = nameOf(path);
    if (name.ends_with(".pth") || name.ends_with(".dict")) return true;
    return name.ends_with(".json") && (holds(name, "crop") || holds(name, "dict"));
}

bool isPicture(const fs::path& path) {
    const std::string name = nameOf(path);
    static constexpr std::array kEndings{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff", ".xml"};
    return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

/// What lies beside data and is none: notes, hidden files.
bool isNote(const fs::path& path) {
    const std::string name = nameOf(path);
    return name.starts_with("readme") || name.starts_with("license") || name.starts_with('.');
}

bool isUtf8(const fs::path& path) {
    return text::isValidUtf8(path.string());
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code failed;
    for (fs::directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed), end;
         !failed && at != end; at.increment(failed)) {
        entries.push_back(at->path());
    }
    std::sort(entries.begin(), entries.end());
    return entries;
}

/// The crop list beside a file: one for the same split, else the only one that names no split.
fs::path cropListFor(const fs::path& file, const std::vector<fs::path>& lists) {
    const auto split = splitOfFileName(file);
    for (const fs::path& list : lists) {
        if (split && splitOfFileName(list) == split) return list;
    }
    for (const fs::path& list : lists) {
        if (!splitOfFileName(list)) return list;
    }
    return {};
}

void lookBeside(const fs::path& folder, ScanResult& result, std::vector<fs::path>& lists) {
    for (const fs::path& entry : entriesOf(folder)) {
        std::error_code failed;
        if (fs::is_directory(entry, failed)) {
            const std::string name = nameOf(entry);
            const bool crops = holds(name, "crop") || holds(name, "aux");
            if (crops && result.cropFolder.empty()) result.cropFolder = entry;
            if ((name == "xml" || name == "boxes") && result.xmlFolder.empty()) result.xmlFolder = entry;
            if (!crops && holds(name, "image") && result.imageFolder.empty()) result.imageFolder = entry;
        } else if (isCropList(entry)) {
            lists.push_back(entry);
        }
    }
}

}  // namespace

std::optional<Split> splitOfFileName(const fs::path& path) {
    const std::string name = nameOf(path);
    if (holds(name, "train")) return Split::Train;
    if (holds(name, "val") || holds(name, "dev")) return Split::Valid;
    if (holds(name, "test")) return Split::Test;
    return std::nullopt;
}

ScanResult scanDataSet(const std::vector<fs::path>& chosen, std::stop_token stop) {
    ScanResult result;
    std::vector<fs::path> files;
    for (const fs::path& path : chosen) {
        if (stop.stop_requested()) return result;
        std::error_code failed;
        if (!isUtf8(path)) {
            result.leftOut.push_back({path, LeftOut::Reason::Name});
            continue;
        }
        const fs::file_status status = fs::status(path, failed);
        if (!fs::is_directory(status)) {
            if (nameOf(path) == "project.mnerva") {
                result.project = path.parent_path();
                result.leftOut.push_back({path, LeftOut::Reason::Project});
            } else if (fs::exists(status) && !fs::is_regular_file(status)) {
                result.leftOut.push_back({path, LeftOut::Reason::NoFile});
            } else if (!isCropList(path)) {
                files.push_back(path);
            }
            continue;
        }
        if (fs::exists(path / "project.mnerva", failed)) {
            result.project = path;
            result.leftOut.push_back({path, LeftOut::Reason::Project});
            continue;
        }
        const std::size_t before = files.size(), leftOutBefore = result.leftOut.size();
        for (const fs::path& entry : entriesOf(path)) {
            if (fs::is_directory(entry, failed) || isNote(entry)) continue;
            if (!isUtf8(entry))
                result.leftOut.push_back({entry, LeftOut::Reason::Name});
            else if (isText(entry))
                fs::is_regular_file(entry, failed) ? files.push_back(entry)
                                                   : result.leftOut.push_back({entry, LeftOut::Reason::NoFile});
            else if (!isCropList(entry) && !isPicture(entry))
                result.leftOut.push_back({entry, LeftOut::Reason::Ending});
        }
        if (files.size() == before && result.leftOut.size() == leftOutBefore)
            result.leftOut.push_back({path, LeftOut::Reason::NothingThere});
    }
    const auto rank = [](const fs::path& file) {
        const auto split = splitOfFileName(file);
        return split ? static_cast<int>(*split) : static_cast<int>(Split::None);
    };
    std::stable_sort(files.begin(), files.end(),
                     [&](const fs::path& a, const fs::path& b) { return rank(a) < rank(b); });
    std::vector<fs::path> lists, folders;
    for (const fs::path& file : files) {
        const fs::path folder = file.parent_path();
        if (std::find(folders.begin(), folders.end(), folder) != folders.end()) continue;
        folders.push_back(folder);
        lookBeside(folder, result, lists);
        // The GMNER data set has its texts in "txt" and its boxes in "xml" beside that.
        std::error_code failed;
        const fs::path boxes = folder.parent_path() / "xml";
        if (result.xmlFolder.empty() && fs::is_directory(boxes, failed)) result.xmlFolder = boxes;
    }
    for (const fs::path& path : chosen) {
        std::error_code failed;
        if (isCropList(path) && !fs::is_directory(path, failed) &&
            std::find(lists.begin(), lists.end(), path) == lists.end()) {
            lists.push_back(path);
            if (files.empty()) result.leftOut.push_back({path, LeftOut::Reason::CropListAlone});
        }
    }
    for (const fs::path& file : files) result.files.push_back({file, cropListFor(file, lists)});
    return result;
}

}  // namespace mnerva::ui
