#include "core/base/log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>

namespace mnerva {
namespace fs = std::filesystem;

LogFile::LogFile(fs::path path, std::uint64_t maxBytes) : m_path(std::move(path)), m_maxBytes(maxBytes) {}

void LogFile::open() {
    const fs::path folder = m_path.parent_path();
    std::error_code failed;
    if (!fs::exists(folder, failed)) {
        fs::create_directories(folder, failed);
        fs::permissions(folder, fs::perms::owner_all, failed);
    }
    m_file = openForWriting(m_path, O_WRONLY | O_APPEND | O_CLOEXEC);
    ::fchmod(m_file.get(), S_IRUSR | S_IWUSR);
}

void LogFile::rotate() {
    struct stat own {};
    struct stat named {};
    if (::fstat(m_file.get(), &own) != 0 || static_cast<std::uint64_t>(own.st_size) < m_maxBytes) return;
    // Two processes may come here at once: who has the lock moves the file, the other one finds another file there.
    const bool locked = retried([&] { return ::flock(m_file.get(), LOCK_EX); }) == 0;
    if (locked && ::stat(m_path.c_str(), &named) == 0 && named.st_ino == own.st_ino && named.st_dev == own.st_dev) {
        std::error_code failed;
        fs::rename(m_path, m_path.string() + ".1", failed);
    }
    m_file.reset();  // gives the lock back too
    open();
}

void LogFile::append(std::string_view line) noexcept {
    try {
        const std::scoped_lock lock(m_mutex);
        if (!m_file.isOpen()) open();
        rotate();
        writeAll(m_file, std::string(line) + "\n", m_path);
    } catch (...) {  // a full disk, a home that cannot be written: what is being done matters more
        m_file.reset();
    }
}

namespace log {
namespace {

constexpr std::string_view kHidden = "…";
constexpr std::size_t kLongestValue = 500;

enum class Level { Off, Normal, Debug };

struct State {
    std::unique_ptr<LogFile> file;
    std::string program, header;
    Level level = Level::Normal;
    std::once_flag started;
};

// One a process by nature, like its standard error: errors are met where nothing can be handed in.
State& state() {
    static State one;
    return one;
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string now() {
    using namespace std::chrono;
    const auto time = system_clock::now();
    const std::time_t seconds = system_clock::to_time_t(time);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    const auto ms = duration_cast<milliseconds>(time.time_since_epoch()).count() % 1000;
    std::string digits = std::to_string(1000 + ms);
    digits[0] = '.';
    return std::string(text.data(), length) + digits + "Z";
}

/// One line whatever the value holds.
std::string quoted(std::string value) {
    if (value.size() > kLongestValue) value.resize(kLongestValue);
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string lineOf(std::string_view event, const Fields& fields) {
    std::string line = now() + " " + state().program + "[" + std::to_string(::getpid()) + "] " + std::string(event);
    for (const auto& [name, value] : fields) line += " " + name + "=" + quoted(value);
    return line;
}

void write(std::string_view event, const Fields& fields) {
    State& log = state();
    if (!log.file) return;
    std::call_once(log.started, [&log] { log.file->append(log.header); });
    log.file->append(lineOf(event, fields));
}

/// The args (by their digits) of each code that are paths, names or numbers. A code that is not here shows none.
std::string_view harmlessArgs(ErrorCode code) {
    switch (code) {
        case ErrorCode::FileMissing:
        case ErrorCode::FileIsDirectory:
        case ErrorCode::DiskFull:
        case ErrorCode::FormatUnknown:
        case ErrorCode::PickleRefused:
        case ErrorCode::ArchiveTruncated:
        case ErrorCode::ProjectMissing:
        case ErrorCode::ProjectExists:
        case ErrorCode::ProjectCorrupt:
        case ErrorCode::ProjectReadOnly:
        case ErrorCode::LayerNotStored:
        case ErrorCode::SplitEmpty:
        case ErrorCode::OptionUnknown:
        case ErrorCode::OptionInvalid:
        case ErrorCode::EncoderInvalid:
        case ErrorCode::ImageUnreadable:
        case ErrorCode::RunExists:
        case ErrorCode::RunIncompatible:
        case ErrorCode::NothingToResume:
        case ErrorCode::MemoryExhausted:
        case ErrorCode::BuildWithoutCuda:
        case ErrorCode::MemoryOfOne:
        case ErrorCode::CardUnusable:
        case ErrorCode::NumberNotFinite:
        case ErrorCode::EngineSilent:
        case ErrorCode::ConflictingChange:
        case ErrorCode::FileExists:
        case ErrorCode::FileProtected:
        case ErrorCode::NothingImported:
        case ErrorCode::ImportTooLossy:
        case ErrorCode::PathEncoding:
            return "0";
        case ErrorCode::FileUnreadable:
        case ErrorCode::FileUnwritable:
        case ErrorCode::DatabaseFailed:
        case ErrorCode::LayerUnknown:
        case ErrorCode::EncoderIncomplete:
        case ErrorCode::WeightMissing:
        case ErrorCode::RunMissing:
        case ErrorCode::ChecksStopped:
        case ErrorCode::DeviceMissing:
        case ErrorCode::DeviceFailed:
        case ErrorCode::ProtocolTooLarge:
        case ErrorCode::EngineVersion:
        case ErrorCode::FileNotPlain:
        case ErrorCode::UnsafeTarget:
        case ErrorCode::EncodingUnknown:
        case ErrorCode::RunBusy:
        case ErrorCode::RunDamaged:
        case ErrorCode::ImageOutside:
            return "01";
        case ErrorCode::FormatInvalid:
            return "02";
        case ErrorCode::LineInvalid:
            return "013";
        case ErrorCode::ProjectNewer:
        case ErrorCode::DriverTooOld:
        case ErrorCode::SpanInvalid:
        case ErrorCode::FileTooLarge:
        case ErrorCode::BoundExceeded:
        case ErrorCode::ImageKindUnknown:
        case ErrorCode::ImageTooLarge:
            return "012";
        case ErrorCode::ProjectLocked:
        case ErrorCode::WeightShape:
            return "0123";
        default:
            return "";
    }
}

/// Without what stands in quotation marks: libraries quote what they were reading.
std::string withoutQuotes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (text[i] != '\'' && text[i] != '"' && text[i] != '`') continue;
        const std::size_t end = text.find(text[i] == '`' ? '\'' : text[i], i + 1);
        out += kHidden;
        if (end == std::string_view::npos) break;
        i = end;
        out += text[end];
    }
    return out;
}

/// How a line begins with which the system, the C++ runtime or a library tells of a death.
bool tellsOfADeath(std::string_view line) {
    static constexpr std::array<std::string_view, 11> kWords{
        "terminate called", "  what():",       "Segmentation fault", "Aborted",        "Killed",        "Bus error",
        "free(): ",         "double free or ", "malloc(): ",         "corrupted size", "munmap_chunk()"};
    static constexpr std::array<std::string_view, 4> kAnywhere{"error while loading shared libraries",
                                                               "Sanitizer: ", "CUDA error", "Assertion `"};
    const auto begins = [line](std::string_view word) { return line.rfind(word, 0) == 0; };
    const auto holds = [line](std::string_view word) { return line.find(word) != std::string_view::npos; };
    return std::any_of(kWords.begin(), kWords.end(), begins) || std::any_of(kAnywhere.begin(), kAnywhere.end(), holds);
}

}  // namespace

fs::path file() {
    fs::path folder = environment("XDG_STATE_HOME");
    if (!folder.is_absolute()) {  // as its specification wants it
        const fs::path home = environment("HOME");
        if (!home.is_absolute()) return {};
        folder = home / ".local" / "state";
    }
    return folder / "mnerva" / "mnerva.log";
}

void begin(std::string_view program, std::string_view version, std::string_view task) {
    State& log = state();
    if (log.file) return;
    const std::string asked = environment("MNERVA_LOG");
    log.level = asked == "off" ? Level::Off : asked == "debug" ? Level::Debug : Level::Normal;
    const fs::path path = file();
    if (log.level == Level::Off || path.empty()) return;
    log.program = program;
    Fields fields{{"version", std::string(version)}};
    if (!task.empty()) fields.emplace_back("task", task);
    log.header = lineOf("start", fields);
    log.file = std::make_unique<LogFile>(path);
}

void note(std::string_view event, const Fields& fields) {
    write(event, fields);
}

std::vector<std::string> loggedArgs(const Error& error) {
    std::vector<std::string> out;
    const std::string_view harmless = harmlessArgs(error.code());
    for (std::size_t i = 0; i < error.args().size(); ++i) {
        const std::string& arg = error.args()[i];
        if (error.code() == ErrorCode::Internal)
            out.push_back(withoutQuotes(arg));
        else
            out.emplace_back(i < 10 && harmless.find(static_cast<char>('0' + i)) != std::string_view::npos ? arg
                                                                                                           : kHidden);
    }
    return out;
}

void error(const Error& error, std::string_view where) {
    const std::vector<std::string> args = state().level == Level::Debug ? error.args() : loggedArgs(error);
    Fields fields{{"code", std::string(errorName(error.code()))}, {"where", std::string(where)}};
    for (std::size_t i = 0; i < args.size(); ++i) fields.emplace_back(std::to_string(i), args[i]);
    write("error", fields);
}

void deathOf(std::string_view child, std::string_view how, std::string_view lastWords) {
    write("child-died", {{"child", std::string(child)}, {"how", std::string(how)}});
    const bool all = state().level == Level::Debug;
    while (!lastWords.empty()) {
        const std::size_t end = std::min(lastWords.find('\n'), lastWords.size());
        const std::string_view line = lastWords.substr(0, end);
        if (!line.empty() && (all || tellsOfADeath(line)))
            write("child-said", {{"text", all ? std::string(line) : withoutQuotes(line)}});
        lastWords.remove_prefix(std::min(end + 1, lastWords.size()));
    }
}

}  // namespace log
}  // namespace mnerva
