#pragma once

#include <QString>

#include "ui/jobs/train_events.h"

namespace mnerva::ui {

/// What a check of the data before training found, in the window's language; an unknown check shows its code.
QString checkText(const TrainCheck& check);
/// What to do about it.
QString checkAdvice(const TrainCheck& check);
/// Finding, advice and examples, for a person who decides whether to train in spite of it.
QString checkParagraph(const TrainCheck& check);

}  // namespace mnerva::ui
