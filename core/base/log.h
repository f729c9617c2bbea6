#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva {

/// A text file that several processes add lines to. Each line is one write at the end, so lines never mix; above
/// `maxBytes` the file becomes `<name>.1`, in place of the one before. Only its owner may read it (0600).
class LogFile {
public:
    explicit LogFile(std::filesystem::path path, std::uint64_t maxBytes = kMaxBytes);
    /// Adds a line (without its line end). Never throws: a log that cannot be written is no fault of the work. From any
    /// thread.
    void append(std::string_view line) noexcept;
    /// Where it lies.
    const std::filesystem::path& path() const { return m_path; }

private:
    static constexpr std::uint64_t kMaxBytes = 2 << 20;
    void open();
    void rotate();

    std::filesystem::path m_path;
    std::uint64_t m_maxBytes;
    std::mutex m_mutex;
    Descriptor m_file;
};

/// The log of this process, for a person to send when something went wrong: starts, versions, failures by their codes.
/// It is written once begin() was called, which only the main functions do; until then every call does nothing.
/// What posts say stays out of it: of an error's args only paths, names and numbers are written (loggedArgs).
/// MNERVA_LOG=debug writes them all, MNERVA_LOG=off nothing.
namespace log {

/// Names and values of a line.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// $XDG_STATE_HOME/mnerva/mnerva.log, by default below ~/.local/state; empty where there is no home. Made with the
/// first line.
std::filesystem::path file();
/// From now on this process writes to file(). A process that has nothing to tell leaves no line: who it is stands
/// before its first one.
void begin(std::string_view program, std::string_view version, std::string_view task = {});
/// An event, as a kebab-case word. Fields hold names and numbers, never words of posts.
void note(std::string_view event, const Fields& fields = {});
/// A failure where it is shown or ends something; `where` is a name of ours.
void error(const Error& error, std::string_view where);
/// The last lines of a child that died. Only what the system and its libraries say of a death (a signal, memory, a
/// library that is missing) is kept: sentences about the data could quote them.
void deathOf(std::string_view child, std::string_view how, std::string_view lastWords);

/// An error's args as they may be written: "…" in place of one that could hold text of a post or of a file.
std::vector<std::string> loggedArgs(const Error& error);

}  // namespace log
}  // namespace mnerva
