#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/pages/scores/scores_host.h"

namespace mnerva::ui {

/// A score rule's title in the window's language.
QString ruleTitleText(eval::Rule rule);
/// A property of buckets, and one of its values, in the window's language.
QString propertyText(eval::Property property);
QString bucketText(eval::Property property, const std::string& name);
/// "type", "boundary", ... in the window's language.
/// Nothing: right but for the region.
QString errorKindText(std::optional<eval::ErrorKind> kind);
/// What a reader of the figures must know, in the window's language.
QString warningText(const workflow::ScoreWarning& warning);
/// "gold", "corrected" in the window's language; the name of any other layer.
QString layerText(const std::string& layer);

/// Cells made when an answer comes; numbers stand right.
class CellModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;
    struct Cell {
        QString text, tip;
        double weight = 0;  ///< 0..1: how dark its ground is
        int trend = 0;      ///< -1 worse, 1 better
        bool isBold = false;
        bool isMistake = false;  ///< its ground is red
    };
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Columns before this one stand left.
    void setTextColumns(int count) { m_textColumns = count; }
    void setCells(QStringList head, std::vector<std::vector<Cell>> rows, QStringList rowHeads = {});

private:
    QStringList m_head, m_rowHeads;
    std::vector<std::vector<Cell>> m_rows;
    int m_textColumns = 1;
};

/// Systems x scores. Columns from kFirstType on are those of the types of the answer's table.
namespace systems_table {
enum Column { kSystem, kPrecision, kRecall, kF1, kInterval, kChange, kMacro, kWeighted, kPosts, kFirstType };
void fill(CellModel& model, const ScoresAnswer& answer);
}  // namespace systems_table

/// Gold in rows, prediction in columns; the labels of rows and columns by number.
namespace confusion_table {
std::vector<int> labels(const ScoresAnswer& answer);
void fill(CellModel& model, const ScoresAnswer& answer);
}  // namespace confusion_table

namespace surfaces_table {
void fill(CellModel& model, const ScoresAnswer& answer);
}

/// Groups of runs that differ in their seed alone: which they are, mean and sample deviation.
namespace seeds_table {
void fill(CellModel& model, const ScoresAnswer& answer);
}

}  // namespace mnerva::ui
