#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/domain/post.h"
#include "core/project/project.h"
#include "ui/session/run_store.h"

namespace mnerva::ui {

/// What `mnerva-cli predict --output` wrote: one JSON object a line, {"id": of the post, "number": its place in the
/// project's file, "entities": [{type, first, last, confidence}], "tags": [..]} (0.1.0: "post" in place of "number").
/// Throws Error(LineInvalid) naming the line.
std::vector<std::pair<PostId, std::vector<Entity>>> readPredictions(const std::string& content,
                                                                    const std::filesystem::path& file);

/// What the same lines say of each word ("tags", which older files lack), as Project::storePredictions() takes it.
project::RawTags readRawTags(const std::string& content);

/// What training wrote of the test posts at its end (predictions-test.jsonl): one JSON object a line, the tags of a
/// post with its id ("id"; 0.1.0: its place in the split, "index"), in the order of the split. Throws
/// Error(LineInvalid) naming the line, also where tags do not fit the words.
std::vector<std::pair<PostId, std::vector<Entity>>> readTestTags(const std::string& content,
                                                                 const std::filesystem::path& file,
                                                                 const std::vector<Post>& testPosts);

/// "predicting 40 %  12 of 30" as the progress line of a command says it: the fraction; nothing for other lines.
std::optional<double> progressFromLine(const QString& line);

/// Arguments of mnerva-cli to go on with a run; the engine takes the rest from its run.json.
QStringList resumeArguments(const QString& projectFolder, const RunInfo& run);

}  // namespace mnerva::ui
