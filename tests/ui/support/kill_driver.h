#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace mnerva::test {

/// What a person sees of all posts, as one digest: entities, status, whether corrected.
std::string stateDigest(const std::vector<PostState>& states);
/// The states as they are on the disk.
std::vector<PostState> statesOnDisk(const project::Project& project);

/// The child of the kill test: the real window on a project, tagging by a seeded script of keys until it is killed.
/// Writes to stdout, a line each, unbuffered: "queued <digest>" for each action as soon as it was applied in memory,
/// "saved <n>" when the window shows that its n-th write is on the disk.
int runKillDriver(int argc, char** argv);

}  // namespace mnerva::test
