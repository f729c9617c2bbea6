#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mnerva::archive {

/// A dictionary of lists of names in file order, as crop dictionaries are.
using NameLists = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// Reads the pickle of a dict str -> list of str with a machine that knows the fourteen opcodes such a pickle needs
/// (models.md 1.4) and no other: nothing in it can name a class, call or import anything. `path` is for messages.
/// Values that are no lists of strings are left out and their keys put into `skipped`. Errors: PickleRefused (another
/// opcode), FormatInvalid (broken, truncated or no dictionary, or an endless name), BoundExceeded (more
/// of anything than such a file can need).
NameLists readNamePickle(std::string_view bytes, const std::string& path, std::vector<std::string>* skipped = nullptr);

}  // namespace mnerva::archive
