#pragma once

#include <QString>
#include <vector>

namespace mnerva::ui {

/// Registers every key of the tagging page (annotation.md 5.2) under the scope "tag". Once for the application; more
/// calls do nothing.
void defineTagActions();

inline constexpr int kLabelKeys = 20;  ///< digits, then digits with Shift
/// "tag.label1" .. "tag.label20": the key of the label at an index of the label set.
QString labelActionId(int index);
/// Index of a label action, -1 for another id.
int labelIndexOf(const QString& actionId);
/// The key of the label at an index as it is shown on its chip ("1", "⇧1"); empty without one.
QString labelKeyText(int index);

}  // namespace mnerva::ui
