#include <algorithm>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/features_internal.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace fs = std::filesystem;
using torch::Tensor;
namespace {

constexpr int kPromptSide = 2;
constexpr double kLargestHalf = 65504;  // random ResNets grow beyond what half precision holds

}  // namespace

FeatureStore::FeatureStore(nn::ResNet resnet, FeatureOptions options)
    : m_resnet(resnet.to(options.device)), m_options(std::move(options)) {}

Tensor pooledRows(const std::array<Tensor, 4>& stages, int side) {
    std::vector<Tensor> levels;
    for (const Tensor& stage : stages)  // [B, C, h, w] -> [B, side*side, C], row-major cells
        levels.push_back(torch::adaptive_avg_pool2d(stage, {side, side}).flatten(2).transpose(1, 2));
    return torch::cat(levels, 2).contiguous();
}

Tensor promptRows(const std::array<Tensor, 4>& stages) {
    std::vector<Tensor> levels;
    for (const Tensor& stage : stages) {  // [B, C, h, w] -> [B, C, 2, 2]; an odd side loses its last row and column
        const std::int64_t kernel = stage.size(2) / 2;
        levels.push_back(torch::avg_pool2d(stage, {kernel, kernel}, {kernel, kernel}));
    }
    const Tensor all = torch::cat(levels, 1).contiguous();  // [B, Ct, 2, 2]
    return all.view({all.size(0), 4, all.size(1)});
}

fs::path FeatureStore::fileOf(const std::string& hash, int side, Pooling pooling) const {
    const std::string folder = nn::resNetName(m_resnet.kind()) + "-" + m_resnet.fingerprint().substr(0, 16);
    const std::string name =
        hash + "-" + (pooling == Pooling::Prompt ? "p" : std::to_string(side)) + (m_options.half ? ".f16" : ".f32");
    return m_options.cacheFolder / folder / hash.substr(0, 2) / name;
}

void FeatureStore::keep(const std::string& key, const Tensor& rows) {
    const std::uintmax_t bytes = rows.defined() ? rows.nbytes() : 0;
    if (m_bytes + bytes > m_options.memoryBytes && bytes > 0) {
        if (!m_options.forgetWhenFull) return;
        m_rows.clear();
        m_bytes = 0;
    }
    m_bytes += bytes;
    m_rows[key] = rows;
}

bool FeatureStore::lookUp(const std::string& path, const std::string& bytes, int side, Pooling pooling, Tensor& found,
                          Wish& wish) {
    if (path.empty() && bytes.empty()) return false;
    wish.side = side;
    wish.pooling = pooling;
    wish.key = (bytes.empty() ? path : "sha256:" + sha256(bytes)) + "|" +
               (pooling == Pooling::Prompt ? "p" : std::to_string(side));
    if (const auto known = m_rows.find(wish.key); known != m_rows.end()) {
        found = known->second;
        return found.defined();
    }
    std::string content = bytes, reason;
    std::error_code failed;
    if (content.empty()) {
        const auto unusable = [&](const char* code, const std::string& why) {
            m_findings.add({code, path, 0, why});
            keep(wish.key, Tensor());
            return false;
        };
        if (!fs::is_regular_file(path, failed)) return unusable("picture-missing", "no such file");
        if (fs::file_size(path, failed) > vision::DecodeLimits{}.bytes)
            return unusable("picture-unreadable", "too large");
        try {
            content = readFile(path);
        } catch (const Error& error) {
            return unusable("picture-unreadable", error.what());
        }
    }
    if (!m_options.cacheFolder.empty()) {
        const fs::path file = fileOf(sha256(content), side, pooling);
        wish.file = file.string();
        const Tensor rows = fs::exists(file, failed) ? readFeatureFile(file) : Tensor();
        if (rows.defined() && rows.size(0) == side * side) {
            found = rows;
            keep(wish.key, rows);
            return true;
        }
    }
    const auto picture = vision::decodePicture(content, &reason);
    if (!picture) {
        m_findings.add({"picture-unreadable", path, 0, reason});
        keep(wish.key, Tensor());
        return false;
    }
    wish.pixels = vision::toNetworkInput(*picture);
    return true;
}

std::vector<Tensor> FeatureStore::compute(std::vector<Wish>& wishes) {
    std::vector<Tensor> made;
    if (wishes.empty()) return made;
    const torch::NoGradGuard noGradient;
    const int side = vision::kCropSide;
    Tensor images = torch::empty({static_cast<std::int64_t>(wishes.size()), 3, side, side});
    for (std::size_t i = 0; i < wishes.size(); ++i)
        images[static_cast<std::int64_t>(i)].copy_(torch::from_blob(wishes[i].pixels.data(), {3, side, side}));
    const auto stages = m_resnet.forward(images);
    Tensor grids, crops, prompts;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const bool prompt = wishes[i].pooling == Pooling::Prompt;
        Tensor& pooled = prompt ? prompts : wishes[i].side == vision::kGridSide ? grids : crops;
        if (!pooled.defined()) pooled = prompt ? promptRows(stages) : pooledRows(stages, wishes[i].side);
        Tensor rows = pooled[static_cast<std::int64_t>(i)].to(torch::kCPU, /*non_blocking=*/false, /*copy=*/true);
        if (m_options.half) rows = rows.clamp(-kLargestHalf, kLargestHalf).to(torch::kFloat16);
        if (!wishes[i].file.empty()) writeFeatureFile(wishes[i].file, rows);
        keep(wishes[i].key, rows);
        made.push_back(rows);
    }
    m_computed += static_cast<std::int64_t>(made.size());
    return made;
}

void FeatureStore::prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress,
                           const std::stop_token& stop) {
    std::vector<Wish> wishes;
    std::int64_t done = 0;
    const auto total = static_cast<std::int64_t>(posts.size());
    const auto want = [&](const std::string& path, const std::string& bytes, int side, Pooling pooling) {
        Tensor found;
        Wish wish;
        if (!lookUp(path, bytes, side, pooling, found, wish) || found.defined()) return;
        const bool asked = std::any_of(wishes.begin(), wishes.end(), [&](const Wish& w) { return w.key == wish.key; });
        if (!asked) wishes.push_back(std::move(wish));
    };
    for (const PostInput* post : posts) {
        if (stop.stop_requested()) throw Cancelled{};
        forEach(*post, want);
        if (static_cast<std::int64_t>(wishes.size()) >= m_options.batch) {
            compute(wishes);
            wishes.clear();
        }
        report(progress, "features", ++done, total);
    }
    compute(wishes);
}

template <class Use>
void FeatureStore::forEach(const PostInput& post, Use&& use) const {
    const std::size_t crops = std::min(post.cropPaths.size(), static_cast<std::size_t>(m_options.objects));
    if (m_options.grid) use(post.imagePath, post.imageBytes, vision::kGridSide, Pooling::Cells);
    if (m_options.prompts) use(post.imagePath, post.imageBytes, kPromptSide, Pooling::Prompt);
    for (std::size_t k = 0; k < crops; ++k) {
        if (m_options.objectSide > 0) use(post.cropPaths[k], std::string(), m_options.objectSide, Pooling::Cells);
        if (m_options.prompts) use(post.cropPaths[k], std::string(), kPromptSide, Pooling::Prompt);
    }
}

Tensor FeatureStore::rows(const std::string& path, const std::string& bytes, int side, Pooling pooling) {
    Tensor found;
    std::vector<Wish> wish(1);
    if (!lookUp(path, bytes, side, pooling, found, wish[0])) return {};
    if (found.defined()) return found.to(torch::kFloat32);
    return compute(wish).front().to(torch::kFloat32);
}

Tensor FeatureStore::blankPrompt() {
    if (!m_blankPrompt.defined()) {
        const torch::NoGradGuard noGradient;
        const Tensor blank = torch::zeros({1, 3, vision::kCropSide, vision::kCropSide});
        m_blankPrompt = promptRows(m_resnet.forward(blank))[0].to(torch::kCPU);
    }
    return m_blankPrompt;
}

PostPictures FeatureStore::picturesOf(const PostInput& post) {
    PostPictures out;
    if (m_options.prompts) out.prompts.assign(static_cast<std::size_t>(m_options.objects) + 1, blankPrompt());
    std::size_t prompt = 0;
    forEach(post, [&](const std::string& path, const std::string& bytes, int side, Pooling pooling) {
        const Tensor found = rows(path, bytes, side, pooling);
        if (pooling == Pooling::Prompt) {
            if (found.defined()) out.prompts[prompt] = found;
            if (prompt == 0) out.hasPicture = found.defined();
            ++prompt;
        } else if (side == vision::kGridSide) {
            out.grid = found;
            out.hasPicture = found.defined();
        } else {
            out.crops.push_back(found);
        }
    });
    return out;
}

Findings FeatureStore::takeFindings() {
    return std::exchange(m_findings, Findings{});
}

}  // namespace mnerva::models
