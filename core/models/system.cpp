#include "core/models/system.h"

#include "core/models/options.h"

namespace mnerva::models {
namespace {

using nlohmann::json;

OptionSpec integer(std::string name, std::string group, int fallback, double low, double high, std::string unit,
                   std::string sentence) {
    return {std::move(name), std::move(group), "int", fallback, low, high, {}, std::move(unit), std::move(sentence)};
}

OptionSpec real(std::string name, std::string group, double fallback, double low, double high, std::string unit,
                std::string sentence) {
    return {std::move(name), std::move(group), "real", fallback, low, high, {}, std::move(unit), std::move(sentence)};
}

OptionSpec flag(std::string name, std::string group, bool fallback, std::string sentence) {
    return {std::move(name), std::move(group), "bool", fallback, 0, 0, {}, {}, std::move(sentence)};
}

OptionSpec choice(std::string name, std::string group, std::string fallback, std::vector<std::string> choices,
                  std::string sentence) {
    return {std::move(name),    std::move(group), "choice", std::move(fallback), 0, 0, std::move(choices), {},
            std::move(sentence)};
}

/// What every training run has, whatever the system (models.md 3 "Optimisers", 5.3 last paragraph).
void addTrainingOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        integer("epochs", "essential", 50, 1, 10000, "epochs", "How often the training posts are gone through."));
    list.push_back(
        integer("batch", "essential", 8, 1, 1024, "posts", "How many posts make one step of the optimiser."));
    list.push_back(
        real("lr", "essential", 3e-5, 1e-9, 1, "", "Learning rate of the encoder and of the fusion layers."));
    list.push_back(integer("seed", "essential", 1234, 0, 2147483647, "",
                           "Seed of all random numbers: initial weights, order of posts, dropout."));
    list.push_back(real("crf_lr", "training", 5e-2, 1e-9, 1, "",
                        "Learning rate of the emission layer and the CRF; 0.001 suits small encoders better."));
    list.push_back(real("wd_text", "training", 1e-2, 0, 1, "", "Weight decay of the text encoder."));
    list.push_back(real("wd_vision", "training", 5e-2, 0, 1, "", "Weight decay of the picture and fusion layers."));
    list.push_back(real("wd_crf", "training", 1e-2, 0, 1, "", "Weight decay of the emission layer and the CRF."));
    list.push_back(real("warmup", "training", 0.01, 0, 1, "share of all steps",
                        "Share of the steps over which the learning rate rises before it falls to zero."));
    list.push_back(real("clip", "training", 0, 0, 1000, "norm",
                        "Largest norm of the gradient; 0 leaves it alone, 1 is a usual value."));
    list.push_back(integer("first_eval_epoch", "training", 3, 1, 10000, "epoch",
                           "First epoch after which the validation posts are scored."));
    list.push_back(integer("eval_batch", "training", 32, 1, 1024, "posts", "How many posts are predicted at once."));
    list.push_back(integer("max_pieces", "training", 0, 0, 100000, "sub-tokens",
                           "Longest post in sub-tokens; 0 takes what the encoder's positions allow."));
    list.push_back(
        integer("threads", "training", 0, 0, 1024, "threads", "Processor threads; 0 takes what suits the machine."));
    list.push_back(choice("layer", "training", "gold", {"gold", "corrected"},
                          "Which entities are learned from: those imported, or those corrected by a person."));
    list.push_back(
        choice("feature_cache", "training", "auto", {"auto", "disk", "memory"},
               "Where frozen picture features are kept; automatic writes them to disk while they are small."));
    list.push_back(choice("feature_dtype", "training", "f32", {"f32", "f16"},
                          "Precision in which picture features are kept; half precision needs half the room."));
}

/// Models.md 5.3.
void addMpcfnModelOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer("fusion_layers", "model", 0, 0, 48, "layers",
                           "Number of cross-modal fusion layers; 0 takes the smaller of 3 and the encoder's layers."));
    list.push_back(integer("gate_layers", "model", 0, 0, 48, "layers",
                           "Encoder layers of the correlation gate's joint pass; 0 takes all, fewer is faster."));
    list.push_back(choice("gate_encoder", "model", "shared", {"shared", "separate"},
                          "Whether the correlation gate reads with the text encoder or with a copy of its own."));
    list.push_back(choice("subtoken", "model", "sum", {"sum", "mean", "first"},
                          "How the vectors of a word's sub-tokens become the word's vector."));
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
    list.push_back(
        integer("tiny_hidden", "model", 128, 8, 1024, "units", "Width of the encoder that --encoder tiny makes."));
    list.push_back(
        integer("tiny_layers", "model", 2, 1, 24, "layers", "Depth of the encoder that --encoder tiny makes."));
    list.push_back(
        integer("tiny_heads", "model", 2, 1, 32, "heads", "Attention heads of the encoder that --encoder tiny makes."));
}

/// Models.md 5.5.
void addMpcfnAblations(std::vector<OptionSpec>& list) {
    list.push_back(real("flood_b", "essential", 0, 0, 100, "loss",
                        "Flood level: training holds the loss near this value instead of zero; 0 switches it off."));
    list.push_back(flag("text_only", "ablation", false, "Leave the pictures out and tag by the text alone."));
    list.push_back(flag("cp", "ablation", true, "Correlation gate: weigh each picture by how well it fits the text."));
    list.push_back(flag("cf", "ablation", true, "Cross fusion: words and picture cells attend to each other."));
    list.push_back(flag("use_global", "ablation", true, "Use the post's whole picture."));
    list.push_back(flag("use_objects", "ablation", true, "Use the object crops."));
}

SystemInfo mpcfn() {
    SystemInfo system;
    system.name = "mpcfn";
    system.title = "MPCFN: multilevel pictures with correlation gate and cross fusion";
    system.variants = {"paper"};
    system.explains = {"attention", "relevance", "level-gates", "marginals"};
    addTrainingOptions(system.options);
    addMpcfnModelOptions(system.options);
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

json toJson(const OptionSpec& option) {
    json out{{"name", option.name},        {"group", option.group}, {"type", option.type},
             {"default", option.fallback}, {"unit", option.unit},   {"sentence", option.sentence}};
    if (option.minimum < option.maximum) {
        out["minimum"] = option.minimum;
        out["maximum"] = option.maximum;
    }
    if (!option.choices.empty()) out["choices"] = option.choices;
    return out;
}

}  // namespace

const std::vector<SystemInfo>& systems() {
    static const std::vector<SystemInfo> list{mpcfn()};
    return list;
}

json systemsJson() {
    json list = json::array();
    for (const SystemInfo& system : systems()) {
        json options = json::array(), presets = json::object();
        for (const OptionSpec& option : system.options) options.push_back(toJson(option));
        for (const Preset& preset : system.presets) presets[preset.name] = preset.values;
        list.push_back({{"name", system.name},
                        {"title", system.title},
                        {"variants", system.variants},
                        {"options", options},
                        {"presets", presets},
                        {"explains", system.explains}});
    }
    return json{{"systems", list}};
}

}  // namespace mnerva::models
