#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/pictures/features_internal.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace fs = std::filesystem;
using torch::Tensor;
namespace {

constexpr int kPromptSide = 2;
constexpr double kLargestHalf = 65504;  // random ResNets grow beyond what half precision holds

/// A picture as the only one of a post.
PostInput postOf(const PictureInput& picture) {
    PostInput post;
    post.imagePath = picture.path;
    post.imageBytes = picture.bytes;
    post.cropPaths = picture.cropPaths;
    return post;
}

/// How a kind of rows is told from others in keys and file names.
std::string markOf(Pooling pooling, int side) {
    return pooling == Pooling::Prompt ? "p" : pooling == Pooling::Pixels ? "x" : std::to_string(side);
}

struct PixelRect {
    int x = 0, y = 0, width = 0, height = 0;
};

/// The pixels that a box touches.
PixelRect pixelsOf(const vision::Box& box) {
    const auto x = static_cast<int>(std::floor(box.left)), y = static_cast<int>(std::floor(box.top));
    return {x, y, static_cast<int>(std::ceil(box.right)) - x, static_cast<int>(std::ceil(box.bottom)) - y};
}

}  // namespace

FeatureStore::FeatureStore(std::optional<nn::ResNet> resnet, FeatureOptions options) : m_options(std::move(options)) {
    MNERVA_CHECK(resnet || m_options.pixels);
    if (resnet) m_resnet = resnet->to(m_options.device);
}

Tensor networkInputOf(const Tensor& pixels) {
    const auto perChannel = [&](const std::array<float, 3>& values) {
        return torch::tensor(std::vector<float>(values.begin(), values.end())).to(pixels.device()).view({1, 3, 1, 1});
    };
    const Tensor planes = pixels.permute({0, 3, 1, 2}).to(torch::kFloat32).contiguous();
    return (planes / 255.0f - perChannel(vision::kPixelMean)) / perChannel(vision::kPixelDeviation);
}

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

std::string FeatureStore::pictureKey(const Source& source) const {
    if (!source.bytes.empty()) return std::string("sha256:").append(sha256(source.bytes));
    if (!m_options.isLongLived) return source.path;
    struct stat state {};
    if (::stat(source.path.c_str(), &state) != 0) return source.path;
    return fmt::format("{}|{}.{}|{}|{}", source.path, state.st_mtim.tv_sec, state.st_mtim.tv_nsec, state.st_size,
                       state.st_ino);
}

std::string FeatureStore::Source::suffix() const {
    std::string out = markOf(pooling, side);
    if (box) {
        const PixelRect pixels = pixelsOf(*box);
        for (int edge : {pixels.x, pixels.y, pixels.width, pixels.height}) out.append("-").append(std::to_string(edge));
    }
    return out;
}

fs::path FeatureStore::fileOf(const std::string& hash, const Source& source, bool isReadAnew) const {
    const std::string folder = nn::resNetName(m_resnet->kind()) + "-" + m_resnet->fingerprint().substr(0, 16);
    // Rows of another reading of the same bytes (vision::isReadAnew) are left lying.
    const std::string name = hash + (isReadAnew ? "-2-" : "-") + source.suffix() + (m_options.half ? ".f16" : ".f32");
    return m_options.cacheFolder / folder / hash.substr(0, 2) / name;
}

void FeatureStore::keep(const std::string& key, const Tensor& rows) {
    const std::uintmax_t bytes = rows.defined() ? rows.nbytes() : 0;
    if (m_bytes + bytes > m_options.memoryBytes && bytes > 0) {
        if (!m_options.isLongLived) return;
        m_rows.clear();
        m_bytes = 0;
    }
    m_bytes += bytes;
    m_rows[key] = rows;
}

void FeatureStore::tell(const std::string& pictureKey) {
    const auto odd = m_odd.find(pictureKey);
    if (odd != m_odd.end() && m_noted.insert(pictureKey).second) m_findings.add(odd->second);
}

const std::string* FeatureStore::contentOf(const Source& source) {
    const std::string key = pictureKey(source);
    if (m_opened.key != key) {
        Opened opened;
        opened.key = key;
        try {
            if (source.bytes.empty()) opened.content = vision::readPictureFile(source.path);
            opened.header =
                vision::readPictureHeader(source.bytes.empty() ? opened.content : source.bytes, source.path);
        } catch (const Error& error) {
            m_odd[key] = vision::pictureFinding(error, source.path);
            tell(key);
            return nullptr;
        }
        if (opened.header.isCutOff) m_odd[key] = {"picture-damaged", source.path, 0, "cut off"};
        m_opened = std::move(opened);
    }
    tell(key);
    return source.bytes.empty() ? &m_opened.content : &source.bytes;
}

const vision::PictureHeader* FeatureStore::headerOf(const Source& source) {
    return contentOf(source) ? &m_opened.header : nullptr;
}

const vision::Picture* FeatureStore::pictureOf(const Source& source) {
    const std::string* content = contentOf(source);
    if (!content) return nullptr;
    if (m_opened.picture) return &*m_opened.picture;
    try {
        vision::DecodedPicture decoded = vision::decodeWhole(*content, source.path);
        if (decoded.isDamaged && !m_odd.contains(m_opened.key))
            m_odd[m_opened.key] = {"picture-damaged", source.path, 0, "the decoder found faults"};
        m_opened.picture = std::move(decoded.picture);
        tell(m_opened.key);
        return &*m_opened.picture;
    } catch (const Error& error) {
        m_odd[m_opened.key] = vision::pictureFinding(error, source.path);
        m_noted.erase(m_opened.key);  // worse than what may have been told
        tell(m_opened.key);
        return nullptr;
    }
}

vision::Box FeatureStore::frameOf(const Source& source) {
    if (source.path.empty() && source.bytes.empty()) return {};
    const std::string key = pictureKey(source);
    if (const auto known = m_frames.find(key); known != m_frames.end()) {
        tell(key);
        return known->second;
    }
    vision::Box frame;
    if (const vision::PictureHeader* header = headerOf(source)) {
        const vision::PictureSize size = header->upright();
        frame = {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
    }
    m_frames[key] = frame;
    return frame;
}

std::optional<vision::Box> FeatureStore::boxInside(const PostInput& post, std::size_t region,
                                                   const vision::Box& frame) {
    const RegionInput& wanted = post.regions[region];
    const auto box =
        vision::clippedBox({wanted.left, wanted.top, wanted.right, wanted.bottom}, frame.right, frame.bottom);
    const std::string number = std::to_string(region + 1);
    if (!box && m_noted.insert(std::string(post.imagePath).append("|").append(number)).second)
        m_findings.add({"region-outside", post.imagePath, 0, number});
    return box;
}

std::vector<FeatureStore::Crop> FeatureStore::cropsOf(const PostInput& post, int most) {
    static const std::string kNoBytes;
    std::vector<Crop> out;
    for (std::size_t k = 0; k < std::min(post.cropPaths.size(), static_cast<std::size_t>(std::max(0, most))); ++k)
        out.push_back({post.cropPaths[k], kNoBytes, std::nullopt});
    const std::vector<std::size_t> chosen = boxesAsCrops(post, m_options.boxCrops, most);
    if (chosen.empty()) return out;
    const vision::Box frame = frameOf({post.imagePath, post.imageBytes});
    if (frame.width() <= 0) return out;
    for (std::size_t r : chosen)
        if (const auto box = boxInside(post, r, frame))
            out.push_back({post.imagePath, post.imageBytes, box, static_cast<int>(r)});
    return out;
}

FeatureStore::Candidates FeatureStore::candidatesOf(const PostInput& post) {
    Candidates out;
    if (m_options.regionSource != RegionSource::Boxes) return out;
    out.frame = frameOf({post.imagePath, post.imageBytes});
    if (out.frame.width() <= 0) return out;
    const std::size_t count = std::min(post.regions.size(), static_cast<std::size_t>(m_options.regions));
    for (std::size_t r = 0; r < count; ++r) {
        const auto box = boxInside(post, r, out.frame);
        if (!box) continue;
        out.boxes.push_back(*box);
        out.regionOf.push_back(static_cast<int>(r));
    }
    if (out.boxes.empty()) {
        out.boxes.push_back(out.frame);
        out.regionOf.push_back(-1);
    }
    return out;
}

bool FeatureStore::lookUp(const Source& source, Tensor& found, Wish& wish) {
    if (source.path.empty() && source.bytes.empty()) return false;
    wish.side = source.side;
    wish.pooling = source.pooling;
    wish.key = pictureKey(source).append("|").append(source.suffix());
    if (const auto known = m_rows.find(wish.key); known != m_rows.end()) {
        found = known->second;
        tell(pictureKey(source));
        return found.defined();
    }
    const auto unusable = [&] {
        keep(wish.key, Tensor());
        return false;
    };
    const std::string* content = contentOf(source);
    if (!content) return unusable();
    if (!m_options.cacheFolder.empty() && source.pooling != Pooling::Pixels) {
        const fs::path file = fileOf(sha256(*content), source, vision::isReadAnew(m_opened.header));
        wish.file = file.string();
        std::error_code failed;
        const Tensor rows = fs::exists(file, failed) ? readFeatureFile(file) : Tensor();
        const auto type = m_options.half ? torch::kFloat16 : torch::kFloat32;
        if (rows.defined() && rows.size(0) == source.side * source.side && rows.scalar_type() == type) {
            found = rows;
            keep(wish.key, rows);
            return true;
        }
    }
    const vision::Picture* picture = pictureOf(source);
    if (!picture) return unusable();
    if (source.box) {
        const PixelRect pixels = pixelsOf(*source.box);
        wish.picture =
            vision::networkCrop(vision::croppedPicture(*picture, pixels.x, pixels.y, pixels.width, pixels.height));
    } else {
        wish.picture = vision::networkCrop(*picture);
    }
    return true;
}

void FeatureStore::write(const std::string& file, const Tensor& rows) {
    if (file.empty() || !m_isWritable) return;
    const std::optional<Error> failure = writeFeatureFile(file, rows);
    if (!failure) return;
    m_isWritable = false;
    const bool isFull = failure->code() == ErrorCode::DiskFull;
    m_findings.add({isFull ? "feature-cache-full" : "feature-cache-unwritable", m_options.cacheFolder.string(), 0, {}});
}

std::vector<Tensor> FeatureStore::compute(std::vector<Wish>& wishes) {
    std::vector<Tensor> made;
    const std::size_t before = m_atOnce.limit();
    m_atOnce.each(wishes.size(), "reading pictures", [&](std::size_t first, std::size_t count) {
        std::vector<Tensor> some = computeAtOnce(std::span(wishes).subspan(first, count));
        made.insert(made.end(), some.begin(), some.end());
    });
    if (m_atOnce.limit() != before) m_findings.add({"pictures-in-parts", {}, 0, std::to_string(m_atOnce.limit())});
    return made;
}

std::vector<Tensor> FeatureStore::computeAtOnce(std::span<Wish> wishes) {
    std::vector<Tensor> made;
    const torch::NoGradGuard noGradient;
    const int side = vision::kCropSide;
    Tensor images = torch::empty({static_cast<std::int64_t>(wishes.size()), side, side, 3}, torch::kUInt8);
    for (std::size_t i = 0; i < wishes.size(); ++i)
        images[static_cast<std::int64_t>(i)].copy_(
            torch::from_blob(wishes[i].picture.rgb.data(), {side, side, 3}, torch::kUInt8));
    if (m_options.pixels) {
        for (std::size_t i = 0; i < wishes.size(); ++i) {
            made.push_back(images[static_cast<std::int64_t>(i)].clone());
            keep(wishes[i].key, made.back());
        }
        return made;
    }
    const auto stages = m_resnet->forward(networkInputOf(images));
    std::map<std::pair<Pooling, int>, Tensor> poolings;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
        const bool prompt = wishes[i].pooling == Pooling::Prompt;
        Tensor& pooled = poolings[{wishes[i].pooling, wishes[i].side}];
        if (!pooled.defined()) pooled = prompt ? promptRows(stages) : pooledRows(stages, wishes[i].side);
        Tensor rows = pooled[static_cast<std::int64_t>(i)].to(torch::kCPU, /*non_blocking=*/false, /*copy=*/true);
        if (m_options.half) rows = rows.clamp(-kLargestHalf, kLargestHalf).to(torch::kFloat16);
        write(wishes[i].file, rows);
        keep(wishes[i].key, rows);
        made.push_back(rows);
    }
    m_computed += static_cast<std::int64_t>(made.size());
    ++m_passes;
    return made;
}

void FeatureStore::prepare(const std::vector<const PostInput*>& posts, const ProgressSink& progress,
                           const std::stop_token& stop) {
    std::vector<Wish> wishes;
    std::int64_t done = 0;
    const auto total = static_cast<std::int64_t>(posts.size());
    const auto want = [&](const Source& source) {
        Tensor found;
        Wish wish;
        if (!lookUp(source, found, wish) || found.defined()) return;
        const bool asked = std::any_of(wishes.begin(), wishes.end(), [&](const Wish& w) { return w.key == wish.key; });
        if (!asked) wishes.push_back(std::move(wish));
    };
    for (const PostInput* post : posts) {
        if (stop.stop_requested()) throw Cancelled{};
        tellOdd(*post);
        forEach(*post, want);
        for (const PictureInput& picture : furtherPictures(*post, m_options.pictures)) forEach(postOf(picture), want);
        forEachRegion(*post, candidatesOf(*post), [&](const Source& source, int) { want(source); });
        if (static_cast<std::int64_t>(wishes.size()) >= m_options.batch) {
            compute(wishes);
            wishes.clear();
        }
        report(progress, "features", ++done, total);
    }
    compute(wishes);
}

template <class Use>
void FeatureStore::forEach(const PostInput& post, Use&& use) {
    const std::vector<Crop> crops = cropsOf(post, m_options.objects);
    if (m_options.pixels) {
        use(Source{post.imagePath, post.imageBytes, 0, Pooling::Pixels});
        for (const Crop& crop : crops) use(Source{crop.path, crop.bytes, 0, Pooling::Pixels, crop.box});
        return;
    }
    if (m_options.grid) use(Source{post.imagePath, post.imageBytes, vision::kGridSide, Pooling::Cells});
    if (m_options.prompts) use(Source{post.imagePath, post.imageBytes, kPromptSide, Pooling::Prompt});
    for (const Crop& crop : crops) {
        if (m_options.objectSide > 0)
            use(Source{crop.path, crop.bytes, m_options.objectSide, Pooling::Cells, crop.box});
        if (m_options.prompts) use(Source{crop.path, crop.bytes, kPromptSide, Pooling::Prompt, crop.box});
    }
}

template <class Use>
void FeatureStore::forEachRegion(const PostInput& post, const Candidates& candidates, Use&& use) {
    if (m_options.regionSource == RegionSource::None || m_options.regions == 0) return;
    if (m_options.regionSource == RegionSource::Crops) {
        use(Source{post.imagePath, post.imageBytes, 1, Pooling::Cells}, -1);
        int place = 0;
        for (const Crop& crop : cropsOf(post, m_options.regions - 1))
            use(Source{crop.path, crop.bytes, 1, Pooling::Cells, crop.box}, crop.box ? crop.region : place++);
        return;
    }
    for (std::size_t r = 0; r < candidates.boxes.size(); ++r) {
        Source source{post.imagePath, post.imageBytes, 1, Pooling::Cells};
        if (candidates.regionOf[r] >= 0) source.box = candidates.boxes[r];
        use(source, candidates.regionOf[r]);
    }
}

Tensor FeatureStore::rows(const Source& source) {
    Tensor found;
    std::vector<Wish> wish(1);
    if (!lookUp(source, found, wish[0])) return {};
    if (!found.defined()) found = compute(wish).front();
    return source.pooling == Pooling::Pixels ? found : found.to(torch::kFloat32);
}

Tensor FeatureStore::blankPrompt() {
    if (!m_blankPrompt.defined()) {
        const torch::NoGradGuard noGradient;
        const Tensor blank = torch::zeros({1, 3, vision::kCropSide, vision::kCropSide});
        m_blankPrompt = promptRows(m_resnet->forward(blank))[0].to(torch::kCPU);
    }
    return m_blankPrompt;
}

void FeatureStore::addRegions(const PostInput& post, PostPictures& out) {
    const Candidates candidates = candidatesOf(post);
    out.frame = candidates.frame;
    std::size_t at = 0;
    forEachRegion(post, candidates, [&](const Source& source, int index) {
        const Tensor found = rows(source);
        const std::size_t place = at++;
        if (!found.defined()) return;
        out.regions.push_back(found);
        out.regionOf.push_back(index);
        if (m_options.regionSource == RegionSource::Boxes) out.regionBoxes.push_back(candidates.boxes[place]);
        if (index < 0 || m_options.regionSource == RegionSource::Boxes) out.hasPicture = true;
    });
}

void FeatureStore::tellOdd(const PostInput& post) {
    for (const Finding& finding : post.oddPictures)
        if (m_noted.insert(finding.code + "|" + finding.file).second) m_findings.add(finding);
}

PostPictures FeatureStore::picturesOf(const PostInput& post) {
    tellOdd(post);
    PostPictures out = firstOf(post);
    if (m_options.regionSource != RegionSource::None) addRegions(post, out);
    for (const PictureInput& picture : furtherPictures(post, m_options.pictures)) {
        PostPictures of = firstOf(postOf(picture));
        out.more.push_back({of.grid, std::move(of.crops)});
    }
    return out;
}

PostPictures FeatureStore::firstOf(const PostInput& post) {
    PostPictures out;
    if (m_options.prompts) out.prompts.assign(static_cast<std::size_t>(m_options.objects) + 1, blankPrompt());
    if (m_options.boxCrops != BoxCrops::None && post.cropPaths.empty())
        for (const Crop& crop : cropsOf(post, m_options.objects)) out.cropRegions.push_back(crop.region);
    std::size_t prompt = 0;
    forEach(post, [&](const Source& source) {
        const Tensor found = rows(source);
        if (source.pooling == Pooling::Pixels) {
            if (out.pixels.empty()) out.hasPicture = found.defined();
            out.pixels.push_back(found);
        } else if (source.pooling == Pooling::Prompt) {
            if (found.defined()) out.prompts[prompt] = found;
            if (prompt == 0)
                out.hasPicture = found.defined();
            else
                out.promptOfCrop.push_back(found.defined());
            ++prompt;
        } else if (source.side == vision::kGridSide) {
            out.grid = found;
            out.hasPicture = found.defined();
        } else {
            out.crops.push_back(found);
        }
    });
    return out;
}

Findings FeatureStore::takeFindings() {
    m_noted.clear();
    return std::exchange(m_findings, Findings{});
}

}  // namespace mnerva::models
