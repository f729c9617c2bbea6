#pragma once

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>
#include <vector>

#include "core/base/ids.h"
#include "core/protocol/training_history.h"

namespace mnerva::ui {

/// What was odd about a run's data: what the look before training found, each with what to do about it and the posts
/// concerned, leaks between splits marked as what they are; then what was met while it trained.
class RunNotes : public QWidget {
    Q_OBJECT
public:
    explicit RunNotes(QWidget* parent = nullptr);

    /// Costs nothing where nothing came since the last call.
    void show(const protocol::RunHistory& history);
    /// Notes and warnings shown.
    int count() const { return int(m_notes.size() + std::size_t(m_warnings.size())); }
    void retranslate();

Q_SIGNALS:
    /// The posts of a note, both sides of each pair, are to be shown.
    void postsWanted(const std::vector<mnerva::PostId>& posts, const QString& title);

private:
    struct Note {
        QString text, advice, examples;
        std::vector<PostId> posts;
        bool isLeak = false;
        bool operator==(const Note&) const = default;
    };
    void fill();
    QWidget* makeNote(const Note& note, int number);

    std::vector<Note> m_notes;
    QStringList m_warnings;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_layout;
    QLabel* m_log;
};

}  // namespace mnerva::ui
