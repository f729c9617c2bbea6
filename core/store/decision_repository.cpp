#include "core/store/decision_repository.h"

#include <algorithm>
#include <limits>

#include "core/store/rows.h"
#include "core/store/statement.h"

namespace mnerva::store {

void DecisionRepository::each(const std::function<void(PostId, Decision)>& use) const {
    if (m_connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'decisions'") == 0)
        return;
    Statement query(m_connection,
                    "SELECT post, first_word, last_word, cause, note, in_guideline FROM decisions "
                    "ORDER BY post, first_word, last_word");
    while (query.step()) {
        const std::int64_t post = query.integer(0), first = query.integer(1), last = query.integer(2);
        const std::string cause(query.text(3));
        const bool isKnown =
            cause.empty() || std::find(kDecisionCauses.begin(), kDecisionCauses.end(), cause) != kDecisionCauses.end();
        if (first < 0 || last < first || last >= std::numeric_limits<int>::max() || !isKnown) {
            m_connection.noteOdd("row-damaged", post, "decisions", wordsText(first, last));
            continue;
        }
        use(PostId{post}, {static_cast<int>(first), static_cast<int>(last), cause, std::string(query.text(4)),
                           query.integer(5) != 0});
    }
}

bool DecisionRepository::add(PostId post, const Decision& decision) {
    Statement insert(m_connection,
                     "INSERT OR IGNORE INTO decisions (post, first_word, last_word, cause, note, in_guideline) "
                     "VALUES (?, ?, ?, ?, ?, ?)");
    insert.bind(post.value).bind(decision.first).bind(decision.last).bind(decision.cause).bind(decision.note);
    insert.bind(decision.isForGuideline ? 1 : 0).run();
    return m_connection.changes() == 1;
}

bool DecisionRepository::remove(PostId post, const Decision& decision) {
    Statement statement(m_connection,
                        "DELETE FROM decisions WHERE post = ? AND first_word = ? AND last_word = ? AND cause = ? AND "
                        "note = ? AND in_guideline = ?");
    statement.bind(post.value).bind(decision.first).bind(decision.last).bind(decision.cause).bind(decision.note);
    statement.bind(decision.isForGuideline ? 1 : 0).run();
    return m_connection.changes() == 1;
}

}  // namespace mnerva::store
