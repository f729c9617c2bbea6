#pragma once

#include <span>

#include "app/commands/command.h"

namespace mnerva::app {

using AddCommand = void (*)(CLI::App&, Context&);

/// Whether the first word names one of these commands, or, where no word is, the version is asked for.
bool isAnswered(int argc, char** argv, std::span<const AddCommand> commands);

/// Parses the command line, runs the chosen command and gives the exit status (command.h). SIGINT and SIGTERM ask for a
/// stop.
int runCommandLine(int argc, char** argv, std::span<const AddCommand> commands);

}  // namespace mnerva::app
