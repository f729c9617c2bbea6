#pragma once

#include <QAbstractTableModel>
#include <map>

#include "core/workflow/quality/statistics.h"

namespace mnerva::ui {

/// Table 1 of the paper for the open project: a row for each split and one for the sum, of the gold layer and, where
/// somebody corrected, of the corrected one; posts, words, entities, each type.
class StatisticsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    enum FixedColumn { SplitName, Layer, Posts, Done, Skipped, Words, Entities, Begun, FixedColumns };

    using Numbers = std::map<Split, workflow::SplitStatistics>;
    /// No `corrected`: nothing was corrected yet.
    void set(const Numbers& gold, std::map<Split, int> done, const LabelSet& labels, const Numbers& corrected = {});
    void setDone(std::map<Split, int> done);
    void setSkipped(std::map<Split, int> skipped);
    bool anySkipped() const;
    void clear();
    bool isEmpty() const { return m_rows.empty(); }
    /// Whether the entities that begin with B- or S- are fewer than all anywhere; else their column says nothing.
    bool begunDiffers() const;
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        std::optional<Split> split;  ///< absent: the sum
        bool corrected = false;      ///< of the corrected layer, else of gold
        workflow::SplitStatistics numbers;
        int done = 0, skipped = 0;
    };
    void setMarks(int Row::*field, FixedColumn column, std::map<Split, int> counts);
    void takeTypes(const workflow::SplitStatistics& numbers);
    int numberAt(const Row& row, int column) const;
    std::vector<Row> m_rows;
    std::vector<std::string> m_types;
    LabelSet m_labels;  ///< of the project: they give the types their colours
};

}  // namespace mnerva::ui
