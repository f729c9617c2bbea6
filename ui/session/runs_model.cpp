#include "ui/session/runs_model.h"

#include <QDateTime>
#include <QIcon>
#include <QLocale>
#include <algorithm>

#include "core/eval/rule.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"

namespace mnerva::ui {
namespace {

constexpr int kIconSide = 16;
constexpr std::string_view kUsualRule = "seqeval-lenient";

QString iconOf(protocol::RunState state) {
    switch (state) {
        case protocol::RunState::Succeeded:
            return QStringLiteral("check");
        case protocol::RunState::Failed:
            return QStringLiteral("close");
        case protocol::RunState::Paused:
            return QStringLiteral("pause");
        case protocol::RunState::Running:
            return QStringLiteral("play");
        default:
            return QStringLiteral("stop");
    }
}

Theme::Role roleOf(protocol::RunState state) {
    switch (state) {
        case protocol::RunState::Succeeded:
            return Theme::Role::Good;
        case protocol::RunState::Failed:
            return Theme::Role::Bad;
        case protocol::RunState::Running:
            return Theme::Role::Accent;
        default:
            return Theme::Role::SecondaryText;
    }
}

/// In the state's colour, on a selected row too.
QIcon stateIcon(protocol::RunState state) {
    QIcon icon(Theme::pixmap(iconOf(state), Theme::color(roleOf(state)), kIconSide));
    // Selected rows keep a light ground, so the colour stays; Qt would tint the picture.
    icon.addPixmap(Theme::pixmap(iconOf(state), Theme::color(roleOf(state)), kIconSide), QIcon::Selected);
    return icon;
}

}  // namespace

QString scoreText(double score) {
    return settings::scoresInPercent() ? QString::number(score * 100, 'f', 2) : QString::number(score, 'f', 4);
}

QString ruleText(const std::string& rule) {
    const auto known = eval::ruleFromName(rule);
    return known ? translated("scores", eval::ruleTitle(*known)) : fromUtf8(rule);
}

namespace {

/// "epoch 3 · seqeval, lenient": what is known of where a figure comes from.
QString originText(const workflow::ScoreFigure& figure) {
    QStringList parts;
    if (figure.epoch > 0) parts << RunsModel::tr("epoch %L1").arg(figure.epoch);
    if (!figure.rule.empty()) parts << ruleText(figure.rule);
    return parts.join(RunsModel::tr(" · ", "between the epoch and the rule of a score"));
}

QString withOrigin(const QString& figure, const QString& origin) {
    return origin.isEmpty() ? figure : RunsModel::tr("%1 (%2)", "a score and where it comes from").arg(figure, origin);
}

}  // namespace

QString validText(const workflow::ScoreFigure& figure) {
    return withOrigin(RunsModel::tr("validation F1 %1").arg(scoreText(figure.f1)), originText(figure));
}

QString testText(const workflow::ScoreFigure& figure) {
    return withOrigin(RunsModel::tr("test F1 %1").arg(scoreText(figure.f1)), originText(figure));
}

QString epochText(const protocol::RunHistory& history) {
    if (history.folds < 1 || history.fold < 1)
        return RunsModel::tr("epoch %L1 of %L2").arg(history.epoch).arg(history.epochs);
    // Its epochs are counted through.
    const int ofFold = std::max(1, history.epochs / history.folds);
    const int epoch = std::clamp(history.epoch - (history.fold - 1) * ofFold, 0, ofFold);
    if (epoch == 0) return RunsModel::tr("fold %L1 of %L2").arg(history.fold).arg(history.folds);
    return RunsModel::tr("fold %L1 of %L2, epoch %L3 of %L4")
        .arg(history.fold)
        .arg(history.folds)
        .arg(epoch)
        .arg(ofFold);
}

QString runStateText(protocol::RunState state) {
    switch (state) {
        case protocol::RunState::Running:
            return RunsModel::tr("running");
        case protocol::RunState::Paused:
            return RunsModel::tr("paused");
        case protocol::RunState::Succeeded:
            return RunsModel::tr("done");
        case protocol::RunState::Failed:
            return RunsModel::tr("failed");
        case protocol::RunState::Cancelled:
            return RunsModel::tr("stopped");
        case protocol::RunState::Interrupted:
            return RunsModel::tr("interrupted");
        case protocol::RunState::Unknown:
            break;
    }
    return RunsModel::tr("not started");
}

QString failureText(const protocol::RunHistory& history) {
    if (history.state != protocol::RunState::Failed) return {};
    const protocol::RunFailure& failure = history.failure;
    if (!failure.code.empty()) return errorText(Error(errorFromName(failure.code), failure.args));
    return fromUtf8(failure.text);
}

RunsModel::RunsModel(QObject* parent) : QAbstractTableModel(parent) {}

int RunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(kColumnCount);
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= int(m_runs.size())) return {};
    const RunInfo& run = m_runs[std::size_t(index.row())];
    const Texts& texts = m_texts[std::size_t(index.row())];
    const protocol::RunState state = run.history.state;
    if (role == kStateRole) return int(state);
    if (role == kRunName) return fromUtf8(run.name);
    if (role == kFraction)
        return state == protocol::RunState::Running || state == protocol::RunState::Paused ? run.history.fraction()
                                                                                           : -1.0;
    if (role == Qt::ToolTipRole) return texts.tip;
    if (role == Qt::DecorationRole && index.column() == kName) return stateIcon(state);
    if (role == Qt::TextAlignmentRole && index.column() == kF1) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ForegroundRole && index.column() == kState && state == protocol::RunState::Failed)
        return Theme::color(Theme::Role::Bad);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    switch (index.column()) {
        case kName:
            return fromUtf8(run.name);
        case kSystem:
            return fromUtf8(run.record.system).toUpper();
        case kData:
            return texts.data;
        case kF1:
            return texts.f1;
        case kState:
            return texts.state;
        default:
            return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int((section == kF1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == kF1)
        return tr(
            "F1 of the kept epoch on the validation posts, by “seqeval, lenient” where no other rule is named. The "
            "test "
            "score stands in the run's details when it is asked for.");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case kName:
            return tr("Run");
        case kSystem:
            return tr("System");
        case kData:
            return tr("Preset");
        case kF1:
            return tr("Validation F1");
        case kState:
            return tr("State");
        default:
            return {};
    }
}

RunsModel::Texts RunsModel::textsOf(const RunInfo& run) {
    Texts texts;
    if (!run.problem.empty())
        texts.data = QStringLiteral("—");  // not known
    else
        texts.data = run.record.preset.empty() ? tr("own", "preset of a run: none") : fromUtf8(run.record.preset);
    texts.f1 = run.valid ? scoreText(run.valid->f1) : QStringLiteral("—");
    // Runs by another rule than the usual one must not look comparable.
    if (run.valid && !run.valid->rule.empty() && run.valid->rule != kUsualRule)
        texts.f1 = tr("%1 · %2", "a score and its rule").arg(texts.f1, ruleText(run.valid->rule));
    const protocol::RunHistory& h = run.history;
    texts.state = runStateText(h.state);
    if ((h.state == protocol::RunState::Running || h.state == protocol::RunState::Paused) && h.epochs > 0)
        texts.state = h.state == protocol::RunState::Paused ? tr("paused, %L1 of %L2").arg(h.epoch).arg(h.epochs)
                      : h.epoch > 0                         ? epochText(h)
                                                            : tr("preparing");
    QStringList tip{fromUtf8(run.name), texts.state};
    if (run.valid)
        tip << validText(*run.valid);
    else if (h.folds > 0)
        tip << tr("a run over folds, which has no model of its own");
    else if (h.state == protocol::RunState::Succeeded)
        tip << tr("no validation F1: the run had no validation posts");
    if (const QString why = failureText(h); !why.isEmpty()) tip << why;
    if (!run.problem.empty()) tip << tr("%1 is missing or damaged.").arg(fromUtf8(run.problem));
    if (run.started > 0)
        tip << QLocale().toString(QDateTime::fromMSecsSinceEpoch(qint64(run.started * 1000)), QLocale::ShortFormat);
    texts.tip = tip.join(QLatin1Char('\n'));
    return texts;
}

void RunsModel::setRuns(std::vector<RunInfo> runs) {
    bool sameRows = runs.size() == m_runs.size();
    for (std::size_t i = 0; sameRows && i < runs.size(); ++i) sameRows = runs[i].name == m_runs[i].name;
    if (!sameRows) beginResetModel();
    m_runs = std::move(runs);
    m_texts.clear();
    for (const RunInfo& run : m_runs) m_texts.push_back(textsOf(run));
    if (!sameRows)
        endResetModel();
    else if (!m_runs.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
}

void RunsModel::updateRun(const RunInfo& run) {
    const int row = rowOf(fromUtf8(run.name));
    if (row < 0) {
        beginInsertRows({}, 0, 0);
        m_runs.insert(m_runs.begin(), run);
        m_texts.insert(m_texts.begin(), textsOf(run));
        endInsertRows();
        return;
    }
    m_runs[std::size_t(row)] = run;
    m_texts[std::size_t(row)] = textsOf(run);
    Q_EMIT dataChanged(index(row, 0), index(row, kColumnCount - 1));
}

void RunsModel::remove(const QString& name) {
    const int row = rowOf(name);
    if (row < 0) return;
    beginRemoveRows({}, row, row);
    m_runs.erase(m_runs.begin() + row);
    m_texts.erase(m_texts.begin() + row);
    endRemoveRows();
}

const RunInfo* RunsModel::run(int row) const {
    return row >= 0 && row < int(m_runs.size()) ? &m_runs[std::size_t(row)] : nullptr;
}

int RunsModel::rowOf(const QString& name) const {
    const std::string wanted = toUtf8(name);
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (m_runs[i].name == wanted) return int(i);
    return -1;
}

QStringList RunsModel::names() const {
    QStringList names;
    for (const RunInfo& run : m_runs)  // one that failed before its first checkpoint holds nothing: its name is free
        if (run.history.state != protocol::RunState::Failed || run.hasCheckpoint) names << fromUtf8(run.name);
    return names;
}

void RunsModel::retranslate() {
    for (std::size_t i = 0; i < m_runs.size(); ++i) m_texts[i] = textsOf(m_runs[i]);
    if (!m_runs.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, kColumnCount - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, kColumnCount - 1);
}

}  // namespace mnerva::ui
