#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <vector>

namespace mnerva::ui {

/// A table of texts that is made at once; columns from `numbers` on stand right.
class RowsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(QStringList head, std::vector<QStringList> rows, int numbers);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QStringList m_head;
    std::vector<QStringList> m_rows;
    int m_numbers = 0;
};

}  // namespace mnerva::ui
