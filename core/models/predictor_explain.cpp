#include <algorithm>

#include "core/base/error.h"
#include "core/models/explain/covering_internal.h"
#include "core/models/explain/mean_cell_internal.h"
#include "core/models/model/inference_internal.h"
#include "core/models/predictor_internal.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

class ExplainingOne : public Explaining {
public:
    ExplainingOne(const ExplainedRun& run, const PostInput& post, const AttributionQuery& query, Prediction prediction,
                  nn::Precision precision)
        : m_query(query),
          m_prediction(prediction),
          m_precision(precision),
          m_device(run.device),
          m_explainer(run, post, std::move(prediction)) {
        const nn::PrecisionScope scope(m_precision, m_device);
        m_explainer.aim(query);
    }
    const Target& target() const override { return m_explainer.target(); }
    const Prediction& prediction() const override { return m_prediction; }
    Attribution attribution(const AttributionMethod& method, const ProgressSink& progress,
                            const std::stop_token& stop) override {
        const nn::PrecisionScope scope(m_precision, m_device);
        return guarded("explaining", [&] { return m_explainer.attribution(method, m_query, progress, stop); });
    }
    std::vector<double> covered(const std::vector<std::vector<int>>& sets, const ProgressSink& progress,
                                const std::stop_token& stop) override {
        const nn::PrecisionScope scope(m_precision, m_device);
        return guarded("explaining", [&] { return m_explainer.covered(sets, m_query.baseline, progress, stop); });
    }
    std::string blindness() const override { return m_explainer.blindness(); }

private:
    AttributionQuery m_query;
    Prediction m_prediction;
    nn::Precision m_precision;
    torch::Device m_device;
    PostExplainer m_explainer;
};

/// The layer that a parameter belongs to: a block of the encoder, or what the model calls it, numbers left out.
std::string layerOf(const std::string& parameter) {
    constexpr std::string_view kBlock = "bert.encoder.layer.";
    if (parameter.starts_with(kBlock)) return parameter.substr(0, parameter.find('.', kBlock.size()));
    if (parameter.starts_with("bert.")) return "bert.embeddings";
    std::string top = parameter.substr(0, parameter.find('.'));
    const std::size_t end = top.find_last_not_of("0123456789");
    if (end != std::string::npos && end + 1 < top.size() && top[end] == '_') top.resize(end);
    return top;
}

}  // namespace

PostPictures Predictor::Impl::seenOf(const PostInput& input, const Cover& cover) {
    if (cover.isNothing()) return pictures->picturesOf(input);
    if (!canCoverRows(parts.shape.pictures, cover.replacement)) {
        const auto picture = pictureOf(input);
        return pictures->picturesOf(picture ? coveredPost(input, *picture, cover.cells) : input);
    }
    PostPictures seen = pictures->picturesOf(input);
    if (!seen.grid.defined()) {  // the ResNet learns: its rows are made later, of pixels
        const auto picture = pictureOf(input);
        return picture ? pictures->picturesOf(coveredPost(input, *picture, cover.cells)) : seen;
    }
    seen.grid = seen.grid.clone();
    const Tensor cell = cover.replacement == "zeros" ? torch::zeros_like(seen.grid[0])
                        : meanCell.defined()         ? meanCell
                                                     : seen.grid.mean(0);
    for (const int at : cover.cells) seen.grid[at].copy_(cell);
    return seen;
}

ExplainedRun Predictor::Impl::explainedRun() {
    const int mask = parts.tokenizer->mask();
    return {*parts.model,   parts.shape,
            pictures.get(), text,
            device,         mask >= 0 ? mask : parts.tokenizer->unk(),
            meanCell,       [this](const PostInput& post) { return encoded(post); }};
}

std::unique_ptr<Explaining> Predictor::explaining(const PostInput& post, const AttributionQuery& query) {
    return guarded("explaining", [&]() -> std::unique_ptr<Explaining> {
        if (post.words.empty()) throw Error(ErrorCode::OptionInvalid, {"post", "", "a post with words"});
        Prediction prediction = m_impl->run({&post}, {true, true, true, {}}).front();
        return std::make_unique<ExplainingOne>(m_impl->explainedRun(), post, query, std::move(prediction),
                                               m_impl->precision);
    });
}

Explained Predictor::explain(const PostInput& post, const AttributionQuery& query, const ProgressSink& progress,
                             const std::stop_token& stop,
                             const std::function<void(const Target&, const Attribution&)>& each) {
    report(progress, "explaining", 0, 0);
    const auto one = explaining(post, query);
    Explained out{one->target(), {}};
    for (const AttributionMethod& method : attributionMethods()) {
        const bool wanted = query.methods.empty() ||
                            std::find(query.methods.begin(), query.methods.end(), method.id) != query.methods.end();
        if (!wanted) continue;
        if (stop.stop_requested()) throw Cancelled{};
        out.attributions.push_back(one->attribution(method, progress, stop));
        if (each) each(out.target, out.attributions.back());
    }
    return out;
}

bool Predictor::knowsMeanCell() const {
    const PictureLayout& layout = m_impl->parts.shape.pictures;
    return m_impl->meanCell.defined() || !layout.use || !layout.grid;
}

void Predictor::learnMeanCell(std::span<const PostInput> trainingPosts, const ProgressSink& progress,
                              const std::stop_token& stop) {
    if (knowsMeanCell()) return;
    guarded("explaining", [&] {
        const torch::NoGradGuard noGradient;
        Impl& run = *m_impl;
        Tensor sum;
        std::int64_t count = 0, done = 0;
        for (const PostInput& post : trainingPosts) {
            if (stop.stop_requested()) throw Cancelled{};
            run.pictures->prepare({&post}, {}, stop);
            const PostPictures seen = run.pictures->picturesOf(post);
            report(progress, "mean-cell", ++done, static_cast<std::int64_t>(trainingPosts.size()));
            if (!seen.hasPicture) continue;
            const EncodedPost encoded = run.encoded(post);
            const Batch batch = run.parts.model->withRows(
                makeBatch({&encoded}, {seen}, run.parts.shape.pictures, run.text).to(run.device));
            const Tensor cell = batch.grid.rows[0].to(torch::kCPU, torch::kFloat64).mean(0);
            sum = sum.defined() ? sum + cell : cell;
            ++count;
        }
        if (count == 0) return;
        run.meanCell = (sum / count).to(torch::kFloat32);
        writeMeanCell(run.folder, run.meanCell, count);
    });
}

std::vector<std::string> Predictor::layersFromTop() const {
    std::vector<std::string> out;
    bool learnsPictures = false;
    for (const auto& item : m_impl->parts.model->named_parameters()) {
        const std::string layer = layerOf(item.key());
        learnsPictures |= layer == "resnet";  // below all, wherever it was registered
        if (layer != "resnet" && std::find(out.begin(), out.end(), layer) == out.end()) out.push_back(layer);
    }
    std::reverse(out.begin(), out.end());
    if (learnsPictures) out.emplace_back("resnet");
    return out;
}

void Predictor::randomiseLayers(std::size_t count, std::uint64_t seed) {
    const torch::NoGradGuard noGradient;
    const std::vector<std::string> layers = layersFromTop();
    auto parameters = m_impl->parts.model->named_parameters();
    if (m_impl->learned.empty())
        for (const auto& item : parameters) m_impl->learned[item.key()] = item.value().detach().clone();
    torch::Generator generator = at::detail::createCPUGenerator(seed);
    for (auto& item : parameters) {
        const Tensor& learned = m_impl->learned.at(item.key());
        item.value().copy_(learned);
        const auto place = std::find(layers.begin(), layers.end(), layerOf(item.key())) - layers.begin();
        if (static_cast<std::size_t>(place) >= count || !learned.is_floating_point()) continue;
        const double deviation = learned.numel() > 1 ? learned.std().item<double>() : 0.02;
        const Tensor drawn = torch::empty(learned.sizes()).normal_(learned.mean().item<double>(), deviation, generator);
        item.value().copy_(drawn);
    }
}

}  // namespace mnerva::models
