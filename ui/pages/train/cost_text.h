#pragma once

#include <QString>

#include "core/protocol/run_estimate.h"

namespace mnerva::ui {

/// What a run would take, in sentences: time an epoch and in all, pictures that are read once, memory beside what is
/// free, and what to do where there is too little.
QString costText(const protocol::RunEstimate& estimate);

}  // namespace mnerva::ui
