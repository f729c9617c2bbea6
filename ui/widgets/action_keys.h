#pragma once

#include <QKeyEvent>
#include <span>

#include "ui/widgets/actions.h"

namespace mnerva::ui {

/// Does what the rows of a scope say of a key; false: none of them has it. A key that is held down counts once, but for
/// rows that repeat.
template <class Owner>
bool runRowOfKey(const ActionRegistry& actions, const QString& scope, std::span<const ActionRow<Owner>> rows,
                 Owner& owner, const QKeyEvent* event) {
    const ActionRegistry::Definition* action = actions.actionFor(scope, event);
    if (!action) return false;
    for (const ActionRow<Owner>& row : rows) {
        if (action->id != QLatin1String(row.id)) continue;
        if (!event->isAutoRepeat() || (row.traits & kRepeats)) row.run(owner);
        return true;
    }
    return false;
}

/// Does what the row of an id says; false: none has it.
template <class Owner>
bool runRow(std::span<const ActionRow<Owner>> rows, Owner& owner, const QString& id) {
    for (const ActionRow<Owner>& row : rows) {
        if (id != QLatin1String(row.id)) continue;
        row.run(owner);
        return true;
    }
    return false;
}

}  // namespace mnerva::ui
