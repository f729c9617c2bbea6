#include "core/models/option_lists.h"
#include "core/models/systems/mpcfn_internal.h"
#include "core/models/systems/systems_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

/// Models.md 5.3.
void addMpcfnModelOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer("fusion_layers", "model", 0, 0, 48, "layers",
                           "Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder's layers."));
    list.push_back(integer("gate_layers", "model", 0, 0, 48, "layers",
                           "Encoder layers of the correlation gate's joint pass; 0 takes all, fewer is faster."));
    list.push_back(choice("gate_encoder", "model", "shared", {"shared", "separate"},
                          "Whether the correlation gate reads with the text encoder or with a copy of its own."));
    addSubtokenOption(list, {"sum", "mean", "first", "x"});
    list.push_back(integer("objects", "model", 3, 0, 32, "crops", "How many object crops of a post are used."));
    list.push_back({"object_tokens",
                    "model",
                    "choice",
                    "4",
                    0,
                    0,
                    {"1", "4", "9", "16"},
                    "rows",
                    "How many rows one object crop contributes."});
    list.push_back(
        choice("cmt_init", "model", "encoder", {"encoder", "random"},
               "Whether the fusion layers start from the encoder's last blocks or from small random numbers."));
    list.push_back(choice("layer_init", "model", "pytorch", {"pytorch", "bert"},
                          "Start values of the other new layers: uniform by fan-in, or small normal numbers."));
}

/// Models.md 5.5.
void addMpcfnAblations(std::vector<OptionSpec>& list) {
    list.push_back(flag("text_only", "ablation", false, "Leave the pictures out and tag by the text alone."));
    list.push_back(flag("cp", "ablation", true, "Correlation gate: weigh each picture by how well it fits the text."));
    list.push_back(flag("cf", "ablation", true, "Cross fusion: words and picture cells attend to each other."));
    list.push_back(flag("use_global", "ablation", true, "Use the post's whole picture."));
    list.push_back(flag("use_objects", "ablation", true, "Use the object crops."));
}

SystemInfo mpcfnInfo() {
    SystemInfo system;
    system.name = "mpcfn";
    system.title = "MPCFN: multilevel pictures with correlation gate and cross fusion";
    system.variants = {"paper"};
    system.explains = {"attention", "relevance", "level-gates", "marginals"};
    addTrainingOptions(system.options);
    addFeatureOptions(system.options);
    addFloodOption(system.options);
    addMpcfnModelOptions(system.options);
    addTinyOptions(system.options);
    addMpcfnAblations(system.options);
    // models.md 5.1 and 6.3; "sample" by the trial of 9.5.
    system.presets = {
        {"twitter2015",
         {{"epochs", 50}, {"batch", 8}, {"lr", 3e-5}, {"crf_lr", 5e-2}, {"warmup", 0.01}, {"flood_b", 0.3}}},
        {"twitter2017",
         {{"epochs", 50}, {"batch", 8}, {"lr", 3e-5}, {"crf_lr", 5e-2}, {"warmup", 0.01}, {"flood_b", 0.5}}},
        {"wukong", {{"epochs", 10}, {"batch", 8}, {"lr", 1e-5}, {"crf_lr", 5e-2}, {"warmup", 0.01}, {"flood_b", 0.6}}},
        {"sample",
         {{"epochs", 8},
          {"batch", 8},
          {"lr", 3e-4},
          {"crf_lr", 1e-3},
          {"warmup", 0.05},
          {"flood_b", 0},
          {"first_eval_epoch", 1},
          {"fusion_layers", 2}}},
    };
    return system;
}

PictureLayout mpcfnPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = !options.at("text_only").get<bool>();
    layout.objects = layout.use && options.at("use_objects").get<bool>() ? options.at("objects").get<int>() : 0;
    layout.objectRows = std::stoi(options.at("object_tokens").get<std::string>());
    layout.widths = widths;
    return layout;
}

/// The correlation gate reads words and picture cells as one sequence.
int mpcfnPositions(const ModelShape& shape) {
    const bool joint = shape.pictures.use && shape.options.at("cp").get<bool>();
    return joint ? std::max(vision::kGridCells, shape.pictures.objectRows) : 0;
}

std::shared_ptr<NerModel> makeMpcfn(const ModelShape& shape) {
    return std::make_shared<Mpcfn>(shape);
}

}  // namespace

System mpcfnSystem() {
    return {mpcfnInfo(), mpcfnPictures, mpcfnPositions, makeMpcfn};
}

}  // namespace mnerva::models
