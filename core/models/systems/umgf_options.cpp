#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/umgf_internal.h"

namespace mnerva::models {
namespace {

/// Models.md 4.5: Adam without decay, one learning rate that falls by steps.
Recipe umgfRecipe() {
    Recipe recipe;
    recipe.epochs = 30;
    recipe.batch = 16;
    recipe.lr = recipe.crfLr = 1e-4;
    recipe.warmup = recipe.textDecay = recipe.visionDecay = recipe.crfDecay = 0;
    recipe.seed = 2019;
    recipe.firstEvaluation = 1;
    recipe.schedule = "decay";
    return recipe;
}

void addUmgfOptions(std::vector<OptionSpec>& list) {
    addSubtokenOption(list, {"x", "first"});
    list.push_back(integer(
        "units", "model", 4, 1, 32, MNERVA_TEXT("options", "parts"), MNERVA_TEXT("options", "Parts of the picture"),
        MNERVA_TEXT("options",
                    "How many parts of the picture are read; the whole picture stands for those that lack.")));
    list.push_back(integer("graph_layers", "model", 6, 1, 24, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "Graph: layers"),
                           MNERVA_TEXT("options", "Layers of the graph of words and parts of the picture.")));
    list.push_back(integer("graph_dim", "model", 512, 1, 4096, MNERVA_TEXT("options", "units"),
                           MNERVA_TEXT("options", "Graph: width"),
                           MNERVA_TEXT("options", "Width of the graph's nodes.")));
    list.push_back(integer("graph_heads", "model", 8, 1, 64, MNERVA_TEXT("options", "heads"),
                           MNERVA_TEXT("options", "Graph: heads"),
                           MNERVA_TEXT("options", "Attention heads of the graph's layers.")));
    list.push_back(real("graph_dropout", "model", 0.4, 0, 0.95, MNERVA_TEXT("options", "share"),
                        MNERVA_TEXT("options", "Graph: dropout"),
                        MNERVA_TEXT("options", "Share of values that training leaves out in the graph.")));
    list.push_back(integer("unit_width", "model", 2048, 1, 8192, MNERVA_TEXT("options", "units"),
                           MNERVA_TEXT("options", "Width of the ResNet's new layer"),
                           MNERVA_TEXT("options", "Width of the layer that stands in for the ResNet's last.")));
    // Features of a random ResNet are tens of times larger than a trained one's.
    list.push_back(
        flag("unit_norm", "model", false, MNERVA_TEXT("options", "One scale of parts"),
             MNERVA_TEXT("options", "Bring features of the picture's parts to one scale first; for random ResNets.")));
    list.push_back(
        flag("loss_sum", "model", true, MNERVA_TEXT("options", "Loss summed over posts"),
             MNERVA_TEXT("options", "Sum the loss over the posts of a batch instead of taking their mean.")));
}

SystemInfo umgfInfo() {
    SystemInfo info;
    info.name = "umgf";
    info.title = MNERVA_TEXT("options", "UMGF: a graph of words and parts of the picture, a gate for each pair");
    info.explains = {"attention", "marginals"};
    addTrainingOptions(info.options, umgfRecipe());
    addFeatureOptions(info.options);
    addBoxCropsOption(info.options);
    // Everything learns in the public code; runs made before there was the choice left the picture network alone.
    addResNetOptions(info.options, false);
    info.options[info.options.size() - 2].before = true;
    addScoreOption(info.options, "special-to-o");
    info.options.back().before = "seqeval-lenient";
    addFloodOption(info.options);
    addUmgfOptions(info.options);
    addTinyOptions(info.options);
    // The public code goes through the posts in the order of the file.
    const nlohmann::json paper{{"max_pieces", 128}, {"shuffle", false}};
    nlohmann::json sample = sampleValues();
    sample.update({{"epochs", 12},
                   {"graph_layers", 2},
                   {"graph_dim", 128},
                   {"graph_heads", 4},
                   {"graph_dropout", 0.1},
                   {"unit_width", 256},
                   {"unit_norm", true},
                   {"freeze_resnet", true},
                   {"loss_sum", false}});
    info.presets = {{"twitter2015", paper}, {"twitter2017", paper}, {"wukong", paper}, {"sample", sample}};
    return info;
}

PictureLayout umgfPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = true;
    layout.objects = options.at("units").get<int>();
    layout.objectRows = 1;
    layout.classedBoxes = true;
    layout.widths = widths;
    return layout;
}

}  // namespace

System umgfSystem() {
    return {umgfInfo(), umgfPictures, noPositions, newModel<Umgf>};
}

}  // namespace mnerva::models
