#pragma once

#include <optional>
#include <string>

#include "core/domain/change.h"
#include "core/project/project.h"
#include "core/project/project_internal.h"

// How posts are read for a step over many of them. Of core/workflow/bulk.

namespace mnerva::workflow {

/// A post and how it stands in a layer; valid until the next one is asked for.
struct Looked {
    const Post* post = nullptr;
    PostState state;
};

/// Reads posts of an edited layer, one after another.
class States {
public:
    /// Errors: LayerUnknown.
    States(const project::Project& project, const std::string& layer);
    /// Errors: ProjectCorrupt where there is no such post.
    Looked of(PostId post);
    project::Project::Impl& project() const { return m_project; }

private:
    project::Project::Impl& m_project;
    LayerId m_layer;
    std::optional<store::StoredPost> m_stored;
};

/// Words of a post by its rule, as far as it has them; both ends included.
std::string textBetween(const Post& post, int first, int last);
/// Up to so many words before a word, or behind it; where the post goes on there, an ellipsis says so.
std::string textBefore(const Post& post, int word, int words);
std::string textBehind(const Post& post, int word, int words);

/// Throws LabelUnknown with the labels there are.
void requireLabel(const project::Project& project, const std::string& type);

}  // namespace mnerva::workflow
