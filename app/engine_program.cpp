#include "app/engine_program.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "core/base/printable.h"

namespace mnerva::app {
namespace fs = std::filesystem;

int becomeEngine(char** argv) {
    std::error_code failed;
    const fs::path folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
    const fs::path beside = folder / "mnerva-engine",
                   installed = (folder / "../libexec/mnerva/mnerva-engine").lexically_normal();
    ::execv(beside.c_str(), argv);
    const int reason = errno;
    if (reason == ENOENT) ::execv(installed.c_str(), argv);
    const fs::path& last = reason == ENOENT ? installed : beside;
    std::cerr << "mnerva-cli: this command needs the engine, and " << printable(last.string())
              << " cannot be started: " << std::strerror(errno) << "\n";
    return 1;
}

}  // namespace mnerva::app
