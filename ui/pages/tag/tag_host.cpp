#include "ui/pages/tag/tag_host.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <utility>

#include "core/base/log.h"
#include "ui/base/bidi.h"
#include "ui/base/error_text.h"
#include "ui/base/settings.h"
#include "ui/base/text_border.h"
#include "ui/look/theme.h"
#include "ui/pages/tag/seen_names.h"
#include "ui/pages/tag/tag_actions.h"
#include "ui/session/project_session.h"
#include "ui/widgets/actions.h"

namespace mnerva::ui {

namespace {

constexpr auto kTagRowKey = "tag/row";

double thresholdFromSettings() {
    return settings::suggestionThreshold();
}

}  // namespace

TagHost::TagHost(ProjectSession& session, ActionRegistry& actions, QObject* parent)
    : QObject(parent), m_session(session), m_actions(actions), m_names(new SeenNames(session, this)) {
    defineTagActions(actions);
    const int row = settings::value(QLatin1String(kTagRowKey), -1).toInt();
    if (row >= 0 && row <= static_cast<int>(TagRow::None)) m_tagRow = static_cast<TagRow>(row);
    connect(&session, &ProjectSession::currentPostChanged, this, &TagHost::load);
    connect(&session, &ProjectSession::opened, this, &TagHost::load);
    connect(&session, &ProjectSession::closed, this, &TagHost::load);
    connect(&session, &ProjectSession::stateChanged, this, [this] {
        if (!m_hasPost) return load();
        m_editor.setThreshold(thresholdFromSettings());
        m_editor.refresh(m_session.view().state);
        if (m_underWay == 0) forgetAsking();
        tellSoon(kMarks | kStatus);
    });
    connect(&session, &ProjectSession::infoChanged, this, [this] { tellSoon(kMarks | kStatus); });
    connect(&session, &ProjectSession::refused, this, &TagHost::refuse);
    connect(&session, &ProjectSession::saved, this, [this](const QDateTime& at) {
        m_savedAt = at;
        if (m_notice == Notice::Failed) say(Notice::None, {});
        tellSoon(kStatus);
    });
    connect(&session, &ProjectSession::saveFailed, this, [this](const Error& error) {
        log::error(error, "save");
        say(Notice::Failed, tr("Not saved. %1").arg(errorText(error)));
    });
    connect(&session, &ProjectSession::undone, this, &TagHost::undone);
    connect(m_names, &SeenNames::changed, this, [this] { m_likelyStale = true; });
    load();
}

// --- telling --------------------------------------------------------------------------------------------------------

TagHost::OneAction::OneAction(TagHost& host) : m_host(host) {
    ++m_host.m_underWay;
}

TagHost::OneAction::~OneAction() {
    if (--m_host.m_underWay == 0) m_host.tellNow();
}

void TagHost::tell(unsigned news) {
    m_news |= news;
    if (m_underWay == 0) tellNow();
}

void TagHost::tellSoon(unsigned news) {
    m_news |= news;
    if (m_underWay > 0 || std::exchange(m_tellsSoon, true)) return;
    QMetaObject::invokeMethod(this, &TagHost::tellNow, Qt::QueuedConnection);
}

void TagHost::tellNow() {
    m_tellsSoon = false;
    const unsigned news = std::exchange(m_news, 0U);
    if (news & kPost) {
        Q_EMIT postChanged();
        return;
    }
    if (news & kMarks) Q_EMIT changed();
    if (news & kStatus) Q_EMIT statusChanged();
}

JoinRule TagHost::join() const {
    return m_hasPost ? m_session.view().post.join : JoinRule::Space;
}

bool TagHost::acceptsEdits() const {
    return m_hasPost && !m_session.isReadOnly() && !m_session.isSaveFailed();
}

void TagHost::load() {
    const OneAction one(*this);
    m_hasPost = m_session.isOpen() && m_session.hasView();
    m_asked = Asked::None;
    m_likelyStale = true;
    if (m_notice != Notice::Failed) {
        m_notice = Notice::None;
        m_message.clear();
    }
    if (m_hasPost) {
        const auto& view = m_session.view();
        m_words = displayOf(view.post.words);
        m_rightToLeft = directionsOf(m_words, view.post.join).rightToLeft;
        m_editor.load(view, m_session.labels(), thresholdFromSettings());
        m_taken = m_editor.focus().isSuggestion();  // what Enter would accept
        if (const auto arrival = std::exchange(m_onArrival, {});
            arrival.first == view.post.id && m_notice == Notice::None && !arrival.second.isEmpty())
            say(Notice::Info, arrival.second);
        if (m_sticky && *m_sticky >= static_cast<int>(m_session.labels().types.size())) setStickyLabel(std::nullopt);
    } else {
        m_taken = false;
        if (m_sticky) setStickyLabel(std::nullopt);
        m_words.clear();
        m_rightToLeft = false;
        m_editor.load({}, {}, 0);
        m_savedAt = {};
        m_notice = Notice::None;
    }
    tell(kPost);
}

std::vector<CanvasMark> TagHost::marks() const {
    std::vector<CanvasMark> result;
    for (const auto& entity : m_editor.state().entities) {
        result.push_back({CanvasMark::Kind::Entity, {entity.type, entity.first, entity.last, std::nullopt}});
    }
    for (const auto& entity : m_editor.pending()) result.push_back({CanvasMark::Kind::Suggestion, entity});
    return result;
}

std::vector<QString> TagHost::tags() const {
    if (m_tagRow == TagRow::None || !m_hasPost) return {};
    const auto scheme = m_tagRow == TagRow::Bmes ? text::TagScheme::Bmes : text::TagScheme::Bio;
    std::vector<QString> result;
    for (const auto& tag : tagsFromEntities(m_editor.state().entities, m_editor.wordCount(), scheme)) {
        result.push_back(fromUtf8(tag));
    }
    return result;
}

/// The tags as the project's files have them.
TagRow TagHost::schemeRow() const {
    const auto scheme = m_session.labels().scheme;
    const bool borders = scheme == text::TagScheme::Bmes || scheme == text::TagScheme::Bioes;
    return borders ? TagRow::Bmes : TagRow::Bio;
}

void TagHost::setTagRow(TagRow row) {
    const OneAction one(*this);
    if (row == m_tagRow) return;
    m_tagRow = row;
    settings::setValue(QLatin1String(kTagRowKey), static_cast<int>(row));
    Q_EMIT tagRowChanged();
    tell(kMarks);
}

// --- actions ------------------------------------------------------------------------------------------------------

bool TagHost::run(const QString& actionId) {
    const OneAction one(*this);
    const TagAction* row = tagAction(actionId);
    if (row && row->mirror && m_rightToLeft) row = tagAction(QLatin1String(row->mirror));
    const QLatin1String id(row ? row->id : "");
    const bool answers = id == QLatin1String("tag.nothing") && m_asked == Asked::Empty;
    if (!answers && id != QLatin1String("tag.peek")) {
        if (id != QLatin1String("tag.escape")) forgetAsking();
        if (m_notice == Notice::Info || m_notice == Notice::Refused) say(Notice::None, {});
    }
    if (row) {
        row->run(*this);
    } else if (const int label = labelIndexOf(actionId); label >= 0) {
        labelAt(label);
    } else {
        return false;
    }
    return true;
}

void TagHost::move(int words, bool extend) {
    m_editor.moveBy(words, extend);
    taken();
}

void TagHost::moveBySegment(int direction, bool extend) {
    m_editor.moveBySegment(direction, extend);
    taken();
}

void TagHost::moveLine(int lines, bool extend) {
    if (m_wordBeside) moveTo(m_wordBeside(lines), extend);
}

int TagHost::lastWord() const {
    return std::max(0, m_editor.wordCount() - 1);
}

void TagHost::goToMark(int direction) {
    if (!m_editor.goToMark(direction)) say(Notice::Info, tr("No entity or suggestion in this post yet."));
    taken();
}

void TagHost::cycle() {
    if (!m_editor.cycleFocus()) say(Notice::Info, tr("Only one thing lies under the caret."));
    taken();
}

void TagHost::nextTagRow() {
    // From none to the tags of the project's files, to the other ones, to none.
    const TagRow first = schemeRow(), second = first == TagRow::Bio ? TagRow::Bmes : TagRow::Bio;
    setTagRow(m_tagRow == TagRow::None ? first : m_tagRow == first ? second : TagRow::None);
}

void TagHost::taken() {
    m_taken = true;
    tell(kMarks | kStatus);
}

bool TagHost::apply(const project::Edit& edit) {
    if (!m_hasPost) return false;
    if (const auto* change = std::get_if<Change>(&edit)) {
        if (change->isEmpty()) return true;
        if (const auto type = unknownLabel(*change)) {
            say(Notice::Refused,
                tr("%1 is not a label of this project; press the key of another label, or add it on the "
                   "data page.")
                    .arg(fromUtf8(*type)));
            Q_EMIT refusedAction();
            return false;
        }
    }
    const OneAction one(*this);
    if (!m_session.apply(edit)) return false;
    m_editor.refresh(m_session.view().state);
    if (const auto* change = std::get_if<Change>(&edit)) learnFrom(*change);
    tell(kMarks | kStatus);
    return true;
}

void TagHost::learnFrom(const Change& change) {
    for (const PostChange& part : change.posts) {
        if (part.post != m_session.view().post.id) continue;
        m_names->take(m_session.view().post, part, m_editor.state().entities, m_editor.segments());
    }
}

std::optional<std::string> TagHost::unknownLabel(const Change& change) const {
    for (const auto& part : change.posts) {
        for (const auto& entity : part.added) {
            if (!m_session.labels().contains(entity.type)) return entity.type;
        }
    }
    return std::nullopt;
}

bool TagHost::labelAt(int index) {
    const OneAction one(*this);
    const auto& types = m_session.labels().types;
    if (index < 0 || index >= static_cast<int>(types.size())) {
        say(Notice::Refused,
            tr("There is no label on this key. This project has %n labels.", nullptr, static_cast<int>(types.size())));
        Q_EMIT refusedAction();
        return false;
    }
    return labelType(types[static_cast<std::size_t>(index)]);
}

bool TagHost::labelType(const std::string& type) {
    const OneAction one(*this);
    forgetAsking();
    const bool had = m_editor.focus().isEntity() && m_editor.focus().entity.type == type;
    if (!m_editor.labelAndGoOn(type, committing())) return false;
    m_lastType = type;
    if (!had) Q_EMIT labelled(fromUtf8(type));
    tell(kMarks | kStatus);
    return true;
}

void TagHost::repeatLast() {
    if (m_lastType.empty()) {
        say(Notice::Refused, tr("No label to repeat yet."));
        Q_EMIT refusedAction();
        return;
    }
    labelType(m_lastType);
}

void TagHost::acceptOrFinish() {
    if (m_editor.focus().isSuggestion()) {
        const std::string type = m_editor.focus().entity.type;
        if (!m_editor.acceptAndGoOn(committing())) return;
        m_lastType = type;
        Q_EMIT labelled(fromUtf8(type));
        tell(kMarks | kStatus);
        return;
    }
    const int left = static_cast<int>(m_editor.pending().size());
    if (left == 0 || !acceptsEdits()) return finish(false);
    const auto policy = settings::suggestionPolicy();
    if (policy == settings::SuggestionPolicy::Keep) return finish(false);
    if (policy == settings::SuggestionPolicy::Reject) return finish(true);
    // A habit must lose nothing: Enter shows what waits, and turning all of it down has a key of its own.
    m_editor.goToNextPending();
    say(Notice::Info,
        tr("%n suggestions left: Enter accepts this one, %1 rejects it, %2 rejects all, %3 leaves them open, %4 "
           "accepts all and goes on.",
           nullptr, left)
            .arg(keyText("tag.remove"), keyText("tag.rejectAll"), keyText("tag.done"), keyText("tag.acceptAll")));
    tell(kMarks | kStatus);
}

Commit TagHost::committing() {
    return [this](const project::Edit& edit) { return apply(edit); };
}

void TagHost::removeHere() {
    if (m_editor.removeAndGoOn(committing())) tell(kMarks | kStatus);
}

void TagHost::moveEdge(bool leftEdge, int delta) {
    if (m_editor.moveEdgeInHand(leftEdge, delta, committing())) tell(kMarks | kStatus);
}

void TagHost::goToLikely(int direction) {
    if (m_hasPost && std::exchange(m_likelyStale, false)) {
        std::vector<WordRange> runs;
        for (const auto& run : project::likelyRuns(m_session.view().post, m_editor.segments(), m_names->index()))
            runs.push_back({run.first, run.last});
        m_editor.setLikely(std::move(runs));
    }
    if (!m_editor.goToLikely(direction)) {
        say(Notice::Info,
            direction > 0 ? tr("No further likely name in this post.") : tr("No earlier likely name in this post."));
    }
    taken();
}

void TagHost::moveToEnd(int direction, bool extend) {
    const WordRange line = m_lineOf ? m_lineOf(m_editor.caret()) : WordRange{0, lastWord()};
    m_editor.moveToEnd(direction, line, extend);
    taken();
}

void TagHost::rejectPending() {
    const int left = static_cast<int>(m_editor.pending().size());
    if (left == 0) return say(Notice::Info, tr("No suggestion waits in this post."));
    if (!apply(m_editor.rejectPending())) return;
    say(Notice::Info, tr("%n suggestions rejected; Ctrl+Z takes it back.", nullptr, left));
}

void TagHost::finishPost() {
    finish(settings::suggestionPolicy() == settings::SuggestionPolicy::Reject);
}

void TagHost::toggleDoneOf(PostId post) {
    const OneAction one(*this);
    if (m_hasPost && post == m_session.currentPost()) {
        run(QStringLiteral("tag.done"));
        return;
    }
    const int row = m_session.rowOf(post);
    if (row < 0) return;
    const auto summary = m_session.summaries()[static_cast<std::size_t>(row)];
    PostState state;
    state.post = post;
    state.status = summary.status;
    state.review = summary.review;
    state.corrected = summary.corrected;
    const QString name = isolated(fromUtf8(summary.externalId));
    const bool done = !isDone(summary.status);
    if (!m_session.apply(project::setDone(state, done))) return;
    say(Notice::Info, done ? tr("%1 is done; Ctrl+Z takes it back.").arg(name)
                           : tr("%1 is open again; Ctrl+Z takes it back.").arg(name));
}

void TagHost::acceptAllAndFinish() {
    if (finishBy([this] { return m_editor.acceptPendingAndFinish(); })) return;
    // What could not be taken is shown, so that it can be decided.
    if (m_editor.goToNextPending()) tell(kMarks | kStatus);
}

void TagHost::finish(bool rejectPending) {
    finishBy([&] { return m_editor.finish(rejectPending); });
}

bool TagHost::finishBy(const std::function<project::Edit()>& edit) {
    m_asked = Asked::None;
    if (!m_hasPost) return false;
    if (!apply(edit())) return false;
    const PostId before = m_session.currentPost();
    m_session.step(1);
    const auto& rows = m_session.visibleRows();
    const bool last = !rows.empty() && m_session.rowOf(before) == rows.back();
    say(Notice::Info, last ? tr("Done. That was the last post of the list.") : QString());
    return true;
}

void TagHost::askForAlike() {
    if (!m_hasPost || m_editor.wordCount() == 0) return;
    const auto focus = m_editor.focus();
    const std::string type = focus.kind == TagFocus::Kind::None ? m_lastType : focus.entity.type;
    if (!acceptsEdits() || type.empty()) {
        say(Notice::Refused, type.empty() ? tr("Label one mention first; then A finds all that are alike.")
                                          : tr("Nothing can be changed here now."));
        Q_EMIT refusedAction();
        return;
    }
    const WordRange range = m_editor.target();
    Q_EMIT alikeWanted(coveredText(m_session.view().post, range.first, range.last), fromUtf8(type));
}

void TagHost::alikeDone(const QString& type, const QString& sentence) {
    if (!type.isEmpty()) m_lastType = toUtf8(type);
    m_likelyStale = true;
    say(Notice::Info, sentence);
    tell(kMarks | kStatus);
}

void TagHost::editLabelHere() {
    const auto focus = m_editor.focus();
    const auto& types = m_session.labels().types;
    const std::string type = focus.kind != TagFocus::Kind::None ? focus.entity.type
                             : m_sticky                         ? types[static_cast<std::size_t>(*m_sticky)]
                                                                : m_lastType;
    if (m_session.labels().contains(type)) return editLabel(fromUtf8(type));
    say(Notice::Refused, tr("Put the caret on an entity: its label can be changed then."));
    Q_EMIT refusedAction();
}

void TagHost::editLabel(const QString& type) {
    // Labels are the project's, and what changes with them is the corrected layer.
    if (m_session.isReadOnly() || !m_session.editedLayer().isEmpty()) {
        say(Notice::Refused, m_session.isReadOnly() ? tr("Nothing can be changed here now.")
                                                    : tr("Labels are changed while the corrected layer is edited."));
        Q_EMIT refusedAction();
        return;
    }
    Q_EMIT labelEditWanted(type);
}

void TagHost::labelWritten(int entities, int posts) {
    m_likelyStale = true;
    say(Notice::Info, entities > 0 ? tr("Labels changed, with %n entities in %1.", nullptr, entities)
                                         .arg(tr("%n posts", "that a label is changed in", posts))
                                   : tr("Labels changed."));
    tell(kMarks | kStatus);
}

void TagHost::escape() {
    m_taken = false;
    if (m_asked != Asked::None) {
        forgetAsking();
    } else if (m_editor.dropSelection()) {
        tell(kMarks);
    } else if (m_sticky) {
        setStickyLabel(std::nullopt);
    }
    if (m_notice != Notice::Failed) say(Notice::None, {});
    tell(kStatus);
}

void TagHost::forgetAsking() {
    if (std::exchange(m_asked, Asked::None) == Asked::None) return;
    if (m_notice == Notice::Question) say(Notice::None, {});
    tell(kMarks);
}

// --- mouse --------------------------------------------------------------------------------------------------------

void TagHost::moveTo(int word, bool extend) {
    const OneAction one(*this);
    forgetAsking();
    if (m_notice == Notice::Info || m_notice == Notice::Refused) say(Notice::None, {});
    m_editor.moveTo(word, extend);
    taken();
}

void TagHost::select(int anchor, int moving) {
    const OneAction one(*this);
    forgetAsking();
    m_editor.select(anchor, moving);
    taken();
}

void TagHost::focusOn(const TagFocus& mark) {
    const OneAction one(*this);
    forgetAsking();
    m_editor.focusOn(mark.kind, mark.entity);
    taken();
}

void TagHost::click(int word, bool extend) {
    const OneAction one(*this);
    if (!extend && word == m_editor.caret() && !m_editor.selection() && m_editor.marksAt(word).size() > 1) {
        m_editor.cycleFocus();
        taken();
        return;
    }
    moveTo(word, extend);
}

void TagHost::doubleClick(int word) {
    const OneAction one(*this);
    const auto here = m_editor.marksAt(word);
    if (!here.empty()) {
        const auto entity = std::find_if(here.begin(), here.end(), [](const TagFocus& m) { return m.isEntity(); });
        focusOn(entity == here.end() ? here.front() : *entity);
        return;
    }
    m_editor.moveTo(word, false);
    const auto& post = m_session.view().post;
    const auto starts = segmentStarts(post.words, post.join);
    int first = word, last = word;
    while (first > 0 && !starts[static_cast<std::size_t>(first)]) --first;
    while (last + 1 < static_cast<int>(starts.size()) && !starts[static_cast<std::size_t>(last) + 1]) ++last;
    select(first, last);
}

void TagHost::pressEnded(bool dragged) {
    if (!m_sticky || (dragged && !m_editor.selection())) return;
    const OneAction one(*this);
    const auto& types = m_session.labels().types;
    // The same label a second time would take it off, and that is not what a click on an entity means.
    const auto focus = m_editor.focus();
    const bool has = focus.isEntity() && focus.entity.type == types[static_cast<std::size_t>(*m_sticky)];
    if (!has) labelAt(*m_sticky);
}

void TagHost::clickBeside() {
    const OneAction one(*this);
    forgetAsking();
    if (m_notice == Notice::Info || m_notice == Notice::Refused) say(Notice::None, {});
    m_editor.letGo();
    m_taken = false;
    tell(kMarks | kStatus);
}

void TagHost::clickLabel(int index) {
    if (m_sticky) return setStickyLabel(m_sticky == index ? std::nullopt : std::optional<int>(index));
    if (!m_taken && !m_editor.selection()) return setStickyLabel(index);
    labelAt(index);
}

void TagHost::resize(const TagFocus& mark, WordRange to) {
    const OneAction one(*this);
    if (mark.entity.first == to.first && mark.entity.last == to.last) return;
    if (!apply(m_editor.resize(mark, to))) return;
    m_editor.focusOn(TagFocus::Kind::Entity, {mark.entity.type, to.first, to.last, std::nullopt});
    tell(kMarks | kStatus);
}

void TagHost::setStickyLabel(std::optional<int> index) {
    const OneAction one(*this);
    const auto& types = m_session.labels().types;
    if (index && (*index < 0 || *index >= static_cast<int>(types.size()))) index.reset();
    if (index == m_sticky) return;
    m_sticky = index;
    Q_EMIT stickyChanged();
    if (index) {
        say(Notice::Info, tr("%1 is on: each click and each drag labels at once. Esc or a click on its chip ends it.")
                              .arg(fromUtf8(types[static_cast<std::size_t>(*index)])));
    } else if (m_notice == Notice::Info) {
        say(Notice::None, {});
    }
    tell(kMarks);
}

void TagHost::setPeeking(bool on) {
    if (on == m_peek) return;
    m_peek = on;
    Q_EMIT peekChanged(on);
}

// --- what is said ---------------------------------------------------------------------------------------------------

void TagHost::say(Notice kind, const QString& text) {
    m_notice = text.isEmpty() ? Notice::None : kind;
    m_message = text;
    tell(kStatus);
}

void TagHost::refuseWith(const QString& text) {
    say(Notice::Refused, text);
    Q_EMIT refusedAction();
}

void TagHost::refuse(const project::Refusal& refusal) {
    if (m_notice == Notice::Failed) return;  // the reason why nothing can be changed is there already
    QString text = refusalText(refusal);
    if (refusal.in_the_way && m_hasPost) {
        const Entity& other = *refusal.in_the_way;
        text = tr("That would overlap %1 (%2); change or delete it first.")
                   .arg(fromUtf8(other.type), isolated(coveredText(m_session.view().post, other.first, other.last)));
    }
    say(Notice::Refused, text);
    Q_EMIT refusedAction();
}

void TagHost::undone(const Change& change) {
    if (!m_hasPost) return;
    m_editor.refresh(m_session.view().state);
    learnFrom(change);
    for (const auto& part : change.posts) {
        if (part.post != m_session.currentPost()) continue;
        const auto ranges = TagEditor::rangesOf(part);
        if (!ranges.empty()) m_editor.moveTo(ranges.front().first, false);
        tellSoon(kMarks);
        Q_EMIT pulse(ranges);
        // What has no place in the text is told in words.
        const QString news = ranges.empty() ? markNews(part) : QString();
        if (!news.isEmpty() && m_notice != Notice::Failed) {
            m_notice = Notice::Info;
            m_message = news;
        }
    }
    tellSoon(kStatus);
}

QString TagHost::keyText(const char* id) const {
    return m_actions.key(QLatin1String(id)).toString(QKeySequence::NativeText);
}

QString TagHost::keyTextOr(const char* id, const char* ofWindow) const {
    return keyText(m_actions.has(QLatin1String(id)) ? id : ofWindow);
}

QString TagHost::targetText() const {
    if (!m_hasPost) return {};
    const auto& view = m_session.view();
    if (m_editor.wordCount() == 0) return tr("This post has no words.");
    const WordRange range = m_editor.target();
    const auto focus = m_editor.focus();
    QStringList parts;
    QString covered = coveredText(view.post, range.first, range.last);
    if (range.first == range.last) {
        const auto& word = m_words[static_cast<std::size_t>(range.first)];
        if (word.invisible) covered = word.name;
    }
    parts << isolated(covered.simplified());
    if (focus.kind != TagFocus::Kind::None) {
        QString type = fromUtf8(focus.entity.type);
        if (focus.isSuggestion()) {
            type = focus.entity.confidence ? tr("%1 suggested, %2").arg(type, confidenceText(*focus.entity.confidence))
                                           : tr("%1 suggested").arg(type);
        }
        parts << type;
    }
    parts << (range.first == range.last ? tr("word %1").arg(range.first + 1)
                                        : tr("words %1–%2").arg(range.first + 1).arg(range.last + 1));
    const auto points = codePointRange(m_words, view.post.join, range.first, range.last);
    parts << tr("code points %1–%2").arg(points.first + 1).arg(points.second);
    // A post that came without tags has no gold that could say anything.
    if (focus.kind != TagFocus::Kind::None && !view.post.sourceTags.empty() && !m_session.isBlind()) {
        const bool inGold =
            std::any_of(view.gold.begin(), view.gold.end(), [&](const Entity& e) { return e.sameAs(focus.entity); });
        parts << (inGold ? tr("gold ✓") : tr("gold ✗"));
    }
    return parts.join(QStringLiteral(" · "));
}

QString TagHost::statusText() const {
    return m_message.isEmpty() ? targetText() : m_message;
}

QString TagHost::savedText() const {
    if (!m_hasPost) return {};
    if (m_session.isReadOnly()) return tr("read-only");
    if (m_session.isSaveFailed()) return tr("not saved");
    if (m_session.isSaving()) return tr("saving…");
    return m_savedAt.isValid() ? tr("saved %1").arg(m_savedAt.time().toString(QStringLiteral("HH:mm:ss"))) : QString();
}

QString TagHost::headerText() const {
    if (!m_hasPost) return {};
    const auto& post = m_session.view().post;
    QStringList parts{isolated(fromUtf8(post.externalId))};
    if (post.split != Split::None) parts << splitText(post.split);
    parts << ui::statusText(m_editor.state().status);
    const Review review = m_editor.state().review;
    if (review != Review::None) parts << reviewText(review);
    const int comments = commentCount();
    if (comments > 0) parts << tr("%n comments", nullptr, comments);
    const int waiting = static_cast<int>(m_editor.pending().size());
    if (waiting > 0) parts << tr("%n suggestions", nullptr, waiting);
    return parts.join(QStringLiteral(" · "));
}

QString TagHost::accessibleWord(int word) const {
    if (word < 0 || word >= static_cast<int>(m_words.size())) return {};
    const auto& display = m_words[static_cast<std::size_t>(word)];
    QString text = display.invisible ? display.name : display.text;
    for (const auto& mark : m_editor.marksAt(word)) {
        const QString type = fromUtf8(mark.entity.type);
        const bool opens = mark.entity.first == word;
        if (mark.isSuggestion()) {
            text = tr("%1, suggested %2").arg(text, type);
        } else {
            text = opens ? tr("%1, begins %2").arg(text, type) : tr("%1, inside %2").arg(text, type);
        }
    }
    return text;
}

int TagHost::countOf(const std::string& type) const {
    const auto& entities = m_editor.state().entities;
    return static_cast<int>(
        std::count_if(entities.begin(), entities.end(), [&](const Entity& e) { return e.type == type; }));
}

void TagHost::retranslate() {
    const OneAction one(*this);
    if (m_notice != Notice::Failed) say(Notice::None, {});
    tell(kStatus);
}

}  // namespace mnerva::ui
