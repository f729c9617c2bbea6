#pragma once

#include <QString>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/entity.h"
#include "core/workflow/project.h"
#include "ui/train/run_store.h"

namespace mnerva::ui {

/// What `mnerva-cli predict --output` wrote: one JSON object a line, {"id": of the post, "number": its place in the
/// project's file, "entities": [{type, first, last, confidence}], "tags": [..]} (0.1.0: "post" in place of "number").
/// Throws Error(LineInvalid) naming the line.
std::vector<std::pair<PostId, std::vector<Entity>>> readPredictions(const std::string& content,
                                                                    const std::filesystem::path& file);

/// What the same lines say of each word ("tags", which older files lack), as Project::storePredictions() takes it.
workflow::RawTags readRawTags(const std::string& content);

/// "predicting 40 %  12 of 30" as the progress line of a command says it: the fraction; nothing for other lines.
std::optional<double> progressFromLine(const QString& line);

/// Arguments of mnerva-cli to go on with a run; the engine takes the rest from its run.json.
QStringList resumeArguments(const QString& projectFolder, const RunInfo& run);

}  // namespace mnerva::ui
