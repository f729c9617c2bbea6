// A batch that is computed in parts has the loss and the gradients of the whole (experiments.md 4).
#include "tests/unit/models/every_system.h"

using namespace mnerva;
using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

struct Learned {
    double loss = 0;
    std::map<std::string, Tensor> gradients;
};

Learned gathered(NerModel& model, double loss) {
    Learned out{loss, {}};
    for (const auto& item : model.named_parameters())
        if (item.value().grad().defined()) out.gradients[item.key()] = item.value().grad().clone();
    return out;
}

/// Three posts with gold entities, which differ in length, pictures and regions.
std::vector<EncodedPost> threePosts() {
    std::vector<EncodedPost> posts = twoPosts();
    posts.push_back(postOf({2, 1}, 3));
    posts[0].entities = {{0, 0, "PER", {{0, 0, 10, 10}}, {}}, {2, 2, "LOC", {}, {}}};
    posts[1].entities = {{1, 2, "LOC", {{0, 0, 20, 20}}, {}}};
    return posts;
}

std::vector<PostPictures> pictureOfEach(const ModelShape& shape) {
    const int rows = static_cast<int>(shape.pictures.objectRows);
    std::vector<PostPictures> out{picturesOf(1, 2, true, rows), picturesOf(2, 0, false, rows),
                                  picturesOf(3, 1, true, rows)};
    if (shape.pictures.regionSource != RegionSource::Boxes) return out;
    torch::manual_seed(9);
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i].frame = {0, 0, 40, 40};
        for (std::size_t r = 0; r <= i; ++r) {
            out[i].regions.push_back(torch::randn({1, 14}));
            out[i].regionBoxes.push_back({0, 0, 10.0 + 10.0 * static_cast<double>(r), 10.0});
            out[i].regionOf.push_back(static_cast<int>(r));
        }
    }
    return out;
}

/// What depends on the posts that share a batch, by design: where its cells stand, or how much padding is read.
bool dependsOnNeighbours(const Asked& asked) {
    const auto has = [&](const char* option) {
        return std::find(asked.options.begin(), asked.options.end(), option) != asked.options.end();
    };
    return asked.variant == "reference-code" || has("cell_positions=batch");
}

}  // namespace

TEST_CASE("LossParts.ThePartsOfABatchAddUpToItsLossAndGradientsInEverySystem") {
    int compared = 0;
    for (const Asked& asked : everySystem()) {
        if (dependsOnNeighbours(asked)) continue;
        CAPTURE(asked.system, asked.variant, asked.options);
        const ModelShape shape = shapeFor(asked.system, asked.options, 0, asked.variant);
        const std::vector<EncodedPost> posts = threePosts();
        const std::vector<PostPictures> pictures = pictureOfEach(shape);
        const auto batchFrom = [&](std::size_t first, std::size_t count) {
            return batchOf(shape,
                           {posts.begin() + static_cast<std::ptrdiff_t>(first),
                            posts.begin() + static_cast<std::ptrdiff_t>(first + count)},
                           {pictures.begin() + static_cast<std::ptrdiff_t>(first),
                            pictures.begin() + static_cast<std::ptrdiff_t>(first + count)});
        };
        const auto learnedFrom = [&](const std::vector<std::size_t>& sizes) {
            const auto model = modelOf<NerModel>(shape);
            std::vector<Batch> batches;
            std::vector<double> totals;
            std::size_t at = 0;
            for (const std::size_t size : sizes) {
                batches.push_back(batchFrom(at, size));
                at += size;
                const std::vector<double> counts = model->lossCounts(batches.back());
                totals.resize(counts.size());
                for (std::size_t k = 0; k < counts.size(); ++k) totals[k] += counts[k];
            }
            double loss = 0;
            for (const Batch& batch : batches) {
                const std::vector<Tensor> parts = model->lossParts(model->withRows(batch));
                const std::vector<double> counts = model->lossCounts(batch);
                REQUIRE(parts.size() == counts.size());
                Tensor sum = torch::zeros({});
                for (std::size_t k = 0; k < parts.size(); ++k)
                    sum = sum + (totals[k] > 0 ? counts[k] / totals[k] : 1) * parts[k];
                loss += sum.item<double>();
                sum.backward();
            }
            return gathered(*model, loss);
        };
        const auto model = modelOf<NerModel>(shape);
        const Tensor loss = model->loss(model->withRows(batchFrom(0, 3)));
        loss.backward();
        const Learned whole = gathered(*model, loss.item<double>());
        const Learned parts = learnedFrom({2, 1});
        REQUIRE_NOTHROW(requireClose("loss", parts.loss, whole.loss, 1e-5));
        REQUIRE(parts.gradients.size() == whole.gradients.size());
        for (const auto& [name, gradient] : whole.gradients) {
            CAPTURE(name);
            REQUIRE(distance(parts.gradients.at(name), gradient) <= 1e-5 * (1 + gradient.abs().max().item<double>()));
        }
        ++compared;
    }
    CHECK(compared > 20);
}
