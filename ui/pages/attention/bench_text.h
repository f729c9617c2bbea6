#pragma once

#include <QString>

#include "core/protocol/explanation.h"

namespace mnerva::ui {

/// The figures of a method (explanation.md 3) as the page writes them. Each is empty where there is nothing to say.

/// The one figure that fits under a small map: how often it points at the object, else how much deletion finds.
QString benchNote(const protocol::MethodFigures& of);
/// One line: pointing against chance, deletion, insertion, what is left when the weights are random.
QString benchLine(const protocol::MethodFigures& of, const protocol::Explanation& all);
/// All of it with intervals, a line each.
QString benchTip(const protocol::MethodFigures& of, const protocol::Explanation& all);
/// Whose figures they are: split, entities, those with a box, what stood for nothing.
QString benchAbout(const protocol::Explanation& all);

}  // namespace mnerva::ui
