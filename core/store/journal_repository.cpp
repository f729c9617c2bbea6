#include "core/store/journal_repository.h"

#include <optional>

#include "core/base/error.h"
#include "core/store/change_json.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

std::string_view kindName(JournalKind kind) {
    switch (kind) {
        case JournalKind::Do:
            return "do";
        case JournalKind::Undo:
            return "undo";
        case JournalKind::Redo:
            return "redo";
        case JournalKind::Note:
            return "note";
    }
    return "note";
}

JournalKind kindOf(std::string_view name) {
    if (name == "do") return JournalKind::Do;
    if (name == "undo") return JournalKind::Undo;
    if (name == "redo") return JournalKind::Redo;
    return JournalKind::Note;
}

JournalId addRow(Connection& connection, JournalKind kind, const std::string& action, JournalId target,
                 const std::string& body, std::int64_t nowMs, LayerId layer) {
    Statement insert(connection,
                     "INSERT INTO journal (written_at, kind, action, target, change, layer) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(nowMs).bind(kindName(kind)).bind(action);
    if (target.isValid())
        insert.bind(target.value);
    else
        insert.bindNull();
    insert.bind(body);
    if (layer == kCorrectedLayer)
        insert.bindNull();
    else
        insert.bind(layer.value);
    insert.run();
    return JournalId{connection.lastInsertId()};
}

Change readChange(const Connection& connection, JournalId row, std::string_view body) {
    try {
        return changeFromJson(std::string(body));
    } catch (const Error&) {
        throw Error(ErrorCode::ProjectCorrupt, {connection.file().string(),
                                                "row " + std::to_string(row.value) + " of the journal cannot be read"});
    }
}

}  // namespace

void UndoStacks::push(JournalKind kind, JournalId row) {
    switch (kind) {
        case JournalKind::Do:
            undo.push_back(row);
            redo.clear();
            break;
        case JournalKind::Undo:
            if (!undo.empty()) undo.pop_back();
            redo.push_back(row);
            break;
        case JournalKind::Redo:
            if (!redo.empty()) redo.pop_back();
            undo.push_back(row);
            break;
        case JournalKind::Note:
            break;
    }
}

JournalId JournalRepository::add(JournalKind kind, const Change& change, JournalId target, std::int64_t nowMs,
                                 LayerId layer) {
    return addRow(m_connection, kind, change.action, target, changeToJson(change), nowMs, layer);
}

JournalId JournalRepository::addNote(const std::string& action, const std::string& body, std::int64_t nowMs) {
    return addRow(m_connection, JournalKind::Note, action, {}, body, nowMs, kCorrectedLayer);
}

Change JournalRepository::change(JournalId row) const {
    Statement query(m_connection, "SELECT change FROM journal WHERE id = ?");
    query.bind(row.value);
    return readChange(m_connection, row, query.step() ? query.text(0) : std::string_view());
}

std::map<std::int64_t, UndoStacks> JournalRepository::stacks() const {
    Statement query(m_connection,
                    "SELECT id, kind, target, coalesce(layer, 2) FROM journal WHERE kind <> 'note' AND action <> ? "
                    "ORDER BY id");
    query.bind(kRepairAction);
    std::map<std::int64_t, UndoStacks> stacks;
    while (query.step()) {
        const JournalKind kind = kindOf(query.text(1));
        stacks[query.integer(3)].push(kind, JournalId{query.integer(kind == JournalKind::Do ? 0 : 2)});
    }
    return stacks;
}

void JournalRepository::each(const std::function<void(JournalId, const Change&)>& use) const {
    Statement query(m_connection, "SELECT id, change FROM journal WHERE kind <> 'note' ORDER BY id");
    while (query.step()) {
        const JournalId row{query.integer(0)};
        use(row, readChange(m_connection, row, query.text(1)));
    }
}

std::int64_t JournalRepository::eachReadable(const std::function<void(JournalId, const Change&)>& use) const {
    Statement query(m_connection, "SELECT id, change FROM journal WHERE kind <> 'note' ORDER BY id");
    std::int64_t unreadable = 0;
    while (query.step()) {
        try {
            const Change change = changeFromJson(std::string(query.text(1)));
            use(JournalId{query.integer(0)}, change);
        } catch (const Error&) {
            ++unreadable;
        }
    }
    return unreadable;
}

void JournalRepository::eachAfter(JournalId after,
                                  const std::function<bool(JournalId, std::int64_t, const Change&)>& use) const {
    Statement query(m_connection,
                    "SELECT id, written_at, change FROM journal WHERE id > ? AND kind <> 'note' AND action <> ? "
                    "ORDER BY id");
    query.bind(after.value).bind(kRepairAction);
    while (query.step()) {
        const JournalId row{query.integer(0)};
        std::optional<Change> change;
        try {
            change = changeFromJson(std::string(query.text(2)));
        } catch (const Error&) {
            continue;  // `check` names it
        }
        if (!use(row, query.integer(1), *change)) return;
    }
}

void JournalRepository::retire() {
    m_connection.execute("UPDATE journal SET kind = 'note', target = NULL");
}

int JournalRepository::count() const {
    return static_cast<int>(m_connection.integer("SELECT count(*) FROM journal"));
}

}  // namespace mnerva::store
