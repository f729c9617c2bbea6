#pragma once

#include <QImage>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/domain/label_set.h"
#include "core/workflow/cases/case.h"

namespace mnerva::ui {

/// A case with its photo at hand; null: the post has none that can be read.
struct FigureCase {
    workflow::Case shown;
    QImage photo;
};

/// Figure 3 of the paper: each case with its photo beside its lanes (above them where the figure is a column of
/// 85 mm), text of 7 pt that stays text, the caption under all.
struct CaseFigure {
    std::vector<FigureCase> cases;
    QString title, caption;
    LabelSet labels;
    int widthMm = 175;
};

/// Writes it as PDF, SVG or PNG, by the file's ending. What went wrong, if anything.
std::optional<Error> saveCaseFigure(const QString& path, const CaseFigure& figure);

}  // namespace mnerva::ui
