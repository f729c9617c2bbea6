#pragma once

#include "core/store/connection.h"

namespace mnerva::store {

/// BEGIN IMMEDIATE; everything is rolled back unless commit() came back. Transactions do not nest.
class Transaction {
public:
    explicit Transaction(Connection& connection);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& m_connection;
    bool m_open = true;
};

/// Holds one state of the database for reading, whatever others write meanwhile. Inside a transaction it adds nothing.
class Snapshot {
public:
    explicit Snapshot(Connection& connection);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& m_connection;
    bool m_own;
};

}  // namespace mnerva::store
