#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/gmner_internal.h"

namespace mnerva::models {
namespace {

Recipe gmnerRecipe() {
    Recipe recipe;
    recipe.epochs = 30;
    recipe.batch = 32;
    recipe.lr = recipe.crfLr = 3e-5;
    recipe.warmup = 0;
    recipe.visionDecay = 1e-2;
    recipe.firstEvaluation = 1;
    recipe.schedule = "constant";
    return recipe;
}

void addGmnerOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        choice("backbone", "model", "generic",
               {{"generic", MNERVA_TEXT("options", "BERT, new decoder")}, {"bart", MNERVA_TEXT("options", "BART")}},
               MNERVA_TEXT("options", "Backbone"),
               MNERVA_TEXT("options", "What reads and writes: any BERT with a new decoder, or a BART.")));
    list.push_back(integer("decoder_layers", "model", 2, 1, 24, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "Decoder layers"),
                           MNERVA_TEXT("options", "Layers of the new decoder that a BERT gets; a BART has its own.")));
    list.push_back(
        flag("grounded", "model", false, MNERVA_TEXT("options", "Ground in regions"),
             MNERVA_TEXT("options",
                         "Also say which region of the picture shows each entity; learned from boxes of entities.")));
    list.push_back(integer("regions", "model", 16, 1, 256, MNERVA_TEXT("options", "regions"),
                           MNERVA_TEXT("options", "Regions"),
                           MNERVA_TEXT("options", "How many regions of a picture are read at most.")));
    list.push_back(flag(
        "normalize", "model", true, MNERVA_TEXT("options", "One length of regions"),
        MNERVA_TEXT("options",
                    "Divide the features of a post's regions by their common length, so that no ResNet is too loud.")));
    // Rows of a random ResNet are alike but for small differences, which a common length leaves small.
    list.push_back(
        flag("region_norm", "model", false, MNERVA_TEXT("options", "One scale of regions"),
             MNERVA_TEXT("options", "Bring the features of each region to one scale first; for random ResNets.")));
    list.push_back(
        choice("region_loss", "model", "kl",
               {{"kl", MNERVA_TEXT("options", "divergence")}, {"bce", MNERVA_TEXT("options", "each on its own")}},
               MNERVA_TEXT("options", "Loss of the regions"),
               MNERVA_TEXT("options",
                           "Loss of the regions: divergence from the shares of overlap, or each region on its own.")));
    list.push_back(real("region_weight", "model", 1, 0, 100, "", MNERVA_TEXT("options", "Weight of the regions' loss"),
                        MNERVA_TEXT("options", "Weight of the regions' loss beside that of the words and types.")));
    list.push_back(
        real("pointer_dropout", "model", 0.3, 0, 0.9, MNERVA_TEXT("options", "share"),
             MNERVA_TEXT("options", "Dropout of pointers"),
             MNERVA_TEXT("options", "Dropout where the decoder compares its state with words, types and regions.")));
    list.push_back(flag("score_missing_regions", "model", false, MNERVA_TEXT("options", "Score missing regions"),
                        MNERVA_TEXT("options",
                                    "Also score the places of regions that a post lacks, as the public code does; one "
                                    "of them is never right.")));
    list.push_back(flag(
        "compat_mask", "model", false, MNERVA_TEXT("options", "Mask of the public code"),
        MNERVA_TEXT("options", "Hide the regions from the encoder's attention, as the public code does by mistake.")));
}

SystemInfo gmnerInfo() {
    SystemInfo info;
    info.name = "gmner";
    info.title =
        MNERVA_TEXT("options", "H-Index: writes entities as a sequence and points at the regions that show them");
    info.explains = {"regions"};
    addTrainingOptions(info.options, gmnerRecipe());
    fitToLayers(info.options, Layers::Decoder);
    std::erase_if(info.options, [](const OptionSpec& option) {  // tags no units
        return option.name == "two_views" || option.name == "dynamics";
    });
    addFeatureOptions(info.options);
    addBoxCropsOption(info.options);
    addGmnerOptions(info.options);
    addTinyOptions(info.options);
    addTextOnlyOption(info.options);
    nlohmann::json sample = sampleValues();
    sample.update(
        {{"epochs", 16}, {"lr", 5e-4}, {"pointer_dropout", 0.1}, {"region_norm", true}, {"normalize", false}});
    info.presets = {{"twitter2015", {{"epochs", 30}}},
                    {"twitter2017", {{"epochs", 30}}},
                    {"wukong", {{"epochs", 30}}},
                    {"twitter-gmner", {{"epochs", 30}, {"grounded", true}, {"backbone", "bart"}}},
                    {"sample", sample}};
    return info;
}

PictureLayout gmnerPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = !options.at("text_only").get<bool>();
    layout.grid = false;
    layout.objectRows = 0;
    layout.widths = widths;
    if (!layout.use) return layout;
    layout.regionSource = options.at("grounded").get<bool>() ? RegionSource::Boxes : RegionSource::Crops;
    layout.regions = options.at("regions").get<int>();
    return layout;
}

}  // namespace

System gmnerSystem() {
    return {gmnerInfo(), gmnerPictures, noPositions, newModel<Gmner>};
}

}  // namespace mnerva::models
