#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/domain/change.h"
#include "core/store/connection.h"
#include "core/store/layer_repository.h"

namespace mnerva::store {

/// What a journal row is: a change by a person, its being taken back, its being done again, or a note about a bulk
/// write.
enum class JournalKind { Do, Undo, Redo, Note };

/// The rows of `do` that can be taken back and done again, latest last.
struct UndoStacks {
    std::vector<JournalId> undo, redo;
    void push(JournalKind kind, JournalId row);
};

/// The journal: written once, never changed.
class JournalRepository {
public:
    explicit JournalRepository(Connection& connection) : m_connection(connection) {}

    /// `target` is the row of the `do` (undo and redo only). `change` is as it was applied to the data, `layer` the one
    /// that it names.
    JournalId add(JournalKind kind, const Change& change, JournalId target, std::int64_t nowMs,
                  LayerId layer = kCorrectedLayer);
    /// A bulk write that is no undo step; `json` says what.
    JournalId addNote(const std::string& action, const std::string& json, std::int64_t nowMs);

    /// The change of a row. Throws ProjectCorrupt when it cannot be read.
    Change change(JournalId row) const;
    /// Those of each layer that was edited, rebuilt from the whole journal.
    std::map<std::int64_t, UndoStacks> stacks() const;
    /// Every change in order as it was applied (notes are left out).
    void each(const std::function<void(JournalId, const Change&)>& use) const;
    /// The readable changes behind a row, with the time they were written at (milliseconds since 1970), until `use`
    /// answers false. Where a repaired history begins is none of them.
    void eachAfter(JournalId after, const std::function<bool(JournalId, std::int64_t, const Change&)>& use) const;
    int count() const;

    // --- repairing (core/project/repair.h) -----------------------------------------------------------------------
    /// Where a repaired history begins: a `do` of this action holds what was left of a damaged one. It is no undo step.
    static constexpr const char* kRepairAction = "repair";
    /// Every change that can be read, in order; returns how many could not.
    std::int64_t eachReadable(const std::function<void(JournalId, const Change&)>& use) const;
    /// Makes notes of all rows: nothing of them is undone or replayed any more.
    void retire();

private:
    Connection& m_connection;
};

}  // namespace mnerva::store
