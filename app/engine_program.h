#pragma once

namespace mnerva::app {

/// Goes on as mnerva-engine, which knows every command, with the same arguments: the process, its streams and what
/// hears of its end stay. Looked for beside this program, then in ../libexec/mnerva. Returns, with the exit status 1
/// and a sentence on standard error, only where it cannot be started.
int becomeEngine(char** argv);

}  // namespace mnerva::app
