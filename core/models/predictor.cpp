#include "core/models/predictor.h"

#include <algorithm>
#include <numeric>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/models/inference_internal.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/threads.h"
#include "core/text/tag_scheme.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr int kBatch = 16;
constexpr std::uintmax_t kMemoryForFeatures = std::uintmax_t{256} << 20;

FloatArray arrayOf(const Tensor& tensor) {
    const Tensor values = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    FloatArray out;
    for (std::int64_t size : values.sizes()) out.shape.push_back(static_cast<int>(size));
    out.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return out;
}

/// Tags that carry a chunk on after a word tagged `last`, by the lenient rule of models.md 2.2 (a).
std::vector<int> continuingTags(const std::vector<std::string>& tagNames, int last) {
    const text::TagParts end = text::splitTag(tagNames[static_cast<std::size_t>(last)]);
    std::vector<int> out;
    if (end.prefix == "E" || end.prefix == "S") return out;
    for (std::size_t i = 0; i < tagNames.size(); ++i) {
        const text::TagParts next = text::splitTag(tagNames[i]);
        const bool inside = next.prefix == "I" || next.prefix == "M" || next.prefix == "E";
        if (inside && next.type == end.type) out.push_back(static_cast<int>(i));
    }
    return out;
}

/// The [A, words, S] of one post, with rows for the words that are in no batch column and zeros where there is no
/// piece.
Tensor wordRows(const Tensor& attention, const EncodedPost& post) {
    const auto words = static_cast<std::int64_t>(post.words.size());
    Tensor out = torch::zeros({attention.size(0), words, attention.size(2)});
    for (std::int64_t w = 0; w < words; ++w)
        if (post.words[static_cast<std::size_t>(w)].pieces > 0) out.select(1, w).copy_(attention.select(1, w));
    return out;
}

/// The [A, S, words + 2] of one post: [CLS], its words, [SEP].
Tensor wordColumns(const Tensor& attention, const EncodedPost& post) {
    const auto words = static_cast<std::int64_t>(post.words.size());
    Tensor out = torch::zeros({attention.size(0), attention.size(1), words + 2});
    out.select(2, 0).copy_(attention.select(2, 0));
    out.select(2, words + 1).copy_(attention.select(2, attention.size(2) - 1));
    for (std::int64_t w = 0; w < words; ++w)
        if (post.words[static_cast<std::size_t>(w)].pieces > 0) out.select(2, w + 1).copy_(attention.select(2, w + 1));
    return out;
}

}  // namespace

struct Predictor::Impl {
    RunParts parts;
    torch::Device device{torch::kCPU};
    std::unique_ptr<FeatureStore> features;
    int outside = 0, longest = 0;

    std::vector<Prediction> run(const std::vector<const PostInput*>& inputs, const Wanted& wanted);
    void addEntities(const std::vector<const EncodedPost*>& posts, const Batch& batch, const Tensor& emissions,
                     const std::vector<std::vector<int>>& best, std::vector<Prediction>& out);
    void addExplanations(std::int64_t row, const EncodedPost& post, const Forward& forward, const Wanted& wanted,
                         Prediction& out) const;
};

/// Confidence: probability of the run's tags, less the cases in which the next word carries it on.
void Predictor::Impl::addEntities(const std::vector<const EncodedPost*>& posts, const Batch& batch,
                                  const Tensor& emissions, const std::vector<std::vector<int>>& best,
                                  std::vector<Prediction>& out) {
    struct Owner {
        std::size_t post, entity;
        double sign;
    };
    std::vector<nn::TagRun> runs;
    std::vector<Owner> owners;
    for (std::size_t b = 0; b < posts.size(); ++b) {
        const auto& words = posts[b]->words;
        const auto rank = [&](int word) {
            return static_cast<int>(
                std::count_if(words.begin(), words.begin() + word, [](const auto& w) { return w.pieces > 0; }));
        };
        for (std::size_t e = 0; e < out[b].entities.size(); ++e) {
            const Entity& entity = out[b].entities[e];
            nn::TagRun run{static_cast<int>(b), rank(entity.first), {}};
            for (int w = entity.first; w <= entity.last; ++w) run.tags.push_back(best[b][static_cast<std::size_t>(w)]);
            runs.push_back(run);
            owners.push_back({b, e, 1});
            if (rank(entity.last) + 1 >= rank(static_cast<int>(words.size()))) continue;
            run.tags.push_back(0);
            for (int next : continuingTags(parts.tagNames, run.tags[run.tags.size() - 2])) {
                run.tags.back() = next;
                runs.push_back(run);
                owners.push_back({b, e, -1});
            }
        }
    }
    const std::vector<double> probabilities = parts.model->crf()->runProbabilities(emissions, batch.wordMask, runs);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        Entity& entity = out[owners[i].post].entities[owners[i].entity];
        entity.confidence = std::clamp(entity.confidence.value_or(0) + owners[i].sign * probabilities[i], 0.0, 1.0);
    }
}

void Predictor::Impl::addExplanations(std::int64_t row, const EncodedPost& post, const Forward& forward,
                                      const Wanted& wanted, Prediction& out) const {
    if (forward.relevance.defined()) {
        const FloatArray relevance = arrayOf(forward.relevance[row]);
        out.relevance.assign(relevance.values.begin(), relevance.values.end());
    }
    if (!wanted.attention) return;
    for (const Tensor& gates : forward.levelGates) {
        const FloatArray weights = arrayOf(gates[row]);
        out.levelGates.emplace_back(weights.values.begin(), weights.values.end());
    }
    for (const Tensor& attention : forward.textToImage)
        out.textToImage.push_back(arrayOf(wordRows(attention[row].to(torch::kCPU), post)));
    for (const Tensor& attention : forward.imageToText)
        out.imageToText.push_back(arrayOf(wordColumns(attention[row].to(torch::kCPU), post)));
}

std::vector<Prediction> Predictor::Impl::run(const std::vector<const PostInput*>& inputs, const Wanted& wanted) {
    const torch::NoGradGuard noGradient;
    std::vector<EncodedPost> encoded;
    std::vector<PostPictures> pictures;
    for (const PostInput* input : inputs) {
        encoded.push_back(encodePost(*parts.wordPiece, input->words, longest));
        if (features) pictures.push_back(features->picturesOf(*input));
    }
    std::vector<const EncodedPost*> posts;
    for (const EncodedPost& post : encoded) posts.push_back(&post);
    const Batch batch =
        makeBatch(posts, pictures, parts.shape.pictures, subtokenModeOf(parts.shape.options), parts.wordPiece->pad())
            .to(device);
    const Forward forward = parts.model->forward(batch, wanted.attention);
    const auto best = bestTags(*parts.model, batch, forward.emissions, posts, outside);
    const Tensor marginals =
        wanted.marginals ? parts.model->crf()->marginals(forward.emissions, batch.wordMask) : Tensor();
    std::vector<Prediction> out(inputs.size());
    for (std::size_t b = 0; b < out.size(); ++b) {
        for (int tag : best[b]) out[b].tags.push_back(parts.tagNames[static_cast<std::size_t>(tag)]);
        out[b].entities = entitiesFromTags(out[b].tags);
        out[b].cutWords = encoded[b].cutWords;
        out[b].hasPicture = features && pictures[b].grid.defined();
        const auto row = static_cast<std::int64_t>(b);
        addExplanations(row, encoded[b], forward, wanted, out[b]);
        if (marginals.defined()) {
            const auto words = static_cast<std::int64_t>(encoded[b].words.size());
            Tensor all = torch::zeros({words, marginals.size(2)});
            const std::int64_t known = std::min(words, marginals.size(1));
            all.narrow(0, 0, known).copy_(marginals[row].narrow(0, 0, known));
            out[b].marginals = arrayOf(all);
        }
    }
    addEntities(posts, batch, forward.emissions, best, out);
    return out;
}

Predictor::Predictor(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Predictor::~Predictor() = default;

std::unique_ptr<Predictor> Predictor::load(const std::filesystem::path& runFolder, const std::string& device) {
    return guarded("loading the run", [&] {
        auto impl = std::make_unique<Impl>();
        impl->device = torch::Device(nn::requireDevice(device));
        impl->parts = readRunParts(runFolder);
        readModelWeights(runFolder, *impl->parts.model);
        impl->parts.model->eval();
        impl->parts.model->to(impl->device);
        impl->outside = outsideClass(impl->parts.tagNames);
        impl->longest = longestSequence(impl->parts.shape);
        if (!impl->parts.resnet.empty()) {
            FeatureOptions options = featureOptionsOf(impl->parts);
            options.memoryBytes = kMemoryForFeatures;
            options.device = impl->device.str();
            options.forgetWhenFull = true;
            impl->features = std::make_unique<FeatureStore>(openRunResNet(runFolder, impl->parts), options);
        }
        return std::unique_ptr<Predictor>(new Predictor(std::move(impl)));
    });
}

const std::string& Predictor::system() const {
    return m_impl->parts.shape.system;
}
const nlohmann::json& Predictor::options() const {
    return m_impl->parts.shape.options;
}
const std::vector<std::string>& Predictor::tagNames() const {
    return m_impl->parts.tagNames;
}
std::vector<std::string> Predictor::explains() const {
    return m_impl->parts.model->explains();
}

void Predictor::useCache(const std::filesystem::path& folder) {
    if (m_impl->features) m_impl->features->setCacheFolder(folder);
}

Prediction Predictor::predict(const PostInput& post, const Wanted& wanted) {
    return guarded("predicting", [&] { return m_impl->run({&post}, wanted).front(); });
}

std::vector<Prediction> Predictor::predictMany(std::span<const PostInput> posts, const Wanted& wanted,
                                               const ProgressSink& progress, const std::stop_token& stop) {
    std::vector<std::size_t> order(posts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return posts[a].words.size() < posts[b].words.size(); });
    std::vector<Prediction> out(posts.size());
    for (std::size_t i = 0; i < order.size(); i += kBatch) {
        if (stop.stop_requested()) throw Cancelled{};
        const std::size_t end = std::min(order.size(), i + kBatch);
        std::vector<const PostInput*> inputs;
        for (std::size_t j = i; j < end; ++j) inputs.push_back(&posts[order[j]]);
        auto answers = guarded("predicting", [&] {
            if (m_impl->features) m_impl->features->prepare(inputs, {}, stop);
            return m_impl->run(inputs, wanted);
        });
        for (std::size_t j = i; j < end; ++j) out[order[j]] = std::move(answers[j - i]);
        report(progress, "predicting", static_cast<std::int64_t>(end), static_cast<std::int64_t>(order.size()));
    }
    return out;
}

Findings Predictor::takeFindings() {
    return m_impl->features ? m_impl->features->takeFindings() : Findings{};
}

}  // namespace mnerva::models
