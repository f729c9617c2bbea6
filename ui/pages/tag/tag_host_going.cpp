#include "ui/pages/tag/tag_host.h"
#include "ui/session/project_session.h"

// How the tagging page goes from post to post.

namespace mnerva::ui {

void TagHost::goToOpen(int direction) {
    const auto& rows = m_session.visibleRows();
    const auto& all = m_session.summaries();
    const auto count = static_cast<int>(rows.size());
    const int here = m_session.placeOf(m_session.wantedPost());
    const int start = here >= 0 ? here : direction > 0 ? -1 : count;
    for (int step = 1; step <= count; ++step) {
        const int at = start + direction * step;
        const int place = ((at % count) + count) % count;
        if (place == here) break;
        const auto row = static_cast<std::size_t>(rows[static_cast<std::size_t>(place)]);
        if (stageOf(all.statusAt(row)) != PostStage::Open) continue;
        if (at != place)
            m_onArrival = {all.idAt(row), direction > 0
                                              ? tr("No further open post: from the beginning of the list again.")
                                              : tr("No earlier open post: from the end of the list again.")};
        m_session.setCurrentPost(all.idAt(row));
        return;
    }
    const bool isOpen =
        here >= 0 &&
        stageOf(all.statusAt(static_cast<std::size_t>(rows[static_cast<std::size_t>(here)]))) == PostStage::Open;
    say(Notice::Info, isOpen ? tr("No other post of the list is open.") : tr("No post of the list is open."));
}

}  // namespace mnerva::ui
