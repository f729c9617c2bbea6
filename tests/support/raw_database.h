#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace mnerva::test {

/// Runs SQL on a database file as any other program would: with triggers, views and a writable schema. Throws
/// std::runtime_error.
void runSql(const std::filesystem::path& database, const std::string& sql);
/// First column of the first row; 0 where there is none.
std::int64_t numberBySql(const std::filesystem::path& database, const std::string& sql);

}  // namespace mnerva::test
