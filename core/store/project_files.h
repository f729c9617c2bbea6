#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mnerva::store {

/// Something under a project folder through which a write would reach other data.
struct UnsafePart {
    std::filesystem::path path;
    std::string what;  ///< part of a sentence: "a symbolic link", "a named pipe"
};

/// What is wrong with a file that is written in place; empty where it is missing, or plain and without a second name.
std::string oddityOfFile(const std::filesystem::path& file);

/// The database and what SQLite keeps beside it (-wal, -shm, -journal), as far as they are unsafe.
std::vector<UnsafePart> unsafeDatabaseFiles(const std::filesystem::path& database);

/// All of a project folder that Mnerva writes to: the database and its companions, the lock, runs/, cache/,
/// gazetteer/. With
/// `deep` also what lies in the runs: reported by `check`; opening leaves them to who writes there.
std::vector<UnsafePart> unsafeParts(const std::filesystem::path& folder, bool deep);

/// How a database can be read without writing through anything of another.
enum class ReadingMode {
    Usual,       ///< with its log; the index of the log may be made
    FixedIndex,  ///< with its log; the index of the log is not written
    WithoutLog,  ///< the main file alone, which must not change meanwhile
};
/// Throws UnsafeTarget: the file itself is no plain one, or what its log holds cannot be had safely.
ReadingMode readingModeOf(const std::filesystem::path& database);

}  // namespace mnerva::store
