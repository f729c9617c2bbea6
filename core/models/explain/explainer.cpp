#include <algorithm>
#include <chrono>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/models/explain/explainer_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/text/tag_scheme.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr const char* kNoPicture = MNERVA_TEXT("Attribution", "The post has no picture that can be read.");
constexpr const char* kTextOnly = MNERVA_TEXT("Attribution", "This run reads no picture.");

/// The most probable type at a word: of the largest marginal that is not O (explanation.md 1).
std::string likeliestType(const Prediction& prediction, int word, const std::vector<std::string>& classes) {
    if (prediction.marginals.values.empty()) return {};
    std::string best;
    float most = -1;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        if (classes[c] == "O" || isSpecialTag(classes[c])) continue;
        const float p = prediction.marginals.at({word, static_cast<int>(c)});
        if (p <= most) continue;
        most = p;
        best = text::splitTag(text::canonicalTag(classes[c])).type;
    }
    return best;
}

/// One copy of each tensor a copy.
void repeat(Tensor& tensor, std::int64_t copies) {
    if (!tensor.defined()) return;
    std::vector<std::int64_t> times(static_cast<std::size_t>(tensor.dim()), 1);
    times.front() = copies;
    tensor = tensor.repeat(times);
}

/// Rows that are there, as a list with the place of each among `each` a post.
void repeatList(Tensor& rows, Tensor& slots, std::int64_t each, std::int64_t copies) {
    if (!rows.defined()) return;
    const std::int64_t count = slots.numel();
    const Tensor shift = torch::arange(copies, slots.options()).repeat_interleave(count) * each;
    repeat(rows, copies);
    slots = slots.repeat({copies}) + shift;
}

}  // namespace

Batch repeated(const Batch& one, std::int64_t copies) {
    MNERVA_CHECK(one.posts() == 1);
    Batch out = one;
    for (Tensor* tensor : out.text.tensors()) repeat(*tensor, copies);
    out.text.isRepeated = true;
    for (const auto& part : {out.grid.tensors(), out.regions.tensors()})
        for (Tensor* tensor : part) repeat(*tensor, copies);
    for (Tensor* tensor : {&out.prompts, &out.photos, &out.objects}) repeat(*tensor, copies);
    if (out.crops.rows.defined() && out.crops.mask.defined())
        repeatList(out.crops.rows, out.crops.slots, one.crops.mask.size(1), copies);
    repeat(out.crops.mask, copies);
    if (out.more.grids.defined()) repeatList(out.more.grids, out.more.slots, one.more.mask.size(1), copies);
    repeat(out.more.mask, copies);
    out.pixels = {};
    out.entities.assign(static_cast<std::size_t>(copies), one.entities.at(0));
    return out;
}

PostExplainer::PostExplainer(const ExplainedRun& run, const PostInput& post, Prediction prediction)
    : PostExplainer(run, post, std::move(prediction), run.encode(post),
                    run.pictures ? run.pictures->picturesOf(post) : PostPictures{}) {}

PostExplainer::PostExplainer(const ExplainedRun& run, const PostInput& post, Prediction prediction, EncodedPost encoded,
                             PostPictures pictures)
    : m_run(run),
      m_post(post),
      m_prediction(std::move(prediction)),
      m_encoded(std::move(encoded)),
      m_pictures(std::move(pictures)) {
    m_base = batchOf({m_encoded}, {m_pictures});
}

Batch PostExplainer::batchOf(const std::vector<EncodedPost>& posts, const std::vector<PostPictures>& pictures) {
    const torch::NoGradGuard noGradient;
    std::vector<const EncodedPost*> pointers;
    for (const EncodedPost& post : posts) pointers.push_back(&post);
    Batch batch = m_run.model.withRows(
        makeBatch(pointers, m_run.shape.pictures.use ? pictures : Pictures{}, m_run.shape.pictures, m_run.text)
            .to(m_run.device));
    batch.pixels = {};
    return batch;
}

double PostExplainer::ask(const Batch& batch) {
    const torch::NoGradGuard noGradient;
    return m_run.model.logProbability(batch, *m_plan)[0].item<double>();
}

std::string PostExplainer::blindness() const {
    if (!m_run.shape.pictures.use) return kTextOnly;
    return m_pictures.hasPicture ? std::string() : kNoPicture;
}

void PostExplainer::aim(const AttributionQuery& query) {
    const int words = static_cast<int>(m_post.words.size());
    if (words == 0) throw Error(ErrorCode::OptionInvalid, {"post", "", "a post with words"});
    const std::vector<Entity>& found = m_prediction.entities;
    Entity wanted;
    if (query.first < 0) {
        wanted = found.empty() ? Entity{{}, 0, 0, {}} : found.front();
    } else {
        wanted = {query.type, query.first, std::max(query.first, query.last), {}};
        const auto same = std::find_if(found.begin(), found.end(), [&](const Entity& e) {
            return wanted.first == wanted.last ? e.first <= wanted.first && wanted.first <= e.last
                                               : e.first == wanted.first && e.last == wanted.last;
        });
        if (query.type.empty() && same != found.end()) wanted = *same;
    }
    if (!query.type.empty()) wanted.type = query.type;
    const std::string place = std::to_string(wanted.first) + "-" + std::to_string(wanted.last);
    if (wanted.last >= words)
        throw Error(ErrorCode::OptionInvalid, {"target", place, "words 0 to " + std::to_string(words - 1)});
    if (wanted.type.empty()) wanted.type = likeliestType(m_prediction, wanted.first, m_run.shape.classes);
    if (wanted.type.empty())  // a system that writes: the first type it knows
        for (const std::string& name : m_run.shape.classes)
            if (wanted.type.empty() && name != "O" && !isSpecialTag(name))
                wanted.type = text::splitTag(text::canonicalTag(name)).type;
    wanted.type = text::splitTag(text::canonicalTag("B-" + wanted.type)).type;
    m_plan = m_run.model.planTarget(m_base, question(), wanted);
    if (!m_plan)
        throw Error(ErrorCode::OptionInvalid,
                    {"target", place + ":" + wanted.type, "words that the run reads, and a type that it knows"});
    const torch::NoGradGuard noGradient;
    const Tensor layers = m_run.model.logProbabilityByLayer(m_base, *m_plan)[0].contiguous();  // [layers]
    m_target = {wanted.first, wanted.last, wanted.type, layers[-1].item<double>(), m_run.model.targetForm(), {}};
    if (layers.numel() > 1)
        m_target.byLayer.assign(layers.data_ptr<double>(), layers.data_ptr<double>() + layers.numel());
}

void PostExplainer::spread(const Tensor& columns, Attribution& out) const {
    const Tensor values = columns.to(torch::kCPU, torch::kFloat32).contiguous();
    const std::vector<float> all(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    const auto pictures = static_cast<std::size_t>(std::max<std::int64_t>(1, m_base.more.perPost));
    const std::size_t block = all.size() / pictures, cells = vision::kGridCells;
    const auto crops = static_cast<std::size_t>(m_run.shape.pictures.objects);
    const auto at = [&](std::size_t i) { return all.begin() + static_cast<std::ptrdiff_t>(i); };
    for (std::size_t p = 0; p < pictures; ++p) {
        const std::size_t begin = p * block;
        std::vector<float> of(at(begin), at(begin + cells));
        if (p == 0)
            out.cells = std::move(of);
        else
            out.more.push_back(std::move(of));
        if (crops == 0 || block <= cells) continue;
        const std::size_t rows = (block - cells) / crops;
        for (std::size_t k = 0; k < crops; ++k) {
            float sum = 0;
            for (std::size_t r = 0; r < rows; ++r) sum += all[begin + cells + k * rows + r];
            out.crops.push_back(sum);
        }
    }
}

Attribution PostExplainer::attribution(const AttributionMethod& method, const AttributionQuery& query,
                                       const ProgressSink& progress, const std::stop_token& stop) {
    MNERVA_CHECK(m_plan != nullptr);
    if (stop.stop_requested()) throw Cancelled{};
    Attribution out;
    out.method = method.id;
    out.isSigned = method.isSigned;
    const auto began = std::chrono::steady_clock::now();
    if (method.isOfCells) out.unavailable = blindness();
    if (out.isServed()) {
        if (method.id == "attention") addAttention(query, out);
        if (method.id == "rollout") addFlow(false, out);
        if (method.id == "relevancy") addFlow(true, out);
        if (method.id == "gradient-input") addGradientInput(out);
        if (method.id == "grad-cam") addGradCam(out);
        if (method.id == "integrated-gradients") addIntegrated(query, progress, stop, out);
        if (method.id == "occlusion") addOcclusion(query, progress, stop, out);
        if (method.id == "word-out") addWordOut(query, progress, stop, out);
    }
    out.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return out;
}

}  // namespace mnerva::models
