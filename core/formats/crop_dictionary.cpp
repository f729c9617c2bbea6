#include "core/formats/crop_dictionary.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/archive/tensor_file.h"
#include "core/archive/zip.h"
#include "core/base/checked.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/translatable.h"
#include "core/text/utf8.h"

namespace mnerva::formats {
namespace fs = std::filesystem;
namespace {

/// The largest real dictionary has 1.7 MB.
constexpr std::size_t kMostListBytes = std::size_t{64} << 20;
constexpr JsonLimits kJsonLimits{kMostListBytes, 8, 2'000'000};
constexpr std::size_t kMaxNameBytes = 4096;  // the longest path there is
constexpr std::string_view kWanted = "a dictionary of crop names (PyTorch zip file or JSON)";

class Loader {
public:
    Loader(const fs::path& path, Findings& findings) : m_path(path), m_file(path.string()), m_findings(findings) {}

    CropDictionary load() {
        const std::string bytes = content();
        archive::NameLists lists = listsOf(bytes);
        return CropDictionary(checked(std::move(lists)));
    }

private:
    [[noreturn]] void fail(std::string found) const {
        throw Error(ErrorCode::FormatInvalid, {m_file, std::move(found), std::string(kWanted)});
    }
    void find(const char* code, std::string text) { m_findings.add({code, m_file, 0, std::move(text)}); }

    std::string content() const { return readFile(m_path, kMostListBytes); }

    archive::NameLists listsOf(std::string_view bytes);
    archive::NameLists jsonLists(std::string_view bytes);
    archive::NameLists pickleLists(std::string_view bytes);
    archive::NameLists checked(archive::NameLists lists);
    bool isUsableName(const std::string& name) const {
        const auto bad = [](char c) { return c == '\\' || static_cast<unsigned char>(c) < ' '; };
        return staysInside(name) && std::none_of(name.begin(), name.end(), bad);
    }

    fs::path m_path;
    std::string m_file;
    Findings& m_findings;
};

archive::NameLists Loader::listsOf(std::string_view bytes) {
    if (bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first == bytes.npos) {
        find("empty-file", "");
        return {};
    }
    if (bytes.substr(0, 4) == "PK\x03\x04")
        return pickleLists(archive::zipMember(bytes, "data.pkl", unpackedLimit(bytes.size(), kMostListBytes), m_file));
    if (archive::beginsLikeOldTorch(bytes)) fail("a PyTorch file in the form used before version 1.6");
    if (bytes[0] == '\x80') return pickleLists(bytes);
    if (bytes[first] == '{') return jsonLists(bytes.substr(first));
    throw Error(ErrorCode::FormatUnknown, {m_file, "it begins with neither PK, {, nor a pickle"});
}

archive::NameLists Loader::pickleLists(std::string_view bytes) {
    std::vector<std::string> skipped;
    archive::NameLists lists = archive::readNamePickle(bytes, m_file, &skipped);
    for (std::string& key : skipped) find("crop-list-invalid", std::move(key));
    return lists;
}

archive::NameLists Loader::jsonLists(std::string_view bytes) {
    const std::string text = text::repairedUtf8(bytes);
    if (text != bytes) find("invalid-utf8", "");
    const nlohmann::json document = parseJson(text, m_path, kJsonLimits);
    const auto requireName = [&](const std::string& name) {
        if (name.size() > kMaxNameBytes) fail("a name of " + std::to_string(name.size()) + " bytes");
    };
    archive::NameLists lists;
    for (const auto& [key, value] : document.items()) {
        requireName(key);
        const bool good =
            value.is_array() && std::all_of(value.begin(), value.end(), [](const auto& v) { return v.is_string(); });
        if (good) {
            lists.emplace_back(key, value.template get<std::vector<std::string>>());
            for (const std::string& name : lists.back().second) requireName(name);
        } else {
            find("crop-list-invalid", key);
        }
    }
    return lists;
}

archive::NameLists Loader::checked(archive::NameLists lists) {
    archive::NameLists good;
    good.reserve(lists.size());
    std::unordered_map<std::string, std::size_t> known;
    for (auto& [image, crops] : lists) {
        std::erase_if(crops, [&](const std::string& name) {
            const bool usable = isUsableName(name);
            if (!usable) find("unsafe-path", name);
            return !usable;
        });
        const auto [at, isNew] = known.try_emplace(image, good.size());
        if (isNew) {
            good.emplace_back(std::move(image), std::move(crops));
        } else {
            find("repeated-image", image);
            good[at->second].second = std::move(crops);
        }
    }
    return good;
}

}  // namespace

CropDictionary::CropDictionary(archive::NameLists lists) : m_lists(std::move(lists)) {
    m_index.reserve(m_lists.size());
    for (std::size_t i = 0; i < m_lists.size(); ++i) m_index[m_lists[i].first] = i;
}

const std::vector<std::string>* CropDictionary::find(std::string_view image) const {
    const auto found = m_index.find(image);
    return found == m_index.end() ? nullptr : &m_lists[found->second].second;
}

std::size_t CropDictionary::cropCount() const {
    std::size_t count = 0;
    for (const auto& [image, crops] : m_lists) count += crops.size();
    return count;
}

CropDictionary readCropDictionary(const fs::path& path, Findings& findings) {
    return Loader(path, findings).load();
}

Format cropsFormat() {
    Format format;
    format.name = "crops";
    format.title = MNERVA_TEXT("Format", "Dictionary of crops (PyTorch or JSON)");
    format.filesTitle = MNERVA_TEXT("Format", "Dictionaries of crops");
    format.help = "dictionaries of object crops, PyTorch or JSON";
    format.files = {{".pth", {}}, {".dict", {}}, {".json", {"crop", "dict"}}};
    format.lossyFindings = {"crop-list-invalid", "repeated-image", "unsafe-path", "invalid-utf8", "empty-file"};
    format.kind = CropKind{readCropDictionary};
    return format;
}

}  // namespace mnerva::formats
