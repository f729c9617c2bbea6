#include <algorithm>

#include "core/base/check.h"
#include "core/models/model/option_lists.h"
#include "core/models/model/system_internal.h"
#include "core/models/systems/mpcfn_internal.h"
#include "core/models/systems/mpcfn_reference_internal.h"
#include "core/vision/geometry.h"

namespace mnerva::models {
namespace {

/// Models.md 5.3.
void addMpcfnModelOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer(
        "fusion_layers", "model", 0, 0, 48, MNERVA_TEXT("options", "layers"), MNERVA_TEXT("options", "Fusion layers"),
        MNERVA_TEXT("options",
                    "Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder's layers.")));
    list.back().zero = MNERVA_TEXT("options", "3, or as many as the encoder has");
    list.push_back(integer(
        "gate_layers", "model", 0, 0, 48, MNERVA_TEXT("options", "layers"), MNERVA_TEXT("options", "Gate layers"),
        MNERVA_TEXT("options", "Encoder layers of the correlation gate's joint pass; 0 takes all, fewer is faster.")));
    list.back().zero = MNERVA_TEXT("options", "all");
    list.push_back(choice(
        "gate_encoder", "model", "shared",
        {{"shared", MNERVA_TEXT("options", "the text encoder")},
         {"separate", MNERVA_TEXT("options", "a copy of its own")}},
        MNERVA_TEXT("options", "Encoder of the gate"),
        MNERVA_TEXT("options", "Whether the correlation gate reads with the text encoder or with a copy of its own.")));
    addCellPositionsOption(
        list, MNERVA_TEXT("options",
                          "Where the picture's cells stand for the correlation gate: behind the post's last sub-token, "
                          "or behind the longest post of the batch as in runs of version 0.1."));
    list.back().before = "batch";
    addSubtokenOption(list, {"sum", "mean", "first", "x"});
    list.push_back(integer("objects", "model", 3, 0, 32, MNERVA_TEXT("options", "crops"),
                           MNERVA_TEXT("options", "Object crops"),
                           MNERVA_TEXT("options", "How many object crops of a picture are used.")));
    list.push_back(integer(
        "pictures", "model", 4, 1, 32, MNERVA_TEXT("options", "pictures"), MNERVA_TEXT("options", "Pictures of a post"),
        MNERVA_TEXT("options",
                    "How many pictures of a post, or frames of a clip, are used; of more, some evenly spread.")));
    list.back().before = 1;
    list.push_back(choice("object_tokens", "model", "4", {{"1", {}}, {"4", {}}, {"9", {}}, {"16", {}}},
                          MNERVA_TEXT("options", "Rows per crop"),
                          MNERVA_TEXT("options", "How many rows one object crop contributes.")));
    list.back().unit = MNERVA_TEXT("options", "rows");
    list.push_back(choice(
        "cmt_init", "model", "encoder",
        {{"encoder", MNERVA_TEXT("options", "encoder's blocks")}, {"random", MNERVA_TEXT("options", "random")}},
        MNERVA_TEXT("options", "Start of the fusion layers"),
        MNERVA_TEXT("options",
                    "Whether the fusion layers start from the encoder's last blocks or from small random numbers.")));
    list.push_back(choice(
        "layer_init", "model", "pytorch",
        {{"pytorch", MNERVA_TEXT("options", "uniform by fan-in")}, {"bert", MNERVA_TEXT("options", "small, normal")}},
        MNERVA_TEXT("options", "Start of other layers"),
        MNERVA_TEXT("options", "Start values of the other new layers: uniform by fan-in, or small normal numbers.")));
}

/// Models.md 5.5; what gate and fusion do is the variant's.
void addAblations(std::vector<OptionSpec>& list, const char* gateSentence, const char* fusionSentence) {
    addTextOnlyOption(list);
    list.push_back(flag("cp", "ablation", true, MNERVA_TEXT("options", "Correlation gate"), gateSentence));
    list.push_back(flag("cf", "ablation", true, MNERVA_TEXT("options", "Cross fusion"), fusionSentence));
    list.push_back(flag("use_global", "ablation", true, MNERVA_TEXT("options", "Whole picture"),
                        MNERVA_TEXT("options", "Use the post's whole picture.")));
    list.push_back(flag("use_objects", "ablation", true, MNERVA_TEXT("options", "Crops"),
                        MNERVA_TEXT("options", "Use the object crops.")));
}

/// models.md 5.1 and 6.3; "sample" by the trial of 9.5 and `more`, what the variant wants besides.
std::vector<Preset> mpcfnPresets(const nlohmann::json& more) {
    const auto recipe = [](int epochs, double lr, double flood) {
        return nlohmann::json{{"epochs", epochs}, {"batch", 8},     {"lr", lr},
                              {"crf_lr", 5e-2},   {"warmup", 0.01}, {"flood_b", flood}};
    };
    nlohmann::json sample{{"epochs", 12},   {"batch", 8},   {"lr", 6e-4},           {"crf_lr", 1e-2},
                          {"warmup", 0.05}, {"flood_b", 0}, {"first_eval_epoch", 1}};
    sample.update(more);
    return {{"twitter2015", recipe(50, 3e-5, 0.3)},
            {"twitter2017", recipe(50, 3e-5, 0.5)},
            {"wukong", recipe(10, 1e-5, 0.6)},
            {"sample", sample}};
}

/// What both variants have.
SystemInfo variantInfo(const char* variant, const char* title) {
    SystemInfo system;
    system.name = "mpcfn";
    system.title = title;
    system.variants = {variant};
    system.explains = {"attention", "relevance", "level-gates", "marginals"};
    addTrainingOptions(system.options);
    addFeatureOptions(system.options);
    addBoxCropsOption(system.options);
    addFloodOption(system.options);
    return system;
}

SystemInfo mpcfnInfo() {
    SystemInfo system = variantInfo(
        "paper", MNERVA_TEXT("options", "MPCFN: multilevel pictures with correlation gate and cross fusion"));
    addWordDropout(system.options);
    addMpcfnModelOptions(system.options);
    addTinyOptions(system.options);
    addAblations(system.options,
                 MNERVA_TEXT("options", "Correlation gate: weigh each picture by how well it fits the text."),
                 MNERVA_TEXT("options", "Cross fusion: words and picture cells attend to each other."));
    system.presets = mpcfnPresets({{"fusion_layers", 2}});
    system.presets.push_back({"xlm-r", xlmRobertaValues()});
    return system;
}

/// What both variants read of pictures.
PictureLayout variantPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout;
    layout.use = !options.at("text_only").get<bool>();
    layout.objects = layout.use && options.at("use_objects").get<bool>() ? options.at("objects").get<int>() : 0;
    layout.widths = widths;
    return layout;
}

PictureLayout mpcfnPictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout = variantPictures(options, widths);
    layout.pictures = options.at("pictures").get<int>();
    layout.objectRows = std::stoi(options.at("object_tokens").get<std::string>());
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

constexpr int kReferencePieces = 147;  // N of the paper: three times the cells, so that each cell stands for three

/// Models.md 5.4.
void addReferenceOptions(std::vector<OptionSpec>& list) {
    const auto longest =
        std::find_if(list.begin(), list.end(), [](const OptionSpec& o) { return o.name == "max_pieces"; });
    MNERVA_CHECK(longest != list.end());
    longest->fallback = kReferencePieces;
    longest->sentence = MNERVA_TEXT("options",
                                    "Length to which every post is padded or cut, in sub-tokens, because padding "
                                    "counts here; 0 takes what the encoder's positions allow.");
    for (OptionSpec& option : list) {  // as the public code does it
        if (option.name == "batching") option.fallback = "plain", option.before = "length";
        if (option.name == "feature_dtype") option.fallback = "f32";
    }
    addSubtokenOption(list, {"x"});
    addPromptOptions(list);
    list.push_back(textOption("prompt_resnet", "model", "", MNERVA_TEXT("options", "ResNet of the prompts"),
                              MNERVA_TEXT("options",
                                          "ResNet that turns pictures into prompts: a file, or random18 to random152; "
                                          "empty takes that of the picture's cells.")));
    addAblations(list,
                 MNERVA_TEXT("options",
                             "Correlation gate: say how well the picture fits the text. Nothing trains it, and it "
                             "changes no tag unless the gated picture stands before the words."),
                 MNERVA_TEXT("options", "Cross fusion: picture cells that read the words join the words."));
    list.push_back(
        flag("use_16_prefix", "ablation", false, MNERVA_TEXT("options", "Gated picture before the words"),
             MNERVA_TEXT("options",
                         "Words read the gated post picture besides the crops, which the public code prepares but "
                         "leaves out; slow, since gated pictures go through the ResNet in every step.")));
}

SystemInfo mpcfnReferenceInfo() {
    SystemInfo system = variantInfo("reference-code", "MPCFN as its public code computes it");
    addReferenceOptions(system.options);
    addTinyOptions(system.options);
    system.presets = mpcfnPresets({{"prompt_norm", true}, {"max_pieces", 49}});
    return system;
}

PictureLayout referencePictures(const nlohmann::json& options, const std::array<int, 4>& widths) {
    PictureLayout layout = variantPictures(options, widths);
    const bool global = options.at("use_16_prefix").get<bool>();
    layout.objectRows = 0;
    layout.prompts = layout.use && (layout.objects > 0 || global);
    layout.photo = layout.use && global && options.at("cp").get<bool>();
    layout.promptWidths = widths;
    return layout;
}

int referencePositions(const ModelShape& shape) {
    return shape.pictures.use && shape.options.at("cp").get<bool>() ? vision::kGridCells : 0;
}

std::shared_ptr<NerModel> makeReference(const ModelShape& shape) {
    return std::make_shared<MpcfnReference>(shape);
}

}  // namespace

System mpcfnSystem() {
    return {mpcfnInfo(), mpcfnPictures, mpcfnPositions, makeMpcfn};
}

System mpcfnReferenceSystem() {
    return {mpcfnReferenceInfo(), referencePictures, referencePositions, makeReference, true};
}

}  // namespace mnerva::models
