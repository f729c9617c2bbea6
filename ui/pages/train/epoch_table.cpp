#include "ui/pages/train/epoch_table.h"

#include <QHeaderView>
#include <QPainter>

#include "ui/look/theme.h"
#include "ui/pages/train/epoch_table_model.h"

namespace mnerva::ui {
namespace {

bool isBest(const QAbstractItemModel* model, int row) {
    return model && model->columnCount() > 0 && model->index(row, 0).data(EpochTableModel::kIsBest).toBool();
}

class EpochHeads : public QHeaderView {
public:
    explicit EpochHeads(QWidget* parent) : QHeaderView(Qt::Vertical, parent) {}

protected:
    void paintSection(QPainter* painter, const QRect& rect, int row) const override {
        if (!isBest(model(), row)) return QHeaderView::paintSection(painter, rect, row);
        painter->save();
        painter->fillRect(rect, Theme::color(Theme::Role::AccentSurface));
        painter->setPen(Theme::color(Theme::Role::Text));
        painter->setFont(font());
        painter->drawText(rect.adjusted(Theme::kGrid, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          model()->headerData(row, Qt::Vertical).toString());
        painter->restore();
    }
};

}  // namespace

EpochTable::EpochTable(QWidget* parent) : QTableView(parent) {
    auto* heads = new EpochHeads(this);
    heads->setSectionsClickable(true);
    setVerticalHeader(heads);
}

void EpochTable::paintEvent(QPaintEvent* event) {
    if (model()) {
        QPainter painter(viewport());
        for (int row = 0; row < model()->rowCount(); ++row)
            if (isBest(model(), row))
                painter.fillRect(0, rowViewportPosition(row), viewport()->width(), rowHeight(row),
                                 Theme::color(Theme::Role::AccentSurface));
    }
    QTableView::paintEvent(event);
}

}  // namespace mnerva::ui
