#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/domain/change.h"
#include "core/project/project.h"

namespace mnerva::project {

/// A change of the labels that reaches into posts, before it is applied: what to show of it.
struct LabelEdit {
    Change change;
    std::size_t posts = 0, entities = 0;  ///< of the corrected layer that it changes
    /// Gold, a run's or an annotator's layer has the old label too. It stays, as the last one.
    bool isKept = false;
};

/// Gives a label another name, or, where `to` is a label already, makes one of both. Entities of the corrected layer
/// change with it, also those of gold that nobody touched; gold itself stays as its file has it. A new name takes
/// place, colour, description and kinds of the old one; one that is there keeps its own. Two entities of one place
/// become one. Reads all posts. Errors: LabelUnknown, OptionInvalid for a name that cannot be (see Project::setLabels),
/// Cancelled.
LabelEdit renamingLabel(const Project& project, const std::string& from, const std::string& to,
                        const ProgressSink& progress = {}, const std::stop_token& stop = {});

/// Takes a label away with all entities of the corrected layer that have it. Reads all posts. Errors: LabelUnknown,
/// Cancelled.
LabelEdit removingLabel(const Project& project, const std::string& type, const ProgressSink& progress = {},
                        const std::stop_token& stop = {});

/// A label as a person wants it.
struct LabelDraft {
    std::string name;
    LabelNote note;
    std::optional<int> place = {};  ///< from 0, as its key; absent: where it is, or the last
};

/// A label becomes what the draft says: name, note and place in one step; an empty `type` makes a new one. Where the
/// name is that of another label both become one, with the other's note and place. Errors: as renamingLabel().
LabelEdit editingLabel(const Project& project, const std::string& type, const LabelDraft& draft,
                       const ProgressSink& progress = {}, const std::stop_token& stop = {});

/// A change of order, notes or new labels, which no entity is part of. Nothing is read but the labels.
Change labelsEdit(const Project& project, const LabelSet& labels);

}  // namespace mnerva::project
