#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/eval/errors.h"
#include "core/project/map_search.h"
#include "core/protocol/map_index.h"
#include "ui/base/job_runner.h"
#include "ui/jobs/command_process.h"
#include "ui/pages/attention/attention_host.h"

namespace mnerva::ui {

/// Posts of a split whose map is most alike that of the words that are looked at, or where a head is sharpest
/// (explanation.md 2, corpus search). The maps of a split are computed by `explain --maps`, as a job, once for a run
/// and a method, and kept in the run's folder; they are read on another thread. A search takes under a millisecond.
class SimilarHost : public QObject {
    Q_OBJECT
public:
    enum class State {
        Off,      ///< nobody looks, or there is no run
        Reading,  ///< the run's folder is looked at
        Missing,
        Damaged,
        OtherWeights,  ///< the run was trained further since
        Computing,
        Ready,
    };
    enum class Order { Alike, Sharpest };

    /// A post that was found.
    struct Found {
        protocol::MappedEntity entity;
        double value = 0;  ///< cosine, or entropy
        std::vector<float> cells;
        project::PostImage image;
        bool isJudged = false;                 ///< there is a gold layer
        std::optional<eval::ErrorKind> error;  ///< judged: none is right
    };

    explicit SimilarHost(AttentionHost& host, QObject* parent = nullptr);

    /// Somebody looks at them; without that nothing is read.
    void setActive(bool active);
    /// Which maps: "attention" or "relevancy", and the split by its name ("": all posts).
    void setSource(const std::string& method, const std::string& split);
    const std::string& method() const { return m_method; }
    const std::string& split() const { return m_split; }
    /// Test, else valid, else all: what `explain --bench` measures too.
    static std::string usualSplit(const project::ProjectInfo& info);

    State state() const;
    /// What is wrong with maps that are Damaged.
    const std::optional<Error>& fault() const { return m_fault; }
    /// Null unless Ready.
    const protocol::MapIndex* index() const { return m_index.get(); }
    /// The split has other posts than when the maps were computed.
    bool isOutdated() const;
    /// Layer and head of the maps that are searched: what is wanted where the run has it, else the mean of its last
    /// layer. Layers and heads from 1, 0: the last, the mean.
    std::optional<std::size_t> setFor(protocol::MapSet wanted) const;

    /// What to look for; found() follows shortly after the last call. An empty query finds nothing unless the order is
    /// Sharpest.
    void search(Order order, protocol::MapSet set, std::vector<float> query, PostId except);
    const std::vector<Found>& found() const { return m_found; }

    /// Maps are being read, or a search has not come to its end.
    bool isBusy() const { return m_state == State::Reading || m_debounce.isActive() || m_searches > 0; }

    void compute();
    void cancel();
    /// How far the computation is, 0..1; negative: unknown.
    double fraction() const { return m_job ? m_job->fraction() : -1; }
    QStringList arguments() const;
    QString commandText() const;

Q_SIGNALS:
    void changed();       ///< state() or fraction()
    void foundChanged();  ///< found()
    void failed(const QString& run, const mnerva::Error& error);

private:
    struct Wanted {
        Order order = Order::Alike;
        protocol::MapSet set;
        std::vector<float> query;
        PostId except;
    };
    void read();
    void forget();
    void searchNow();
    void computed(const QString& run, const CommandResult& result);

    AttentionHost& m_host;
    JobRunner m_reader;
    QTimer m_debounce;
    std::string m_method = "attention", m_split;
    QString m_run;  ///< whose maps these are
    std::shared_ptr<const protocol::MapIndex> m_index;
    State m_state = State::Off;
    std::optional<Error> m_fault;
    Wanted m_wanted;
    std::vector<Found> m_found;
    int m_search = 0;    ///< number of the last one
    int m_searches = 0;  ///< whose posts are being read
    bool m_active = false;
    QPointer<CommandProcess> m_process;
    QPointer<Job> m_job;
};

}  // namespace mnerva::ui
