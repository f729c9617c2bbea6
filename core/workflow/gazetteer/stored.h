#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/base/progress.h"
#include "core/gazetteer/definition.h"
#include "core/gazetteer/list_file.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// The word lists and rules of a project, with a history of their own: it outlives the program.
struct StoredGazetteer {
    gazetteer::Definition definition;
    bool canUndo = false, canRedo = false;
};

/// None defined: an empty definition. Errors: FormatInvalid for what this program did not write.
StoredGazetteer readGazetteer(const project::Project& project);
/// A step of that history; nothing where it changes nothing. The last hundred are kept. Errors: as
/// gazetteer::checkDefinition; RunNameInvalid (requireGazetteerLayer); ProjectReadOnly.
StoredGazetteer saveGazetteer(project::Project& project, const gazetteer::Definition& definition);
/// Errors: NothingToUndo, NothingToRedo.
StoredGazetteer undoGazetteer(project::Project& project);
StoredGazetteer redoGazetteer(project::Project& project);
/// Forgets what is kept, and the history with it: the way out where it cannot be read.
StoredGazetteer forgetGazetteer(project::Project& project);

/// Refuses the name of a layer that word lists did not make, or of a run: it would be replaced. Errors: RunNameInvalid.
void requireGazetteerLayer(const project::Project& project, const std::string& layer);
/// Notes that word lists make this layer. Of core/workflow/gazetteer.
void noteGazetteerLayer(project::Project& project, const std::string& layer);

/// Where a project keeps a list, by the digest of what it holds: whatever a history comes back to is there, and what
/// was changed from outside is not used.
std::filesystem::path listPath(const std::filesystem::path& project, const std::string& digest);
/// Keeps a list and says how it is called from then on. Errors: those of AtomicFile, UnsafeTarget.
std::string keepList(const std::filesystem::path& project, const std::string& text);
/// Errors: FileMissing, FormatInvalid where it holds something else than its digest says, FileTooLarge.
std::string keptList(const std::filesystem::path& project, const std::string& digest);

}  // namespace mnerva::workflow
