#include "core/models/option_lists.h"

namespace mnerva::models {

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

OptionSpec textOption(std::string name, std::string group, std::string fallback, std::string sentence) {
    return {std::move(name), std::move(group), "text", std::move(fallback), 0, 0, {}, {}, std::move(sentence)};
}

Recipe umtRecipe() {
    Recipe recipe;
    recipe.epochs = 24;
    recipe.batch = 32;
    recipe.lr = recipe.crfLr = 5e-5;
    recipe.warmup = 0.1;
    recipe.textDecay = recipe.visionDecay = recipe.crfDecay = 1e-2;
    recipe.seed = 32;
    recipe.firstEvaluation = 1;
    recipe.optimiser = recipe.schedule = "bert-adam";
    recipe.decayNorms = false;
    return recipe;
}

json sampleValues() {
    return {{"epochs", 8},    {"batch", 8},           {"lr", 3e-4},           {"crf_lr", 1e-3},
            {"warmup", 0.05}, {"optimiser", "adamw"}, {"schedule", "linear"}, {"first_eval_epoch", 1}};
}

void addTrainingOptions(std::vector<OptionSpec>& list, const Recipe& recipe) {
    list.push_back(integer("epochs", "essential", recipe.epochs, 1, 10000, "epochs",
                           "How often the training posts are gone through."));
    list.push_back(integer("batch", "essential", recipe.batch, 1, 1024, "posts",
                           "How many posts make one step of the optimiser."));
    list.push_back(
        real("lr", "essential", recipe.lr, 1e-9, 1, "", "Learning rate of the encoder and of the fusion layers."));
    list.push_back(integer("seed", "essential", recipe.seed, 0, 2147483647, "",
                           "Seed of all random numbers: initial weights, order of posts, dropout."));
    list.push_back(real("crf_lr", "training", recipe.crfLr, 1e-9, 1, "",
                        "Learning rate of the emission layer and the CRF; 0.001 suits small encoders better."));
    list.push_back(real("wd_text", "training", recipe.textDecay, 0, 1, "", "Weight decay of the text encoder."));
    list.push_back(
        real("wd_vision", "training", recipe.visionDecay, 0, 1, "", "Weight decay of the picture and fusion layers."));
    list.push_back(
        real("wd_crf", "training", recipe.crfDecay, 0, 1, "", "Weight decay of the emission layer and the CRF."));
    list.push_back(real("warmup", "training", recipe.warmup, 0, 1, "share of all steps",
                        "Share of the steps over which the learning rate rises before it falls to zero."));
    list.push_back(real("clip", "training", 0, 0, 1000, "norm",
                        "Largest norm of the gradient; 0 leaves it alone, 1 is a usual value."));
    list.push_back(integer("first_eval_epoch", "training", recipe.firstEvaluation, 1, 10000, "epoch",
                           "First epoch after which the validation posts are scored."));
    list.push_back(integer("eval_batch", "training", 32, 1, 1024, "posts", "How many posts are predicted at once."));
    list.push_back(integer("max_pieces", "training", 0, 0, 100000, "sub-tokens",
                           "Longest post in sub-tokens; 0 takes what the encoder's positions allow."));
    list.push_back(flag("auxiliary_text", "model", false,
                        "Read the texts that posts bring about themselves, such as captions, after the words."));
    list.push_back(real("two_views", "training", 0, 0, 100, "",
                        "Weight of tagging alike with and without the texts about a post; 0 trains with them only."));
    list.push_back(
        integer("threads", "training", 0, 0, 1024, "threads", "Processor threads; 0 takes what suits the machine."));
    list.push_back(choice("layer", "training", "gold", {"gold", "corrected"},
                          "Which entities are learned from: those imported, or those corrected by a person."));
    list.push_back(
        choice("optimiser", "training", recipe.optimiser, {"adamw", "bert-adam"},
               "Update rule: AdamW (Adam where no weight decays), or the BertAdam of the first BERT programs."));
    list.push_back(
        choice("schedule", "training", recipe.schedule, {"linear", "bert-adam", "constant", "decay"},
               "Course of the learning rate after it has risen: linear to zero, the jump of BertAdam, constant, "
               "or times 0.8 every two epochs."));
    list.push_back(
        flag("decay_norms", "training", recipe.decayNorms, "Weight decay acts on biases and layer norms too."));
    list.push_back(
        flag("shuffle", "training", recipe.shuffle, "Go through the training posts in a new order each epoch."));
}

void addFeatureOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        choice("feature_cache", "training", "auto", {"auto", "disk", "memory"},
               "Where frozen picture features are kept; automatic writes them to disk while they are small."));
    list.push_back(choice("feature_dtype", "training", "f32", {"f32", "f16"},
                          "Precision in which picture features are kept; half precision needs half the room."));
}

void addBoxCropsOption(std::vector<OptionSpec>& list) {
    list.push_back(flag("boxes_as_crops", "model", true,
                        "Where a post has no crops, cut its boxes out of the picture in their place."));
    list.back().before = false;
}

void addGridNormOption(std::vector<OptionSpec>& list) {
    list.push_back(flag("grid_norm", "model", false,
                        "Bring the features of the picture's cells to one scale first; for random ResNets."));
    list.push_back(flag("grid_centre", "model", false,
                        "Leave of the features of the picture's cells only what tells the cells apart; for random "
                        "ResNets."));
}

void addWordDropout(std::vector<OptionSpec>& list) {
    list.push_back(
        real("word_dropout", "training", 0, 0, 0.9, "share of the words",
             "Share of the words whose vectors are blanked out in training; large encoders like 0.1 to 0.3."));
}

json xlmRobertaValues() {
    return {{"epochs", 25},
            {"batch", 4},
            {"lr", 5e-6},
            {"crf_lr", 1e-2},
            {"warmup", 0.01},
            {"optimiser", "adamw"},
            {"schedule", "linear"},
            {"word_dropout", 0.1},
            {"subtoken", "first"},
            {"layer_init", "pytorch"},
            {"first_eval_epoch", 1},
            {"decay_norms", true},
            {"flood_b", 0}};
}

void addResNetOptions(std::vector<OptionSpec>& list, bool frozen) {
    list.push_back(flag("freeze_resnet", "model", frozen,
                        "Leave the picture network as it is; otherwise it learns with the rest, which is many times "
                        "slower."));
    list.push_back(flag("bn_batch_statistics", "model", false,
                        "A picture network that learns normalises by the batch at hand instead of by what it was "
                        "trained with."));
}

void addScoreOption(std::vector<OptionSpec>& list, const std::string& fallback) {
    list.push_back(choice("score_rule", "training", fallback, {"seqeval-lenient", "conll-strict", "special-to-o"},
                          "Rule by which the validation and test posts are scored; the best epoch depends on it."));
}

void addFloodOption(std::vector<OptionSpec>& list) {
    list.push_back(real("flood_b", "essential", 0, 0, 100, "loss",
                        "Flood level: training holds the loss near this value instead of zero; 0 switches it off."));
}

void addTinyOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        integer("tiny_hidden", "model", 128, 8, 1024, "units", "Width of the encoder that --encoder tiny makes."));
    list.push_back(
        integer("tiny_layers", "model", 2, 1, 24, "layers", "Depth of the encoder that --encoder tiny makes."));
    list.push_back(
        integer("tiny_heads", "model", 2, 1, 32, "heads", "Attention heads of the encoder that --encoder tiny makes."));
}

void addRelationOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        textOption("relation_file", "training", "",
                   "File that says of pictures and texts whether the picture adds to the text: a line holds the "
                   "picture's path, the text and 0 or 1, with tabs between; empty: none."));
    list.push_back(
        real("relation_weight", "training", 0.05, 0, 100, "", "Weight of the loss that is learned from that file."));
}

void addSubtokenOption(std::vector<OptionSpec>& list, std::vector<std::string> modes) {
    const std::string first = modes.front();
    list.push_back(choice("subtoken", "model", first, std::move(modes),
                          "How the vectors of a word's sub-tokens become the word's vector; x tags every sub-token."));
}

}  // namespace mnerva::models
