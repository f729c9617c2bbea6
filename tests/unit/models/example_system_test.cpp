#include "core/models/model/option_lists.h"
#include "tests/unit/models/tiny.h"

// What HACKING.md shows under "A system, in one page"; the checks compare the two.
// [example]
namespace mnerva::models {

/// Words plus what the picture shows on average: E = Linear(H -> C)(Dropout(T + Linear(Ct -> H)(mean of the 49
/// cells))).
class Example : public SequenceTagger {
public:
    explicit Example(const ModelShape& shape) : SequenceTagger(shape) {
        const int width = shape.encoder.hidden;
        if (shape.pictures.use) m_picture = register_module("picture", nn::Dense(shape.pictures.channels(), width));
        m_emission = register_module("emission", nn::Dense(width, shape.tags()));
        m_crf = register_module("crf", nn::Crf(shape.tags()));
    }

    Forward forward(const Batch& batch, bool) override {
        torch::Tensor units = unitsOf(batch.text, statesOf(batch.text)).units;  // [B, n, H]
        if (m_picture) {
            const torch::Tensor seen = m_picture(batch.grid.rows.mean(1)) * batch.grid.mask.unsqueeze(1);  // [B, H]
            units = units + seen.unsqueeze(1);
        }
        Forward out;
        out.emissions = m_emission(torch::dropout(units, m_shape.encoder.hiddenDropout, is_training()));
        return out;
    }

private:
    nn::Dense m_picture{nullptr};
};

System exampleSystem() {
    SystemInfo info;
    info.name = "example";
    info.title = MNERVA_TEXT("options", "Example: words plus the mean of the picture");
    info.explains = {"marginals"};
    addTrainingOptions(info.options);
    addSubtokenOption(info.options, {"sum", "first", "x"});
    addTextOnlyOption(info.options);
    addFloodOption(info.options);
    addTinyOptions(info.options);
    addFeatureOptions(info.options);
    info.presets = {{"sample", sampleValues()}};
    return {info, gridLayout, noPositions, newModel<Example>};
}

}  // namespace mnerva::models
// [example]

using namespace mnerva::models;
using namespace mnerva::models::test;

namespace {

ModelShape exampleShape(const System& system, const std::vector<std::string>& assignments) {
    ModelShape shape = shapeFor("bert-crf");
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& text : assignments) pairs.push_back(splitAssignment(text));
    shape.options = resolveOptions(system.info, "", pairs);
    shape.pictures = system.pictures(shape.options, {2, 3, 4, 5});
    shape.classes = classesFor({"O", "B-PER", "I-PER", "B-LOC", "I-LOC"}, unitModeOf(shape.options));
    return shape;
}

}  // namespace

TEST_CASE("Example: the system of HACKING.md trains, uses the picture and does without it") {
    const System system = exampleSystem();
    for (const char* mode : {"subtoken=sum", "subtoken=x"}) {
        const ModelShape shape = exampleShape(system, {mode});
        const auto model = std::dynamic_pointer_cast<SequenceTagger>(system.make(shape));
        REQUIRE(model);
        model->eval();
        const Batch batch = batchOf(shape, twoPosts(), {picturesOf(1, 0), picturesOf(2, 0)});
        const torch::Tensor loss = model->loss(batch);
        loss.backward();
        for (const auto& item : model->named_parameters()) {
            INFO(item.key());
            CHECK_FALSE(model->groupOf(item.key()).empty());
            if (item.key().find("token_type") == std::string::npos) CHECK(item.value().grad().defined());
        }
        const Batch other = batchOf(shape, twoPosts(), {picturesOf(3, 0), picturesOf(2, 0, false)});
        const auto a = model->forward(batch, false).emissions, b = model->forward(other, false).emissions;
        CHECK(distance(a[0], b[0]) > 1e-4);
        CHECK(b.isfinite().all().item<bool>());
        const ModelShape textShape = exampleShape(system, {mode, "text_only=true"});
        CHECK_FALSE(textShape.pictures.use);
        CHECK(system.make(textShape)->loss(batchOf(textShape, twoPosts(), {})).item<double>() > 0);
    }
}
