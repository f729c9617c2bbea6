#include "ui/pages/train/run_options_model.h"

#include <QFont>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/train/option_texts.h"

namespace mnerva::ui {
namespace {

QString valueText(const OptionField* option, const nlohmann::json& value) {
    const QString text = optionText(value);
    return option ? optionReadText(*option, text) : text;
}

/// Names of a run's options as the form orders them, those it does not know behind them.
std::vector<std::string> namesInOrder(const nlohmann::json& options, const SystemField* system) {
    std::vector<std::string> names;
    if (system)
        for (const OptionField& option : system->options)
            if (std::string name = toUtf8(option.name); options.contains(name)) names.push_back(std::move(name));
    for (const auto& [name, value] : options.items())
        if (!system || !system->option(fromUtf8(name))) names.push_back(name);
    return names;
}

}  // namespace

const SystemField* systemOf(const protocol::RunRecord& record, const std::vector<SystemField>& systems) {
    const auto found = std::find_if(systems.begin(), systems.end(),
                                    [&](const SystemField& one) { return toUtf8(one.name) == record.system; });
    if (found == systems.end()) return nullptr;
    for (const SystemField& other : found->others)
        if (other.variants.contains(fromUtf8(record.variant))) return &other;
    return &*found;
}

int RunOptionsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_optionRows.size());
}

int RunOptionsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(kColumnCount);
}

QVariant RunOptionsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Row& row = m_optionRows[std::size_t(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return index.column() == kOption ? row.title : index.column() == kValue ? row.value : row.preset;
        case Qt::ToolTipRole:
            return row.tip.isEmpty() ? QVariant() : row.tip;
        case kIsChanged:
            return row.isChanged;
        case Qt::ForegroundRole:
            return index.column() == kPresetValue ? Theme::color(Theme::Role::SecondaryText) : QVariant();
        case Qt::FontRole: {
            if (!row.isChanged || index.column() == kPresetValue) return {};
            QFont font = Theme::bodyFont();
            font.setBold(true);
            return font;
        }
        default:
            return {};
    }
}

QVariant RunOptionsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == kOption ? tr("Option") : section == kValue ? tr("Value") : tr("Preset");
}

void RunOptionsModel::setRun(const protocol::RunRecord& record, const std::vector<SystemField>& systems) {
    const SystemField* system = systemOf(record, systems);
    const nlohmann::json* preset = system ? system->preset(fromUtf8(record.preset)) : nullptr;
    std::vector<Row> rows;
    if (record.options.is_object())
        for (const std::string& name : namesInOrder(record.options, system)) {
            const nlohmann::json& value = record.options.at(name);
            const OptionField* option = system ? system->option(fromUtf8(name)) : nullptr;
            Row row{option ? optionTitle(*option) : fromUtf8(name), valueText(option, value), {}, {}, false};
            if (option) {
                const nlohmann::json given = preset && preset->contains(name) ? preset->at(name) : option->fallback;
                row.preset = valueText(option, given);
                row.isChanged = given != value;
                row.tip = optionSentence(*option) + QStringLiteral("\n--set ") + fromUtf8(name) + QLatin1Char('=') +
                          optionText(value);
            }
            if (!option || option->isOffered || row.isChanged) rows.push_back(std::move(row));
        }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.isChanged > b.isChanged; });
    if (rows == m_optionRows) return;
    beginResetModel();
    m_optionRows = std::move(rows);
    endResetModel();
}

int RunOptionsModel::changedCount() const {
    return int(std::count_if(m_optionRows.begin(), m_optionRows.end(), [](const Row& row) { return row.isChanged; }));
}

}  // namespace mnerva::ui
