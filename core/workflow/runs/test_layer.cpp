#include "core/workflow/runs/test_layer.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/protocol/prediction_lines.h"

namespace mnerva::workflow {

TestLayer testLayer(std::string_view content, const std::filesystem::path& file, const std::vector<Post>& testPosts) {
    TestLayer layer;
    const std::vector<protocol::TestLine> lines = protocol::readTestLines(content, file);
    std::ptrdiff_t at = 0;
    for (const protocol::TestLine& line : lines) {
        const auto refuse = [&](const char* wanted) {
            return Error(ErrorCode::LineInvalid, {file.string(), std::to_string(line.line), line.id, wanted});
        };
        const Post* post = nullptr;
        if (line.index < 0) {
            // Ids may repeat; lines stand in the order of the split, so the next one of that id is meant.
            const auto isMeant = [&](const Post& p) { return p.externalId == line.id; };
            auto found = std::find_if(testPosts.begin() + at, testPosts.end(), isMeant);
            if (found == testPosts.end()) found = std::find_if(testPosts.begin(), testPosts.end(), isMeant);
            if (found != testPosts.end()) {
                post = &*found;
                at = found - testPosts.begin() + 1;
            }
        } else if (static_cast<std::size_t>(line.index) < testPosts.size()) {
            post = &testPosts[static_cast<std::size_t>(line.index)];
        }
        if (!post) throw refuse("a test post of this project");
        if (line.tags.size() != post->words.size()) throw refuse("a tag for each word of the post");
        layer.entities.emplace_back(post->id, entitiesFromTags(line.tags));
        if (!line.boxes) continue;
        if (!layer.boxes) layer.boxes.emplace();
        (*layer.boxes)[post->id] = *line.boxes;
    }
    return layer;
}

HeldOutLayer heldOutLayer(const protocol::HeldOut& heldOut, const std::vector<Post>& posts) {
    std::unordered_map<PostId, std::size_t> words;
    for (const Post& post : posts) words[post.id] = post.words.size();
    HeldOutLayer out;
    for (const protocol::HeldOutPost& post : heldOut.posts) {
        const auto known = words.find(post.number);
        if (known == words.end() || known->second != post.tags.size()) continue;
        out.entities.emplace_back(post.number, post.entities);
        out.tags[post.number] = post.tags;
    }
    return out;
}

}  // namespace mnerva::workflow
