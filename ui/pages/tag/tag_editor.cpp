#include "ui/pages/tag/tag_editor.h"

#include <QString>
#include <algorithm>

#include "ui/base/text_border.h"
#include "ui/base/word_display.h"

namespace mnerva::ui {

namespace {

bool contains(const std::vector<Entity>& list, const Entity& entity) {
    return std::any_of(list.begin(), list.end(), [&](const Entity& e) { return e.sameAs(entity); });
}

bool beginsUpper(const std::string& word) {
    const auto points = fromUtf8(word).toStdU32String();
    return !points.empty() && QChar::isUpper(points.front());
}

project::Edit refusal(const char* code) {
    return project::Refusal{code, std::nullopt};
}

Change changeOf(const char* action, PostChange part) {
    Change change;
    change.action = action;
    change.posts.push_back(std::move(part));
    return change;
}

/// The rejections are part of the same step.
project::Edit withRejections(project::Edit edit, const std::vector<Entity>& rejected) {
    if (auto* change = std::get_if<Change>(&edit); change && !change->posts.empty()) {
        auto& list = change->posts.front().rejectionsAdded;
        for (const auto& entity : rejected) {
            if (!contains(list, entity)) list.push_back(entity);
        }
    }
    return edit;
}

}  // namespace

void TagEditor::load(const project::PostView& view, const LabelSet&, double threshold) {
    m_state = view.state;
    m_state.wordCount = static_cast<int>(view.post.words.size());
    m_threshold = threshold;
    m_anchor.reset();
    m_picked = {};
    m_inHand = false;
    m_likely = std::make_shared<std::vector<WordRange>>();
    auto text = std::make_shared<Text>();
    text->segmentStart = segmentStarts(view.post.words, view.post.join);
    m_text = std::move(text);
    m_caret = 0;
    const auto waiting = pending();
    if (!waiting.empty()) {
        m_caret = std::clamp(waiting.front().first, 0, std::max(0, wordCount() - 1));
        return;
    }
    for (int i = 0; i < wordCount(); ++i) {
        const bool tagged = std::any_of(m_state.entities.begin(), m_state.entities.end(),
                                        [i](const Entity& e) { return e.overlaps(i, i); });
        if (tagged || beginsUpper(view.post.words[static_cast<std::size_t>(i)])) {
            m_caret = i;
            return;
        }
    }
}

void TagEditor::refresh(const PostState& state) {
    const int count = wordCount();
    m_state = state;
    m_state.wordCount = count;
    if (exists(m_picked)) return;
    m_picked = {};
    m_inHand = false;
}

std::optional<WordRange> TagEditor::selection() const {
    if (!m_anchor) return std::nullopt;
    return WordRange{std::min(*m_anchor, m_caret), std::max(*m_anchor, m_caret)};
}

std::vector<Entity> TagEditor::pending() const {
    std::vector<Entity> result;
    for (const auto& suggestion : m_state.suggestions) {
        if (suggestion.confidence.value_or(1.0) < m_threshold) continue;
        if (suggestion.first < 0 || suggestion.last >= wordCount() || suggestion.first > suggestion.last) continue;
        if (!contains(m_state.entities, suggestion)) result.push_back(suggestion);
    }
    sortEntities(result);
    return result;
}

bool TagEditor::exists(const TagFocus& mark) const {
    if (mark.isEntity()) return contains(m_state.entities, mark.entity);
    if (mark.isSuggestion()) return contains(pending(), mark.entity);
    return false;
}

std::vector<TagFocus> TagEditor::marks() const {
    std::vector<TagFocus> result;
    for (const auto& entity : pending()) result.push_back({TagFocus::Kind::Suggestion, entity});
    for (const auto& entity : m_state.entities) result.push_back({TagFocus::Kind::Entity, entity});
    std::stable_sort(result.begin(), result.end(), [](const TagFocus& a, const TagFocus& b) {
        return std::pair(a.entity.first, a.entity.last) < std::pair(b.entity.first, b.entity.last);
    });
    return result;
}

std::vector<TagFocus> TagEditor::marksAt(int word) const {
    std::vector<TagFocus> result;
    for (auto& mark : marks()) {
        if (mark.entity.overlaps(word, word)) result.push_back(std::move(mark));
    }
    std::stable_partition(result.begin(), result.end(), [](const TagFocus& mark) { return mark.isSuggestion(); });
    return result;
}

TagFocus TagEditor::focus() const {
    if (const auto range = selection()) {
        for (const auto& mark : marks()) {
            if (mark.entity.first == range->first && mark.entity.last == range->last) return mark;
        }
        return {};
    }
    if (m_picked.kind != TagFocus::Kind::None && (m_inHand || m_picked.entity.overlaps(m_caret, m_caret)))
        return m_picked;
    const auto here = marksAt(m_caret);
    return here.empty() ? TagFocus{} : here.front();
}

WordRange TagEditor::target() const {
    if (const auto range = selection()) return *range;
    const auto mark = focus();
    if (mark.kind != TagFocus::Kind::None) return {mark.entity.first, mark.entity.last};
    return {m_caret, m_caret};
}

void TagEditor::moveTo(int word, bool extend) {
    if (wordCount() == 0) return;
    if (extend && !m_anchor) m_anchor = m_caret;
    if (!extend) m_anchor.reset();
    m_caret = std::clamp(word, 0, wordCount() - 1);
    m_picked = {};
    m_inHand = false;
}

void TagEditor::moveBy(int words, bool extend) {
    moveTo(m_caret + words, extend);
}

void TagEditor::moveBySegment(int direction, bool extend) {
    int word = m_caret + direction;
    const auto starts = [this](int i) { return m_text->segmentStart[static_cast<std::size_t>(i)]; };
    if (extend && direction > 0) {
        // A selection grows to the end of a segment, so that it holds whole words of the language.
        while (word + 1 < wordCount() && !starts(word + 1)) ++word;
    } else {
        while (word > 0 && word < wordCount() && !starts(word)) word += direction;
    }
    moveTo(word, extend);
}

void TagEditor::select(int anchor, int moving) {
    if (wordCount() == 0) return;
    m_anchor = std::clamp(anchor, 0, wordCount() - 1);
    m_caret = std::clamp(moving, 0, wordCount() - 1);
    m_picked = {};
    m_inHand = false;
}

bool TagEditor::dropSelection() {
    const bool had = m_anchor.has_value();
    m_anchor.reset();
    return had;
}

void TagEditor::letGo() {
    m_anchor.reset();
    m_picked = {};
    m_inHand = false;
}

bool TagEditor::goToMark(int direction) {
    const auto all = marks();
    if (all.empty()) return false;
    const auto now = focus();
    auto at = std::find_if(all.begin(), all.end(),
                           [&](const TagFocus& m) { return m.kind == now.kind && m.entity.sameAs(now.entity); });
    std::ptrdiff_t index = 0;
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    if (now.kind != TagFocus::Kind::None && at != all.end()) {
        index = (at - all.begin() + direction + count) % count;
    } else {
        const auto after =
            std::find_if(all.begin(), all.end(), [&](const TagFocus& m) { return m.entity.first > m_caret; });
        index = after - all.begin();
        if (direction < 0) index += count - 1;
        index %= count;
    }
    const auto& next = all[static_cast<std::size_t>(index)];
    focusOn(next.kind, next.entity);
    return true;
}

bool TagEditor::cycleFocus() {
    const auto here = marksAt(m_caret);
    if (here.size() < 2) return false;
    const auto now = focus();
    std::size_t next = 0;
    for (std::size_t i = 0; i < here.size(); ++i) {
        if (here[i].kind == now.kind && here[i].entity.sameAs(now.entity)) next = (i + 1) % here.size();
    }
    m_anchor.reset();
    m_picked = here[next];
    m_inHand = false;
    return true;
}

void TagEditor::focusOn(TagFocus::Kind kind, const Entity& entity) {
    m_anchor.reset();
    m_caret = std::clamp(entity.first, 0, std::max(0, wordCount() - 1));
    m_picked = {kind, entity};
    m_inHand = false;
}

bool TagEditor::goToNextPending() {
    const auto waiting = pending();
    if (waiting.empty()) return false;
    const auto after =
        std::find_if(waiting.begin(), waiting.end(), [this](const Entity& e) { return e.first >= m_caret; });
    focusOn(TagFocus::Kind::Suggestion, after == waiting.end() ? waiting.front() : *after);
    return true;
}

void TagEditor::setLikely(std::vector<WordRange> runs) {
    std::erase_if(runs,
                  [this](WordRange run) { return run.first < 0 || run.last < run.first || run.last >= wordCount(); });
    m_likely = std::make_shared<const std::vector<WordRange>>(std::move(runs));
}

bool TagEditor::isOpen(WordRange run) const {
    const auto covers = [run](const Entity& e) { return e.overlaps(run.first, run.last); };
    const auto waiting = pending();
    return std::none_of(m_state.entities.begin(), m_state.entities.end(), covers) &&
           std::none_of(waiting.begin(), waiting.end(), covers);
}

bool TagEditor::goToLikely(int direction) {
    const auto now = selection();
    const WordRange here = now.value_or(WordRange{m_caret, m_caret});
    const WordRange* best = nullptr;
    for (const WordRange& run : *m_likely) {
        if (now && run == *now) continue;
        // From a caret alone the run around it comes first; from a selection the one behind or before it.
        const bool fits = direction > 0 ? (now ? run.first > here.first : run.last >= here.first)
                                        : (now ? run.last < here.last : run.first <= here.first);
        if (!fits || !isOpen(run)) continue;
        best = &run;
        if (direction > 0) break;
    }
    if (!best) return false;
    select(best->first, best->last);
    return true;
}

void TagEditor::moveToEnd(int direction, WordRange line, bool extend) {
    const int ofLine = direction < 0 ? line.first : line.last;
    moveTo(m_caret != ofLine ? ofLine : direction < 0 ? 0 : wordCount() - 1, extend);
}

// --- what keys do ---------------------------------------------------------------------------------------------------

void TagEditor::standBehind(const Entity& entity) {
    focusOn(TagFocus::Kind::Entity, entity);
    m_caret = std::clamp(entity.last + 1, 0, std::max(0, wordCount() - 1));
    m_inHand = true;
}

bool TagEditor::labelAndGoOn(const std::string& type, const Commit& commit) {
    const TagFocus before = focus();
    const WordRange range = target();
    const bool wasInHand = m_inHand;
    if (!commit(label(type))) return false;
    dropSelection();
    const auto made = std::find_if(m_state.entities.begin(), m_state.entities.end(), [&](const Entity& e) {
        return e.type == type && e.first <= range.first && e.last >= range.last;
    });
    if (before.isSuggestion() && goToNextPending()) return true;
    if (made == m_state.entities.end()) {
        if (wasInHand) moveTo(range.first, false);
        return true;
    }
    const Entity mine = *made;
    if (before.isEntity() && !wasInHand) {
        focusOn(TagFocus::Kind::Entity, mine);
    } else {
        standBehind(mine);
    }
    return true;
}

bool TagEditor::acceptAndGoOn(const Commit& commit) {
    const TagFocus mark = focus();
    if (!commit(accept())) return false;
    dropSelection();
    if (!goToNextPending()) standBehind({mark.entity.type, mark.entity.first, mark.entity.last, std::nullopt});
    return true;
}

bool TagEditor::removeAndGoOn(const Commit& commit) {
    const TagFocus mark = focus();
    if (!commit(remove())) return false;
    if (mark.isSuggestion()) {
        goToNextPending();
    } else if (!selection()) {
        moveTo(mark.entity.first, false);
    }
    return true;
}

bool TagEditor::moveEdgeInHand(bool leftEdge, int delta, const Commit& commit) {
    const TagFocus mark = focus();
    const bool wasInHand = m_inHand;
    if (!commit(moveEdge(leftEdge, delta))) return false;
    const Entity moved{mark.entity.type, mark.entity.first + (leftEdge ? delta : 0),
                       mark.entity.last + (leftEdge ? 0 : delta), std::nullopt};
    const int caret = std::clamp(m_caret, moved.first, moved.last);
    if (wasInHand) {
        standBehind(moved);
    } else {
        focusOn(TagFocus::Kind::Entity, moved);
        m_caret = caret;
    }
    return true;
}

project::Edit TagEditor::label(const std::string& type) const {
    if (wordCount() == 0) return refusal("nothing-here");
    const auto mark = focus();
    if (mark.isSuggestion()) {
        if (mark.entity.type == type) return project::acceptSuggestion(m_state, mark.entity);
        // Right place, wrong type: the person's entity takes the place and the suggestion is answered.
        return insteadOf(mark.entity, {type, mark.entity.first, mark.entity.last, std::nullopt});
    }
    const auto range = target();
    return project::labelSpan(m_state, range.first, range.last, type);
}

Change TagEditor::insteadOf(const Entity& suggestion, const Entity& mine) const {
    PostChange part = unchangedPart(m_state);
    part.correctedAfter = true;
    for (const auto& other : m_state.entities) {
        if (other.overlaps(mine.first, mine.last)) part.removed.push_back(other);
    }
    part.added = {mine};
    part.rejectionsAdded = {suggestion};
    return changeOf("accept-changed", std::move(part));
}

project::Edit TagEditor::remove() const {
    const auto mark = focus();
    if (mark.isSuggestion()) return project::rejectSuggestion(m_state, mark.entity);
    if (mark.isEntity()) return project::removeEntity(m_state, mark.entity);
    return refusal("nothing-here");
}

project::Edit TagEditor::accept() const {
    const auto mark = focus();
    if (mark.isSuggestion()) return project::acceptSuggestion(m_state, mark.entity);
    return refusal("nothing-here");
}

project::Edit TagEditor::moveEdge(bool leftEdge, int delta) const {
    const auto mark = focus();
    if (mark.kind == TagFocus::Kind::None) return refusal("nothing-here");
    WordRange to{mark.entity.first, mark.entity.last};
    (leftEdge ? to.first : to.last) += delta;
    return resize(mark, to);
}

project::Edit TagEditor::resize(const TagFocus& mark, WordRange to) const {
    if (to.first > to.last || to.first < 0 || to.last >= wordCount()) return refusal("outside");
    if (mark.isEntity()) return project::resizeEntity(m_state, mark.entity, to.first, to.last);
    return insteadOf(mark.entity, {mark.entity.type, to.first, to.last, std::nullopt});
}

project::Edit TagEditor::nothingHere() const {
    PostChange part = unchangedPart(m_state);
    part.removed = m_state.entities;
    part.correctedAfter = true;
    part.statusAfter = postStatus(PostStage::Done, isFlagged(m_state.status));
    part.rejectionsAdded = pending();
    if (part.removed.empty() && m_state.corrected && isDone(m_state.status) && part.rejectionsAdded.empty()) {
        return Change{};
    }
    return changeOf("nothing-here", std::move(part));
}

project::Edit TagEditor::toggleFlag() const {
    return project::setFlagged(m_state, !isFlagged(m_state.status));
}

project::Edit TagEditor::toggleDone() const {
    return project::setDone(m_state, !isDone(m_state.status));
}

project::Edit TagEditor::toggleSkipped() const {
    return project::setStage(m_state, isSkipped(m_state.status) ? PostStage::Open : PostStage::Skipped);
}

project::Edit TagEditor::toggleReview(Review review) const {
    return project::setReview(m_state, m_state.review == review ? Review::None : review);
}

project::Edit TagEditor::rejectPending() const {
    PostChange part = unchangedPart(m_state);
    part.rejectionsAdded = pending();
    if (part.rejectionsAdded.empty()) return refusal("nothing-here");
    return changeOf("reject", std::move(part));
}

project::Edit TagEditor::acceptPendingAndFinish() const {
    return project::acceptAndFinish(m_state, pending());
}

project::Edit TagEditor::finish(bool rejectPending) const {
    const auto left = rejectPending ? pending() : std::vector<Entity>{};
    if (!isDone(m_state.status)) return withRejections(project::setDone(m_state, true), left);
    if (left.empty()) return Change{};
    return withRejections(changeOf("done", unchangedPart(m_state)), left);
}

std::vector<WordRange> TagEditor::rangesOf(const PostChange& change) {
    std::vector<WordRange> ranges;
    for (const auto* list : {&change.added, &change.removed, &change.rejectionsAdded, &change.rejectionsRemoved}) {
        for (const auto& entity : *list) {
            const WordRange range{entity.first, entity.last};
            if (std::find(ranges.begin(), ranges.end(), range) == ranges.end()) ranges.push_back(range);
        }
    }
    for (const auto* list : {&change.linksAdded, &change.linksRemoved}) {
        for (const RegionLink& link : *list) {
            const WordRange range{link.entity.first, link.entity.last};
            if (std::find(ranges.begin(), ranges.end(), range) == ranges.end()) ranges.push_back(range);
        }
    }
    return ranges;
}

}  // namespace mnerva::ui
