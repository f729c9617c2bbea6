#include "ui/widgets/key_table_model.h"

#include <algorithm>

#include "ui/look/theme.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

QString KeyTableModel::keysText(const QString& id) const {
    QStringList texts;
    for (const QKeySequence& key : m_actions.keys(id)) {
        const QString text = key.toString(QKeySequence::NativeText);
        if (!text.isEmpty() && !texts.contains(text)) texts << text;
    }
    return texts.join(QStringLiteral(", "));
}

KeyTableModel::KeyTableModel(ActionRegistry& actions, QObject* parent)
    : QAbstractTableModel(parent), m_actions(actions) {
    connect(&actions, &ActionRegistry::keysChanged, this, [this](const QString& id) {
        const auto found = std::find(m_ids.begin(), m_ids.end(), id);
        if (found == m_ids.end()) return;
        const int row = static_cast<int>(found - m_ids.begin());
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
    rebuild();
}

void KeyTableModel::setNeedle(const QString& needle) {
    m_needle = needle;
    rebuild();
}

bool KeyTableModel::accepts(const QString& id) const {
    return m_needle.isEmpty() || m_actions.text(id).contains(m_needle, Qt::CaseInsensitive) ||
           keysText(id).contains(m_needle, Qt::CaseInsensitive);
}

void KeyTableModel::rebuild() {
    beginResetModel();
    m_ids.clear();
    for (const QString& id : m_actions.ids()) {
        if (accepts(id)) m_ids.push_back(id);
    }
    endResetModel();
}

QString KeyTableModel::idAt(int row) const {
    return row >= 0 && row < rowCount() ? m_ids[static_cast<std::size_t>(row)] : QString();
}

int KeyTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}
int KeyTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const QString& id = m_ids[static_cast<std::size_t>(index.row())];
    const ActionRegistry::Definition* definition = m_actions.find(id);
    if (!definition) return {};
    const bool changed = m_actions.keys(id) != definition->defaultKeys;
    if (role == IdRole) return id;
    if (role == ChangedRole) return changed;
    if (role == Qt::ForegroundRole && index.column() == Group) return Theme::color(Theme::Role::SecondaryText);
    if (role == Qt::ForegroundRole && index.column() == Key && changed) return Theme::color(Theme::Role::Accent);
    if (role == Qt::ToolTipRole && changed) return tr("Changed from the default key");
    if (role != Qt::DisplayRole) return {};
    if (index.column() == Action) return m_actions.text(id);
    if (index.column() == Group) return definition->group ? definition->group() : QString();
    return keysText(id);
}

QVariant KeyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == Action ? tr("Action") : section == Group ? tr("Where") : tr("Keys");
}

}  // namespace mnerva::ui
