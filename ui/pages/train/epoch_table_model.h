#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <set>
#include <string>
#include <vector>

#include "core/domain/label_set.h"
#include "core/protocol/training_history.h"

namespace mnerva::ui {

/// Scores of a run: precision, recall, F1 and number of gold entities of all types together, then F1 of each type in
/// the project's order; by which rule, the tool tips say. Either every scored epoch, newest on top, the test above all,
/// the best one marked; or only what stays in sight: the best epoch and the test.
class EpochTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role { kIsBest = Qt::UserRole + 1, kIsTest };
    enum Column { kPrecision, kRecall, kF1, kSupport, kFirstType };
    enum class Rows { All, Pinned };

    explicit EpochTableModel(Rows rows, QObject* parent = nullptr);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Does nothing when no evaluation came since the last call. The labels give the types their colours.
    void setHistory(const protocol::RunHistory& history, const LabelSet& labels);
    /// Whether the next setHistory() lists the test too. A person who looks at it while choosing between runs chooses
    /// by the test, so it is there when asked for.
    void setTestShown(bool shown);
    void clear();
    void retranslate();

private:
    const protocol::EvalPoint& point(int row) const { return m_points[std::size_t(row)]; }
    bool isBest(int row) const;
    QVariant text(int row, int column) const;
    QString tip(int row, int column) const;

    Rows m_rows;
    std::vector<protocol::EvalPoint> m_points;  ///< as shown
    std::vector<std::string> m_types;
    LabelSet m_labels;
    int m_bestEpoch = 0;
    bool m_testShown = false;
};

/// Types in the order of the project's labels, those that it lacks behind them.
std::vector<std::string> inProjectOrder(const std::set<std::string>& types, const LabelSet& labels);
/// "validation posts" or "test posts" of the split of an evaluation.
QString evalSplitText(const std::string& split);

}  // namespace mnerva::ui
