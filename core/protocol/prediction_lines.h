#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/entity_box.h"

namespace mnerva::protocol {

/// One line of what `mnerva-cli predict --output` writes: {"id": of the post, "number": its place in the project's
/// file, "entities": [{type, first, last, confidence}], "tags": [..]}, and of a run that grounds its entities
/// "boxes": [{first, last, left, top, width, height}]. Ids may repeat, numbers do not. 0.1.0 wrote
/// "post" in place of "number", and no tags.
struct PredictionLine {
    std::string id;
    PostId number;
    std::vector<Entity> entities;
    std::vector<std::string> tags;                     ///< one a word, to the letter; empty: not told
    std::optional<std::vector<EntityBox>> boxes = {};  ///< nothing: the run does not say where entities are
};

/// The line, with its line feed.
std::string lineOf(const PredictionLine& line);
/// All lines of a file; empty ones are passed over. Throws Error(LineInvalid) naming the line.
std::vector<PredictionLine> readPredictionLines(std::string_view content, const std::filesystem::path& file);

/// One line of predictions-test.jsonl, which training writes of the test posts at its end, in the order of the split:
/// {"id", "tags"} and, of a run that grounds its entities, "boxes" as above.
struct TestLine {
    std::string id;        ///< of the post
    std::ptrdiff_t index;  ///< 0.1.0 wrote the place in the split instead; -1: the id is told
    std::vector<std::string> tags;
    int line = 0;                                      ///< its number in the file, from 1; 0: none
    std::optional<std::vector<EntityBox>> boxes = {};  ///< as PredictionLine::boxes
};

std::string lineOf(const TestLine& line);
/// As readPredictionLines().
std::vector<TestLine> readTestLines(std::string_view content, const std::filesystem::path& file);

}  // namespace mnerva::protocol
