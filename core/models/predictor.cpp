#include "core/models/predictor.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/models/explain/mean_cell_internal.h"
#include "core/models/model/inference_internal.h"
#include "core/models/predictor_internal.h"
#include "core/models/registry_internal.h"
#include "core/nn/blocks/threads.h"

namespace mnerva::models {
namespace {

using torch::Tensor;

constexpr std::size_t kBatch = 16;
constexpr std::size_t kWordsKept = 50000;  // vectors of words like them, made for earlier posts
constexpr std::uintmax_t kMemoryForFeatures = std::uintmax_t{256} << 20;

FloatArray arrayOf(const Tensor& tensor) {
    const Tensor values = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    FloatArray out;
    for (std::int64_t size : values.sizes()) out.shape.push_back(static_cast<int>(size));
    out.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    return out;
}

/// The column or row of a word in what a model says per unit (of a batch, so masked words count): words count
/// themselves, in X mode a word stands where its first piece stands.
std::int64_t placeOf(const EncodedPost& post, std::int64_t word, UnitMode mode) {
    return mode == UnitMode::Pieces ? post.words[static_cast<std::size_t>(word)].first : word;
}

bool hasPiece(const EncodedPost& post, std::int64_t word) {
    return post.words[static_cast<std::size_t>(word)].pieces > 0;
}

/// The [A, words, S] of one post, zeros where a word has no piece.
Tensor wordRows(const Tensor& attention, const EncodedPost& post, UnitMode mode) {
    const auto words = static_cast<std::int64_t>(post.words.size());
    Tensor out = torch::zeros({attention.size(0), words, attention.size(2)});
    for (std::int64_t w = 0; w < words; ++w)
        if (hasPiece(post, w)) out.select(1, w).copy_(attention.select(1, placeOf(post, w, mode)));
    return out;
}

/// The [A, S, words + 2] of one post: [CLS], its words, [SEP]. In X mode a word has what all its pieces have.
Tensor wordColumns(const Tensor& attention, const EncodedPost& post, UnitMode mode) {
    const auto words = static_cast<std::int64_t>(post.words.size());
    const bool byPiece = mode == UnitMode::Pieces;
    Tensor out = torch::zeros({attention.size(0), attention.size(1), words + 2});
    out.select(2, 0).copy_(attention.select(2, 0));
    const std::int64_t last = byPiece ? post.ownIds() - 1 : attention.size(2) - 1;
    out.select(2, words + 1).copy_(attention.select(2, last));
    for (std::int64_t w = 0; w < words; ++w) {
        if (!hasPiece(post, w)) continue;
        const std::int64_t first = byPiece ? placeOf(post, w, mode) : w + 1;
        const std::int64_t count = byPiece ? post.words[static_cast<std::size_t>(w)].pieces : 1;
        out.select(2, w + 1).copy_(attention.narrow(2, first, count).sum(2));
    }
    return out;
}

}  // namespace

void Predictor::Impl::addExplanations(std::int64_t row, const EncodedPost& post, const Explanation& explanation,
                                      const Wanted& wanted, Prediction& out) const {
    if (explanation.relevance.defined()) {
        const FloatArray relevance = arrayOf(explanation.relevance[row]);
        out.relevance.assign(relevance.values.begin(), relevance.values.end());
    }
    if (!wanted.attention) return;
    for (const Tensor& gates : explanation.levelGates) {
        const FloatArray weights = arrayOf(gates[row]);
        out.levelGates.emplace_back(weights.values.begin(), weights.values.end());
    }
    if (explanation.visualGate.defined()) {  // [n] as a map of one head and one column
        const FloatArray gate =
            arrayOf(wordRows(explanation.visualGate[row].view({1, -1, 1}).to(torch::kCPU), post, text.mode));
        out.visualGate.assign(gate.values.begin(), gate.values.end());
    }
    for (const Tensor& attention : explanation.textToImage)
        out.textToImage.push_back(arrayOf(wordRows(attention[row].to(torch::kCPU), post, text.mode)));
    for (const Tensor& attention : explanation.imageToText)
        out.imageToText.push_back(arrayOf(wordColumns(attention[row].to(torch::kCPU), post, text.mode)));
}

/// The [words, C] of one post. A word that the model does not see is O (models.md 5.3 step 8): with probability 1.
Tensor Predictor::Impl::wordMarginals(const Tensor& marginals, const EncodedPost& post) const {
    Tensor out = wordRows(marginals.unsqueeze(0), post, text.mode)[0];
    const int outside = outsideClass(classes());
    for (std::int64_t w = 0; w < out.size(0); ++w)
        if (!hasPiece(post, w)) out[w][outside].fill_(1);
    return out;
}

/// Puts posts of like length beside each other and says where their batches end. Where the picture's cells stand behind
/// the longest post of a batch, a batch holds posts of one length only: what is said of a post then depends on no
/// other.
std::vector<std::size_t> Predictor::Impl::batchEnds(std::span<const PostInput> posts,
                                                    std::vector<std::size_t>& order) const {
    const bool sameLength = parts.shape.options.value("cell_positions", "post") == "batch";
    std::vector<std::size_t> lengths;
    for (const PostInput& post : posts)
        lengths.push_back(sameLength ? encodeInput(parts, post, longest, text).ids.size() : post.words.size());
    order.resize(posts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
    std::vector<std::size_t> ends;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= order.size(); ++i) {
        const bool full = i == order.size() || i - begin == kBatch;
        if (!full && !(sameLength && lengths[order[i]] != lengths[order[begin]])) continue;
        ends.push_back(i);
        begin = i;
    }
    return ends;
}

EncodedPost Predictor::Impl::encoded(const PostInput& input) {
    EncodedPost out = encodeInput(parts, input, longest, text);
    addExtras(parts, input, out);
    return out;
}

/// Of a system that writes its answer, and so is asked about one target of one post at a time.
std::vector<std::vector<double>> Predictor::Impl::targetLogs(const std::vector<EncodedPost>& encoded,
                                                             const std::vector<PostPictures>& seen,
                                                             const TargetLogs& asked) {
    std::vector<std::vector<double>> out(encoded.size());
    for (std::size_t b = 0; b < encoded.size(); ++b) {
        if (asked.targets[b].empty()) continue;
        const std::vector<const EncodedPost*> post{&encoded[b]};
        const std::vector<PostPictures> shown = pictures ? std::vector{seen[b]} : std::vector<PostPictures>{};
        const Batch batch = parts.model->withRows(makeBatch(post, shown, parts.shape.pictures, text).to(device));
        for (const Entity& target : asked.targets[b]) {
            const auto plan = parts.model->planTarget(batch, {post, classes(), text.mode}, target);
            const double y = plan ? parts.model->logProbability(batch, *plan).item<double>() : kNeverSaid;
            out[b].push_back(std::max(y, kNeverSaid));
        }
    }
    return out;
}

void Predictor::Impl::usePrecision(const std::string& name) {
    precision = precisionByName(name.empty() ? parts.shape.options.value("precision", "fp32") : name);
    if (nn::canCompute(precision, device)) return;
    precision = nn::Precision::Float32;
    findings.add({"precision-missing", folder.filename().string(), 0, {}});
}

std::vector<Prediction> Predictor::Impl::run(const std::vector<const PostInput*>& inputs, const Wanted& wanted,
                                             TargetLogs* logs) {
    const torch::NoGradGuard noGradient;
    const nn::PrecisionScope scope(precision, device);
    std::vector<EncodedPost> encoded;
    std::vector<PostPictures> seen;
    if (parts.augmenter && parts.augmenter->rows() > kWordsKept) parts.augmenter->forget();
    for (const PostInput* input : inputs) {
        encoded.push_back(this->encoded(*input));
        if (const int unknown = encoded.back().unknownObjects; unknown > 0)
            findings.add({"object-unknown", input->imagePath, 0, std::to_string(unknown)});
        if (pictures) seen.push_back(seenOf(*input, wanted.cover));
    }
    std::vector<const EncodedPost*> posts;
    for (const EncodedPost& post : encoded) posts.push_back(&post);
    const Batch batch = parts.model->withRows(makeBatch(posts, seen, parts.shape.pictures, text).to(device));
    const Question question{
        posts, classes(), text.mode, wanted.attention, true, wanted.marginals, logs ? &logs->targets : nullptr};
    const Answers answers = parts.model->answer(batch, question);
    if (logs) logs->logs = answers.targets.empty() ? targetLogs(encoded, seen, *logs) : answers.targets;
    std::vector<Prediction> out(inputs.size());
    for (std::size_t b = 0; b < out.size(); ++b) {
        for (int tag : answers.classes[b]) out[b].tags.push_back(classes()[static_cast<std::size_t>(tag)]);
        out[b].entities = answers.entities[b];
        for (Entity& entity : out[b].entities)
            if (calibration && !wanted.rawConfidence) entity.confidence = calibration->apply(*entity.confidence);
        if (!answers.groundings.empty()) {
            out[b].groundings = answers.groundings[b];
            out[b].regions = seen[b].regionOf;
            // With score_missing_regions a place that no region of the post fills: nothing of it is shown.
            for (Grounding& grounding : out[b].groundings)
                if (grounding.region >= static_cast<int>(out[b].regions.size())) grounding.region = -1;
        }
        out[b].cutWords = encoded[b].cutWords;
        out[b].cutAuxiliary = encoded[b].cutAuxiliary;
        out[b].hasPicture = pictures && seen[b].hasPicture;
        if (pictures) out[b].cropRegions = seen[b].cropRegions;
        const auto row = static_cast<std::int64_t>(b);
        addExplanations(row, encoded[b], answers.explanation, wanted, out[b]);
        out[b].pictures = static_cast<int>(batch.more.perPost);
        if (pictures) {
            keepPictures(out[b], static_cast<int>(seen[b].more.size()) + 1);
            for (std::size_t place : picturesRead(*inputs[b], parts.shape.pictures.pictures))
                out[b].pictureOf.push_back(static_cast<int>(place));
        }
        if (answers.marginals.defined()) out[b].marginals = arrayOf(wordMarginals(answers.marginals[row], encoded[b]));
    }
    return out;
}

std::vector<Prediction> Predictor::Impl::runInParts(const std::vector<const PostInput*>& inputs, const Wanted& wanted,
                                                    TargetLogs* logs) {
    std::vector<Prediction> out;
    atOnce.each(inputs.size(), "predicting", [&](std::size_t first, std::size_t count) {
        const auto slice = [&](const auto& all) {
            const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
            return std::decay_t<decltype(all)>(begin, begin + static_cast<std::ptrdiff_t>(count));
        };
        TargetLogs asked;
        if (logs) asked.targets = slice(logs->targets);
        std::vector<Prediction> some = run(slice(inputs), wanted, logs ? &asked : nullptr);
        std::move(some.begin(), some.end(), std::back_inserter(out));
        if (logs) std::move(asked.logs.begin(), asked.logs.end(), std::back_inserter(logs->logs));
    });
    return out;
}

Predictor::Predictor(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Predictor::~Predictor() = default;

std::unique_ptr<Predictor> Predictor::load(const std::filesystem::path& runFolder, const std::string& device,
                                           Weights weights) {
    return guarded("loading the run", [&] {
        auto impl = std::make_unique<Impl>();
        impl->device = torch::Device(nn::requireDevice(device));
        impl->parts = readRunParts(runFolder);
        if (weights == Weights::Last)
            readLastWeights(runFolder, *impl->parts.model);
        else
            readModelWeights(runFolder, *impl->parts.model);
        impl->parts.model->eval();
        impl->parts.model->to(impl->device);
        impl->longest = longestSequence(impl->parts.shape);
        impl->text = textLayoutOf(impl->parts);
        if (weights == Weights::Best) impl->calibration = readCalibration(runFolder);  // which was fitted to those
        impl->folder = runFolder;
        impl->atOnce.setTold([told = impl.get()](std::size_t limit) {
            told->findings.add({"scoring-in-parts", told->folder.filename().string(), 0, std::to_string(limit)});
        });
        impl->usePrecision({});
        if (impl->parts.shape.pictures.use) {
            FeatureOptions options = featureOptionsOf(impl->parts);
            options.memoryBytes = kMemoryForFeatures;
            options.device = impl->device.str();
            options.isLongLived = true;
            impl->pictures = std::make_unique<PictureReader>(openRunResNets(runFolder, impl->parts),
                                                             impl->parts.shape.pictures, options);
            impl->parts.model->usePromptReader(impl->pictures->promptReader());
            if (weights == Weights::Best || !impl->parts.model->resnet())  // else it is of another ResNet
                impl->meanCell = readMeanCell(runFolder, impl->parts.shape.pictures.channels());
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
    return m_impl->classes();
}
std::vector<std::string> Predictor::explains() const {
    return m_impl->parts.model->explains();
}

void Predictor::usePrecision(const std::string& name) {
    m_impl->usePrecision(name);
}
std::string Predictor::precision() const {
    return nn::precisionName(m_impl->precision);
}

bool Predictor::isCalibrated() const {
    return m_impl->calibration.has_value();
}

void Predictor::useCache(const std::filesystem::path& folder) {
    if (m_impl->pictures) m_impl->pictures->setCacheFolder(folder);
}

Prediction Predictor::predict(const PostInput& post, const Wanted& wanted) {
    return guarded("predicting", [&] { return m_impl->run({&post}, wanted).front(); });
}

std::vector<Prediction> Predictor::predictMany(std::span<const PostInput> posts, const Wanted& wanted,
                                               const ProgressSink& progress, const std::stop_token& stop,
                                               TargetLogs* logs) {
    MNERVA_CHECK(!logs || logs->targets.size() == posts.size());
    if (logs) logs->logs.assign(posts.size(), {});
    std::vector<std::size_t> order;
    const std::vector<std::size_t> ends = m_impl->batchEnds(posts, order);
    std::vector<Prediction> out(posts.size());
    std::size_t i = 0;
    for (const std::size_t end : ends) {
        if (stop.stop_requested()) throw Cancelled{};
        std::vector<const PostInput*> inputs;
        for (std::size_t j = i; j < end; ++j) inputs.push_back(&posts[order[j]]);
        TargetLogs asked;
        for (std::size_t j = i; logs && j < end; ++j) asked.targets.push_back(logs->targets[order[j]]);
        auto answers = guarded("predicting", [&] {
            if (m_impl->pictures) m_impl->pictures->prepare(inputs, {}, stop);
            return m_impl->runInParts(inputs, wanted, logs ? &asked : nullptr);
        });
        for (std::size_t j = i; j < end; ++j) {
            out[order[j]] = std::move(answers[j - i]);
            if (logs && !asked.logs.empty()) logs->logs[order[j]] = std::move(asked.logs[j - i]);
        }
        i = end;
        report(progress, "predicting", static_cast<std::int64_t>(end), static_cast<std::int64_t>(order.size()));
    }
    return out;
}

Findings Predictor::takeFindings() {
    Findings out = std::exchange(m_impl->findings, Findings{});
    if (m_impl->pictures) out.append(m_impl->pictures->takeFindings());
    return out;
}

}  // namespace mnerva::models
