#include "ui/pages/train/epoch_table_model.h"

#include <QFont>
#include <QLocale>
#include <algorithm>
#include <set>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

bool sameScores(const protocol::TypeScore& a, const protocol::TypeScore& b) {
    return a.precision == b.precision && a.recall == b.recall && a.f1 == b.f1 && a.support == b.support;
}

bool sameEvals(const std::vector<protocol::EvalPoint>& a, const std::vector<protocol::EvalPoint>& b) {
    const auto sameType = [](const auto& x, const auto& y) {
        return x.first == y.first && sameScores(x.second, y.second);
    };
    const auto same = [&](const protocol::EvalPoint& x, const protocol::EvalPoint& y) {
        return x.epoch == y.epoch && x.split == y.split && x.rule == y.rule && sameScores(x.micro, y.micro) &&
               std::equal(x.types.begin(), x.types.end(), y.types.begin(), y.types.end(), sameType);
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

QString scoresTip(const protocol::TypeScore& score) {
    return EpochTableModel::tr("precision %1, recall %2, F1 %3, %Ln entities in the data", nullptr, score.support)
        .arg(scoreText(score.precision), scoreText(score.recall), scoreText(score.f1));
}

}  // namespace

QString evalSplitText(const std::string& split) {
    return split == "test" ? EpochTableModel::tr("test posts") : EpochTableModel::tr("validation posts");
}

std::vector<std::string> inProjectOrder(const std::set<std::string>& types, const LabelSet& labels) {
    std::vector<std::string> ordered;
    for (const std::string& type : labels.types)
        if (types.contains(type)) ordered.push_back(type);
    for (const std::string& type : types)
        if (std::find(ordered.begin(), ordered.end(), type) == ordered.end()) ordered.push_back(type);
    return ordered;
}

EpochTableModel::EpochTableModel(Rows rows, QObject* parent) : QAbstractTableModel(parent), m_rows(rows) {}

int EpochTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_points.size());
}

int EpochTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_points.empty() ? 0 : kFirstType + int(m_types.size());
}

bool EpochTableModel::isBest(int row) const {
    return point(row).split != "test" && m_bestEpoch > 0 && point(row).epoch == m_bestEpoch;
}

QVariant EpochTableModel::text(int row, int column) const {
    const protocol::EvalPoint& eval = point(row);
    switch (column) {
        case kPrecision:
            return scoreText(eval.micro.precision);
        case kRecall:
            return scoreText(eval.micro.recall);
        case kF1:
            return scoreText(eval.micro.f1);
        case kSupport:
            return QLocale().toString(eval.micro.support);
        default:
            break;
    }
    const auto found = eval.types.find(m_types[std::size_t(column - kFirstType)]);
    return found == eval.types.end() ? QStringLiteral("—") : scoreText(found->second.f1);
}

QString EpochTableModel::tip(int row, int column) const {
    const protocol::EvalPoint& eval = point(row);
    const QString origin = eval.rule.empty()
                               ? evalSplitText(eval.split)
                               : tr("%1 · %2", "split and rule").arg(evalSplitText(eval.split), ruleText(eval.rule));
    if (column < kFirstType) return origin + QLatin1Char('\n') + scoresTip(eval.micro);
    const auto found = eval.types.find(m_types[std::size_t(column - kFirstType)]);
    return found == eval.types.end() ? origin : origin + QLatin1Char('\n') + scoresTip(found->second);
}

QVariant EpochTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    switch (role) {
        case kIsBest:
            return isBest(index.row());
        case kIsTest:
            return point(index.row()).split == "test";
        case Qt::TextAlignmentRole:
            return int(Qt::AlignRight | Qt::AlignVCenter);
        case Qt::FontRole: {
            if (index.column() != kF1 || !(isBest(index.row()) || m_rows == Rows::Pinned)) return {};
            QFont font = Theme::bodyFont();
            font.setBold(true);
            return font;
        }
        case Qt::BackgroundRole:
            return m_rows == Rows::All && isBest(index.row()) ? Theme::color(Theme::Role::AccentSurface) : QVariant();
        case Qt::DisplayRole:
            return text(index.row(), index.column());
        case Qt::ToolTipRole:
            return tip(index.row(), index.column());
        default:
            return {};
    }
}

QVariant EpochTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal) {
        if (role == Qt::TextAlignmentRole) return int(Qt::AlignRight | Qt::AlignVCenter);
        if (role == Qt::ForegroundRole && section >= kFirstType && section < columnCount())
            return Theme::ink(Theme::labelColor(m_types[std::size_t(section - kFirstType)], m_labels));
        if (role != Qt::DisplayRole) return {};
        const QStringList head{tr("P", "precision"), tr("R", "recall"), tr("F1"), tr("Entities")};
        return section < kFirstType ? head.value(section) : fromUtf8(m_types.at(std::size_t(section - kFirstType)));
    }
    if (section >= rowCount()) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) return tip(section, kF1);
    if (role != Qt::DisplayRole) return {};
    const protocol::EvalPoint& eval = point(section);
    if (m_rows == Rows::Pinned)
        return eval.split == "test" ? tr("Test · epoch %1").arg(eval.epoch)
                                    : tr("Validation · epoch %1").arg(eval.epoch);
    if (eval.split == "test") return tr("Test");
    return isBest(section) ? tr("★ %1", "the best epoch").arg(eval.epoch) : QString::number(eval.epoch);
}

void EpochTableModel::setHistory(const protocol::RunHistory& history, const LabelSet& labels) {
    std::vector<protocol::EvalPoint> points;
    if (m_rows == Rows::All) {
        points = history.evals;
    } else {
        if (const protocol::EvalPoint* best = history.best()) points.push_back(*best);
        if (const protocol::EvalPoint* test = history.test()) points.push_back(*test);
    }
    if (!m_testShown) std::erase_if(points, [](const protocol::EvalPoint& point) { return point.split == "test"; });
    if (m_rows == Rows::All)
        std::stable_sort(points.begin(), points.end(), [](const protocol::EvalPoint& a, const protocol::EvalPoint& b) {
            const bool aTest = a.split == "test", bTest = b.split == "test";
            return aTest != bTest ? aTest : a.epoch > b.epoch;
        });
    if (sameEvals(points, m_points) && history.bestEpoch == m_bestEpoch && labels == m_labels) return;
    std::set<std::string> types;
    for (const protocol::EvalPoint& eval : points)
        for (const auto& [type, score] : eval.types)
            if (score.support > 0 || score.f1 > 0) types.insert(type);
    beginResetModel();
    m_points = std::move(points);
    m_types = inProjectOrder(types, labels);
    m_labels = labels;
    m_bestEpoch = history.bestEpoch;
    endResetModel();
}

void EpochTableModel::setTestShown(bool shown) {
    m_testShown = shown;
}

void EpochTableModel::clear() {
    setHistory({}, {});
}

void EpochTableModel::retranslate() {
    beginResetModel();
    endResetModel();
}

}  // namespace mnerva::ui
