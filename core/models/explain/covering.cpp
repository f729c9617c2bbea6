#include <algorithm>

#include "core/base/error.h"
#include "core/models/explain/covering_internal.h"
#include "core/models/explain/explainer_internal.h"
#include "core/vision/decode/picture.h"
#include "core/vision/geometry.h"
#include "core/vision/network_input.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr std::size_t kCopies = 16;
constexpr int kLargestSide =
    1024;  // a larger picture is shrunk before it is covered: the network sees 256 pixels of it

std::uint8_t greyOf(std::size_t channel) {
    return static_cast<std::uint8_t>(vision::kPixelMean[channel] * 255.0F + 0.5F);
}

}  // namespace

std::optional<vision::Picture> pictureOf(const PostInput& post) {
    auto picture =
        post.imageBytes.empty() ? vision::loadPicture(post.imagePath) : vision::decodePicture(post.imageBytes);
    if (picture && post.regions.empty()) picture = vision::shrunkToFit(*picture, kLargestSide);
    return picture;
}

vision::Picture coveredPicture(vision::Picture picture, const std::vector<int>& cells) {
    for (const int cell : cells) {
        const vision::Rect at = vision::cellRect(cell, picture.width, picture.height);
        const auto clipped = [](double value, int most) { return std::clamp(static_cast<int>(value + 0.5), 0, most); };
        const int left = clipped(at.x, picture.width), right = clipped(at.x + at.width, picture.width);
        const int top = clipped(at.y, picture.height), bottom = clipped(at.y + at.height, picture.height);
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x) {
                std::uint8_t* pixel = picture.rgb.data() + (picture.at(x, y) - picture.rgb.data());
                for (std::size_t c = 0; c < 3; ++c) pixel[c] = greyOf(c);
            }
    }
    return picture;
}

PostInput coveredPost(const PostInput& post, const vision::Picture& picture, const std::vector<int>& cells) {
    PostInput out = post;
    out.imageBytes = vision::encodePng(cells.empty() ? picture : coveredPicture(picture, cells));
    return out;
}

PostInput greyPost() {
    PostInput out;
    out.words = {"-"};
    out.imageBytes = vision::encodePng(
        vision::filledPicture(vision::kResizeShorter, vision::kResizeShorter, greyOf(0), greyOf(1), greyOf(2)));
    return out;
}

bool canCoverRows(const PictureLayout& layout, const std::string& replacement) {
    return layout.use && layout.grid && !layout.photo && replacement != "grey";
}

bool PostExplainer::coversRows(const std::string& replacement) const {
    return canCoverRows(m_run.shape.pictures, replacement);
}

Tensor PostExplainer::baselineCell(const std::string& name, std::string* used) {
    std::string said = name;
    Tensor cell;
    if (name == "zeros") {
        cell = torch::zeros_like(m_base.grid.rows[0][0]);
    } else if (name == "grey") {
        cell = batchOf({m_encoded}, {m_run.pictures->picturesOf(greyPost())}).grid.rows[0];
    } else if (m_run.meanCell.defined() && m_run.meanCell.numel() == m_base.grid.rows.size(2)) {
        cell = m_run.meanCell;
    } else {
        said = "own-mean";
        cell = m_base.grid.rows[0].mean(0);
    }
    if (used) *used = said;
    return cell.to(m_base.grid.rows.device());
}

void PostExplainer::inCopies(std::size_t total, const std::stop_token& stop,
                             const std::function<void(std::size_t first, std::size_t count)>& work) {
    if (m_atOnce.limit() == 0) m_atOnce.setLimit(kCopies);
    for (std::size_t i = 0; i < total;) {
        if (stop.stop_requested()) throw Cancelled{};
        const std::size_t count = std::min(m_atOnce.limit(), total - i);
        if (m_atOnce.attempt(count, "explaining", [&] { work(i, count); })) i += count;
    }
}

std::vector<double> PostExplainer::covered(const std::vector<std::vector<int>>& sets, const std::string& replacement,
                                           const ProgressSink& progress, const std::stop_token& stop,
                                           std::string* used) {
    if (!coversRows(replacement)) {
        if (used) *used = "grey";
        return coveredPixels(sets, progress, stop);
    }
    const torch::NoGradGuard noGradient;
    const Tensor cell = baselineCell(replacement, used);
    std::vector<double> out;
    inCopies(sets.size(), stop, [&](std::size_t i, std::size_t count) {
        Batch batch = repeated(m_base, static_cast<std::int64_t>(count));
        for (std::size_t k = 0; k < count; ++k)
            for (const int at : sets[i + k]) batch.grid.rows[static_cast<std::int64_t>(k)][at].copy_(cell);
        const Tensor y = m_run.model.logProbability(batch, *m_plan).contiguous();
        out.insert(out.end(), y.data_ptr<double>(), y.data_ptr<double>() + y.numel());
        report(progress, "covering", static_cast<std::int64_t>(i + count), static_cast<std::int64_t>(sets.size()));
    });
    return out;
}

std::vector<double> PostExplainer::coveredPixels(const std::vector<std::vector<int>>& sets,
                                                 const ProgressSink& progress, const std::stop_token& stop) {
    const torch::NoGradGuard noGradient;
    const auto picture = pictureOf(m_post);
    if (!picture) throw Error(ErrorCode::ImageUnreadable, {m_post.imagePath});
    std::vector<double> out;
    inCopies(sets.size(), stop, [&](std::size_t i, std::size_t count) {
        std::vector<PostInput> posts;
        std::vector<const PostInput*> pointers;
        for (std::size_t k = 0; k < count; ++k) {
            if (stop.stop_requested()) throw Cancelled{};
            posts.push_back(coveredPost(m_post, *picture, sets[i + k]));
        }
        for (const PostInput& post : posts) pointers.push_back(&post);
        m_run.pictures->prepare(pointers, {}, stop);
        std::vector<PostPictures> seen;
        for (const PostInput& post : posts) seen.push_back(m_run.pictures->picturesOf(post));
        Batch batch = batchOf(std::vector<EncodedPost>(count, m_encoded), seen);
        batch.text.isRepeated = true;
        const Tensor y = m_run.model.logProbability(batch, *m_plan).contiguous();
        out.insert(out.end(), y.data_ptr<double>(), y.data_ptr<double>() + y.numel());
        report(progress, "covering", static_cast<std::int64_t>(i + count), static_cast<std::int64_t>(sets.size()));
    });
    return out;
}

void PostExplainer::addOcclusion(const AttributionQuery& query, const ProgressSink& progress,
                                 const std::stop_token& stop, Attribution& out) {
    constexpr int kCells = vision::kGridCells;
    std::vector<std::vector<int>> sets{{}};
    for (int cell = 0; cell < kCells; ++cell) sets.push_back({cell});
    const auto behind = [&progress](std::size_t done) -> ProgressSink {
        return [&progress, done](const Progress& p) {
            report(progress, p.stage, static_cast<std::int64_t>(done) + p.done, 2 * vision::kGridCells);
        };
    };
    const std::vector<double> alone = covered(sets, query.baseline, behind(0), stop, &out.baseline);
    const auto without = [&](int cell) { return alone[static_cast<std::size_t>(cell) + 1]; };
    // An object is larger than a cell: where the rest of it says the same, covering a second one changes nothing until
    // the first is gone. So each cell is covered once more where the hottest is covered too.
    const int hottest = static_cast<int>(std::min_element(alone.begin() + 1, alone.end()) - alone.begin()) - 1;
    for (int cell = 0; cell < kCells; ++cell) sets[static_cast<std::size_t>(cell)] = {hottest, cell};
    sets.pop_back();
    const std::vector<double> both = covered(sets, query.baseline, behind(alone.size()), stop, &out.baseline);
    const auto beside = [&](int cell) { return without(hottest) - both[static_cast<std::size_t>(cell)]; };
    int second = hottest == 0 ? 1 : 0;
    for (int cell = 0; cell < kCells; ++cell)
        if (cell != hottest && beside(cell) > beside(second)) second = cell;
    for (int cell = 0; cell < kCells; ++cell) {
        const double gone = cell == hottest ? without(second) - both[static_cast<std::size_t>(second)] : beside(cell);
        out.cells.push_back(static_cast<float>((alone[0] - without(cell) + gone) / 2));
    }
}

void PostExplainer::addWordOut(const AttributionQuery& query, const ProgressSink& progress, const std::stop_token& stop,
                               Attribution& out) {
    std::vector<EncodedPost> posts;
    std::vector<std::size_t> of;
    const std::size_t words = m_encoded.words.size();
    for (std::size_t w = 0; w < words; ++w) {
        const EncodedPost::Word& word = m_encoded.words[w];
        if (word.pieces == 0) continue;
        EncodedPost masked = m_encoded;
        std::fill_n(masked.ids.begin() + word.first, word.pieces, m_run.maskId);
        if (!masked.vectorRows.empty()) masked.vectorRows[w] = -1;
        posts.push_back(std::move(masked));
        of.push_back(w);
    }
    out.words.assign(words, 0);
    inCopies(posts.size(), stop, [&](std::size_t i, std::size_t count) {
        const auto first = posts.begin() + static_cast<std::ptrdiff_t>(i);
        const Batch batch =
            batchOf({first, first + static_cast<std::ptrdiff_t>(count)}, std::vector<PostPictures>(count, m_pictures));
        const torch::NoGradGuard noGradient;
        const Tensor y = m_run.model.logProbability(batch, *m_plan);
        for (std::size_t k = 0; k < count; ++k)
            out.words[of[i + k]] =
                static_cast<float>(m_target.logProbability - y[static_cast<std::int64_t>(k)].item<double>());
        report(progress, out.method, static_cast<std::int64_t>(i + count), static_cast<std::int64_t>(posts.size()));
    });
    for (const WordExchange& exchange : query.exchanges) {
        if (stop.stop_requested()) throw Cancelled{};
        if (exchange.words.empty()) continue;
        PostInput other = m_post;
        const auto at = other.words.begin() + m_target.first;
        other.words.erase(at, at + (m_target.last - m_target.first + 1));
        other.words.insert(other.words.begin() + m_target.first, exchange.words.begin(), exchange.words.end());
        const EncodedPost encoded = m_run.encode(other);
        const std::vector<const EncodedPost*> pointers{&encoded};
        const Batch batch = batchOf({encoded}, {m_pictures});
        const int last = m_target.first + static_cast<int>(exchange.words.size()) - 1;
        const auto plan = m_run.model.planTarget(batch, {pointers, m_run.shape.classes, m_run.text.mode},
                                                 {m_target.type, m_target.first, last, {}});
        if (!plan) continue;  // a name without a piece that the run reads
        const torch::NoGradGuard noGradient;
        WordExchange answered = exchange;
        answered.change = m_target.logProbability - m_run.model.logProbability(batch, *plan)[0].item<double>();
        out.exchanges.push_back(std::move(answered));
    }
}

}  // namespace mnerva::models
