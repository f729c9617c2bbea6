#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/connection.h"

namespace mnerva::store {

/// A prepared statement, leased from the connection's cache and given back (reset, unbound) at the end of the scope, so
/// that no read transaction stays open by accident. Parameters are bound in order; text and blobs must live until run()
/// or the last step().
class Statement {
public:
    Statement(Connection& connection, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    Statement& bind(std::int64_t value);
    Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
    Statement& bind(std::string_view text);
    Statement& bind(const char* text) { return bind(std::string_view(text)); }
    Statement& bind(std::optional<double> value);
    Statement& bindBlob(std::string_view bytes);
    Statement& bindNull();
    /// The value of a column of another statement's row, with its type.
    Statement& bindColumn(const Statement& row, int column);

    /// True: a row is there to be read. False: no more rows.
    bool step();
    /// Runs to the end and makes ready for the next values.
    void run();
    /// The same; false where a rule of the table (a type, a CHECK, a key) refuses the row, which then is not there.
    bool tryRun();

    std::int64_t integer(int column) const;
    double real(int column) const;
    bool isNull(int column) const;
    /// Bytes of a text or blob column; valid until the next step.
    std::string_view text(int column) const;

private:
    Connection& m_connection;
    std::string m_sql;
    sqlite3_stmt* m_statement;
    int m_next = 1;
};

}  // namespace mnerva::store
