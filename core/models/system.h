#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mnerva::models {

/// One option of a system or of training: the only source of its default, for the form, the command line and run.json.
struct OptionSpec {
    std::string name;   ///< "flood_b"
    std::string group;  ///< "essential", "model", "training", "ablation"
    std::string type;   ///< "int" | "real" | "bool" | "choice" | "text"
    nlohmann::json fallback;
    double minimum = 0, maximum = 0;  ///< of numbers, when minimum < maximum
    std::vector<std::string> choices;
    std::string unit;
    std::string sentence;  ///< English, one sentence; the window translates it
};

struct Preset {
    std::string name;       ///< "twitter2015", "twitter2017", "wukong", "sample"
    nlohmann::json values;  ///< option name -> value
};

struct SystemInfo {
    std::string name, title;
    std::vector<std::string> variants;
    std::vector<OptionSpec> options;
    std::vector<Preset> presets;
    std::vector<std::string> explains;  ///< "attention", "relevance", "level-gates", "marginals"
};

/// The systems this build can train, best documented first.
const std::vector<SystemInfo>& systems();
nlohmann::json systemsJson();

}  // namespace mnerva::models
