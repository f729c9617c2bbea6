#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vision/detect/detector.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

constexpr const char* kFront = "haarcascade_frontalface_alt2.xml";
constexpr const char* kSide = "haarcascade_profileface.xml";
constexpr int kNeighbours = 4;      ///< hits close together that make a face
constexpr double kStep = 1.1;       ///< from one size of face to the next
constexpr int kSmallest = 24;       ///< pixels of a face, after shrinking
constexpr int kLongestSide = 1024;  ///< larger pictures are shrunk first
constexpr double kSamePlace = 0.3;  ///< the cascades box the same face rather differently
constexpr const char* kFacesMethod = "faces-1";

fs::path cascadeFile(const char* name) {
    std::error_code failed;
    std::string places;
    for (const fs::path& folder : cascadeFolders()) {
        if (fs::is_regular_file(folder / name, failed)) return folder / name;
        places += (places.empty() ? "" : ", ") + folder.string();
    }
    throw Error(ErrorCode::FormatInvalid,
                {"faces", fmt::format("no {} in {}", name, places),
                 "Debian's package opencv-data installed, or MNERVA_CASCADES set to the folder of OpenCV's cascades"});
}

cv::CascadeClassifier loadCascade(const fs::path& file) {
    cv::CascadeClassifier cascade;
    try {
        if (cascade.load(file.string())) return cascade;
    } catch (const cv::Exception&) {  // said below
    }
    throw Error(ErrorCode::FormatInvalid, {file.string(), "no cascade", "a Haar cascade of OpenCV (XML)"});
}

class FaceDetector : public Detector {
public:
    explicit FaceDetector(const DetectorOptions& options) : m_options(options) {
        const fs::path front = cascadeFile(kFront), side = cascadeFile(kSide);
        m_front = loadCascade(front);
        m_side = loadCascade(side);
        m_fingerprint = sha256(fmt::format("{} {} {}", kFacesMethod, sha256OfFile(front), sha256OfFile(side)));
    }

    const std::string& name() const override { return m_name; }
    const std::string& fingerprint() const override { return m_fingerprint; }
    std::string settings() const override {
        return fmt::format("{{\"minScore\":{},\"most\":{}}}", m_options.minScore, m_options.most);
    }

    std::vector<Detection> detect(const Picture& picture) override {
        // No face is that small; a strip of one pixel is nothing that the cascades can be asked about.
        if (picture.width < kSmallest || picture.height < kSmallest) return {};
        try {
            return find(picture);
        } catch (const cv::Exception& failure) {
            throw Error(ErrorCode::Internal, {failure.err});
        }
    }

private:
    std::vector<Detection> find(const Picture& picture) {
        const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
        cv::Mat gray;
        cv::cvtColor(rgb, gray, cv::COLOR_RGB2GRAY);
        const int longest = std::max(gray.cols, gray.rows);
        if (longest > kLongestSide) {
            const double factor = static_cast<double>(kLongestSide) / longest;
            const cv::Size size(std::max(1, static_cast<int>(std::lround(gray.cols * factor))),
                                std::max(1, static_cast<int>(std::lround(gray.rows * factor))));
            cv::resize(gray, gray, size, 0, 0, cv::INTER_AREA);
        }
        if (gray.cols < kSmallest || gray.rows < kSmallest) return {};
        cv::equalizeHist(gray, gray);
        m_scaleX = static_cast<double>(picture.width) / gray.cols;
        m_scaleY = static_cast<double>(picture.height) / gray.rows;
        std::vector<Detection> found;
        look(m_front, gray, false, found);
        look(m_side, gray, false, found);
        cv::flip(gray, gray, 1);  // the cascade knows one side of the face only
        look(m_side, gray, true, found);
        return withoutDoubles(std::move(found), kSamePlace, m_options.most);
    }

    void look(cv::CascadeClassifier& cascade, const cv::Mat& gray, bool flipped, std::vector<Detection>& found) const {
        std::vector<cv::Rect> boxes;
        std::vector<int> hits;
        cascade.detectMultiScale(gray, boxes, hits, kStep, kNeighbours, 0, cv::Size(kSmallest, kSmallest));
        for (std::size_t i = 0; i < boxes.size(); ++i) {
            const double score = static_cast<double>(hits[i]) / (hits[i] + kNeighbours);
            if (score < m_options.minScore) continue;
            const cv::Rect& box = boxes[i];
            const int left = flipped ? gray.cols - box.x - box.width : box.x;
            found.push_back({left * m_scaleX, box.y * m_scaleY, (left + box.width) * m_scaleX,
                             (box.y + box.height) * m_scaleY, "face", score});
        }
    }

    DetectorOptions m_options;
    std::string m_name = "faces", m_fingerprint;
    cv::CascadeClassifier m_front, m_side;
    double m_scaleX = 1, m_scaleY = 1;  ///< from the shrunk picture to the real one
};

}  // namespace

std::vector<fs::path> cascadeFolders() {
    if (const char* given = std::getenv("MNERVA_CASCADES"); given && *given) return {given};
    return {"/usr/share/opencv4/haarcascades", "/usr/local/share/opencv4/haarcascades",
            "/usr/share/opencv/haarcascades"};
}

std::unique_ptr<Detector> openFaceDetector(const DetectorOptions& options) {
    return std::make_unique<FaceDetector>(options);
}

}  // namespace mnerva::vision
