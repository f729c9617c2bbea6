#include "core/store/salvage.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/store/statement.h"
#include "core/text/utf8.h"

namespace mnerva::store {
namespace {

/// Made of the other tables whenever it is needed.
const std::set<std::string>& madeAnew() {
    static const std::set<std::string> names{"post_chunks", "layer_chunks", "post_signatures"};
    return names;
}

constexpr std::int64_t kMostFailures = 200000;  // ranges of a table that could not be read
constexpr std::int64_t kRowsBetweenReports = 4096;

bool isDamage(const Error& error) {
    return error.code() == ErrorCode::ProjectCorrupt || error.code() == ErrorCode::DatabaseFailed ||
           error.code() == ErrorCode::BoundExceeded;
}

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

std::string joined(const std::vector<std::string>& names, const char* between, const std::string& behind = {}) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : between) + quoted(name) + behind;
    return all;
}

std::vector<std::string> namesOf(Connection& connection, const std::string& sql) {
    std::vector<std::string> names;
    Statement query(connection, sql);
    while (query.step()) names.emplace_back(query.text(0));
    return names;
}

/// One number; nothing where it cannot be read or is none.
std::optional<std::int64_t> numberOrNothing(Connection& connection, const std::string& sql) {
    try {
        Statement query(connection, sql);
        if (query.step() && !query.isNull(0)) return query.integer(0);
    } catch (const Error& error) {
        if (!isDamage(error)) throw;
    }
    return std::nullopt;
}

struct Reference {
    std::string parent;
    std::vector<std::string> from, to;
};

std::vector<Reference> referencesOf(Connection& connection, const std::string& table) {
    std::map<std::int64_t, Reference> found;
    Statement query(connection, "SELECT id, \"table\", \"from\", coalesce(\"to\", '') FROM pragma_foreign_key_list('" +
                                    table + "') ORDER BY id, seq");
    while (query.step()) {
        Reference& reference = found[query.integer(0)];
        reference.parent = query.text(1);
        reference.from.emplace_back(query.text(2));
        reference.to.emplace_back(query.text(3).empty() ? "id" : query.text(3));
    }
    std::vector<Reference> all;
    for (auto& [id, reference] : found) all.push_back(std::move(reference));
    return all;
}

}  // namespace

/// One table as it is read from one database.
struct Salvage::Reading {
    Connection& source;
    const Table& table;
    std::string columns;  ///< those that the source has too
    Statement insert;
    SalvagedTable& tally;
    bool isBackup = false;
    std::function<int()> changes;  ///< rows that the last insert made
    int columnCount = 0;
    bool isWritingFailed = false;  ///< an error is of the target, not of what is read

    void put(const Statement& row) {
        isWritingFailed = true;
        for (int i = 0; i < columnCount; ++i) insert.bindColumn(row, i);
        if (!insert.tryRun())
            ++tally.refused;
        else
            (isBackup ? tally.fromBackup : tally.kept) += changes();
        isWritingFailed = false;
    }
};

Salvage::Salvage(Connection& target, ProgressSink progress, std::stop_token stop)
    : m_target(target), m_progress(std::move(progress)), m_stop(std::move(stop)) {
    describe();
    // Rows come in any order; what is missing is looked for when all are there.
    m_target.execute("PRAGMA foreign_keys = OFF");
    m_transaction.emplace(m_target);
}

void Salvage::finish() {
    settleReferences();
    m_transaction->commit();
    m_transaction.reset();
    m_target.execute("PRAGMA foreign_keys = ON");
}

void Salvage::describe() {
    std::vector<std::string> waiting = namesOf(
        m_target, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    std::erase_if(waiting, [](const std::string& name) { return madeAnew().contains(name); });
    std::set<std::string> placed;
    while (!waiting.empty()) {
        const auto next = std::find_if(waiting.begin(), waiting.end(), [&](const std::string& name) {
            const std::vector<Reference> references = referencesOf(m_target, name);
            return std::all_of(references.begin(), references.end(),
                               [&](const Reference& one) { return one.parent == name || placed.contains(one.parent); });
        });
        const auto taken = next == waiting.end() ? waiting.begin() : next;
        Table table;
        table.name = *taken;
        const std::string info = "FROM pragma_table_info('" + table.name + "')";
        table.columnNames = namesOf(m_target, "SELECT name " + info + " ORDER BY cid");
        table.key = namesOf(m_target, "SELECT name " + info + " WHERE pk > 0 ORDER BY pk");
        const auto numbers = namesOf(m_target, "SELECT name " + info + " WHERE type = 'INTEGER'");
        const auto isNumber = [&](const std::string& name) {
            return std::find(numbers.begin(), numbers.end(), name) != numbers.end();
        };
        table.hasLayers = table.key.size() > 1 && table.key[0] == "layer" && isNumber(table.key[1]);
        table.isKeyNumber = table.hasLayers || (!table.key.empty() && isNumber(table.key[0]));
        placed.insert(table.name);
        m_described.push_back(std::move(table));
        waiting.erase(taken);
    }
}

void Salvage::tick() {
    if (++m_rows % kRowsBetweenReports != 0) return;
    if (m_stop.stop_requested()) throw Cancelled{};
    report(m_progress, "salvaging", m_rows, 0);
}

bool Salvage::copyRange(Reading& reading, std::optional<std::int64_t> layer, std::int64_t first, std::int64_t last,
                        std::int64_t& reached) {
    const std::string key = quoted(reading.table.key[layer ? 1 : 0]);
    const std::string sql = "SELECT " + reading.columns + ", " + key + " FROM " + quoted(reading.table.name) +
                            " WHERE " + (layer ? quoted(reading.table.key[0]) + " = ? AND " : std::string()) + key +
                            " BETWEEN ? AND ? ORDER BY " + key;
    try {
        Statement query(reading.source, sql);
        if (layer) query.bind(*layer);
        query.bind(first).bind(last);
        while (query.step()) {
            reading.put(query);
            reached = query.integer(reading.columnCount);
            tick();
        }
        return true;
    } catch (const Error& error) {
        if (!isDamage(error) || reading.isWritingFailed) throw;
        return false;
    }
}

void Salvage::takeRanges(Reading& reading, std::optional<std::int64_t> layer) {
    const std::string key = quoted(reading.table.key[layer ? 1 : 0]);
    const std::string where = layer ? " WHERE " + quoted(reading.table.key[0]) + " = " + std::to_string(*layer) : "";
    const std::string from = " FROM " + quoted(reading.table.name) + where;
    // The first and the last row may lie on damaged pages and say what they like, and drawn boxes have ids from all of
    // the range: a key without rows costs nothing.
    const std::int64_t least =
        std::min<std::int64_t>(0, numberOrNothing(reading.source, "SELECT min(" + key + ")" + from).value_or(0));
    const std::int64_t most = std::numeric_limits<std::int64_t>::max() - 1;
    std::vector<std::pair<std::int64_t, std::int64_t>> waiting{{least, most}};
    for (std::int64_t failures = 0; !waiting.empty() && failures < kMostFailures;) {
        const auto [first, last] = waiting.back();
        waiting.pop_back();
        if (m_stop.stop_requested()) throw Cancelled{};
        std::int64_t reached = first - 1;
        if (first > last || copyRange(reading, layer, first, last, reached)) continue;
        reading.tally.isDamaged = true;
        ++failures;
        const std::int64_t next = std::max(first, reached + 1);
        if (next > last || (first == last && next == first)) continue;  // nothing smaller is left to try
        const std::int64_t middle = std::midpoint(next, last);
        waiting.emplace_back(middle + 1, last);
        waiting.emplace_back(next, middle);
    }
}

/// Of a table whose key is a text: from its start as far as it can be read, then from its end.
void Salvage::takeBothWays(Reading& reading) {
    for (const char* direction : {" ASC", " DESC"}) {
        std::string order;
        for (const std::string& key : reading.table.key) order += (order.empty() ? "" : ", ") + quoted(key) + direction;
        try {
            Statement query(reading.source, "SELECT " + reading.columns + " FROM " + quoted(reading.table.name) +
                                                (order.empty() ? "" : " ORDER BY " + order));
            while (query.step()) {
                reading.put(query);
                tick();
            }
            return;
        } catch (const Error& error) {
            if (!isDamage(error) || reading.isWritingFailed) throw;
            reading.tally.isDamaged = true;
        }
    }
}

void Salvage::take(Connection& source, const Table& table, bool isBackup) {
    SalvagedTable& tally = m_tables[table.name];
    std::vector<std::string> there;
    try {
        there = namesOf(source, "SELECT name FROM pragma_table_info('" + table.name + "')");
    } catch (const Error& error) {
        if (!isDamage(error)) throw;
        tally.isDamaged = true;
        return;
    }
    std::vector<std::string> both;
    for (const std::string& column : table.columnNames)
        if (std::find(there.begin(), there.end(), column) != there.end()) both.push_back(column);
    const bool hasKey = std::all_of(table.key.begin(), table.key.end(), [&](const std::string& key) {
        return std::find(both.begin(), both.end(), key) != both.end();
    });
    if (both.empty() || !hasKey) return;  // a table of a newer version
    std::string places;
    for (std::size_t i = 0; i < both.size(); ++i) places += i == 0 ? "?" : ", ?";
    const std::string columns = joined(both, ", ");
    Reading reading{source,
                    table,
                    columns,
                    Statement(m_target, "INSERT OR IGNORE INTO " + quoted(table.name) + " (" + columns + ") VALUES (" +
                                            places + ")"),
                    tally,
                    isBackup,
                    [this] { return m_target.changes(); },
                    static_cast<int>(both.size())};
    if (!table.isKeyNumber) return takeBothWays(reading);
    if (!table.hasLayers) return takeRanges(reading, std::nullopt);
    std::vector<std::int64_t> layers;
    {
        Statement query(m_target, "SELECT id FROM layers ORDER BY id");
        while (query.step()) layers.push_back(query.integer(0));
    }
    for (const std::int64_t layer : layers) takeRanges(reading, layer);
}

void Salvage::takeAll(Connection& source) {
    for (const Table& table : m_described) {
        if (m_stop.stop_requested()) throw Cancelled{};
        take(source, table, false);
    }
}

void Salvage::discardBrokenPosts() {
    std::vector<std::int64_t> broken;
    {
        Statement query(m_target, "SELECT id, word_count, words, source_tags FROM posts");
        while (query.step()) {
            const std::int64_t wanted = query.integer(1);
            const auto differs = [&](int column) {
                if (query.isNull(column)) return column == 2 && wanted != 0;  // tags may be missing
                const std::string_view lines = query.text(column);
                return std::count(lines.begin(), lines.end(), '\n') + 1 != wanted || !text::isValidUtf8(lines);
            };
            if (differs(2) || differs(3)) broken.push_back(query.integer(0));
            tick();
        }
    }
    SalvagedTable& tally = m_tables["posts"];
    for (const std::int64_t post : broken) {
        Statement(m_target, "DELETE FROM posts WHERE id = ?").bind(post).run();
        tally.isDamaged = true;
        --tally.kept;
        ++tally.refused;
    }
}

void Salvage::fillFrom(Connection& older, const std::vector<std::string>& tables, bool always) {
    for (const Table& table : m_described) {
        if (std::find(tables.begin(), tables.end(), table.name) == tables.end()) continue;
        const bool wasDamaged = m_tables[table.name].isDamaged;
        if (!always && !wasDamaged) continue;
        take(older, table, true);
        m_tables[table.name].isDamaged = wasDamaged;
    }
}

void Salvage::settleReferences() {
    m_target.execute(
        "INSERT OR IGNORE INTO sources (id, file, sha256, imported_at) SELECT DISTINCT source, '', '', 0 FROM posts;"
        "INSERT OR IGNORE INTO layers (id, name, kind, created_at) SELECT DISTINCT layer, 'recovered-' || layer, "
        "'annotator', 0 FROM annotators;"
        "INSERT OR IGNORE INTO layers (id, name, kind, created_at) SELECT DISTINCT layer, 'recovered-' || layer, "
        "'annotator', 0 FROM comments WHERE layer IS NOT NULL;"
        "INSERT OR IGNORE INTO layers (id, name, kind, created_at) SELECT DISTINCT layer, 'recovered-' || layer, "
        "'run', 0 "
        "FROM layer_posts");
    for (const Table& table : m_described) {
        for (const Reference& reference : referencesOf(m_target, table.name)) {
            std::string isSame, isThere;
            for (std::size_t i = 0; i < reference.from.size(); ++i) {
                isSame += (i == 0 ? "" : " AND ") + std::string("p.") + quoted(reference.to[i]) + " = c." +
                          quoted(reference.from[i]);
                isThere += (i == 0 ? "c." : " AND c.") + quoted(reference.from[i]) + " IS NOT NULL";
            }
            const std::string isLost =
                isThere + " AND NOT EXISTS (SELECT 1 FROM " + quoted(reference.parent) + " AS p WHERE " + isSame + ")";
            // A step of the history stays as a note of it; the history as a whole is looked at by who repairs.
            if (table.name == "journal") {
                const std::string column = quoted(reference.from.front());
                m_target.execute("UPDATE journal AS c SET " + column + " = NULL, kind = 'note' WHERE " + isLost);
            } else {
                m_target.execute("DELETE FROM " + quoted(table.name) + " AS c WHERE " + isLost);
            }
            m_lostReferences += m_target.changes();
        }
    }
}

std::int64_t missingNumbers(Connection& connection, const std::string& table) {
    return connection.integer("SELECT coalesce(max(id), 0) - count(*) FROM " + quoted(table) + " WHERE id > 0");
}

}  // namespace mnerva::store
