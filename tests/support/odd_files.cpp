#include "tests/support/odd_files.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "core/base/file.h"

namespace mnerva::test {
namespace fs = std::filesystem;

const std::vector<OddKind>& oddKinds() {
    static const std::vector<OddKind> all{OddKind::SymbolicLink, OddKind::HardLink, OddKind::NamedPipe,
                                          OddKind::Device};
    return all;
}

std::string nameOf(OddKind kind) {
    static const char* const names[] = {"symbolic link", "hard link", "named pipe", "device"};
    return names[static_cast<int>(kind)];
}

bool putOdd(OddKind kind, const fs::path& place, const fs::path& victim) {
    fs::remove(place);
    if (kind == OddKind::NamedPipe) return ::mkfifo(place.c_str(), 0600) == 0;
    if (kind == OddKind::Device) return ::mknod(place.c_str(), S_IFCHR | 0600, makedev(1, 3)) == 0;  // null
    if (!fs::exists(victim)) writeFileAtomic(victim, "a letter of the user");
    if (kind == OddKind::SymbolicLink)
        fs::create_symlink(victim, place);
    else
        fs::create_hard_link(victim, place);
    return true;
}

}  // namespace mnerva::test
