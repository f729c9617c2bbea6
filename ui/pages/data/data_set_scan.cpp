#include "ui/pages/data/data_set_scan.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cctype>

#include "core/formats/all.h"
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

template <class Kind>
bool isNamedLikeAny(const fs::path& path) {
    const auto known = formats::ofKind<Kind>();
    return std::any_of(known.begin(), known.end(),
                       [&](const formats::Format* format) { return format->isNamedLike(path); });
}

bool isText(const fs::path& path) {
    return isNamedLikeAny<formats::PostKind>(path);
}

bool isCropList(const fs::path& path) {
    return isNamedLikeAny<formats::CropKind>(path);
}

/// A folder that is read as one.
bool isWhole(const fs::path& folder) {
    return formats::recognise<formats::PostKind>(folder).isFolder;
}

/// Pictures, and the boxes in them.
bool isPicture(const fs::path& path) {
    const std::string name = nameOf(path);
    static constexpr std::array kEndings{".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"};
    return isNamedLikeAny<formats::BoxKind>(path) ||
           std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

bool isBoxFolder(const std::string& name) {
    for (const formats::Format* format : formats::ofKind<formats::BoxKind>()) {
        const auto& names = format->as<formats::BoxKind>()->folders;
        if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    }
    return false;
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
    const auto split = formats::splitOfFileName(file);
    for (const fs::path& list : lists) {
        if (split && formats::splitOfFileName(list) == split) return list;
    }
    for (const fs::path& list : lists) {
        if (!formats::splitOfFileName(list)) return list;
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
            if (isBoxFolder(name) && result.xmlFolder.empty()) result.xmlFolder = entry;
            if (!crops && holds(name, "image") && result.imageFolder.empty()) result.imageFolder = entry;
        } else if (isCropList(entry)) {
            lists.push_back(entry);
        }
    }
}

}  // namespace

QString dataSetPatterns() {
    QStringList patterns;
    for (const formats::Format* format : formats::ofKind<formats::PostKind>())
        for (const formats::FileName& file : format->files)
            patterns << QLatin1Char('*') + QString::fromUtf8(file.ending.data(), qsizetype(file.ending.size()));
    patterns.removeDuplicates();
    return patterns.join(QLatin1Char(' '));
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
        if (isWhole(path)) {
            files.push_back(path);
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
        const auto split = formats::splitOfFileName(file);
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
        for (const formats::Format* format : formats::ofKind<formats::BoxKind>()) {
            const fs::path boxes = folder.parent_path() / format->as<formats::BoxKind>()->folders.front();
            if (result.xmlFolder.empty() && fs::is_directory(boxes, failed)) result.xmlFolder = boxes;
        }
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
