#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mnerva::models {

/// A value of a choice; an empty title: called as the value.
struct Choice {
    std::string value;
    std::string title;  ///< English, a few words; the window translates it
};

/// One option of a system or of training: the only source of its default, for the form, the command line and run.json.
struct OptionSpec {
    std::string name;   ///< "flood_b"
    std::string group;  ///< "essential", "model", "training", "ablation"
    std::string type;   ///< "int" | "real" | "bool" | "choice" | "text"
    nlohmann::json fallback;
    double minimum = 0, maximum = 0;  ///< of numbers, when minimum < maximum
    std::vector<Choice> choices;
    // English; the window translates them.
    std::string unit;
    std::string title;        ///< "Flood level"
    std::string sentence;     ///< one sentence
    std::string zero{};       ///< what a number of 0 means ("automatic"); empty: nothing else
    nlohmann::json before{};  ///< what runs did that were made before there was this option; null: the default
    /// False: of a part that this system lacks. It does nothing; runs and presets may name it, so it stays known to
    /// --set and to stored runs, and is offered to nobody.
    bool isOffered = true;
};

struct Preset {
    std::string name;       ///< "twitter2015", "twitter2017", "wukong", "sample"
    nlohmann::json values;  ///< option name -> value
};

/// Options, presets and explanations are those of the first variant; a variant that differs has its own in `others`,
/// so that no option is ever offered to a variant that would not heed it.
struct SystemInfo {
    std::string name;
    std::string title;  ///< English, the full name; the window translates it
    std::vector<std::string> variants;
    std::vector<OptionSpec> options;
    std::vector<Preset> presets;
    std::vector<std::string> explains;  ///< as Predictor::explains()
    std::vector<SystemInfo> others;     ///< each with one variant
};

}  // namespace mnerva::models
