#include "ui/pages/scores/scores_models.h"

#include <QCoreApplication>
#include <QFont>
#include <QLocale>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/session/runs_model.h"

namespace mnerva::ui {
namespace {

QString translated(std::string_view text) {
    return QCoreApplication::translate("scores", std::string(text).c_str());
}

CellModel::Cell plain(const QString& text, const QString& tip = {}) {
    return {text, tip, 0, 0, false};
}

CellModel::Cell number(int value) {
    return plain(QLocale().toString(value));
}

QString countsTip(const eval::Prf& prf) {
    return CellModel::tr("%L1 right of %L2 predicted and %L3 in gold")
        .arg(prf.correct)
        .arg(prf.predicted)
        .arg(prf.support);
}

QString tick(double change) {
    return change > 0 ? QStringLiteral("▲ +") : QStringLiteral("▼ −");
}

CellModel::Cell meanCell(const eval::MeanSd& found) {
    return plain(found.sd
                     ? CellModel::tr("%1 ± %2", "mean and deviation").arg(scoreText(found.mean), scoreText(*found.sd))
                     : scoreText(found.mean),
                 CellModel::tr("mean and deviation of the sample (n − 1)"));
}

constexpr int kSurfaceRows = 500;

}  // namespace

QString ruleTitleText(eval::Rule rule) {
    return translated(eval::ruleTitle(rule));
}

QString propertyText(eval::Property property) {
    return translated(eval::propertyTitle(property));
}

QString bucketText(eval::Property property, const std::string& name) {
    return property == eval::Property::Type ? fromUtf8(name) : translated(name);
}

QString errorKindText(std::optional<eval::ErrorKind> kind) {
    if (!kind) return CellModel::tr("region", "a kind of mistake: right but for the region of the picture");
    switch (*kind) {
        case eval::ErrorKind::Boundary:
            return CellModel::tr("boundary");
        case eval::ErrorKind::Type:
            return CellModel::tr("type");
        case eval::ErrorKind::BoundaryAndType:
            return CellModel::tr("type and boundary");
        case eval::ErrorKind::Missed:
            return CellModel::tr("missed");
        case eval::ErrorKind::Spurious:
            return CellModel::tr("spurious");
    }
    return {};
}

QString layerText(const std::string& layer) {
    if (layer == "gold") return CellModel::tr("gold");
    if (layer == "corrected") return CellModel::tr("corrected");
    return fromUtf8(layer);
}

QString warningText(const workflow::ScoreWarning& warning) {
    std::vector<std::string> args = warning.args;
    if (!args.empty()) args[0] = toUtf8(layerText(args[0]));
    return fromUtf8(fillTemplate(toUtf8(translated(workflow::warningTemplate(warning.kind))), args));
}

// --- the model ------------------------------------------------------------------------------------------------------

int CellModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_head.size());
}

QVariant CellModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Cell& cell = m_rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::ToolTipRole:
            return cell.tip.isEmpty() ? QVariant() : cell.tip;
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (index.column() < m_textColumns ? Qt::AlignLeft : Qt::AlignRight));
        case Qt::ForegroundRole:
            if (cell.trend == 0) return {};
            return Theme::color(cell.trend > 0 ? Theme::Role::Good : Theme::Role::Bad);
        case Qt::BackgroundRole: {
            if (cell.weight <= 0) return {};
            QColor colour = Theme::color(cell.isMistake || cell.trend < 0 ? Theme::Role::Bad : Theme::Role::Accent);
            colour.setAlphaF(static_cast<float>(std::clamp(0.06 + 0.34 * cell.weight, 0.0, 0.4)));
            return colour;
        }
        case Qt::FontRole: {
            if (!cell.isBold) return {};
            QFont font = Theme::bodyFont();
            font.setBold(true);
            return font;
        }
        default:
            return {};
    }
}

QVariant CellModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role == Qt::TextAlignmentRole && orientation == Qt::Horizontal)
        return int(Qt::AlignVCenter | (section < m_textColumns ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole) return {};
    return orientation == Qt::Horizontal ? m_head.value(section) : m_rowHeads.value(section);
}

void CellModel::setCells(QStringList head, std::vector<std::vector<Cell>> rows, QStringList rowHeads) {
    beginResetModel();
    m_head = std::move(head);
    m_rows = std::move(rows);
    m_rowHeads = std::move(rowHeads);
    endResetModel();
}

// --- systems --------------------------------------------------------------------------------------------------------

namespace systems_table {
namespace {

QString intervalText(const std::optional<eval::Interval>& interval) {
    return interval ? CellModel::tr("%1 to %2", "ends of an interval")
                          .arg(scoreText(interval->low), scoreText(interval->high))
                    : QStringLiteral("–");
}

/// A row of a layer that the rule has no figures for.
std::vector<CellModel::Cell> emptyRow(const std::string& layer, qsizetype columns) {
    std::vector<CellModel::Cell> cells(static_cast<std::size_t>(columns), plain(QStringLiteral("–")));
    cells.front() = plain(layerText(layer));
    cells[kF1] = plain(translated(workflow::noRegionsText()));
    return cells;
}

/// The best of each column of scores stands bold, where several systems have scores.
void markBest(const ScoresAnswer& answer, std::vector<std::vector<CellModel::Cell>>& rows) {
    const auto typeScore = [](const std::string& type) {
        return [type](const eval::Score& score) {
            const auto found = score.types.find(type);
            return found == score.types.end() ? -1.0 : found->second.f1;
        };
    };
    std::vector<std::pair<int, std::function<double(const eval::Score&)>>> columns{
        {kPrecision, [](const eval::Score& s) { return s.micro.precision; }},
        {kRecall, [](const eval::Score& s) { return s.micro.recall; }},
        {kF1, [](const eval::Score& s) { return s.micro.f1; }},
        {kMacro, [](const eval::Score& s) { return s.macro.f1; }},
        {kWeighted, [](const eval::Score& s) { return s.weighted.f1; }}};
    for (std::size_t t = 0; t < answer.table.types.size(); ++t)
        columns.emplace_back(kFirstType + static_cast<int>(t), typeScore(answer.table.types[t]));
    const auto isScored = [](const workflow::SystemScore& row) { return row.score.isScored; };
    if (std::count_if(answer.table.rows.begin(), answer.table.rows.end(), isScored) < 2) return;
    for (const auto& [column, figure] : columns) {
        double best = 0;
        for (const auto& row : answer.table.rows)
            if (isScored(row)) best = std::max(best, figure(row.score.score));
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (const auto& row = answer.table.rows[r]; isScored(row) && best > 0)
                rows[r][static_cast<std::size_t>(column)].isBold = figure(row.score.score) >= best;
    }
}

/// The counts, and under grounding what is right without the type or without the region.
QString groundingTip(const eval::LayerScore& score) {
    QString tip = countsTip(score.score.micro);
    if (score.grounding)
        tip += QLatin1Char('\n') + CellModel::tr("F1 without the type (EEG): %1; without the region (MNER): %2")
                                       .arg(scoreText(score.grounding->eeg.f1), scoreText(score.grounding->mner.f1));
    return tip;
}

}  // namespace

void fill(CellModel& model, const ScoresAnswer& answer) {
    QStringList head{CellModel::tr("System"),   CellModel::tr("P", "precision"), CellModel::tr("R", "recall"),
                     CellModel::tr("F1"),       CellModel::tr("95 % interval"),  CellModel::tr("Change"),
                     CellModel::tr("Macro F1"), CellModel::tr("Weighted F1"),    CellModel::tr("Posts")};
    for (const std::string& type : answer.table.types) head << fromUtf8(type);
    std::vector<std::vector<CellModel::Cell>> rows;
    for (const auto& row : answer.table.rows) {
        if (!row.score.isScored) {
            rows.push_back(emptyRow(row.layer, head.size()));
            continue;
        }
        const eval::Score& score = row.score.score;
        const QString tip = groundingTip(row.score);
        std::vector<CellModel::Cell> cells{plain(layerText(row.layer)), plain(scoreText(score.micro.precision), tip),
                                           plain(scoreText(score.micro.recall), tip),
                                           plain(scoreText(score.micro.f1), tip), plain(intervalText(row.interval))};
        const auto change = answer.changes.find(row.layer);
        cells.push_back(plain(
            change == answer.changes.end() ? QString() : tick(change->second) + scoreText(std::abs(change->second))));
        if (change != answer.changes.end()) cells.back().trend = change->second > 0 ? 1 : -1;
        cells.push_back(plain(scoreText(score.macro.f1)));
        cells.push_back(plain(scoreText(score.weighted.f1)));
        cells.push_back(number(static_cast<int>(row.score.posts.size())));
        for (const std::string& type : answer.table.types) {
            const auto found = score.types.find(type);
            cells.push_back(found == score.types.end()
                                ? plain(QStringLiteral("–"))
                                : plain(scoreText(found->second.f1),
                                        CellModel::tr("P %1, R %2; %3")
                                            .arg(scoreText(found->second.precision), scoreText(found->second.recall),
                                                 countsTip(found->second))));
        }
        rows.push_back(std::move(cells));
    }
    markBest(answer, rows);
    model.setTextColumns(1);
    model.setCells(head, std::move(rows));
}

}  // namespace systems_table

namespace confusion_table {

std::vector<int> labels(const ScoresAnswer& answer) {
    std::vector<int> labels = answer.confusion.types();
    labels.push_back(eval::Unit::kNone);
    return labels;
}

void fill(CellModel& model, const ScoresAnswer& answer) {
    const std::vector<int> all = labels(answer);
    const auto name = [&](int label) {
        return label == eval::Unit::kNone ? CellModel::tr("O (none)")
                                          : fromUtf8(answer.typeNames[static_cast<std::size_t>(label)]);
    };
    int most = 1;
    for (const int g : all)
        for (const int p : all)
            if (g != eval::Unit::kNone || p != g) most = std::max(most, answer.confusion.at(g, p));
    QStringList head, rowHeads;
    std::vector<std::vector<CellModel::Cell>> rows;
    for (const int gold : all) {
        rowHeads << name(gold);
        head << name(gold);
        std::vector<CellModel::Cell> cells;
        for (const int predicted : all) {
            const int count = answer.confusion.at(gold, predicted);
            const bool isCorner = gold == eval::Unit::kNone && predicted == gold;
            CellModel::Cell cell =
                plain(isCorner || count == 0 ? QString() : QLocale().toString(count),
                      CellModel::tr("gold %1, predicted %2: %L3").arg(name(gold), name(predicted)).arg(count));
            cell.weight = isCorner ? 0 : static_cast<double>(count) / most;  // one scale for all
            cell.isMistake = gold != predicted;
            cell.isBold = gold == predicted;
            cells.push_back(std::move(cell));
        }
        rows.push_back(std::move(cells));
    }
    model.setTextColumns(0);
    model.setCells(head, std::move(rows), rowHeads);
}

}  // namespace confusion_table

namespace surfaces_table {

void fill(CellModel& model, const ScoresAnswer& answer) {
    std::vector<std::vector<CellModel::Cell>> rows;
    for (const eval::SurfaceRow& row : answer.surfaces) {
        if (static_cast<int>(rows.size()) >= kSurfaceRows) break;
        rows.push_back({plain(fromUtf8(row.text)),
                        plain(fromUtf8(answer.typeNames[static_cast<std::size_t>(row.type)])),
                        plain(row.isMissed ? CellModel::tr("missed") : CellModel::tr("spurious")), number(row.count),
                        number(static_cast<int>(row.posts.size()))});
    }
    model.setTextColumns(3);
    model.setCells({CellModel::tr("Text"), CellModel::tr("Type"), CellModel::tr("Mistake"), CellModel::tr("Times"),
                    CellModel::tr("Posts")},
                   std::move(rows));
}

}  // namespace surfaces_table

namespace seeds_table {
namespace {

QString joined(const std::vector<std::string>& parts) {
    QStringList texts;
    for (const std::string& part : parts) texts << fromUtf8(part);
    return texts.join(CellModel::tr(", ", "between names"));
}

}  // namespace

void fill(CellModel& model, const ScoresAnswer& answer) {
    std::vector<std::vector<CellModel::Cell>> rows;
    for (const workflow::SeedGroup& group : answer.seeds) {
        rows.push_back(
            {plain(joined(group.layers)), plain(joined(group.seeds)), number(group.f1.count), meanCell(group.precision),
             meanCell(group.recall), meanCell(group.f1),
             plain(
                 CellModel::tr("%1 to %2", "ends of an interval").arg(scoreText(group.least), scoreText(group.most)))});
        rows.back()[5].isBold = true;
    }
    model.setTextColumns(2);
    model.setCells(
        {CellModel::tr("Runs"), CellModel::tr("Seeds"), CellModel::tr("Number"), CellModel::tr("P", "precision"),
         CellModel::tr("R", "recall"), CellModel::tr("F1"), CellModel::tr("Least to most")},
        std::move(rows));
}

}  // namespace seeds_table

}  // namespace mnerva::ui
