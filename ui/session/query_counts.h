#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mnerva::ui {

class ProjectSession;

/// How many posts queries find. They are counted one after another, some milliseconds at a time on the reader's thread,
/// while somebody looks and the query line itself has nothing to find; what was counted is kept until something
/// changes.
class QueryCounts : public QObject {
    Q_OBJECT
public:
    explicit QueryCounts(ProjectSession& session, QObject* parent = nullptr);
    ~QueryCounts() override;

    struct Count {
        enum class State { Unknown, Counting, Known, Mistaken };
        State state = State::Unknown;
        std::size_t posts = 0;  ///< so far, while it is counted
        QString why = {};       ///< what is wrong with the query
        bool isStale = true;    ///< something has changed since
    };
    Count count(const std::string& query) const;
    /// Counts these, in this order; none: nobody looks.
    void want(std::vector<std::string> queries);

Q_SIGNALS:
    void changed();

private:
    struct Job;
    void staleNow();
    void goOn();
    void countOn(const std::shared_ptr<Job>& job);
    void arrived(const std::shared_ptr<Job>& job);
    void stop();

    ProjectSession& m_session;
    std::map<std::string, Count> m_counts;
    std::vector<std::string> m_wanted;
    std::shared_ptr<Job> m_job;
    QTimer m_later;  ///< after a change, before it is counted anew
};

}  // namespace mnerva::ui
