#include "core/store/verdict_repository.h"

#include <limits>

#include "core/store/rows.h"
#include "core/store/statement.h"

namespace mnerva::store {
namespace {

Statement& bindKey(Statement& statement, PostId post, const Verdict& verdict) {
    return statement.bind(post.value).bind(verdict.doubt).bind(verdict.first).bind(verdict.last).bind(verdict.type);
}

bool canBe(const Verdict& verdict) {
    return isTypeName(verdict.doubt) && (verdict.type.empty() || isTypeName(verdict.type));
}

}  // namespace

void VerdictRepository::each(const std::function<void(PostId, Verdict)>& use) const {
    if (m_connection.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'verdicts'") == 0)
        return;
    Statement query(m_connection,
                    "SELECT post, doubt, first_word, last_word, type FROM verdicts "
                    "ORDER BY post, doubt, first_word, last_word, type");
    while (query.step()) {
        const std::int64_t post = query.integer(0), first = query.integer(2), last = query.integer(3);
        Verdict verdict{std::string(query.text(1)), 0, 0, std::string(query.text(4))};
        if (first < 0 || last < first || last >= std::numeric_limits<int>::max() || !canBe(verdict)) {
            m_connection.noteOdd("row-damaged", post, "verdicts", wordsText(first, last));
            continue;
        }
        verdict.first = static_cast<int>(first);
        verdict.last = static_cast<int>(last);
        use(PostId{post}, std::move(verdict));
    }
}

bool VerdictRepository::add(PostId post, const Verdict& verdict) {
    Statement insert(
        m_connection,
        "INSERT OR IGNORE INTO verdicts (post, doubt, first_word, last_word, type) VALUES (?, ?, ?, ?, ?)");
    bindKey(insert, post, verdict).run();
    return m_connection.changes() == 1;
}

bool VerdictRepository::remove(PostId post, const Verdict& verdict) {
    Statement statement(
        m_connection,
        "DELETE FROM verdicts WHERE post = ? AND doubt = ? AND first_word = ? AND last_word = ? AND type = ?");
    bindKey(statement, post, verdict).run();
    return m_connection.changes() == 1;
}

}  // namespace mnerva::store
