#pragma once

#include <QString>
#include <string>
#include <vector>

namespace mnerva::ui {

/// Why a name cannot be that of a new label beside these; empty where it can. Names that differ by case alone, or look
/// almost the same, are told.
QString whyNoLabelName(const QString& name, const std::vector<std::string>& others);

}  // namespace mnerva::ui
