#include "core/store/transaction.h"

#include "core/base/check.h"

namespace mnerva::store {
namespace {

void rollBack(Connection& connection) noexcept {
    try {
        // SQLite rolls back by itself on some errors (disk full among them).
        if (connection.inTransaction()) connection.execute("ROLLBACK");
    } catch (...) {  // nothing more can be done here: closing the connection rolls back too
    }
}

}  // namespace

Transaction::Transaction(Connection& connection) : m_connection(connection) {
    MNERVA_CHECK(!connection.inTransaction());
    connection.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
    if (m_open) rollBack(m_connection);
}

void Transaction::commit() {
    m_connection.requireInPlace();
    m_connection.execute("COMMIT");
    m_open = false;
}

Snapshot::Snapshot(Connection& connection) : m_connection(connection), m_own(!connection.inTransaction()) {
    if (!m_own) return;
    connection.execute("BEGIN DEFERRED");
    try {
        connection.integer("SELECT count(*) FROM sqlite_schema");  // the state is fixed by the first read
    } catch (...) {
        rollBack(connection);
        throw;
    }
}

Snapshot::~Snapshot() {
    if (m_own) rollBack(m_connection);
}

}  // namespace mnerva::store
