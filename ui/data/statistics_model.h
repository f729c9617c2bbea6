#pragma once

#include <QAbstractTableModel>
#include <map>

#include "core/workflow/statistics.h"

namespace mnerva::ui {

/// Table 1 of the paper for the open project: one row a split and one for the sum; posts, words, entities, each type.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    enum FixedColumn { SplitName, Posts, Done, Words, Entities, Begun, FixedColumns };

    void set(std::map<Split, workflow::SplitStatistics> statistics, std::map<Split, int> done, const LabelSet& labels);
    void setDone(std::map<Split, int> done);
    void clear();
    bool isEmpty() const { return m_rows.empty(); }
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString name;
        std::optional<Split> split;  ///< absent: the sum
        workflow::SplitStatistics numbers;
        int done = 0;
    };
    int numberAt(const Row& row, int column) const;
    std::vector<Row> m_rows;
    std::vector<std::string> m_types;
};

}  // namespace mnerva::ui
