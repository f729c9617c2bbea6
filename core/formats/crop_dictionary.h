#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/archive/name_pickle.h"
#include "core/domain/finding.h"
#include "core/formats/format.h"

namespace mnerva::formats {

/// Which crops belong to a post's picture (models.md 1.4): picture file name -> crop file names in list order.
class CropDictionary {
public:
    CropDictionary() = default;
    explicit CropDictionary(archive::NameLists lists);
    CropDictionary(CropDictionary&&) = default;
    CropDictionary& operator=(CropDictionary&&) = default;
    CropDictionary(const CropDictionary&) = delete;  // the index holds views of the lists
    CropDictionary& operator=(const CropDictionary&) = delete;

    /// The list of a picture (may be empty), or null when the dictionary does not name it.
    const std::vector<std::string>* find(std::string_view image) const;
    /// All lists: of a pickle in file order, of JSON sorted by picture.
    const archive::NameLists& lists() const { return m_lists; }
    std::size_t size() const { return m_lists.size(); }
    std::size_t cropCount() const;

private:
    archive::NameLists m_lists;
    std::unordered_map<std::string_view, std::size_t> m_index;  // views of the keys in m_lists
};

/// Reads a PyTorch zip archive, a bare pickle or JSON, told apart by content.
/// Findings: unsafe-path (a crop name that leaves its folder; left out), crop-list-invalid (a value that is no list of
/// names; left out), repeated-image (a later list replaces an earlier one), invalid-utf8, empty-file. Errors:
/// FileMissing, FileIsDirectory, FileUnreadable, ArchiveTruncated, PickleRefused, FormatInvalid, FormatUnknown.
CropDictionary readCropDictionary(const std::filesystem::path& path, Findings& findings);

}  // namespace mnerva::formats
