#include "ui/pages/data/findings_model.h"

#include <QFileInfo>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {

void FindingsModel::set(Findings findings) {
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

QString FindingsModel::summary() const {
    QStringList parts;
    for (const auto& [code, count] : m_findings.counts()) {
        parts << findingText(code, count);
    }
    return parts.join(QStringLiteral(" · "));
}

QString FindingsModel::asText() const {
    QString text;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells << data(index(row, column), Qt::DisplayRole).toString();
        text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    }
    return text;
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_findings.list().size());
}
int FindingsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Finding& finding = m_findings.list()[static_cast<std::size_t>(index.row())];
    if (role == Qt::ForegroundRole && index.column() == Where) return Theme::color(Theme::Role::SecondaryText);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    switch (index.column()) {
        case What:
            return findingText(finding.code);
        case Where: {
            const QString file =
                role == Qt::ToolTipRole ? fromUtf8(finding.file) : QFileInfo(fromUtf8(finding.file)).fileName();
            return finding.line > 0 ? QStringLiteral("%1:%2").arg(file, QString::number(finding.line)) : file;
        }
        case Found:
            return fromUtf8(finding.text);
        default:
            return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == What ? tr("Finding") : section == Where ? tr("Place") : tr("Found");
}

}  // namespace mnerva::ui
