#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/store/connection.h"
#include "core/store/transaction.h"

namespace mnerva::store {

/// What came of one table of a damaged database.
struct SalvagedTable {
    std::int64_t kept = 0;        ///< rows
    std::int64_t refused = 0;     ///< rows that could be read and cannot be right
    std::int64_t fromBackup = 0;  ///< rows that only an older copy had
    bool isDamaged = false;       ///< part of it cannot be read
};

/// A database that may be damaged, made readable: a copy of it and of its log in a folder of ours, so that the file
/// itself stays as it is to the last byte. Where its first page cannot be used, it is mended in the copy: the header
/// is made anew, or the page is taken from an older copy of the same file.
class DamagedCopy {
public:
    /// Nothing in connection() where the file cannot be read at all. Errors: those of reading and writing files.
    DamagedCopy(const std::filesystem::path& database, const std::filesystem::path& workFolder,
                const std::vector<std::filesystem::path>& olderCopies, const ProgressSink& progress,
                const std::stop_token& stop);
    Connection* connection() const { return m_connection.get(); }
    bool isHeaderMended() const { return m_isMended; }
    /// Blocks of 4 KiB that the disk did not give; they count as zeros.
    std::int64_t unreadableBlocks() const { return m_unreadable; }

private:
    bool open(const std::stop_token& stop);
    void mendHeader();
    bool graft(const std::filesystem::path& olderCopy);

    std::filesystem::path m_file;
    std::unique_ptr<Connection> m_connection;
    bool m_isMended = false;
    std::int64_t m_unreadable = 0;
};

/// Copies into a new database of today's schema what can be read of others: table by table, and around damaged pages
/// by halving what cannot be read. What is made of other tables (chunks of the query line) is left out.
class Salvage {
public:
    /// `target`: made by migrate(), with nothing in it.
    Salvage(Connection& target, ProgressSink progress, std::stop_token stop);
    /// Everything of a database. Throws Cancelled.
    void takeAll(Connection& source);
    /// Takes posts away again whose words or tags are not as many as they should be, or are no texts.
    void discardBrokenPosts();
    /// From an older copy of the same project: rows of these tables that are not there. Only in damaged tables, or in
    /// all of them with `always`.
    void fillFrom(Connection& older, const std::vector<std::string>& tables, bool always);
    /// Gives names to what only references know of (files that were imported, layers), takes away rows whose partner is
    /// lost, and commits. Without it the target stays empty.
    void finish();

    const std::map<std::string, SalvagedTable>& tables() const { return m_tables; }
    std::int64_t lostReferences() const { return m_lostReferences; }

private:
    struct Table {
        std::string name, columns, places;
        std::vector<std::string> columnNames, key;
        bool isKeyNumber = false, hasLayers = false;
    };
    struct Reading;
    void describe();
    void take(Connection& source, const Table& table, bool isBackup);
    void settleReferences();
    bool copyRange(Reading& reading, std::optional<std::int64_t> layer, std::int64_t first, std::int64_t last,
                   std::int64_t& reached);
    void takeRanges(Reading& reading, std::optional<std::int64_t> layer);
    void takeBothWays(Reading& reading);
    void tick();

    Connection& m_target;
    ProgressSink m_progress;
    std::stop_token m_stop;
    std::optional<Transaction> m_transaction;
    std::vector<Table> m_described;  ///< those that others refer to first
    std::map<std::string, SalvagedTable> m_tables;
    std::int64_t m_lostReferences = 0, m_rows = 0;
};

/// Numbers from 1 to the largest that no row of a table has.
std::int64_t missingNumbers(Connection& connection, const std::string& table);

}  // namespace mnerva::store
