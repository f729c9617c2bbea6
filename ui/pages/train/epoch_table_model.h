#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <string>
#include <vector>

#include "core/protocol/training_history.h"

namespace mnerva::ui {

/// F1 of each scored epoch: all types together first, then each type. Newest epoch on top, the test above all; the best
/// epoch is marked.
class EpochTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { kIsBest = Qt::UserRole + 1, kIsTest };

    explicit EpochTableModel(QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Does nothing when no evaluation came since the last call.
    void setHistory(const protocol::RunHistory& history);
    /// Whether the next setHistory() lists the test too. A person who looks at it while choosing between runs chooses
    /// by the test, so it is there when asked for.
    void setTestShown(bool shown);
    void clear();
    void retranslate();

private:
    const protocol::EvalPoint& point(int row) const { return m_points[std::size_t(row)]; }
    bool isBest(int row) const;

    std::vector<protocol::EvalPoint> m_points;  ///< as shown
    std::vector<std::string> m_types;
    int m_bestEpoch = 0;
    bool m_testShown = false;
};

}  // namespace mnerva::ui
