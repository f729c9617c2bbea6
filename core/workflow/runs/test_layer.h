#pragma once

#include <filesystem>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/post.h"

namespace mnerva::workflow {

/// What training wrote of the test posts at its end (protocol::TestLine) as predictions for these posts, the test split
/// in its order. Throws Error(LineInvalid) naming the line, also where it names no test post or its tags do not fit the
/// words.
std::vector<std::pair<PostId, std::vector<Entity>>> testLayer(std::string_view content,
                                                              const std::filesystem::path& file,
                                                              const std::vector<Post>& testPosts);

}  // namespace mnerva::workflow
