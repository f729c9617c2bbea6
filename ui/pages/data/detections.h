#pragma once

#include <QString>

#include "core/base/ids.h"
#include "core/protocol/detection_lines.h"

namespace mnerva::ui {

/// What a pass of a detector over the posts came to, as a person reads it.
struct DetectReport {
    protocol::DetectionReport told;
    PostId firstPost;  ///< with a box; invalid: nothing was found

    /// What was found, or that there was nothing to look at; one sentence.
    QString sentence() const;
    /// Kinds of boxes, unusable pictures; lines, may be empty.
    QString detail() const;
};

}  // namespace mnerva::ui
