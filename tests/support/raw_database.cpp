#include "tests/support/raw_database.h"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace mnerva::test {
namespace {

using Database = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Database opened(const std::filesystem::path& file) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    Database database(handle, sqlite3_close_v2);
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(code));
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 0, static_cast<int*>(nullptr));
    return database;
}

}  // namespace

void runSql(const std::filesystem::path& file, const std::string& sql) {
    const Database database = opened(file);
    if (sqlite3_exec(database.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database.get()));
}

std::int64_t numberBySql(const std::filesystem::path& file, const std::string& sql) {
    const Database database = opened(file);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(database.get()));
    const std::int64_t number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return number;
}

}  // namespace mnerva::test
