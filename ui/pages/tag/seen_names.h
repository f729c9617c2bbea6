#pragma once

#include <QObject>
#include <vector>

#include "core/domain/change.h"
#include "core/project/name_index.h"

namespace mnerva::ui {

class ProjectSession;

/// What was tagged in the open project so far, for the key of the likely run: up to 20,000 posts that have entities or
/// are done, evenly taken of all, read a little at a time on the reader's thread; then what is tagged in the window.
/// Of the edited layer, as far as that may be seen.
class SeenNames : public QObject {
    Q_OBJECT
public:
    explicit SeenNames(ProjectSession& session, QObject* parent = nullptr);

    const project::NameIndex& index() const { return m_index; }
    /// Whether posts are still being read.
    bool isReading() const { return m_reading; }
    /// A change of a post that was made in the window or taken back; `entities`: of the post after it.
    void take(const Post& post, const PostChange& change, const std::vector<Entity>& entities,
              const std::vector<bool>& segments);

Q_SIGNALS:
    void changed();

private:
    void restart();
    void readOn();

    ProjectSession& m_session;
    project::NameIndex m_index;
    std::size_t m_row = 0, m_stride = 1;
    int m_generation = 0;
    bool m_reading = false;
};

}  // namespace mnerva::ui
