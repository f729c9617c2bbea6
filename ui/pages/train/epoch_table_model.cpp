#include "ui/pages/train/epoch_table_model.h"

#include <QFont>
#include <algorithm>
#include <set>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

bool sameEvals(const std::vector<protocol::EvalPoint>& a, const std::vector<protocol::EvalPoint>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const protocol::EvalPoint& x, const protocol::EvalPoint& y) {
                          return x.epoch == y.epoch && x.split == y.split && x.micro.f1 == y.micro.f1;
                      });
}

/// "validation posts, lenient rule".
QString originText(const protocol::EvalPoint& eval) {
    const QString split =
        eval.split == "test" ? EpochTableModel::tr("test posts") : EpochTableModel::tr("validation posts");
    return eval.rule.empty() ? split : EpochTableModel::tr("%1, %2", "split and rule").arg(split, ruleText(eval.rule));
}

}  // namespace

EpochTableModel::EpochTableModel(QObject* parent) : QAbstractTableModel(parent) {}

int EpochTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_points.size());
}

int EpochTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_points.empty() ? 0 : 1 + int(m_types.size());
}

bool EpochTableModel::isBest(int row) const {
    return point(row).split != "test" && m_bestEpoch > 0 && point(row).epoch == m_bestEpoch;
}

QVariant EpochTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const protocol::EvalPoint& eval = point(index.row());
    if (role == kIsBest) return isBest(index.row());
    if (role == kIsTest) return eval.split == "test";
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && isBest(index.row())) {
        QFont font = Theme::bodyFont();
        font.setBold(true);
        return font;
    }
    if (role == Qt::BackgroundRole && isBest(index.row())) return Theme::color(Theme::Role::AccentSurface);
    const bool all = index.column() == 0;
    const auto found = all ? eval.types.end() : eval.types.find(m_types[std::size_t(index.column() - 1)]);
    if (!all && found == eval.types.end()) return role == Qt::DisplayRole ? QVariant(QStringLiteral("—")) : QVariant();
    const protocol::TypeScore& score = all ? eval.micro : found->second;
    if (role == Qt::DisplayRole) return scoreText(score.f1);
    if (role == Qt::ToolTipRole)
        return originText(eval) + QLatin1Char('\n') +
               tr("precision %1, recall %2, F1 %3, %Ln entities in the data", nullptr, score.support)
                   .arg(scoreText(score.precision), scoreText(score.recall), scoreText(score.f1));
    return {};
}

QVariant EpochTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal) {
        if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
        if (role != Qt::DisplayRole) return {};
        return section == 0 ? tr("All") : fromUtf8(m_types.at(std::size_t(section - 1)));
    }
    if (section >= rowCount()) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) return originText(point(section));
    if (role != Qt::DisplayRole) return {};
    if (point(section).split == "test") return tr("Test");
    return isBest(section) ? tr("★ %1", "the best epoch").arg(point(section).epoch)
                           : QString::number(point(section).epoch);
}

void EpochTableModel::setHistory(const protocol::RunHistory& history) {
    std::vector<protocol::EvalPoint> points = history.evals;
    if (!m_testShown) std::erase_if(points, [](const protocol::EvalPoint& point) { return point.split == "test"; });
    std::stable_sort(points.begin(), points.end(), [](const protocol::EvalPoint& a, const protocol::EvalPoint& b) {
        const bool aTest = a.split == "test", bTest = b.split == "test";
        return aTest != bTest ? aTest : a.epoch > b.epoch;
    });
    if (sameEvals(points, m_points) && history.bestEpoch == m_bestEpoch) return;
    std::set<std::string> types;
    for (const protocol::EvalPoint& eval : points)
        for (const auto& [type, score] : eval.types)
            if (score.support > 0 || score.f1 > 0) types.insert(type);
    beginResetModel();
    m_points = std::move(points);
    m_types.assign(types.begin(), types.end());
    m_bestEpoch = history.bestEpoch;
    endResetModel();
}

void EpochTableModel::setTestShown(bool shown) {
    m_testShown = shown;
}

void EpochTableModel::clear() {
    setHistory({});
}

void EpochTableModel::retranslate() {
    beginResetModel();
    endResetModel();
}

}  // namespace mnerva::ui
