#pragma once

#include <QAbstractTableModel>

#include "core/domain/finding.h"

namespace mnerva::ui {

/// Findings of an import or export: what, where (file:line), the text that was found.
class FindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { What, Where, Found, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void set(Findings findings);
    const Findings& findings() const { return m_findings; }
    /// "3 × a word without a tag · 1 × ...": one line for all.
    QString summary() const;
    /// The list as text, tab-separated, for the clipboard.
    QString asText() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Findings m_findings;
};

}  // namespace mnerva::ui
