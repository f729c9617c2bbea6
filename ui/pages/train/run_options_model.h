#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/protocol/run_record.h"
#include "ui/pages/train/train_form.h"

namespace mnerva::ui {

/// What a run was started with: first the options that differ from its preset, then the others, each with the value of
/// the preset beside it.
class RunOptionsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { kOption, kValue, kPresetValue, kColumnCount };
    enum Role { kIsChanged = Qt::UserRole + 1 };

    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `systems` as the engine lists them; without them (the engine is gone) nothing is known of a preset.
    void setRun(const protocol::RunRecord& record, const std::vector<SystemField>& systems);
    int changedCount() const;

private:
    struct Row {
        QString title, value, preset, tip;
        bool isChanged = false;
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> m_optionRows;
};

/// The system of a run, or its variant where that has options of its own; null where the engine does not list it.
const SystemField* systemOf(const protocol::RunRecord& record, const std::vector<SystemField>& systems);

}  // namespace mnerva::ui
