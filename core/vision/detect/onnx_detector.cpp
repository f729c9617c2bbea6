#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/text/utf8.h"
#include "core/vision/coco_names.h"
#include "core/vision/detect/detector.h"
#include "core/vision/detect/onnx_header.h"

namespace mnerva::vision {
namespace fs = std::filesystem;
namespace {

constexpr int kFloat = 1;       ///< ONNX's number of float32
constexpr int kPadding = 114;   ///< grey of the letterbox's bars, as YOLO is trained with
constexpr int kBoxNumbers = 4;  ///< centre x, centre y, width, height
constexpr float kLargestScore = 1.001f;
constexpr const char* kOnnxMethod = "onnx-1";

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::vector<std::string> readNames(const fs::path& file) {
    std::vector<std::string> names;
    const std::string text = text::repairedUtf8(readFile(file, std::uint64_t{1} << 20));
    std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (begin < text.size()) {
        std::size_t end = text.find('\n', begin);
        if (end == std::string::npos) end = text.size();
        std::string name = text.substr(begin, end - begin);
        std::erase_if(name, [](unsigned char c) { return c < ' '; });
        names.push_back(std::move(name));
        begin = end + 1;
    }
    while (!names.empty() && names.back().empty()) names.pop_back();
    if (names.empty()) throw Error(ErrorCode::FormatInvalid, {file.string(), "no names", "one class name a line"});
    return names;
}

/// How a picture lies in the network's input: shrunk or enlarged by `scale`, then moved.
struct Letterbox {
    double scale = 1;
    int left = 0, top = 0;
};

class OnnxDetector : public Detector {
public:
    OnnxDetector(const fs::path& file, const fs::path& names, const DetectorOptions& options)
        : m_file(file.string()), m_name(file.stem().string()), m_options(options) {
        const std::string bytes = readFile(file);
        const OnnxHeader header = readOnnxHeader(bytes, m_file);
        useInput(header);
        if (!names.empty())
            m_names = readNames(names);
        else if (const auto note = header.notes.find("names"); note != header.notes.end())
            m_names = namesOfNote(note->second);
        load(bytes);
        std::string identity = kOnnxMethod + std::string(" ") + sha256(bytes);
        for (const std::string& name : m_names) identity += "\n" + name;
        m_fingerprint = sha256(identity);
        // Says at once, not at the first picture, whether this is a detector.
        detect(filledPicture(m_width, m_height, kPadding, kPadding, kPadding));
    }

    const std::string& name() const override { return m_name; }
    const std::string& fingerprint() const override { return m_fingerprint; }
    std::string settings() const override {
        return fmt::format("{{\"minScore\":{},\"overlap\":{},\"most\":{},\"width\":{},\"height\":{}}}",
                           m_options.minScore, m_options.overlap, m_options.most, m_width, m_height);
    }

    std::vector<Detection> detect(const Picture& picture) override {
        if (picture.isEmpty()) return {};
        std::vector<cv::Mat> outputs;
        Letterbox placed;
        try {
            m_net.setInput(inputOf(picture, placed));
            m_net.forward(outputs, m_net.getUnconnectedOutLayersNames());
        } catch (const cv::Exception& failure) {
            refuse("a network that OpenCV cannot run (" + firstLine(failure.err) + ")");
        }
        return withoutDoubles(boxesOf(outputs, picture, placed), m_options.overlap, m_options.most);
    }

private:
    [[noreturn]] void refuse(std::string found) const {
        const std::string classes = m_names.empty() ? "classes" : std::to_string(m_names.size()) + " classes";
        throw Error(ErrorCode::FormatInvalid,
                    {m_file, std::move(found),
                     fmt::format("a YOLO detector: input 1 x 3 x height x width, output 1 x boxes x (5 + {0}) or "
                                 "1 x (4 + {0}) x boxes",
                                 classes)});
    }

    void useInput(const OnnxHeader& header) {
        if (header.inputs.size() != 1) refuse(std::to_string(header.inputs.size()) + " inputs");
        const OnnxHeader::Value& input = header.inputs.front();
        const auto fits = [&](std::size_t axis, std::int64_t wanted) {
            return input.shape[axis] == wanted || input.shape[axis] == -1;
        };
        if (input.elementType != kFloat) refuse("an input that is not float32");
        if (input.shape.size() != 4 || !fits(0, 1) || !fits(1, 3)) refuse("an input of " + shapeText(input.shape));
        constexpr std::int64_t kLargestSide = 4096;
        const auto sideOf = [&](std::int64_t side) {
            if (side > kLargestSide) refuse("an input of " + shapeText(input.shape));
            return side < 0 ? m_options.side : static_cast<int>(side);
        };
        m_height = sideOf(input.shape[2]);
        m_width = sideOf(input.shape[3]);
    }

    void load(const std::string& bytes) {
        // The reader prints its complaints; the caller reports in its own way.
        static const auto quiet = cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        static_cast<void>(quiet);
        try {
            m_net = cv::dnn::readNetFromONNX(bytes.data(), bytes.size());
            m_net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
            m_net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        } catch (const cv::Exception& failure) {
            refuse("a network that OpenCV cannot read (" + firstLine(failure.err) + ")");
        }
        if (m_net.empty()) refuse("an empty network");
    }

    /// [1, 3, H, W], RGB from 0 to 1, the whole picture in the middle of grey bars.
    cv::Mat inputOf(const Picture& picture, Letterbox& placed) const {
        const cv::Mat rgb(picture.height, picture.width, CV_8UC3, const_cast<std::uint8_t*>(picture.rgb.data()));
        placed.scale =
            std::min(static_cast<double>(m_width) / picture.width, static_cast<double>(m_height) / picture.height);
        const int width = std::clamp(static_cast<int>(std::lround(picture.width * placed.scale)), 1, m_width);
        const int height = std::clamp(static_cast<int>(std::lround(picture.height * placed.scale)), 1, m_height);
        placed.left = (m_width - width) / 2;
        placed.top = (m_height - height) / 2;
        cv::Mat boxed(m_height, m_width, CV_8UC3, cv::Scalar(kPadding, kPadding, kPadding));
        cv::Mat inner = boxed(cv::Rect(placed.left, placed.top, width, height));
        cv::resize(rgb, inner, inner.size(), 0, 0, placed.scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
        return cv::dnn::blobFromImage(boxed, 1.0 / 255);
    }

    /// The numbers of a network's answer, box by box.
    struct Answer {
        cv::Mat rows;  ///< [boxes, columns]
        bool hasObjectness = false;
    };

    static std::string shapeOf(const cv::Mat& output) {
        std::vector<std::int64_t> shape;
        for (int axis = 0; axis < output.dims; ++axis) shape.push_back(output.size[axis]);
        return shapeText(shape);
    }

    std::optional<Answer> answerIn(const cv::Mat& output) const {
        if (output.type() != CV_32F) return std::nullopt;
        const bool batched = output.dims == 3 && output.size[0] == 1;
        if (!batched && output.dims != 2) return std::nullopt;
        const int first = output.size[batched ? 1 : 0], second = output.size[batched ? 2 : 1];
        const int known = static_cast<int>(m_names.size());
        // Columns must hold a box and one class at least; with names they must be as many as there are names.
        bool isRows = known > 0 ? second == kBoxNumbers + 1 + known : second > kBoxNumbers + 1;
        bool isColumns = known > 0 ? first == kBoxNumbers + known : first > kBoxNumbers;
        if (isRows && isColumns) (first > second ? isColumns : isRows) = false;  // more boxes than numbers of a box
        if (!isRows && !isColumns) return std::nullopt;
        const cv::Mat flat(first, second, CV_32F, const_cast<float*>(output.ptr<float>()));
        return Answer{isRows ? flat.clone() : cv::Mat(flat.t()), isRows};
    }

    std::vector<Detection> boxesOf(const std::vector<cv::Mat>& outputs, const Picture& picture,
                                   const Letterbox& placed) const {
        std::string shapes;
        for (const cv::Mat& output : outputs) {
            if (const auto answer = answerIn(output)) return read(*answer, picture, placed);
            shapes += (shapes.empty() ? "an output of " : " and ") + shapeOf(output);
        }
        refuse(shapes.empty() ? "no output" : shapes);
    }

    std::vector<Detection> read(const Answer& answer, const Picture& picture, const Letterbox& placed) const {
        std::vector<Detection> found;
        const int firstClass = kBoxNumbers + (answer.hasObjectness ? 1 : 0);
        for (int row = 0; row < answer.rows.rows; ++row) {
            const float* numbers = answer.rows.ptr<float>(row);
            const float* end = numbers + answer.rows.cols;
            if (!std::all_of(numbers, end, [](float n) { return std::isfinite(n); }))
                refuse("numbers that are not finite in its answer");
            const auto [low, high] = std::minmax_element(numbers + kBoxNumbers, end);
            if (*low < 1 - kLargestScore || *high > kLargestScore)
                refuse(fmt::format("the score {} in its answer, where scores lie between 0 and 1",
                                   *low < 0 ? *low : *high));
            const float* best = std::max_element(numbers + firstClass, end);
            const double score = std::clamp(
                static_cast<double>(*best) * (answer.hasObjectness ? static_cast<double>(numbers[kBoxNumbers]) : 1.0),
                0.0, 1.0);
            if (score < m_options.minScore) continue;
            const auto kind = static_cast<int>(best - (numbers + firstClass));
            addBox(numbers, labelOf(kind, answer.rows.cols - firstClass), score, picture, placed, found);
        }
        return found;
    }

    void addBox(const float* numbers, std::string label, double score, const Picture& picture, const Letterbox& placed,
                std::vector<Detection>& found) const {
        const auto x = [&](double value) {
            return std::clamp((value - placed.left) / placed.scale, 0.0, static_cast<double>(picture.width));
        };
        const auto y = [&](double value) {
            return std::clamp((value - placed.top) / placed.scale, 0.0, static_cast<double>(picture.height));
        };
        const double halfWidth = numbers[2] / 2.0, halfHeight = numbers[3] / 2.0;
        Detection box{x(numbers[0] - halfWidth),  y(numbers[1] - halfHeight), x(numbers[0] + halfWidth),
                      y(numbers[1] + halfHeight), std::move(label),           score};
        if (box.right > box.left && box.bottom > box.top) found.push_back(std::move(box));
    }

    /// Without names a model of 80 classes is taken to know those of COCO, as nearly all such files do.
    std::string labelOf(int kind, int classes) const {
        const auto at = static_cast<std::size_t>(kind);
        if (at < m_names.size() && !m_names[at].empty()) return m_names[at];
        if (m_names.empty() && classes == kCocoClasses) return std::string(cocoName(kind + 1));
        return "class " + std::to_string(kind);
    }

    std::string m_file, m_name, m_fingerprint;
    DetectorOptions m_options;
    std::vector<std::string> m_names;
    int m_width = 0, m_height = 0;
    cv::dnn::Net m_net;
};

}  // namespace

std::unique_ptr<Detector> openOnnxDetector(const fs::path& file, const fs::path& names,
                                           const DetectorOptions& options) {
    return std::make_unique<OnnxDetector>(file, names, options);
}

}  // namespace mnerva::vision
