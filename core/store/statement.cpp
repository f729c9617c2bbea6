#include "core/store/statement.h"

#include <sqlite3.h>

namespace mnerva::store {

Statement::Statement(Connection& connection, std::string_view sql)
    : m_connection(connection), m_sql(sql), m_statement(connection.lease(sql)) {}

Statement::~Statement() {
    m_connection.giveBack(m_sql, m_statement);
}

Statement& Statement::bind(std::int64_t value) {
    sqlite3_bind_int64(m_statement, m_next++, value);
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    const char* data = text.data() ? text.data() : "";
    sqlite3_bind_text64(m_statement, m_next++, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(std::optional<double> value) {
    if (!value) return bindNull();
    sqlite3_bind_double(m_statement, m_next++, *value);
    return *this;
}

Statement& Statement::bindBlob(std::string_view bytes) {
    const char* data = bytes.data() ? bytes.data() : "";
    sqlite3_bind_blob64(m_statement, m_next++, data, bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bindNull() {
    sqlite3_bind_null(m_statement, m_next++);
    return *this;
}

Statement& Statement::bindColumn(const Statement& row, int column) {
    sqlite3_bind_value(m_statement, m_next++, sqlite3_column_value(row.m_statement, column));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) m_connection.fail(code);
    return false;
}

void Statement::run() {
    while (step()) {
    }
    sqlite3_reset(m_statement);
    m_next = 1;
}

bool Statement::tryRun() {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(m_statement);
    sqlite3_reset(m_statement);
    m_next = 1;
    if (code == SQLITE_DONE) return true;
    if ((code & 0xff) != SQLITE_CONSTRAINT) m_connection.fail(code);
    return false;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(m_statement, column);
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::string_view Statement::text(int column) const {
    const void* data = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return data ? std::string_view(static_cast<const char*>(data), static_cast<std::size_t>(size)) : std::string_view();
}

}  // namespace mnerva::store
