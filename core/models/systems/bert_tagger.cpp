#include "core/models/systems/bert_tagger_internal.h"

#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"

namespace mnerva::models {

using torch::Tensor;

BertTagger::BertTagger(const ModelShape& shape, bool withCrf)
    : SequenceTagger(shape),
      m_dropout(shape.encoder.hiddenDropout),
      m_wordDropout(shape.options.at("word_dropout").get<double>()) {
    m_emission = register_module("emission", nn::Dense(shape.encoder.hidden, shape.tags()));
    if (shape.options.at("layer_init") == "bert") nn::initBert(*m_emission);
    if (withCrf) m_crf = register_module("crf", nn::Crf(shape.tags()));
}

nn::TagDecoder& BertTagger::decoder() {
    if (m_crf) return *m_crf;
    return m_softmax;
}

Forward BertTagger::forward(const Batch& batch, bool) {
    Forward out;
    const Units text = unitsOf(batch.text, statesOf(batch.text));
    const Tensor units = wordsDropped(text.units, m_wordDropout, is_training());
    out.emissions = m_emission(torch::dropout(units, m_dropout, is_training()));
    return out;
}

Tensor BertTagger::loss(const Batch& batch) {
    const Tensor nll = nllOf(forward(batch, false).emissions, batch.text);
    return m_crf ? nll.mean() : nll.sum() / batch.text.unitMask.sum().clamp_min(1);
}

std::vector<double> BertTagger::lossCounts(const Batch& batch) {
    if (m_crf) return SequenceTagger::lossCounts(batch);
    return {batch.text.unitMask.sum().item<double>()};
}

namespace {

/// "use_prompt=False, similar=False, fusion=False" of the MPCFN logs (models.md 4.2): the honest text-only baseline.
/// Its code has one learning rate for everything then; 5e-2 for emission and CRF, as with pictures, is ours.
nlohmann::json mpcfnRecipe(int epochs, double lr, double crfLr, double flood) {
    return {{"epochs", epochs},
            {"batch", 8},
            {"lr", lr},
            {"crf_lr", crfLr},
            {"warmup", 0.01},
            {"flood_b", flood},
            {"optimiser", "adamw"},
            {"schedule", "linear"},
            {"decay_norms", true},
            {"layer_init", "pytorch"},
            {"first_eval_epoch", 3},
            {"seed", 1234},
            {"max_pieces", 147}};
}

void addTaggerOptions(std::vector<OptionSpec>& list) {
    addSubtokenOption(list, {"x", "first", "mean", "sum"});
    list.push_back(choice(
        "layer_init", "model", "bert",
        {{"bert", MNERVA_TEXT("options", "small, normal")}, {"pytorch", MNERVA_TEXT("options", "uniform by fan-in")}},
        MNERVA_TEXT("options", "Start of other layers"),
        MNERVA_TEXT("options", "Start values of the other new layers: uniform by fan-in, or small normal numbers.")));
    addFloodOption(list);
    addWordDropout(list);
    addTinyOptions(list);
}

SystemInfo infoOf(const std::string& name, const std::string& title, Layers layers) {
    SystemInfo info;
    info.name = name;
    info.title = title;
    info.explains = {"marginals"};
    addTrainingOptions(info.options, umtRecipe());
    fitToLayers(info.options, layers);
    addTaggerOptions(info.options);
    info.presets = {{"twitter2015", {{"epochs", 24}}},
                    {"twitter2017", {{"epochs", 22}}},
                    {"wukong", {{"epochs", 22}}},
                    {"sample", sampleValues()}};
    return info;
}

}  // namespace

System bertSystem() {
    return {infoOf("bert", MNERVA_TEXT("options", "BERT: the text alone, each tag for itself"), Layers::Emission),
            noPictures, noPositions, [](const ModelShape& shape) -> std::shared_ptr<NerModel> {
                return std::make_shared<BertTagger>(shape, false);
            }};
}

System bertCrfSystem() {
    SystemInfo info =
        infoOf("bert-crf", MNERVA_TEXT("options", "BERT-CRF: the text alone, tags that fit each other"), Layers::Crf);
    info.presets.push_back({"mpcfn-twitter2015", mpcfnRecipe(50, 3e-5, 3e-5, 0.3)});
    info.presets.push_back({"mpcfn-twitter2017", mpcfnRecipe(50, 3e-5, 3e-5, 0.5)});
    info.presets.push_back({"mpcfn-wukong", mpcfnRecipe(10, 1e-5, 1e-5, 0.6)});
    info.presets.push_back({"fast-crf-twitter2015", mpcfnRecipe(50, 3e-5, 5e-2, 0.3)});
    info.presets.push_back({"fast-crf-twitter2017", mpcfnRecipe(50, 3e-5, 5e-2, 0.5)});
    info.presets.push_back({"fast-crf-wukong", mpcfnRecipe(10, 1e-5, 5e-2, 0.6)});
    info.presets.push_back({"xlm-r", xlmRobertaValues()});
    return {info, noPictures, noPositions, [](const ModelShape& shape) -> std::shared_ptr<NerModel> {
                return std::make_shared<BertTagger>(shape, true);
            }};
}

}  // namespace mnerva::models
