#pragma once

#include <vector>

#include "app/description/description.h"

namespace mnerva::app {

/// The options of the window's command line: read by its parser, its man page and its completions. The value's type
/// name is as app/description/README.md has it; empty: a flag.
struct WindowOption {
    const char* name;
    const char* typeName;
    const char* sentence;
};
/// All of them, in the order of --help.
const std::vector<WindowOption>& windowOptions();

/// What `mnerva` says of itself.
ProgramText describeWindow();

}  // namespace mnerva::app
