#include "core/models/option_lists.h"
#include "tests/unit/models/tiny.h"

// What HACKING.md shows under "A system, in one page"; the checks compare the two.
// [example]
namespace mnerva::models {

/// Words plus what the picture shows on average: E = Linear(H -> C)(Dropout(T + Linear(Ct -> H)(mean of the 49
/// cells))).
class Example : public NerModel {
public:
    explicit Example(const ModelShape& shape) : m_dropout(shape.encoder.hiddenDropout) {
        const int width = shape.encoder.hidden;
        m_bert = register_module("bert", nn::Bert(shape.encoder));
        if (shape.pictures.use) m_picture = register_module("picture", nn::Dense(shape.pictures.channels(), width));
        m_emission = register_module("emission", nn::Dense(width, shape.tags()));
        m_crf = register_module("crf", nn::Crf(shape.tags()));
    }

    Forward forward(const Batch& batch, bool) override {
        torch::Tensor units =
            unitsOf(batch, m_bert->forward(batch.ids, torch::Tensor(), batch.mask)).units;  // [B, n, H]
        if (m_picture) {
            const torch::Tensor seen = m_picture(batch.grid.mean(1)) * batch.gridMask.unsqueeze(1);  // [B, H], 0: none
            units = units + seen.unsqueeze(1);
        }
        Forward out;
        out.emissions = m_emission(torch::dropout(units, m_dropout, is_training()));
        return out;
    }

    std::string groupOf(const std::string& parameter) const override {
        if (parameter.rfind("bert.", 0) == 0) return "text";
        return parameter.rfind("picture.", 0) == 0 ? "vision" : "crf";
    }
    std::vector<std::string> explains() const override { return {"marginals"}; }
    nn::TagDecoder& decoder() override { return *m_crf; }
    nn::Bert bert() override { return m_bert; }

private:
    double m_dropout;
    nn::Bert m_bert{nullptr};
    nn::Dense m_picture{nullptr}, m_emission{nullptr};
    nn::Crf m_crf{nullptr};
};

System exampleSystem() {
    SystemInfo info;
    info.name = "example";
    info.title = "Example: words plus the mean of the picture";
    info.explains = {"marginals"};
    addTrainingOptions(info.options);
    addSubtokenOption(info.options, {"sum", "first", "x"});
    info.options.push_back(flag("text_only", "ablation", false, "Leave the pictures out and tag by the text alone."));
    addFloodOption(info.options);
    addTinyOptions(info.options);
    addFeatureOptions(info.options);
    info.presets = {{"sample", sampleValues()}};
    const auto pictures = [](const nlohmann::json& options, const std::array<int, 4>& widths) {
        PictureLayout layout;
        layout.use = !options.at("text_only").get<bool>();
        layout.widths = widths;
        return layout;
    };
    return {info, pictures, noPositions,
            [](const ModelShape& shape) -> std::shared_ptr<NerModel> { return std::make_shared<Example>(shape); }};
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
        const auto model = system.make(shape);
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
