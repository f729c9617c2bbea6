#include "app/commands/engine/picture_detector.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/vision/decode/picture.h"

namespace mnerva::app {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr std::size_t kFolderDigits = 16;

std::string cacheText(const FoundInPicture& found) {
    json list = json::array();
    for (const vision::Detection& d : found.detections)
        list.push_back({d.left, d.top, d.right, d.bottom, d.score, d.label});
    return json{{"width", found.width}, {"height", found.height}, {"detections", list}}.dump();
}

/// Nothing for a file that is missing, torn or foreign: it is made again.
std::optional<FoundInPicture> readCache(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) return std::nullopt;
    try {
        const json body = readJson(file);
        FoundInPicture found{wholeNumber<int>(body.at("width")), wholeNumber<int>(body.at("height")), {}};
        for (const json& d : body.at("detections"))
            found.detections.push_back({d.at(0).get<double>(), d.at(1).get<double>(), d.at(2).get<double>(),
                                        d.at(3).get<double>(), d.at(5).get<std::string>(), d.at(4).get<double>()});
        return found;
    } catch (const json::exception&) {
        return std::nullopt;
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

PictureDetector::PictureDetector(DetectorChoice choice, const fs::path& cacheFolder)
    : m_choice(std::move(choice)),
      m_detector(vision::openDetector(m_choice.detector, m_choice.namesFile, m_choice.options)) {
    if (cacheFolder.empty()) return;
    const std::string digest = sha256(m_detector->fingerprint() + "\n" + m_detector->settings());
    m_folder = cacheFolder / (m_detector->name() + "-" + digest.substr(0, kFolderDigits));
}

std::optional<FoundInPicture> PictureDetector::ofFile(const fs::path& path, Findings& findings) {
    std::string bytes;
    try {
        bytes = vision::readPictureFile(path);
    } catch (const Error& error) {
        findings.add(vision::pictureFinding(error, path.string()));
        return std::nullopt;
    }
    return ofBytes(bytes, path.string(), findings);
}

std::optional<FoundInPicture> PictureDetector::ofBytes(const std::string& bytes, const std::string& path,
                                                       Findings& findings) {
    fs::path file;
    vision::DecodedPicture decoded;
    try {
        const vision::PictureHeader header = vision::readPictureHeader(bytes, path);
        if (!m_folder.empty()) {
            const std::string digest = sha256(bytes);
            file = m_folder / digest.substr(0, 2) / (digest + (vision::isReadAnew(header) ? "-2.json" : ".json"));
            if (auto known = readCache(file)) {
                if (header.isCutOff) findings.add({"picture-damaged", path, 0, "cut off"});
                return known;
            }
        }
        decoded = vision::decodeWhole(bytes, path);
    } catch (const Error& error) {
        findings.add(vision::pictureFinding(error, path));
        return std::nullopt;
    }
    if (decoded.isDamaged) findings.add({"picture-damaged", path, 0, "cut off"});
    FoundInPicture found{decoded.picture.width, decoded.picture.height, {}};
    try {
        found.detections = m_detector->detect(decoded.picture);
    } catch (const std::exception& error) {  // one odd picture is no reason to leave the others
        findings.add({"detector-failed", path, 0, error.what()});
        return std::nullopt;
    }
    ++m_computed;
    if (!file.empty()) {
        std::error_code failed;
        requirePlainBelow(m_folder.parent_path(), file.parent_path());
        fs::create_directories(file.parent_path(), failed);
        if (failed) throw Error(ErrorCode::FileUnwritable, {file.parent_path().string(), failed.message()});
        sweepTemporaryFilesOnce(file.parent_path());
        writeFileAtomic(file, cacheText(found));
    }
    return found;
}

std::vector<Region> PictureDetector::regionsOf(const FoundInPicture& found, int image) const {
    std::vector<Region> regions;
    for (const vision::Detection& d : found.detections) {
        const ClippedBox box = clippedBox(d.left, d.top, d.right, d.bottom, found.width, found.height);
        if (box.width == 0 || box.height == 0) continue;
        Region region;
        region.image = image;
        region.left = box.left;
        region.top = box.top;
        region.width = box.width;
        region.height = box.height;
        region.label = d.label;
        region.score = std::clamp(d.score, 0.0, 1.0);
        region.origin = RegionOrigin::Detector;
        region.detector = name();
        region.fingerprint = fingerprint();
        regions.push_back(std::move(region));
    }
    return regions;
}

}  // namespace mnerva::app
