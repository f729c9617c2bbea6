#pragma once

#include <QImage>
#include <vector>

#include "core/domain/label_set.h"
#include "core/workflow/cases/case.h"
#include "ui/charts/figure_export.h"

namespace mnerva::ui {

/// A case with its photo at hand; null: the post has none that can be read.
struct FigureCase {
    workflow::Case shown;
    QImage photo;
};

/// Figure 3 of the paper: each case with its photo beside its lanes (above them where the figure is narrow).
struct CaseFigure {
    std::vector<FigureCase> cases;
    LabelSet labels;
};

/// As a figure that leaves by the dialog of all figures: text of 7 pt that stays text.
Figure paperFigure(CaseFigure figure);

}  // namespace mnerva::ui
