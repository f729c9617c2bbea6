#pragma once

#include <QObject>
#include <QString>
#include <list>

#include "core/base/ids.h"
#include "core/project/attention_view.h"

namespace mnerva::ui {

/// What runs answered about posts of the open project, kept for a while for every page: the same answer is looked at
/// on several, and going back asks nobody.
class AnswerShelf : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Null where it is not at hand.
    project::Answer find(const QString& run, PostId post);
    void keep(const QString& run, PostId post, project::Answer answer);
    /// All that a run said: it was trained further, or is gone.
    void forget(const QString& run);
    void clear() { m_kept.clear(); }
    /// The run that was asked last about anything; "" for none.
    const QString& lastRun() const { return m_lastRun; }

Q_SIGNALS:
    void kept(const QString& run, mnerva::PostId post);

private:
    struct Kept {
        QString run;
        PostId post;
        project::Answer answer;
    };
    std::list<Kept> m_kept;  ///< the one that was looked at last in front
    QString m_lastRun;
};

}  // namespace mnerva::ui
