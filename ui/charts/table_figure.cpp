#include "ui/charts/table_figure.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QLocale>
#include <QTableView>
#include <algorithm>
#include <vector>

#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr double kCellGap = 8, kRow = 20, kLeastColumn = 28;

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TableFigure)
};

struct FigureCell {
    QString text;
    Qt::Alignment side = Qt::AlignLeft;
    QColor ink = Qt::black, ground;
    bool isBold = false;
};

struct TableCells {
    std::vector<std::vector<FigureCell>> rows;  ///< the first one is the head
    QString more;
    std::size_t columns() const { return rows.front().size(); }
};

QFont fontOf(const FigureCell& cell) {
    QFont font = Theme::secondaryFont();
    font.setBold(cell.isBold);
    return font;
}

FigureCell cellOf(const QModelIndex& index) {
    FigureCell cell;
    cell.text = index.data().toString();
    cell.side = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) & Qt::AlignHorizontal_Mask;
    if (const QVariant ink = index.data(Qt::ForegroundRole); ink.isValid()) cell.ink = ink.value<QColor>();
    if (const QVariant ground = index.data(Qt::BackgroundRole); ground.isValid()) cell.ground = ground.value<QColor>();
    cell.isBold = index.data(Qt::FontRole).value<QFont>().bold();
    return cell;
}

FigureCell headOf(const QAbstractItemModel& model, int section, Qt::Orientation orientation) {
    FigureCell cell;
    cell.text = model.headerData(section, orientation).toString();
    const QVariant side = model.headerData(section, orientation, Qt::TextAlignmentRole);
    if (side.isValid()) cell.side = Qt::Alignment(side.toInt()) & Qt::AlignHorizontal_Mask;
    return cell;
}

TableCells cellsOf(const QTableView& view, int mostRows) {
    const Theme::FigureFonts light;  // cells are asked for their colours here
    const QAbstractItemModel& model = *view.model();
    const bool hasRowHeads = !view.verticalHeader()->isHidden();
    TableCells cells;
    cells.rows.emplace_back();
    if (hasRowHeads) cells.rows.front().emplace_back();
    for (int column = 0; column < model.columnCount(); ++column)
        if (!view.isColumnHidden(column)) cells.rows.front().push_back(headOf(model, column, Qt::Horizontal));
    for (int row = 0; row < std::min(mostRows, model.rowCount()); ++row) {
        auto& line = cells.rows.emplace_back();
        if (hasRowHeads) line.push_back(headOf(model, row, Qt::Vertical));
        for (int column = 0; column < model.columnCount(); ++column)
            if (!view.isColumnHidden(column)) line.push_back(cellOf(model.index(row, column)));
    }
    if (model.rowCount() > mostRows) cells.more = Texts::tr("and %Ln more rows", nullptr, model.rowCount() - mostRows);
    return cells;
}

/// Left edges and the last right edge. Columns are as wide as what is in them; where that is too much for the page, the
/// widest ones give way.
std::vector<double> edgesOf(const TableCells& cells, double width) {
    std::vector<double> widths(cells.columns(), kLeastColumn);
    for (const auto& row : cells.rows)
        for (std::size_t c = 0; c < row.size(); ++c)
            widths[c] =
                std::max(widths[c], QFontMetricsF(fontOf(row[c])).horizontalAdvance(row[c].text) + 1.5 * kCellGap);
    double sum = 0;
    for (const double one : widths) sum += one;
    while (sum > width) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= kLeastColumn) break;
        const double cut = std::min({*widest - kLeastColumn, sum - width, 4.0});
        *widest -= cut;
        sum -= cut;
    }
    const double stretch = sum > width ? width / sum : 1;
    std::vector<double> edges{0};
    for (const double one : widths) edges.push_back(edges.back() + one * stretch);
    return edges;
}

void paintTable(QPainter& painter, double width, const TableCells& cells) {
    const std::vector<double> edges = edgesOf(cells, width);
    const double bottom = kRow * static_cast<double>(cells.rows.size());
    for (std::size_t r = 0; r < cells.rows.size(); ++r)
        for (std::size_t c = 0; c < cells.rows[r].size(); ++c) {
            const FigureCell& cell = cells.rows[r][c];
            const QRectF box(edges[c], kRow * static_cast<double>(r), edges[c + 1] - edges[c], kRow);
            if (cell.ground.isValid()) painter.fillRect(box, cell.ground);
            painter.setFont(fontOf(cell));
            painter.setPen(cell.ink);
            const QRectF room = box.adjusted(kCellGap / 2, 0, -kCellGap / 2, 0);
            painter.drawText(room, int(cell.side | Qt::AlignVCenter),
                             QFontMetricsF(fontOf(cell)).elidedText(cell.text, Qt::ElideRight, room.width()));
        }
    for (const auto& [y, weight] : {std::pair(0.0, 1.2), std::pair(kRow, 0.6), std::pair(bottom, 1.2)}) {
        painter.setPen(QPen(Qt::black, weight));
        painter.drawLine(QPointF(0, y), QPointF(edges.back(), y));
    }
    if (cells.more.isEmpty()) return;
    painter.setFont(Theme::secondaryFont());
    painter.setPen(Qt::darkGray);
    painter.drawText(QRectF(0, bottom, width, kRow), Qt::AlignLeft | Qt::AlignVCenter, cells.more);
}

}  // namespace

Figure tableFigure(const QTableView& view, int mostRows) {
    const TableCells cells = cellsOf(view, mostRows);
    Figure figure;
    figure.title = view.accessibleName();
    figure.heightFor = [rows = cells.rows.size() + (cells.more.isEmpty() ? 0 : 1)](double) {
        return kRow * static_cast<double>(rows) + 2;
    };
    figure.draw = [cells](QPainter& painter, double width) { paintTable(painter, width, cells); };
    return figure;
}

}  // namespace mnerva::ui
