#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/progress.h"

namespace mnerva::store {

/// Copies a database that others may be writing to, as it is at one moment, into a file that is whole or absent
/// (SQLite's backup interface, some pages at a time, each lot on the disk before the next so that writers wait for
/// little). Nothing of the source is changed. What was copied is looked through (quick_check) before it takes its
/// name. Returns the bytes of the copy. Errors: ProjectCorrupt where the copy is not sound, DiskFull, FileUnwritable,
/// FileExists, those of Connection. Throws Cancelled.
std::uintmax_t copyDatabase(const std::filesystem::path& from, const std::filesystem::path& to,
                            const ProgressSink& progress = {}, const std::stop_token& stop = {});

/// Throws ProjectCorrupt where a database of Mnerva's cannot be used: of another program, damaged, with parts that are
/// not ours. Returns its version.
int requireSound(const std::filesystem::path& database, const std::stop_token& stop = {});

/// How much a database holds. Errors: those of Connection.
struct DatabaseContent {
    std::int64_t posts = 0, done = 0, changes = 0;  ///< changes: steps of the history
};
DatabaseContent contentOf(const std::filesystem::path& database, const std::stop_token& stop = {});

}  // namespace mnerva::store
