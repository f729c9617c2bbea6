#pragma once

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/commands/command.h"
#include "core/workflow/scores/score_report.h"

namespace mnerva::app {

/// What `evaluate` and `score` are asked besides the scores, and how the answer is to look.
struct ScoreOptions {
    std::string rule = "seqeval-lenient";                           ///< or "all"
    std::vector<std::string> buckets;                               ///< names of properties, or "all"
    std::vector<std::pair<std::string, std::string>> significance;  ///< layers whose difference is wanted
    bool confusion = false, errors = false, surfaces = false;
    int surfaceRows = 20;
    bool csv = false, latex = false;
    eval::ResamplingOptions resampling;

    void addTo(CLI::App& command);
    /// The rules asked for, the first one first. Throws OptionInvalid.
    std::vector<eval::Rule> rules() const;
};

/// An answer as it grows: JSON, text for people, and the tables for CSV and LaTeX.
struct ScoreAnswer {
    nlohmann::json body = nlohmann::json::object();
    std::string text;
    std::vector<eval::ReportTable> tables;
};

/// Scores of the question's layers by every rule asked for, and what else the options want. Errors: SplitEmpty where no
/// layer has a post of the split; LayerUnknown; OptionInvalid; Cancelled.
ScoreAnswer scoreAnswer(const workflow::ScoreSource& source, workflow::ScoreQuestion question,
                        const ScoreOptions& options, const Context& context);

/// Prints it as the options say.
void printAnswer(const ScoreAnswer& answer, const ScoreOptions& options, const Context& context);

}  // namespace mnerva::app
