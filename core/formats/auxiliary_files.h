#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/format.h"

namespace mnerva::formats {

/// Reads texts about posts (models.md 9.2), a line each: JSON objects {"id": "1061447", "source": "caption", "text":
/// "..."} or id TAB source TAB text; which of the two says the first character that is no white space. A number is an
/// id too. The text is split into words at white space. Findings: auxiliary-line-invalid (left out), auxiliary-empty (a
/// text without words, left out), bom, invalid-utf8 (repaired), line-too-long. Errors: FileMissing, FileIsDirectory,
/// FileUnreadable, FormatInvalid (no text), FileTooLarge. Throws Cancelled on stop.
void readAuxiliary(const std::filesystem::path& path, const AuxiliarySink& sink, Findings& findings,
                   const ProgressSink& progress = {}, std::stop_token stop = {});

/// Appends a text in the JSON form.
void appendAuxiliary(std::string& out, const std::string& id, const AuxiliaryText& text);

/// Words of a text, split at ASCII white space and U+3000.
std::vector<std::string> auxiliaryWords(std::string_view text);

}  // namespace mnerva::formats
