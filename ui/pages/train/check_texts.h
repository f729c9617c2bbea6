#pragma once

#include <QString>
#include <QStringList>

#include "core/protocol/training_history.h"

namespace mnerva::ui {

/// What a check of the data before training found, in the window's language; an unknown check shows its code.
QString checkText(const protocol::TrainCheck& check);
/// What to do about it.
QString checkAdvice(const protocol::TrainCheck& check);
/// Some of what was found, and how many more there are; empty where there is nothing to name.
QStringList checkExamples(const protocol::TrainCheck& check);
/// Finding, advice and examples, for a person who decides whether to train in spite of it.
QString checkParagraph(const protocol::TrainCheck& check);

}  // namespace mnerva::ui
