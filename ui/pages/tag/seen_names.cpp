#include "ui/pages/tag/seen_names.h"

#include <QPointer>
#include <algorithm>
#include <memory>
#include <utility>

#include "ui/base/text_border.h"
#include "ui/base/word_display.h"
#include "ui/session/project_session.h"

namespace mnerva::ui {

namespace {

constexpr std::size_t kMostPosts = 20'000;
constexpr std::size_t kPostsAtOnce = 32;    ///< some ms of the reader's thread: a post that is opened waits no longer
constexpr std::size_t kRowsAtOnce = 4'096;  ///< that the window's thread looks at without a pause

struct SeenPost {
    Post post;
    std::vector<Entity> entities;
    std::vector<bool> segments;
};

}  // namespace

SeenNames::SeenNames(ProjectSession& session, QObject* parent) : QObject(parent), m_session(session) {
    connect(&session, &ProjectSession::opened, this, &SeenNames::restart);
    connect(&session, &ProjectSession::closed, this, &SeenNames::restart);
    connect(&session, &ProjectSession::editedLayerChanged, this, &SeenNames::restart);
    connect(&session, &ProjectSession::summariesReset, this, &SeenNames::restart);
    connect(&session, &ProjectSession::summariesGrew, this, &SeenNames::readOn);
    restart();
}

void SeenNames::restart() {
    ++m_generation;
    m_index = project::NameIndex();
    m_row = 0;
    m_reading = false;
    std::size_t posts = 0;
    if (m_session.isOpen()) {
        for (const auto& [split, count] : m_session.info().postsOfSplit) posts += static_cast<std::size_t>(count);
    }
    m_stride = std::max<std::size_t>(1, posts / kMostPosts);
    Q_EMIT changed();
    readOn();
}

void SeenNames::readOn() {
    if (m_reading || !m_session.isOpen()) return;
    const auto& rows = m_session.summaries();
    std::vector<PostId> wanted;
    const std::size_t end = m_row + kRowsAtOnce * m_stride;
    for (; m_row < rows.size() && m_row < end && wanted.size() < kPostsAtOnce; m_row += m_stride) {
        if (rows.entityCountAt(m_row) > 0 || isDone(rows.statusAt(m_row))) wanted.push_back(rows.idAt(m_row));
    }
    if (wanted.empty()) {
        if (m_row < rows.size()) QMetaObject::invokeMethod(this, &SeenNames::readOn, Qt::QueuedConnection);
        return;
    }
    m_reading = true;
    const auto seen = std::make_shared<std::vector<SeenPost>>();
    const QPointer<SeenNames> self(this);
    m_session.read(
        [seen, wanted, layer = toUtf8(m_session.editedLayer())](const project::Project& project) {
            for (const PostId post : wanted) {
                project::PostView view = project.view(post, {}, layer);
                auto segments = segmentStarts(view.post.words, view.post.join);
                seen->push_back({std::move(view.post), std::move(view.state.entities), std::move(segments)});
            }
        },
        [self, seen, generation = m_generation] {
            if (!self || self->m_generation != generation) return;
            for (const SeenPost& one : *seen) self->m_index.addPost(one.post, one.entities, one.segments);
            self->m_reading = false;
            Q_EMIT self->changed();
            self->readOn();
        });
}

void SeenNames::take(const Post& post, const PostChange& change, const std::vector<Entity>& entities,
                     const std::vector<bool>& segments) {
    const auto add = [&](const std::vector<Entity>& list, int sign) {
        for (const Entity& entity : list) {
            if (entity.first < 0 || entity.last < entity.first || entity.last >= static_cast<int>(post.words.size()))
                continue;
            m_index.addName(std::span(post.words)
                                .subspan(static_cast<std::size_t>(entity.first),
                                         static_cast<std::size_t>(entity.last - entity.first + 1)),
                            sign);
        }
    };
    add(change.removed, -1);
    add(change.added, 1);
    // Words that are no names are known only when the post is done.
    const bool was = isDone(change.statusBefore), is = isDone(change.statusAfter);
    if (was != is) m_index.addWords(post, entities, segments, is ? 1 : -1);
    Q_EMIT changed();
}

}  // namespace mnerva::ui
