#pragma once

#include <QTableView>

namespace mnerva::ui {

/// Table of an EpochTableModel: the row of the best epoch is tinted from edge to edge, its head and what lies beyond
/// the last column too.
class EpochTable : public QTableView {
public:
    explicit EpochTable(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace mnerva::ui
