#include "core/store/schema.h"

#include <sqlite3.h>

#include <map>
#include <memory>

#include "core/base/check.h"
#include "core/store/migrator.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

constexpr const char* kParts = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema";

struct Part {
    std::string type, table, sql;
    bool operator==(const Part&) const = default;
};
using Schema = std::map<std::string, Part>;  ///< by name

std::string columnOf(sqlite3_stmt* row, int column) {
    const unsigned char* text = sqlite3_column_text(row, column);
    return text ? reinterpret_cast<const char*>(text) : "";
}

/// The schema of each version, from 1.
std::vector<Schema> makeSchemas() {
    sqlite3* opened = nullptr;
    MNERVA_CHECK(sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
                                 nullptr) == SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close_v2);
    std::vector<Schema> schemas;
    for (const embedded::Step& step : embedded::steps()) {
        MNERVA_CHECK(sqlite3_exec(database.get(), std::string(step.sql).c_str(), nullptr, nullptr, nullptr) ==
                     SQLITE_OK);
        sqlite3_stmt* prepared = nullptr;
        MNERVA_CHECK(sqlite3_prepare_v2(database.get(), kParts, -1, &prepared, nullptr) == SQLITE_OK);
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> row(prepared, sqlite3_finalize);
        Schema schema;
        while (sqlite3_step(prepared) == SQLITE_ROW)
            schema[columnOf(prepared, 1)] = {columnOf(prepared, 0), columnOf(prepared, 2), columnOf(prepared, 3)};
        schemas.push_back(std::move(schema));
    }
    return schemas;
}

const Schema& schemaOf(int version) {
    static const std::vector<Schema> schemas = makeSchemas();
    return schemas.at(static_cast<std::size_t>(version - 1));
}

std::string named(const Part& part, const std::string& name) {
    return "the " + part.type + " " + name;
}

/// A newer program may add what it likes; a table that computes while it is read, or is none, is nothing to read.
void judgeNewer(Connection& connection, std::vector<ForeignPart>& found) {
    for (const auto& [name, part] : schemaOf(knownVersion())) {
        if (part.type != "table") continue;
        Statement query(
            connection,
            "SELECT (SELECT count(*) FROM sqlite_schema WHERE name = ?1 AND type = 'table' AND sql NOT LIKE "
            "'CREATE VIRTUAL%'), (SELECT count(*) FROM pragma_table_xinfo(?1) WHERE hidden <> 0)");
        query.bind(name);
        if (query.step() && query.integer(0) == 1 && query.integer(1) == 0) continue;
        found.push_back({named(part, name) + " with another definition", true});
    }
}

}  // namespace

std::vector<ForeignPart> foreignParts(Connection& connection, int version) {
    std::vector<ForeignPart> found;
    if (connection.text("PRAGMA encoding") != "UTF-8") found.push_back({"texts that are not UTF-8", true});
    if (version > knownVersion()) {
        judgeNewer(connection, found);
        return found;
    }
    Schema missing = schemaOf(version);
    Statement query(connection, kParts);
    while (query.step()) {
        const std::string name(query.text(1));
        const Part part{std::string(query.text(0)), std::string(query.text(2)), std::string(query.text(3))};
        const auto ours = missing.find(name);
        if (ours == missing.end()) {
            const bool isStatistics = part.type == "table" && (name == "sqlite_stat1" || name == "sqlite_stat4");
            if (!isStatistics) found.push_back({named(part, name), false});
            continue;
        }
        if (part != ours->second)
            found.push_back({named(part, name) + " with another definition", ours->second.type == "table"});
        missing.erase(ours);
    }
    for (const auto& [name, part] : missing) found.push_back({"no " + part.type + " " + name, part.type == "table"});
    return found;
}

}  // namespace mnerva::store
