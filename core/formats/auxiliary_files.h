#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/file.h"
#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/post.h"

namespace mnerva::formats {

/// Gets each text about a post; `id` is the post's id in its file (IMGID), `line` where it stands.
using AuxiliarySink = std::function<void(const std::string& id, AuxiliaryText&& text, int line)>;

/// Reads texts about posts (models.md 9.2), a line each: JSON objects {"id": "1061447", "source": "caption", "text":
/// "..."} or id TAB source TAB text; which of the two says the first character that is no white space. A number is an
/// id too. The text is split into words at white space. Findings: auxiliary-line-invalid (left out), auxiliary-empty (a
/// text without words, left out), bom, invalid-utf8 (repaired), line-too-long. Errors: FileMissing, FileIsDirectory,
/// FileUnreadable, FormatInvalid (no text), FileTooLarge. Throws Cancelled on stop.
void readAuxiliary(const std::filesystem::path& path, const AuxiliarySink& sink, Findings& findings,
                   const ProgressSink& progress = {}, std::stop_token stop = {});

/// Writes the JSON form; nothing is seen under the path before commit(). Errors: FileUnwritable, DiskFull.
class AuxiliaryWriter {
public:
    explicit AuxiliaryWriter(const std::filesystem::path& path) : m_file(path) {}
    void add(const std::string& id, const AuxiliaryText& text);
    /// All on the disk, to be read again under temporaryPath() before commit() gives the name.
    void finish() { m_file.finish(); }
    const std::filesystem::path& temporaryPath() const { return m_file.temporaryPath(); }
    void commit() { m_file.commit(); }

private:
    AtomicFile m_file;
};

/// Words of a text, split at ASCII white space and U+3000.
std::vector<std::string> auxiliaryWords(std::string_view text);

}  // namespace mnerva::formats
