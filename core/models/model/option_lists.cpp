#include "core/models/model/option_lists.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/check.h"

namespace mnerva::models {

using nlohmann::json;

namespace {

using Titles = std::map<std::string, std::string>;

std::string titleIn(const Titles& titles, const std::string& name) {
    const auto found = titles.find(name);
    return found == titles.end() ? name : found->second;
}

OptionSpec option(std::string name, std::string group, const char* type, json fallback, std::string title,
                  std::string sentence) {
    OptionSpec out;
    out.name = std::move(name);
    out.group = std::move(group);
    out.type = type;
    out.fallback = std::move(fallback);
    out.title = std::move(title);
    out.sentence = std::move(sentence);
    return out;
}

OptionSpec number(OptionSpec option, double low, double high, std::string unit) {
    option.minimum = low;
    option.maximum = high;
    option.unit = std::move(unit);
    return option;
}

}  // namespace

OptionSpec integer(std::string name, std::string group, int fallback, double low, double high, std::string unit,
                   std::string title, std::string sentence) {
    return number(option(std::move(name), std::move(group), "int", fallback, std::move(title), std::move(sentence)),
                  low, high, std::move(unit));
}

OptionSpec real(std::string name, std::string group, double fallback, double low, double high, std::string unit,
                std::string title, std::string sentence) {
    return number(option(std::move(name), std::move(group), "real", fallback, std::move(title), std::move(sentence)),
                  low, high, std::move(unit));
}

OptionSpec flag(std::string name, std::string group, bool fallback, std::string title, std::string sentence) {
    return option(std::move(name), std::move(group), "bool", fallback, std::move(title), std::move(sentence));
}

OptionSpec choice(std::string name, std::string group, std::string fallback, std::vector<Choice> choices,
                  std::string title, std::string sentence) {
    OptionSpec out =
        option(std::move(name), std::move(group), "choice", std::move(fallback), std::move(title), std::move(sentence));
    out.choices = std::move(choices);
    return out;
}

OptionSpec textOption(std::string name, std::string group, std::string fallback, std::string title,
                      std::string sentence) {
    return option(std::move(name), std::move(group), "text", std::move(fallback), std::move(title),
                  std::move(sentence));
}

std::string groupTitle(const std::string& group) {
    static const Titles titles{
        {"essential", MNERVA_TEXT("options", "Essential")},
        {"model", MNERVA_TEXT("options", "Model")},
        {"training", MNERVA_TEXT("options", "Training")},
        {"ablation", MNERVA_TEXT("options", "Parts that can be left out")},
    };
    return titleIn(titles, group);
}

std::string presetTitle(const std::string& preset) {
    static const Titles titles{
        {"twitter2015", MNERVA_TEXT("options", "Twitter-2015, as in the paper")},
        {"twitter2017", MNERVA_TEXT("options", "Twitter-2017, as in the paper")},
        {"wukong", MNERVA_TEXT("options", "WuKong, as in the paper")},
        {"mpcfn-twitter2015", MNERVA_TEXT("options", "Twitter-2015, as the baseline of MPCFN")},
        {"mpcfn-twitter2017", MNERVA_TEXT("options", "Twitter-2017, as the baseline of MPCFN")},
        {"mpcfn-wukong", MNERVA_TEXT("options", "WuKong, as the baseline of MPCFN")},
        {"fast-crf-twitter2015", MNERVA_TEXT("options", "Twitter-2015, that baseline with a fast CRF")},
        {"fast-crf-twitter2017", MNERVA_TEXT("options", "Twitter-2017, that baseline with a fast CRF")},
        {"fast-crf-wukong", MNERVA_TEXT("options", "WuKong, that baseline with a fast CRF")},
        {"twitter-gmner", MNERVA_TEXT("options", "Twitter-GMNER, entities with their regions")},
        {"xlm-r", MNERVA_TEXT("options", "For a large XLM-RoBERTa encoder")},
        {"sample", MNERVA_TEXT("options", "For the sample project and tiny encoders")},
    };
    return titleIn(titles, preset);
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
    list.push_back(integer("epochs", "essential", recipe.epochs, 1, 10000, MNERVA_TEXT("options", "epochs"),
                           MNERVA_TEXT("options", "Epochs"),
                           MNERVA_TEXT("options", "How often the training posts are gone through.")));
    list.push_back(integer("batch", "essential", recipe.batch, 1, 1024, MNERVA_TEXT("options", "posts"),
                           MNERVA_TEXT("options", "Batch"),
                           MNERVA_TEXT("options", "How many posts make one step of the optimiser.")));
    list.push_back(real("lr", "essential", recipe.lr, 1e-9, 1, "", MNERVA_TEXT("options", "Learning rate"),
                        MNERVA_TEXT("options", "Learning rate of the encoder and of the fusion layers.")));
    list.push_back(
        integer("seed", "essential", recipe.seed, 0, 2147483647, "", MNERVA_TEXT("options", "Seed"),
                MNERVA_TEXT("options", "Seed of all random numbers: initial weights, order of posts, dropout.")));
    list.push_back(real(
        "crf_lr", "training", recipe.crfLr, 1e-9, 1, "", MNERVA_TEXT("options", "Learning rate of the CRF"),
        MNERVA_TEXT("options", "Learning rate of the emission layer and the CRF; 0.001 suits small encoders better.")));
    list.push_back(real("wd_text", "training", recipe.textDecay, 0, 1, "", MNERVA_TEXT("options", "Weight decay, text"),
                        MNERVA_TEXT("options", "Weight decay of the text encoder.")));
    list.push_back(real("wd_vision", "training", recipe.visionDecay, 0, 1, "",
                        MNERVA_TEXT("options", "Weight decay, pictures"),
                        MNERVA_TEXT("options", "Weight decay of the picture and fusion layers.")));
    list.push_back(real("wd_crf", "training", recipe.crfDecay, 0, 1, "", MNERVA_TEXT("options", "Weight decay, CRF"),
                        MNERVA_TEXT("options", "Weight decay of the emission layer and the CRF.")));
    list.push_back(real(
        "warmup", "training", recipe.warmup, 0, 1, MNERVA_TEXT("options", "share of all steps"),
        MNERVA_TEXT("options", "Warm-up"),
        MNERVA_TEXT("options", "Share of the steps over which the learning rate rises; then it follows its course.")));
    list.push_back(real(
        "clip", "training", 0, 0, 1000, MNERVA_TEXT("options", "norm"), MNERVA_TEXT("options", "Gradient clipping"),
        MNERVA_TEXT("options", "Largest norm of the gradient; 0 leaves it alone, 1 is a usual value.")));
    list.back().zero = MNERVA_TEXT("options", "not clipped");
    list.push_back(integer("first_eval_epoch", "training", recipe.firstEvaluation, 1, 10000,
                           MNERVA_TEXT("options", "epoch"), MNERVA_TEXT("options", "First scored epoch"),
                           MNERVA_TEXT("options", "First epoch after which the validation posts are scored.")));
    list.push_back(integer("eval_batch", "training", 32, 1, 1024, MNERVA_TEXT("options", "posts"),
                           MNERVA_TEXT("options", "Batch when scoring"),
                           MNERVA_TEXT("options", "How many posts are predicted at once.")));
    list.push_back(
        integer("max_pieces", "training", 0, 0, 100000, MNERVA_TEXT("options", "sub-tokens"),
                MNERVA_TEXT("options", "Longest post"),
                MNERVA_TEXT("options", "Longest post in sub-tokens; 0 takes what the encoder's positions allow.")));
    list.back().zero = MNERVA_TEXT("options", "as the encoder allows");
    list.push_back(
        flag("auxiliary_text", "model", false, MNERVA_TEXT("options", "Texts about posts"),
             MNERVA_TEXT("options",
                         "Read the texts that posts bring about themselves, such as captions, after the words.")));
    list.push_back(
        real("two_views", "training", 0, 0, 100, "", MNERVA_TEXT("options", "Two views"),
             MNERVA_TEXT("options",
                         "Weight of tagging alike with and without the texts about a post; 0 trains with them only.")));
    list.back().zero = MNERVA_TEXT("options", "off");
    list.push_back(integer("threads", "training", 0, 0, 1024, MNERVA_TEXT("options", "threads"),
                           MNERVA_TEXT("options", "Threads"),
                           MNERVA_TEXT("options", "Processor threads; 0 takes what suits the machine.")));
    list.back().zero = MNERVA_TEXT("options", "automatic");
    list.push_back(
        choice("precision", "training", "fp32",
               {{"fp32", MNERVA_TEXT("options", "32 bits (fp32)")},
                {"bf16", MNERVA_TEXT("options", "16 bits (bf16)")},
                {"fp16", MNERVA_TEXT("options", "16 bits (fp16)")}},
               MNERVA_TEXT("options", "Number format"),
               MNERVA_TEXT(
                   "options",
                   "Numbers that matrix products multiply. bf16 is about twice as fast on processors that have it "
                   "(see: mnerva-cli doctor); fp16 is for graphics cards that lack bf16. Sums and weights have 32 bits "
                   "in all.")));
    list.push_back(choice(
        "layer", "training", "gold",
        {{"gold", MNERVA_TEXT("options", "imported entities")},
         {"corrected", MNERVA_TEXT("options", "corrected entities")}},
        MNERVA_TEXT("options", "Learn from"),
        MNERVA_TEXT("options", "Which entities are learned from: those imported, or those corrected by a person.")));
    list.push_back(choice(
        "optimiser", "training", recipe.optimiser,
        {{"adamw", MNERVA_TEXT("options", "AdamW")}, {"bert-adam", MNERVA_TEXT("options", "BertAdam")}},
        MNERVA_TEXT("options", "Optimiser"),
        MNERVA_TEXT("options",
                    "Update rule: AdamW (Adam where no weight decays), or the BertAdam of the first BERT programs.")));
    list.push_back(choice("schedule", "training", recipe.schedule,
                          {{"linear", MNERVA_TEXT("options", "linear to zero")},
                           {"bert-adam", MNERVA_TEXT("options", "jump of BertAdam")},
                           {"constant", MNERVA_TEXT("options", "constant")},
                           {"decay", MNERVA_TEXT("options", "× 0.8 every 2 epochs")}},
                          MNERVA_TEXT("options", "Course of the learning rate"),
                          MNERVA_TEXT("options",
                                      "Course of the learning rate after it has risen: linear to zero, the jump of "
                                      "BertAdam, constant, or times 0.8 every two epochs.")));
    list.push_back(flag("decay_norms", "training", recipe.decayNorms, MNERVA_TEXT("options", "Decay of norms"),
                        MNERVA_TEXT("options", "Weight decay acts on biases and layer norms too.")));
    list.push_back(flag("shuffle", "training", recipe.shuffle, MNERVA_TEXT("options", "New order each epoch"),
                        MNERVA_TEXT("options", "Go through the training posts in a new order each epoch.")));
    list.push_back(choice(
        "batching", "training", "length",
        {{"length", MNERVA_TEXT("options", "posts of like length")}, {"plain", MNERVA_TEXT("options", "as they come")}},
        MNERVA_TEXT("options", "Posts of a batch"),
        MNERVA_TEXT("options",
                    "Which posts share a batch. Posts of like length need little padding; the order of the batches is "
                    "random all the same.")));
    list.push_back(flag(
        "dynamics", "training", false, MNERVA_TEXT("options", "Learning dynamics"),
        MNERVA_TEXT(
            "options",
            "Record after each epoch how likely every training entity is to the model, for the list of label errors; "
            "an epoch takes a third longer, with a tiny encoder up to twice as long.")));
}

namespace {

OptionSpec& named(std::vector<OptionSpec>& list, const char* name) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const OptionSpec& one) { return one.name == name; });
    MNERVA_CHECK(found != list.end());
    return *found;
}

void nameOutputLayer(std::vector<OptionSpec>& list) {
    OptionSpec& rate = named(list, "crf_lr");
    rate.title = MNERVA_TEXT("options", "Learning rate, output layer");
    rate.sentence = MNERVA_TEXT("options", "Learning rate of the emission layer; 0.001 suits small encoders better.");
    OptionSpec& decay = named(list, "wd_crf");
    decay.title = MNERVA_TEXT("options", "Weight decay, output layer");
    decay.sentence = MNERVA_TEXT("options", "Weight decay of the emission layer.");
}

void nameReader(std::vector<OptionSpec>& list) {
    named(list, "lr").sentence =
        MNERVA_TEXT("options", "Learning rate of the text encoder, and of the picture network where it learns.");
    OptionSpec& rate = named(list, "crf_lr");
    rate.title = MNERVA_TEXT("options", "Learning rate, upper layers");
    rate.sentence = MNERVA_TEXT("options", "Learning rate of all layers over the encoder, the CRF among them.");
    named(list, "wd_vision").sentence = MNERVA_TEXT("options", "Weight decay of the picture network where it learns.");
    OptionSpec& decay = named(list, "wd_crf");
    decay.title = MNERVA_TEXT("options", "Weight decay, upper layers");
    decay.sentence = MNERVA_TEXT("options", "Weight decay of all layers over the encoder, the CRF among them.");
}

}  // namespace

void fitToLayers(std::vector<OptionSpec>& list, Layers layers) {
    switch (layers) {
        case Layers::Fusion:
            return;
        case Layers::Emission:
            nameOutputLayer(list);
            [[fallthrough]];
        case Layers::Crf:
            named(list, "lr").sentence = MNERVA_TEXT("options", "Learning rate of the text encoder.");
            named(list, "wd_vision").isOffered = false;
            return;
        case Layers::Decoder:
            named(list, "lr").sentence =
                MNERVA_TEXT("options", "Learning rate of the encoder, of the decoder and of the picture layers.");
            named(list, "crf_lr").isOffered = named(list, "wd_crf").isOffered = false;
            named(list, "wd_vision").title = MNERVA_TEXT("options", "Weight decay, decoder");
            named(list, "wd_vision").sentence =
                MNERVA_TEXT("options", "Weight decay of the decoder and of the picture layers.");
            return;
        case Layers::Reader:
            nameReader(list);
            return;
    }
}

void addFeatureOptions(std::vector<OptionSpec>& list) {
    list.push_back(choice(
        "feature_cache", "training", "auto",
        {{"auto", MNERVA_TEXT("options", "automatic")},
         {"disk", MNERVA_TEXT("options", "on disk")},
         {"memory", MNERVA_TEXT("options", "in memory")}},
        MNERVA_TEXT("options", "Picture features"),
        MNERVA_TEXT("options",
                    "Where frozen picture features are kept; automatic writes them to disk while they are small.")));
    list.push_back(choice(
        "feature_dtype", "training", "f16",
        {{"f32", MNERVA_TEXT("options", "single (32 bits)")}, {"f16", MNERVA_TEXT("options", "half (16 bits)")}},
        MNERVA_TEXT("options", "Precision of features"),
        MNERVA_TEXT("options", "Precision in which picture features are kept; half precision needs half the room.")));
    list.back().before = "f32";
}

void addBoxCropsOption(std::vector<OptionSpec>& list) {
    list.push_back(
        flag("boxes_as_crops", "model", true, MNERVA_TEXT("options", "Boxes as crops"),
             MNERVA_TEXT("options", "Where a post has no crops, cut its boxes out of the picture in their place.")));
    list.back().before = false;
}

void addGridNormOption(std::vector<OptionSpec>& list) {
    list.push_back(flag(
        "grid_norm", "model", false, MNERVA_TEXT("options", "One scale of cells"),
        MNERVA_TEXT("options", "Bring the features of the picture's cells to one scale first; for random ResNets.")));
    list.push_back(
        flag("grid_centre", "model", false, MNERVA_TEXT("options", "Difference of cells"),
             MNERVA_TEXT(
                 "options",
                 "Leave of the features of the picture's cells only what tells the cells apart; for random ResNets.")));
}

void addWordDropout(std::vector<OptionSpec>& list) {
    list.push_back(real(
        "word_dropout", "training", 0, 0, 0.9, MNERVA_TEXT("options", "share of the words"),
        MNERVA_TEXT("options", "Word dropout"),
        MNERVA_TEXT("options",
                    "Share of the words whose vectors are blanked out in training; large encoders like 0.1 to 0.3.")));
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
    list.push_back(flag(
        "freeze_resnet", "model", frozen, MNERVA_TEXT("options", "Frozen picture network"),
        MNERVA_TEXT(
            "options",
            "Leave the picture network as it is; otherwise it learns with the rest, which is many times slower.")));
    list.push_back(flag(
        "bn_batch_statistics", "model", false, MNERVA_TEXT("options", "Statistics of the batch"),
        MNERVA_TEXT(
            "options",
            "A picture network that learns normalises by the batch at hand instead of by what it was trained with.")));
}

void addScoreOption(std::vector<OptionSpec>& list, const std::string& fallback) {
    list.push_back(
        choice("score_rule", "training", fallback,
               {{"seqeval-lenient", MNERVA_TEXT("options", "seqeval, lenient")},
                {"conll-strict", MNERVA_TEXT("options", "CoNLL, strict")},
                {"special-to-o", MNERVA_TEXT("options", "special tags as O")}},
               MNERVA_TEXT("options", "Scoring rule"),
               MNERVA_TEXT("options",
                           "Rule by which the validation and test posts are scored; the best epoch depends on it.")));
}

void addFloodOption(std::vector<OptionSpec>& list) {
    list.push_back(
        real("flood_b", "essential", 0, 0, 100, MNERVA_TEXT("options", "loss"), MNERVA_TEXT("options", "Flood level"),
             MNERVA_TEXT("options",
                         "Flood level: training holds the loss near this value instead of zero; 0 switches it off.")));
    list.back().zero = MNERVA_TEXT("options", "off");
}

void addTinyOptions(std::vector<OptionSpec>& list) {
    list.push_back(integer("tiny_hidden", "model", 128, 8, 1024, MNERVA_TEXT("options", "units"),
                           MNERVA_TEXT("options", "Tiny encoder: width"),
                           MNERVA_TEXT("options", "Width of the tiny text encoder.")));
    list.push_back(integer("tiny_layers", "model", 2, 1, 24, MNERVA_TEXT("options", "layers"),
                           MNERVA_TEXT("options", "Tiny encoder: layers"),
                           MNERVA_TEXT("options", "Layers of the tiny text encoder.")));
    list.push_back(integer("tiny_heads", "model", 2, 1, 32, MNERVA_TEXT("options", "heads"),
                           MNERVA_TEXT("options", "Tiny encoder: heads"),
                           MNERVA_TEXT("options", "Attention heads in each layer of the tiny text encoder.")));
}

void addRelationOptions(std::vector<OptionSpec>& list) {
    list.push_back(
        textOption("relation_file", "training", "", MNERVA_TEXT("options", "Relation file"),
                   MNERVA_TEXT("options",
                               "File that says of pictures and texts whether the picture adds to the text: a line "
                               "holds the picture's path, the text and 0 or 1, with tabs between; empty: none.")));
    list.push_back(real("relation_weight", "training", 0.05, 0, 100, "", MNERVA_TEXT("options", "Weight of relations"),
                        MNERVA_TEXT("options", "Weight of the loss that is learned from that file.")));
}

void addTextOnlyOption(std::vector<OptionSpec>& list) {
    list.push_back(flag("text_only", "ablation", false, MNERVA_TEXT("options", "Text only"),
                        MNERVA_TEXT("options", "Leave the pictures out and tag by the text alone.")));
}

void addCellPositionsOption(std::vector<OptionSpec>& list, std::string sentence) {
    list.push_back(choice(
        "cell_positions", "model", "post",
        {{"post", MNERVA_TEXT("options", "behind the post")}, {"batch", MNERVA_TEXT("options", "behind the longest")}},
        MNERVA_TEXT("options", "Place of the cells"), std::move(sentence)));
}

void addSubtokenOption(std::vector<OptionSpec>& list, const std::vector<std::string>& modes) {
    static const Titles titles{{"sum", MNERVA_TEXT("options", "sum")},
                               {"mean", MNERVA_TEXT("options", "mean")},
                               {"first", MNERVA_TEXT("options", "first sub-token")},
                               {"x", MNERVA_TEXT("options", "every sub-token alone")}};
    std::vector<Choice> choices;
    for (const std::string& mode : modes) choices.push_back({mode, titles.at(mode)});
    list.push_back(choice("subtoken", "model", modes.front(), std::move(choices),
                          MNERVA_TEXT("options", "Words from sub-tokens"),
                          MNERVA_TEXT("options",
                                      "How the vectors of a word's sub-tokens become the word's vector; or else every "
                                      "sub-token is tagged alone.")));
}

}  // namespace mnerva::models
