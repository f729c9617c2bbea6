#pragma once

#include <QString>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

class TagHost;

/// A row of the tagging page's keys (annotation.md 5.2). In a post that is read from the right, a key does what its
/// mirror does: the word to the left is the next one, and an entity's left edge its end.
struct TagAction : ActionRow<TagHost> {
    const char* mirror = nullptr;
};

/// Registers every key of the tagging page under the scope "tag"; more calls do nothing.
void defineTagActions(ActionRegistry& actions);
/// The row of an id; null for another one and for the labels.
const TagAction* tagAction(const QString& id);

inline constexpr int kLabelKeys = 20;  ///< digits, then digits with Shift
/// "tag.label1" .. "tag.label20": the key of the label at an index of the label set.
QString labelActionId(int index);
/// Index of a label action, -1 for another id.
int labelIndexOf(const QString& actionId);
/// The key of the label at an index as it is shown on its chip ("1", "⇧1"); empty without one.
QString labelKeyText(const ActionRegistry& actions, int index);

}  // namespace mnerva::ui
