#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/mgcmt_internal.h"

namespace mnerva::models {
namespace {

/// Models.md 4.8: BertAdam, and smaller steps than UMT's.
Recipe mgcmtRecipe() {
    Recipe recipe = umtRecipe();
    recipe.epochs = 75;
    recipe.batch = 24;
    recipe.lr = recipe.crfLr = 3e-5;
    return recipe;
}

void addMgcmtOptions(std::vector<OptionSpec>& list) {
    addCrossModalOptions(list);
    addSubtokenOption(list, {"x", "first"});
    list.push_back(integer("object_labels", "model", 5, 1, 64, MNERVA_TEXT("options", "labels"),
                           MNERVA_TEXT("options", "Labels of objects"),
                           MNERVA_TEXT("options", "How many labels of objects in the picture are read, best first.")));
    list.push_back(textOption("word_vectors", "model", "", MNERVA_TEXT("options", "Vectors to find like words"),
                              MNERVA_TEXT("options",
                                          "File of word vectors, word2vec text or binary, from which like words are "
                                          "found; empty takes the encoder's own.")));
    list.push_back(
        real("fusion_dropout", "model", 0.5, 0, 0.95, MNERVA_TEXT("options", "share"),
             MNERVA_TEXT("options", "Dropout where joined"),
             MNERVA_TEXT("options", "Share of values that training leaves out where what was read is joined.")));
    list.push_back(choice("fusion", "ablation", "gates",
                          {{"gates", MNERVA_TEXT("options", "gates")},
                           {"concat", MNERVA_TEXT("options", "side by side")},
                           {"attention", MNERVA_TEXT("options", "attention, our own")},
                           {"attention-code", MNERVA_TEXT("options", "attention of the public code")}},
                          MNERVA_TEXT("options", "Way of joining"),
                          MNERVA_TEXT("options",
                                      "How what words read and what is read of them are joined: by gates, side by "
                                      "side, by an attention of our own, or by that of the public code.")));
    list.push_back(flag("augment", "ablation", true, MNERVA_TEXT("options", "Like words"),
                        MNERVA_TEXT("options", "Add to each word the vectors of the words most like it.")));
    list.push_back(flag("use_global", "ablation", true, MNERVA_TEXT("options", "Whole picture"),
                        MNERVA_TEXT("options", "Use the post's whole picture.")));
    list.push_back(flag("use_labels", "ablation", true, MNERVA_TEXT("options", "Labels"),
                        MNERVA_TEXT("options", "Use the labels of the objects in the picture.")));
    list.push_back(flag("use_aux", "ablation", true, MNERVA_TEXT("options", "Second task"),
                        MNERVA_TEXT("options", "Learn the second task, that of finding where names begin.")));
}

SystemInfo mgcmtInfo() {
    SystemInfo info;
    info.name = "mgcmt";
    info.title = MNERVA_TEXT("options", "MGCMT: UMT with words like the post's own and the labels of objects");
    info.explains = {"attention", "marginals"};
    addTrainingOptions(info.options, mgcmtRecipe());
    addFeatureOptions(info.options);
    addGridNormOption(info.options);
    addFloodOption(info.options);
    addMgcmtOptions(info.options);
    addTinyOptions(info.options);
    const nlohmann::json paper{{"epochs", 75}, {"max_pieces", 64}};
    nlohmann::json sample = sampleValues();
    sample.update({{"epochs", 16}, {"grid_norm", true}, {"grid_centre", true}});
    info.presets = {{"twitter2015", paper}, {"twitter2017", paper}, {"wukong", paper}, {"sample", sample}};
    return info;
}

PictureLayout mgcmtPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = layout.grid = options.at("use_global").get<bool>();
    layout.labels = options.at("use_labels").get<bool>() ? options.at("object_labels").get<int>() : 0;
    layout.widths = widths;
    return layout;
}

}  // namespace

System mgcmtSystem() {
    return {mgcmtInfo(), mgcmtPictures, noPositions, newModel<Mgcmt>};
}

}  // namespace mnerva::models
