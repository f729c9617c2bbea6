#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/workflow/runs/stored_run.h"

namespace mnerva::ui {

using RunInfo = workflow::StoredRun;

/// The runs of a project, one row each. Numbers are formatted when rows are set, not while painting.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// kF1 is that of the validation posts for every run, so that rows can be compared; the test stays out of the list.
    enum Column { kName, kSystem, kData, kF1, kState, kColumnCount };
    enum Role { kFraction = Qt::UserRole + 1, kStateRole, kRunName };

    explicit RunsModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Replaces all rows; keeps those that are the same in place so that a selection survives.
    void setRuns(std::vector<RunInfo> runs);
    /// A live run changed: its row is updated, or a new one comes on top.
    void updateRun(const RunInfo& run);
    /// Nothing for an unknown name.
    void remove(const QString& name);
    const std::vector<RunInfo>& runs() const { return m_runs; }
    const RunInfo* run(int row) const;
    int rowOf(const QString& name) const;
    QStringList names() const;
    /// Texts again after a change of language or of the way scores are shown.
    void retranslate();

private:
    struct Texts {
        QString f1, state, tip, data;
    };
    static Texts textsOf(const RunInfo& run);

    std::vector<RunInfo> m_runs;
    std::vector<Texts> m_texts;
};

/// "82.35" or "0.8235", by the person's setting.
QString scoreText(double score);
/// The rule by which a score was counted, for a person: "seqeval, lenient", as Scores has it; an unknown one by its own
/// name, none as empty.
QString ruleText(const std::string& rule);
/// "validation F1 82.35 (epoch 3 · seqeval, lenient)".
QString validText(const workflow::ScoreFigure& figure);
/// "test F1 82.35 (epoch 3 · seqeval, lenient)".
QString testText(const workflow::ScoreFigure& figure);
/// Which epoch is being trained: "epoch 3 of 8"; of a run over folds "fold 2 of 5, epoch 3 of 8".
QString epochText(const protocol::RunHistory& history);
/// "running", "failed", ... in the window's language.
QString runStateText(protocol::RunState state);
/// Why a run failed, in one sentence; empty when it did not.
QString failureText(const protocol::RunHistory& history);

}  // namespace mnerva::ui
