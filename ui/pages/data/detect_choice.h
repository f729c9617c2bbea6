#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/domain/post.h"

namespace mnerva::ui {

/// Which detector looks at the pictures of which posts.
struct DetectChoice {
    bool faces = true;           ///< the detector that is built in; else the one in `file`
    QString file;                ///< ONNX file of a YOLO detector; kept while faces are chosen
    QString namesFile;           ///< class names, one a line; empty: those in the ONNX file
    double minScore = 0;         ///< boxes that are less sure are left out
    std::optional<Split> split;  ///< absent: every post

    static constexpr double kMinScore = 0.25;  ///< the engine's own

    /// What was chosen last; the first time faces. The split is not remembered: another project has others.
    static DetectChoice remembered();
    void remember() const;

    /// As the engine calls the detector: "faces", or the file's name without its extension.
    QString detectorName() const;
    /// Of mnerva-cli; it writes the boxes to `output` instead of storing them.
    QStringList arguments(const QString& projectFolder, const QString& output) const;
};

}  // namespace mnerva::ui
