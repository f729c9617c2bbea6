#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/format.h"

namespace mnerva::formats {

/// Every format, in the order in which they are looked for and shown.
const std::vector<Format>& all();

/// The format of a name, or null.
const Format* find(std::string_view name);

/// All formats of a kind.
template <class Kind>
std::vector<const Format*> ofKind() {
    std::vector<const Format*> found;
    for (const Format& format : all())
        if (format.as<Kind>()) found.push_back(&format);
    return found;
}

/// The format of a kind that a file or folder is in: the first that says so, else the one that is what others leave.
/// Errors: those of opening a file are left to its reader.
template <class Kind>
const Format& recognise(const std::filesystem::path& path) {
    return recogniseAmong(ofKind<Kind>(), path);
}
const Format& recogniseAmong(const std::vector<const Format*>& formats, const std::filesystem::path& path);

/// Whether a file is of a format by its first bytes; always where the format does not look at them.
bool isOf(const Format& format, const std::filesystem::path& path);

/// True for a finding of a reader which says that something of a file is not kept as it was meant.
bool isLossOfReading(std::string_view code);

/// Names of formats, for messages: "auto, mner or umgf".
std::string namesOf(const std::vector<const Format*>& formats, std::string_view first = {});

/// The formats of a kind that can be written.
template <class Kind>
std::vector<const Format*> writtenOfKind() {
    std::vector<const Format*> found = ofKind<Kind>();
    std::erase_if(found, [](const Format* format) { return !format->isWritten(); });
    return found;
}

/// What each is, for `--help`: "mner: tagged text; umgf: folders of per-post files".
std::string helpOf(const std::vector<const Format*>& formats);

}  // namespace mnerva::formats
