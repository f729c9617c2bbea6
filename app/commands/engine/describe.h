#pragma once

#include <CLI/CLI.hpp>

#include "app/description/description.h"

namespace mnerva::app {

/// What the command line says of itself: every command that --help lists, its options and arguments.
ProgramText describe(const CLI::App& app);

}  // namespace mnerva::app
