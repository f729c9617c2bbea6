#include "ui/pages/cases/doctor_model.h"

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/pages/cases/doctor_host.h"

namespace mnerva::ui {
namespace {

QString labelText(const std::optional<Entity>& entity) {
    return entity ? fromUtf8(entity->type) : DoctorModel::tr("none", "no label");
}

QString changeText(const workflow::Suspect& suspect) {
    if (!suspect.given && !suspect.suggested) return {};
    if (!suspect.suggested && !suspect.saysNone) return labelText(suspect.given);
    if (suspect.given && suspect.suggested && suspect.given->type == suspect.suggested->type)
        return DoctorModel::tr("%1, words %2–%3 → %4–%5", "a label gets other borders")
            .arg(labelText(suspect.given))
            .arg(suspect.given->first + 1)
            .arg(suspect.given->last + 1)
            .arg(suspect.suggested->first + 1)
            .arg(suspect.suggested->last + 1);
    return QStringLiteral("%1 → %2").arg(labelText(suspect.given), labelText(suspect.suggested));
}

QString reasonText(const workflow::Suspect& suspect) {
    QString reason = queueText(suspect.queue);
    if (!suspect.detailTemplate.empty())
        reason =
            DoctorModel::tr("%1: %2", "a reason and its numbers")
                .arg(reason,
                     fromUtf8(fillTemplate(toUtf8(translated("Doctor", suspect.detailTemplate)), suspect.detailArgs)));
    return suspect.isInSample ? DoctorModel::tr("%1, seen in training", "a reason, and why it weighs less").arg(reason)
                              : reason;
}

}  // namespace

QString queueText(const std::string& queue) {
    return translated("Doctor", workflow::queueSentence(queue));
}

DoctorModel::DoctorModel(DoctorHost& host, QObject* parent) : QAbstractTableModel(parent), m_host(host) {
    connect(&host, &DoctorHost::listChanged, this, [this] {
        beginResetModel();
        m_rows = static_cast<int>(m_host.open().size());
        endResetModel();
    });
}

int DoctorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int DoctorModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant DoctorModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= std::ssize(m_host.open())) return {};
    const workflow::Suspect& suspect = m_host.report().suspects[m_host.open()[static_cast<std::size_t>(index.row())]];
    if (role == Qt::TextAlignmentRole && index.column() == kScore) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == kReason) return reasonText(suspect).toHtmlEscaped();
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case kWords:
            return fromUtf8(suspect.words);
        case kLabel:
            return changeText(suspect);
        case kReason:
            return reasonText(suspect);
        case kPost:
            return suspect.split == Split::None
                       ? fromUtf8(suspect.id)
                       : tr("%1 · %2", "post id and split").arg(fromUtf8(suspect.id), splitText(suspect.split));
        case kScore:
            return QString::number(suspect.score, 'f', 2);
        default:
            return {};
    }
}

QVariant DoctorModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == kScore ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kWords:
            return tr("Words");
        case kLabel:
            return tr("Label");
        case kReason:
            return tr("Reason");
        case kPost:
            return tr("Post");
        case kScore:
            return tr("Score");
        default:
            return {};
    }
}

void DoctorModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumns - 1);
    if (m_rows > 0) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, kColumns - 1));
}

}  // namespace mnerva::ui
