#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/rpbert_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

/// Models.md 4.4: Adam without decay at a constant rate; encoder and ResNet 1e-5, all the rest 1e-3.
Recipe rpbertRecipe() {
    Recipe recipe;
    recipe.epochs = 10;
    recipe.batch = 16;
    recipe.lr = 1e-5;
    recipe.crfLr = 1e-3;
    recipe.warmup = recipe.textDecay = recipe.visionDecay = recipe.crfDecay = 0;
    recipe.firstEvaluation = 1;
    recipe.optimiser = "adamw";
    recipe.schedule = "constant";
    return recipe;
}

void addRpBertOptions(std::vector<OptionSpec>& list) {
    list.push_back(choice("gate", "model", "soft",
                          {{"soft", MNERVA_TEXT("options", "by probability")},
                           {"hard", MNERVA_TEXT("options", "all or nothing")},
                           {"none", MNERVA_TEXT("options", "not at all")}},
                          MNERVA_TEXT("options", "Gate"),
                          MNERVA_TEXT("options",
                                      "How the picture is weighed by how much it adds to the text: by its probability, "
                                      "all or nothing, or not at all.")));
    addCellPositionsOption(
        list, MNERVA_TEXT("options",
                          "Where the picture's cells stand: behind the post's last sub-token, or behind the longest "
                          "post of the batch as in the public code."));
    addSubtokenOption(list, {"mean", "first"});
    list.push_back(integer("lstm_layers", "model", 2, 1, 8, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "BiLSTM: layers"),
                           MNERVA_TEXT("options", "Layers of the BiLSTM that reads the words' vectors.")));
    list.push_back(integer("lstm_hidden", "model", 256, 1, 4096, MNERVA_TEXT("options", "units"),
                           MNERVA_TEXT("options", "BiLSTM: width"),
                           MNERVA_TEXT("options", "Width of the BiLSTM in each of its two directions.")));
    list.push_back(real(
        "lstm_dropout", "model", 0, 0, 0.95, MNERVA_TEXT("options", "share"), MNERVA_TEXT("options", "BiLSTM: dropout"),
        MNERVA_TEXT("options",
                    "Share of the values before, between and behind the BiLSTM's layers that training drops.")));
    list.push_back(textOption("word_vectors", "model", "", MNERVA_TEXT("options", "Word vectors beside the encoder"),
                              MNERVA_TEXT("options",
                                          "File with vectors of words (word2vec, GloVe, fastText) that stand beside "
                                          "the encoder's; words it does not have get zeros; empty: none.")));
    list.push_back(flag(
        "clean_words", "model", true, MNERVA_TEXT("options", "Odd words as unknown"),
        MNERVA_TEXT("options", "Read white space, joiners, variation selectors and t.co links as unknown words.")));
    addRelationOptions(list);
}

SystemInfo rpbertInfo() {
    SystemInfo info;
    info.name = "rpbert";
    info.title = MNERVA_TEXT("options", "RpBERT: how much the picture adds to the text decides how much of it is read");
    info.explains = {"attention", "relevance", "marginals"};
    addTrainingOptions(info.options, rpbertRecipe());
    fitToLayers(info.options, Layers::Reader);
    addFeatureOptions(info.options);
    addGridNormOption(info.options);
    addResNetOptions(info.options, false);
    addFloodOption(info.options);
    addScoreOption(info.options, "conll-strict");
    addRpBertOptions(info.options);
    addTinyOptions(info.options);
    addTextOnlyOption(info.options);
    const nlohmann::json published{
        {"epochs", 10}, {"batch", 16}, {"lr", 1e-5}, {"crf_lr", 1e-3}, {"cell_positions", "batch"}};
    nlohmann::json sample = sampleValues();
    // Without a relation file nothing opens the gate.
    sample.update({{"epochs", 24},
                   {"lstm_hidden", 64},
                   {"freeze_resnet", true},
                   {"gate", "none"},
                   {"grid_norm", true},
                   {"grid_centre", true}});
    info.presets = {{"twitter2015", published}, {"twitter2017", published}, {"wukong", published}, {"sample", sample}};
    return info;
}

int rpbertPositions(const ModelShape& shape) {
    return shape.pictures.use ? vision::kGridCells : 0;
}

}  // namespace

System rpbertSystem() {
    System system{rpbertInfo(), gridLayout, rpbertPositions, newModel<Rpbert>};
    system.wordVectors = true;
    return system;
}

}  // namespace mnerva::models
