#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/domain/change.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// Words about which layers do not say the same.
struct Conflict {
    PostId post;
    std::string id;  ///< as the files call the post
    Split split = Split::None;
    int first = 0, last = 0;  ///< words, both ends included
    std::string words;        ///< these, joined
    /// What each layer says there; nothing: it does not speak of the post.
    std::vector<std::optional<std::vector<Entity>>> said;
    std::optional<Decision> decision;  ///< what was decided about just these words
};

/// Layers held against each other, to be made one (error-analysis.md 6).
struct Adjudication {
    std::vector<std::string> layers;
    int posts = 0;                    ///< of which two or more of them speak
    int unanimous = 0;                ///< of these, where they say the same
    int startable = 0;                ///< of these, not yet touched in the corrected layer
    std::vector<Conflict> conflicts;  ///< in project order
    int decided() const;
};

/// Errors: as layerAgreement. Throws Cancelled.
Adjudication adjudicationOf(const project::Project& project, const std::vector<std::string>& layers,
                            std::optional<Split> split, const std::stop_token& stop = {});

/// Where adjudication starts: the entities on which all layers that speak of a post agree become those of the corrected
/// layer, in every post of which two or more speak and that nobody has touched there. One change, so one undo.
Change startFromAgreement(const project::Project& project, const std::vector<std::string>& layers,
                          std::optional<Split> split, const std::stop_token& stop = {});

/// As a table with its head: id, words (counted from 1), what each layer says, decision, cause, note, guideline.
std::vector<std::vector<std::string>> conflictRows(const Adjudication& found);

/// A decision as it leaves the program.
struct DecisionRow {
    PostId post;
    std::string id, words, text;   ///< of the post; the words decided about; the whole text
    std::vector<Entity> entities;  ///< of the corrected layer at these words
    Decision decision;
};

/// All decisions in project order, or those for the guideline. Those about words that a post lacks are left out.
std::vector<DecisionRow> decisionRows(const project::Project& project, bool forGuideline);

/// "PER 1-2, LOC 5", words counted from 1; "O" for none.
std::string entitiesText(const std::vector<Entity>& entities);

}  // namespace mnerva::workflow
