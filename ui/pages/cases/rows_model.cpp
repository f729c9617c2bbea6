#include "ui/pages/cases/rows_model.h"

namespace mnerva::ui {

void RowsModel::setRows(QStringList head, std::vector<QStringList> rows, int numbers) {
    beginResetModel();
    m_head = std::move(head);
    m_rows = std::move(rows);
    m_numbers = numbers;
    endResetModel();
}

int RowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_head.size());
}

QVariant RowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() >= m_numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    const QString text = m_rows[static_cast<std::size_t>(index.row())].value(index.column());
    if (role == Qt::ToolTipRole) return text.toHtmlEscaped();
    return role == Qt::DisplayRole ? QVariant(text) : QVariant();
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= m_numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(m_head.value(section)) : QVariant();
}

}  // namespace mnerva::ui
