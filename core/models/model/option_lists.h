#pragma once

#include <string>
#include <vector>

#include "core/base/translatable.h"
#include "core/models/model/system_info.h"

namespace mnerva::models {

// Titles, units and sentences are marked by MNERVA_TEXT("options", "..."), so that the window can translate them.

OptionSpec integer(std::string name, std::string group, int fallback, double low, double high, std::string unit,
                   std::string title, std::string sentence);
OptionSpec real(std::string name, std::string group, double fallback, double low, double high, std::string unit,
                std::string title, std::string sentence);
OptionSpec flag(std::string name, std::string group, bool fallback, std::string title, std::string sentence);
OptionSpec choice(std::string name, std::string group, std::string fallback, std::vector<Choice> choices,
                  std::string title, std::string sentence);
OptionSpec textOption(std::string name, std::string group, std::string fallback, std::string title,
                      std::string sentence);

/// Heading of a group of options, "essential".
std::string groupTitle(const std::string& group);
/// What a preset is for; systems share the names.
std::string presetTitle(const std::string& preset);

/// Start values of the options that every system has and that recipes differ in.
struct Recipe {
    int epochs = 50, batch = 8;
    double lr = 3e-5, crfLr = 5e-2, warmup = 0.01;
    double textDecay = 1e-2, visionDecay = 5e-2, crfDecay = 1e-2;
    int seed = 1234, firstEvaluation = 3;
    std::string optimiser = "adamw", schedule = "linear";
    bool decayNorms = true, shuffle = true;
};

/// The recipe of UMT, which the baselines share (models.md 4, summary).
Recipe umtRecipe();
/// Preset "sample" of the systems that start from umtRecipe(): a tiny encoder learns from nothing.
nlohmann::json sampleValues();

/// What every training run has, whatever the system (models.md 3 "Optimisers", 5.3 last paragraph).
void addTrainingOptions(std::vector<OptionSpec>& list, const Recipe& recipe = {});
/// The layers over the encoder, by what the options of their learning rates and weight decay act on.
enum class Layers {
    Fusion,    ///< picture and fusion layers, then emission layer and CRF
    Crf,       ///< of a text alone: emission layer and CRF
    Emission,  ///< of a text alone: the emission layer
    Decoder,   ///< picture layers and a decoder that writes a sequence
    Reader,    ///< a picture network that may learn; all else is over the encoder
};
/// Calls the options of addTrainingOptions() by what they do in a system with these layers; those that do nothing there
/// are not offered (OptionSpec::isOffered).
void fitToLayers(std::vector<OptionSpec>& list, Layers layers);
/// Words left out in training; for systems that call wordsDropped().
void addWordDropout(std::vector<OptionSpec>& list);
/// Preset "xlm-r": the recipe for a large XLM-RoBERTa (models.md 9.1).
nlohmann::json xlmRobertaValues();
/// The rule by which validation and test are scored (models.md 2.2); without this option (a) seqeval-lenient.
void addScoreOption(std::vector<OptionSpec>& list, const std::string& fallback);
/// The flood level (models.md 3).
void addFloodOption(std::vector<OptionSpec>& list);
/// Sizes of the encoder that --encoder tiny makes.
void addTinyOptions(std::vector<OptionSpec>& list);
/// The second task of models.md 4.4: learning from a file how much pictures add to texts (LearnsRelations).
void addRelationOptions(std::vector<OptionSpec>& list);
/// How pieces become units, of those that the system can do; the first is the default.
void addSubtokenOption(std::vector<OptionSpec>& list, const std::vector<std::string>& modes);
/// Whether the ResNet learns with the rest (NerModel::ownResNet); for systems that read pictures.
void addResNetOptions(std::vector<OptionSpec>& list, bool frozen);
/// Cells at one scale, ours: a random ResNet's are so large that what a new layer makes of them drowns the words. For
/// systems that read lastStage().
void addGridNormOption(std::vector<OptionSpec>& list);
/// Boxes in place of crops; for systems that read crops.
void addBoxCropsOption(std::vector<OptionSpec>& list);
/// Leaves the pictures out; for systems that have something to tag by without them.
void addTextOnlyOption(std::vector<OptionSpec>& list);
/// Where the cells stand in a sequence of words and cells (JointSequence), "post" or "batch"; the sentence is the
/// system's.
void addCellPositionsOption(std::vector<OptionSpec>& list, std::string sentence);
/// Where frozen picture rows are kept; for systems that read pictures.
void addFeatureOptions(std::vector<OptionSpec>& list);

}  // namespace mnerva::models
