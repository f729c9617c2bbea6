#include "ui/session/answer_shelf.h"

#include <algorithm>

namespace mnerva::ui {
namespace {

constexpr std::size_t kMostKept = 64;  // some hundred kilobytes each

}  // namespace

project::Answer AnswerShelf::find(const QString& run, PostId post) {
    const auto found =
        std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept& k) { return k.run == run && k.post == post; });
    if (found == m_kept.end()) return nullptr;
    m_kept.splice(m_kept.begin(), m_kept, found);
    return m_kept.front().answer;
}

void AnswerShelf::keep(const QString& run, PostId post, project::Answer answer) {
    std::erase_if(m_kept, [&](const Kept& k) { return k.run == run && k.post == post; });
    m_kept.push_front({run, post, std::move(answer)});
    if (m_kept.size() > kMostKept) m_kept.pop_back();
    m_lastRun = run;
    Q_EMIT kept(run, post);
}

void AnswerShelf::forget(const QString& run) {
    std::erase_if(m_kept, [&](const Kept& k) { return k.run == run; });
}

}  // namespace mnerva::ui
