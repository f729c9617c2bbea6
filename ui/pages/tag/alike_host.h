#pragma once

#include <QObject>
#include <QString>
#include <atomic>
#include <memory>
#include <optional>

#include "core/base/error.h"
#include "ui/pages/tag/alike_model.h"

namespace mnerva::ui {

class ProjectSession;

/// Looks for the mentions of the project that are alike, some milliseconds at a time on the reader's thread, and labels
/// the ticked ones, or deletes their entities, as one step of undo.
class AlikeHost : public QObject {
    Q_OBJECT
public:
    /// Rows that are kept; of more a person is told, and asked to write a query.
    static constexpr int kMostRows = 100'000;

    AlikeHost(ProjectSession& session, QString mention, std::string type, QObject* parent = nullptr);
    ~AlikeHost() override;

    ProjectSession& session() const { return m_session; }
    AlikeModel& model() const { return *m_model; }
    const QString& mention() const { return m_mention; }
    bool isSearching() const { return m_searching; }
    bool isWriting() const { return m_writing; }
    bool isCut() const { return m_cut; }  ///< more than kMostRows
    double fraction() const { return m_fraction; }
    int inTheWay() const { return m_inTheWay; }
    /// Something is ticked, and it may be written.
    bool isReady() const;

    void start();
    void stopSearching();
    /// Does it; written() or failed() follows.
    void apply();
    /// Ends what goes on: what is being written is left as it was.
    void cancel();

Q_SIGNALS:
    void stateChanged();
    void failed(const mnerva::Error& error);
    /// How many mentions were changed in how many posts, and how many were left alone.
    void written(int mentions, int posts, int leftAlone);

private:
    struct Search;
    void searchOn(const std::shared_ptr<Search>& search);
    void searchArrived(const std::shared_ptr<Search>& search);

    ProjectSession& m_session;
    AlikeModel* m_model;
    QString m_mention;
    std::shared_ptr<Search> m_search;
    std::stop_source m_stopWriting;
    bool m_searching = false, m_writing = false, m_cut = false;
    double m_fraction = 0;
    int m_inTheWay = 0;
};

}  // namespace mnerva::ui
