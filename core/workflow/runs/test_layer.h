#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/post.h"
#include "core/project/entity_boxes.h"
#include "core/project/project.h"
#include "core/protocol/held_out.h"

namespace mnerva::workflow {

/// A run's layer of the test posts.
struct TestLayer {
    std::vector<std::pair<PostId, std::vector<Entity>>> entities;
    std::optional<project::EntityBoxes> boxes;  ///< of a run that says where its entities are
};

/// What training wrote of the test posts at its end (protocol::TestLine) as predictions for these posts, the test split
/// in its order. Throws Error(LineInvalid) naming the line, also where it names no test post or its tags do not fit the
/// words.
TestLayer testLayer(std::string_view content, const std::filesystem::path& file, const std::vector<Post>& testPosts);

/// A layer to store: entities of posts, and their tags to the letter.
struct HeldOutLayer {
    std::vector<std::pair<PostId, std::vector<Entity>>> entities;
    project::RawTags tags;
};

/// What the models of a run over folds said of posts that they had not seen. Posts that are not among these, or have
/// another number of words by now, are left out.
HeldOutLayer heldOutLayer(const protocol::HeldOut& heldOut, const std::vector<Post>& posts);

}  // namespace mnerva::workflow
