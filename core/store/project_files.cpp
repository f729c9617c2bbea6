#include "core/store/project_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "core/base/error.h"
#include "core/base/file.h"

namespace mnerva::store {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 3> kCompanions{"-wal", "-shm", "-journal"};
constexpr std::string_view kSecondName = "a file that has another name too (hard link)";
constexpr int kListedFiles = 100000;  // a folder of a stranger may hold any number of them

enum class Kind { Missing, Plain, SecondName, Odd };

struct Look {
    Kind kind = Kind::Missing;
    std::string what;
    std::uintmax_t bytes = 0;
    bool isFolder = false;
};

Look lookAt(const fs::path& path) {
    struct stat state {};
    // What cannot be looked at cannot be opened either; that error says more than this function could.
    if (::lstat(path.c_str(), &state) != 0) return {};
    if (S_ISREG(state.st_mode)) {
        const auto bytes = static_cast<std::uintmax_t>(state.st_size);
        if (state.st_nlink > 1) return {Kind::SecondName, std::string(kSecondName), bytes, false};
        return {Kind::Plain, {}, bytes, false};
    }
    if (S_ISDIR(state.st_mode)) return {Kind::Odd, "a folder", 0, true};
    if (S_ISLNK(state.st_mode)) return {Kind::Odd, "a symbolic link", 0, false};
    if (S_ISFIFO(state.st_mode)) return {Kind::Odd, "a named pipe", 0, false};
    if (S_ISSOCK(state.st_mode)) return {Kind::Odd, "a socket", 0, false};
    return {Kind::Odd, "a device", 0, false};
}

fs::path beside(const fs::path& database, std::string_view ending) {
    return database.string() + std::string(ending);
}

bool isJournal(const fs::path& file) {
    static constexpr std::string_view kMagic = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7";
    const Descriptor opened = openForReading(file);
    std::array<char, kMagic.size()> head{};
    return retried([&] { return ::read(opened.get(), head.data(), head.size()); }) ==
               static_cast<ssize_t>(head.size()) &&
           std::string_view(head.data(), head.size()) == kMagic;
}

/// Folders and plain files with one name are fine; everything below is looked at.
void lookInto(const fs::path& folder, std::vector<UnsafePart>& found) {
    std::error_code failed;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed), end;
    for (int seen = 0; !failed && at != end && seen < kListedFiles; at.increment(failed), ++seen) {
        const Look look = lookAt(at->path());
        if (!look.isFolder && !look.what.empty()) found.push_back({at->path(), look.what});
    }
}

}  // namespace

std::string oddityOfFile(const fs::path& file) {
    return lookAt(file).what;
}

std::vector<UnsafePart> unsafeDatabaseFiles(const fs::path& database) {
    std::vector<UnsafePart> found;
    const auto look = [&](const fs::path& file) {
        if (std::string what = oddityOfFile(file); !what.empty()) found.push_back({file, std::move(what)});
    };
    look(database);
    for (const std::string_view ending : kCompanions) look(beside(database, ending));
    return found;
}

std::vector<UnsafePart> unsafeParts(const fs::path& folder, bool deep) {
    std::vector<UnsafePart> found = unsafeDatabaseFiles(folder / "project.mnerva");
    if (std::string what = oddityOfFile(folder / "lock"); !what.empty())
        found.push_back({folder / "lock", std::move(what)});
    for (const char* name : {"runs", "cache", "gazetteer"}) {
        const Look look = lookAt(folder / name);
        if (look.kind == Kind::Missing) continue;
        if (!look.isFolder)
            found.push_back({folder / name, look.kind == Kind::Plain ? "a file; a folder was expected" : look.what});
        else if (deep)
            lookInto(folder / name, found);
    }
    return found;
}

ReadingMode readingModeOf(const fs::path& database) {
    const Look main = lookAt(database);
    if (main.kind == Kind::Missing) return ReadingMode::Usual;  // opening it says why
    if (main.kind == Kind::Odd) throw Error(ErrorCode::UnsafeTarget, {database.string(), main.what});
    const Look log = lookAt(beside(database, "-wal")), index = lookAt(beside(database, "-shm"));
    const fs::path journalFile = beside(database, "-journal");
    const Look journal = lookAt(journalFile);
    if (log.kind == Kind::Odd || index.kind == Kind::Odd || journal.kind == Kind::Odd) {
        // A log with something in it must be read with its index, and that is not ours to write.
        const bool holdsMore = log.kind != Kind::Odd && log.bytes > 0;
        if (holdsMore && index.kind == Kind::Odd)
            throw Error(ErrorCode::UnsafeTarget, {beside(database, "-shm").string(), index.what});
        if (holdsMore) throw Error(ErrorCode::UnsafeTarget, {journalFile.string(), journal.what});
        return ReadingMode::WithoutLog;
    }
    // A journal that may not be used up keeps the file half written; a letter of somebody keeps nothing.
    if (journal.kind == Kind::SecondName && journal.bytes > 0) {
        if (isJournal(journalFile)) throw Error(ErrorCode::UnsafeTarget, {journalFile.string(), journal.what});
        return ReadingMode::WithoutLog;
    }
    return index.kind == Kind::SecondName ? ReadingMode::FixedIndex : ReadingMode::Usual;
}

}  // namespace mnerva::store
