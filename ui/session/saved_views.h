#pragma once

#include <QObject>
#include <QString>
#include <vector>

#include "core/project/saved_query.h"

namespace mnerva::ui {

class ProjectSession;

/// The saved views of the open project: queries with a name and an order, kept with it. Each step can be taken back as
/// long as the project is open.
class SavedViews : public QObject {
    Q_OBJECT
public:
    explicit SavedViews(ProjectSession& session, QObject* parent = nullptr);

    using Fault = project::SavedNameFault;
    const std::vector<project::SavedQuery>& list() const { return m_list; }
    /// What was stored and could not be read: it is kept aside when the views are written.
    std::size_t leftOut() const { return m_leftOut; }
    /// The view whose query and order are shown now; -1: none.
    int shown() const;

    /// Keeps the query and the order that are shown, under a name.
    Fault add(const QString& name);
    Fault rename(int at, const QString& name);
    /// Gives a view the query and the order that are shown.
    void update(int at);
    void remove(int at);
    void open(int at);
    bool isFull() const { return m_list.size() >= project::kMostSavedQueries; }
    /// The query that is shown is longer than one can be that is kept.
    bool isTooLong() const;

    /// What the last step did, as a sentence; empty: nothing can be taken back.
    QString lastStep() const { return m_steps.empty() ? QString() : m_steps.back().text; }
    void undo();

    /// Why a name is refused, as a sentence.
    static QString faultText(Fault fault);

Q_SIGNALS:
    void changed();

private:
    struct Step {
        std::vector<project::SavedQuery> before;
        QString text;
    };
    project::SavedQuery now(const std::string& name) const;
    void take(std::vector<project::SavedQuery> list, const QString& text);
    void write();
    void read();

    ProjectSession& m_session;
    std::vector<project::SavedQuery> m_list;
    std::vector<Step> m_steps;
    std::size_t m_leftOut = 0;
};

}  // namespace mnerva::ui
