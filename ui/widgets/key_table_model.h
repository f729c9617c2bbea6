#pragma once

#include <QAbstractTableModel>
#include <vector>

namespace mnerva::ui {

class ActionRegistry;

/// All actions with their keys: action, group, key. A changed key is marked.
class KeyTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Action, Group, Key, ColumnCount };
    enum Role { IdRole = Qt::UserRole, ChangedRole };
    explicit KeyTableModel(ActionRegistry& actions, QObject* parent = nullptr);
    void setNeedle(const QString& needle);
    void rebuild();
    QString idAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool accepts(const QString& id) const;
    /// The keys of an action as they are shown: "Return, Enter".
    QString keysText(const QString& id) const;
    ActionRegistry& m_actions;
    std::vector<QString> m_ids;
    QString m_needle;
};

}  // namespace mnerva::ui
