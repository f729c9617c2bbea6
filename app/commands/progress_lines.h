#pragma once

#include "core/base/progress.h"

namespace mnerva::app {

/// Progress as lines on stderr ("detecting 12 of 30"), a few a second, for whoever reads them from a pipe.
ProgressSink progressLines();

}  // namespace mnerva::app
