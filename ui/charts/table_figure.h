#pragma once

#include "ui/charts/figure_export.h"

class QAbstractItemModel;
class QTableView;

namespace mnerva::ui {

/// A table as it is shown, as a figure of a paper: a rule above and below, its head, then its rows; colours of cells
/// and the side on which numbers stand are those of the model. Hidden columns stay hidden. At most `mostRows` rows, and
/// a line that says how many more there are. Cells are taken when it is made.
Figure tableFigure(const QTableView& view, int mostRows = 60);

}  // namespace mnerva::ui
