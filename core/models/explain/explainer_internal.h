#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/part_size.h"
#include "core/base/progress.h"
#include "core/domain/attribution.h"
#include "core/models/model/model_internal.h"
#include "core/models/pictures/picture_reader_internal.h"

namespace mnerva::models {

/// What explaining needs of a loaded run; borrows all of it.
struct ExplainedRun {
    NerModel& model;
    const ModelShape& shape;
    PictureReader* pictures = nullptr;  ///< null: the run reads no picture
    TextLayout text;
    torch::Device device{torch::kCPU};
    int maskId = 0;                                       ///< what stands in place of a word that is left out
    torch::Tensor meanCell;                               ///< [Ct] of the training posts; undefined: not known
    std::function<EncodedPost(const PostInput&)> encode;  ///< a post as the run reads it
};

/// One post, and what its answer rests on (explanation.md 1 and 2). Cells are those of the first picture.
class PostExplainer {
public:
    /// `prediction`: the run's answer to the post, with marginals (where the system has them) and attention.
    PostExplainer(const ExplainedRun& run, const PostInput& post, Prediction prediction);
    /// The same of a post that was read already.
    PostExplainer(const ExplainedRun& run, const PostInput& post, Prediction prediction, EncodedPost encoded,
                  PostPictures pictures);
    PostExplainer(const PostExplainer&) = delete;
    PostExplainer& operator=(const PostExplainer&) = delete;

    /// Chooses the target that the query asks for. Errors: OptionInvalid for words that are not there or that the run
    /// does not read, and for a type that it does not know.
    void aim(const AttributionQuery& query);
    const Target& target() const { return m_target; }

    /// One method. Throws Cancelled.
    Attribution attribution(const AttributionMethod& method, const AttributionQuery& query,
                            const ProgressSink& progress, const std::stop_token& stop);

    /// y of the target with each of these sets of cells covered. `replacement` as of Cover; `used` gets what stood for
    /// nothing: "mean", "own-mean", "zeros", "grey". The post must have a picture. Throws Cancelled.
    std::vector<double> covered(const std::vector<std::vector<int>>& sets, const std::string& replacement,
                                const ProgressSink& progress, const std::stop_token& stop, std::string* used = nullptr);
    /// Why nothing can be said of the picture's cells; empty where something can.
    std::string blindness() const;

private:
    /// Inputs of a forward pass with a gradient each; undefined where the system reads none.
    struct Leaves {
        Batch batch;
        torch::Tensor grid, crops, more, prompts, regions;
    };
    Question question() const { return {m_posts, m_run.shape.classes, m_run.text.mode}; }
    bool readsCells() const { return m_run.shape.pictures.use && m_run.shape.pictures.grid; }
    /// Covering acts on rows, and not on pixels.
    bool coversRows(const std::string& replacement) const;
    /// The cell that stands for nothing, [Ct] or [49, Ct].
    torch::Tensor baselineCell(const std::string& name, std::string* used);
    Batch batchOf(const std::vector<EncodedPost>& posts, const std::vector<PostPictures>& pictures);
    double ask(const Batch& batch);
    Leaves leaves() const;
    torch::Tensor gradientOf(const torch::Tensor& y, const torch::Tensor& input) const;

    void addAttention(const AttributionQuery& query, Attribution& out) const;
    void addFlow(bool withGradients, Attribution& out);
    void addGradientInput(Attribution& out);
    void addGradCam(Attribution& out);
    void addIntegrated(const AttributionQuery& query, const ProgressSink& progress, const std::stop_token& stop,
                       Attribution& out);
    void addOcclusion(const AttributionQuery& query, const ProgressSink& progress, const std::stop_token& stop,
                      Attribution& out);
    void addWordOut(const AttributionQuery& query, const ProgressSink& progress, const std::stop_token& stop,
                    Attribution& out);
    /// Calls work(first, count) for as many copies of the post at once as memory allows; it adds to what it makes last
    /// of all. Throws Cancelled.
    void inCopies(std::size_t total, const std::stop_token& stop,
                  const std::function<void(std::size_t first, std::size_t count)>& work);
    /// Values per column of textToImage, shared out to cells, further pictures and crops.
    void spread(const torch::Tensor& columns, Attribution& out) const;
    std::vector<double> coveredPixels(const std::vector<std::vector<int>>& sets, const ProgressSink& progress,
                                      const std::stop_token& stop);

    const ExplainedRun m_run;
    PostInput m_post;
    Prediction m_prediction;
    EncodedPost m_encoded;
    const std::vector<const EncodedPost*> m_posts{&m_encoded};
    PostPictures m_pictures;
    Batch m_base;  ///< of the post alone, with rows
    Target m_target;
    std::unique_ptr<TargetPlan> m_plan;
    PartSize m_atOnce;
};

/// `copies` of a batch of one post, with TextBatch::isRepeated.
Batch repeated(const Batch& one, std::int64_t copies);

/// How far each position of the text rests on each column of the picture, [T or N, S], after these steps
/// (explanation.md 2). `pooling` [T, N] makes text of pieces; undefined in X mode.
/// Rollout: A' = rowNormalise(mean over heads of A + I), multiplied out over text and picture as one.
torch::Tensor rolledOut(const std::vector<AttentionStep>& steps, const torch::Tensor& pooling, std::int64_t text,
                        std::int64_t columns);
/// Relevancy: the bi-modal rules of Chefer, Gur and Wolf. `gradients` are dy/dA of each step, undefined: 0.
torch::Tensor relevancyOf(const std::vector<AttentionStep>& steps, const std::vector<torch::Tensor>& gradients,
                          const torch::Tensor& pooling, std::int64_t text, std::int64_t columns);

}  // namespace mnerva::models
