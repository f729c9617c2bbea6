#include "ui/pages/data/statistics_model.h"

#include <QFont>
#include <QLocale>
#include <algorithm>

#include "ui/base/error_text.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

void add(workflow::SplitStatistics& sum, const workflow::SplitStatistics& part) {
    sum.posts += part.posts;
    sum.words += part.words;
    sum.entities += part.entities;
    sum.entitiesBeginOnly += part.entitiesBeginOnly;
    sum.orphanInside += part.orphanInside;
    sum.postsWithoutEntity += part.postsWithoutEntity;
    for (const auto& [type, count] : part.types) sum.types[type] += count;
}

}  // namespace

void StatisticsModel::takeTypes(const workflow::SplitStatistics& numbers) {
    for (const auto& [type, count] : numbers.types) {
        if (std::find(m_types.begin(), m_types.end(), type) == m_types.end()) m_types.push_back(type);
    }
}

void StatisticsModel::set(const Numbers& gold, std::map<Split, int> done, const LabelSet& labels,
                          const Numbers& corrected) {
    beginResetModel();
    m_rows.clear();
    m_types = labels.types;
    m_labels = labels;
    Row goldSum, correctedSum;
    correctedSum.corrected = true;
    int splits = 0;
    const auto take = [&](Split split, const workflow::SplitStatistics& numbers, Row& sum) {
        takeTypes(numbers);
        add(sum.numbers, numbers);
        sum.done += done[split];
        m_rows.push_back({split, sum.corrected, numbers, done[split], 0});
    };
    for (const auto& [split, numbers] : gold) {
        if (numbers.posts == 0) continue;
        ++splits;
        take(split, numbers, goldSum);
        const auto human = corrected.find(split);
        if (human != corrected.end()) take(split, human->second, correctedSum);
    }
    if (splits > 1) {
        m_rows.push_back(std::move(goldSum));
        if (!corrected.empty()) m_rows.push_back(std::move(correctedSum));
    }
    endResetModel();
}

void StatisticsModel::setMarks(int Row::*field, FixedColumn column, std::map<Split, int> counts) {
    int sum = 0;
    for (Row& row : m_rows) {
        if (!row.split) continue;
        row.*field = counts[*row.split];
        if (!row.corrected) sum += row.*field;
    }
    for (Row& row : m_rows) {
        if (!row.split) row.*field = sum;
    }
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, column), index(rowCount() - 1, column));
}

void StatisticsModel::setDone(std::map<Split, int> done) {
    setMarks(&Row::done, Done, std::move(done));
}

void StatisticsModel::setSkipped(std::map<Split, int> skipped) {
    setMarks(&Row::skipped, Skipped, std::move(skipped));
}

bool StatisticsModel::anySkipped() const {
    return std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.skipped > 0; });
}

void StatisticsModel::clear() {
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

void StatisticsModel::retranslate() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, std::max(0, columnCount() - 1));
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

int StatisticsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int StatisticsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : FixedColumns + static_cast<int>(m_types.size());
}

int StatisticsModel::numberAt(const Row& row, int column) const {
    switch (column) {
        case Posts:
            return row.numbers.posts;
        case Done:
            return row.done;
        case Skipped:
            return row.skipped;
        case Words:
            return row.numbers.words;
        case Entities:
            return row.numbers.entities;
        case Begun:
            return row.numbers.entitiesBeginOnly;
        default:
            break;
    }
    const auto found = row.numbers.types.find(m_types[static_cast<std::size_t>(column - FixedColumns)]);
    return found == row.numbers.types.end() ? 0 : found->second;
}

QVariant StatisticsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole) {
        return QVariant(index.column() < Posts ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::FontRole && !row.split) {
        QFont font = Theme::bodyFont();
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (role != Qt::DisplayRole) return {};
    if (index.column() == SplitName) return row.split ? splitText(*row.split) : tr("all");
    if (index.column() == Layer) return row.corrected ? tr("corrected") : tr("gold");
    return QLocale().toString(numberAt(row, index.column()));
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant(section < Posts ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == Begun)
        return tr("Entities that begin with B- or S-, as the papers count them");
    if (role == Qt::ToolTipRole && section == Layer)
        return tr("gold: the tags as they were imported; corrected: with what people changed");
    if (role == Qt::ForegroundRole && section >= FixedColumns) {
        return Theme::ink(Theme::labelColor(m_types[static_cast<std::size_t>(section - FixedColumns)], m_labels));
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case SplitName:
            return tr("Split");
        case Layer:
            return tr("Layer");
        case Posts:
            return tr("Posts");
        case Done:
            return tr("Done");
        case Skipped:
            return tr("Skipped");
        case Words:
            return tr("Words");
        case Entities:
            return tr("Entities");
        case Begun:
            return tr("B- only");
        default:
            return fromUtf8(m_types[static_cast<std::size_t>(section - FixedColumns)]);
    }
}

bool StatisticsModel::begunDiffers() const {
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [this](const Row& row) { return numberAt(row, Begun) != numberAt(row, Entities); });
}

}  // namespace mnerva::ui
