#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/base/error.h"
#include "core/workflow/scores/slices.h"
#include "ui/base/serial_worker.h"

namespace mnerva::ui {

class ProjectSession;

/// Tables that leave the page.
enum class ScoresReport {
    Scores,
    Types,
    Errors,
    Confusion,
    Strings,
    Buckets,
    Difference,
    Reliability,
    Seeds,
    Slices,
};

/// What the page asks: the choices of its menus.
struct ScoresChoice {
    std::string reference = "gold";
    std::optional<Split> split;
    eval::Rule rule = eval::Rule::SeqevalLenient;
    std::string system, other;  ///< the row looked at, and the one it is compared with; empty: the first ones
    eval::Property property = eval::Property::Type;
    bool operator==(const ScoresChoice&) const = default;
};

/// Everything the page shows, computed at one moment.
struct ScoresAnswer {
    ScoresChoice choice;  ///< with the systems that were taken
    workflow::ScoreTable table;
    std::map<std::string, double> changes;  ///< of micro F1 since the correction before; layers that moved
    std::vector<std::vector<workflow::ErrorRow>> errorRows;  ///< of each row of the table
    std::vector<workflow::LayerErrors> errors;
    eval::Confusion confusion{{}, 0};  ///< of the system
    std::vector<eval::SurfaceRow> surfaces;
    workflow::BucketTable buckets;
    std::vector<std::optional<eval::Comparison>> bucketDifferences;  ///< system - other, of each bucket
    std::optional<eval::Comparison> comparison;
    std::vector<workflow::SeedGroup> seeds;
    std::vector<std::optional<workflow::ConfidenceCheck>> reliability;  ///< of each row of the table
    std::vector<workflow::FoundSlice> slices;
    std::vector<workflow::SliceRow> sliceRows;  ///< of each slice
    std::string caption;                        ///< in English, as tables that are saved have it
    workflow::CaptionFacts captionFacts;
    std::vector<std::string> typeNames;    ///< by number
    std::vector<PostId> ids;               ///< of each post of the source
    std::vector<std::string> bucketNames;  ///< English where they are words
    int systemRow = -1, otherRow = -1;
    std::map<ScoresReport, eval::ReportTable> reports;

    std::vector<PostId> idsOf(std::vector<int> posts) const;
};

/// State of the Scores page: reads the layers of the open project on the session's reader, computes on a thread of its
/// own, newest question wins. What is shown follows every correction.
class ScoresHost : public QObject {
    Q_OBJECT
public:
    explicit ScoresHost(ProjectSession& session, QObject* parent = nullptr);
    ~ScoresHost() override;

    /// Hidden: a blind layer is edited, and what others say is not to be seen (error-analysis.md 6).
    enum class State { NoProject, Hidden, Reading, NoLayers, Ready };
    State state() const { return m_state; }
    bool isComputing() const { return m_reading || m_answered != m_asked; }
    const ScoresChoice& choice() const { return m_choice; }
    /// Asks anew; changed() follows.
    void setChoice(const ScoresChoice& choice);
    /// Null until the first answer.
    const ScoresAnswer* answer() const { return m_answer.get(); }
    /// Splits that the project has posts of.
    std::vector<Split> splits() const;
    bool hasCorrections() const;
    /// Looks again at layers that came or went; nothing is read while the page is not wanted.
    void setWanted(bool wanted);

    /// Posts where the system of a row of the table is wrong: all, or with mistakes of a type (by name).
    std::vector<PostId> wrongPosts(int row, const std::string& type = {}) const;
    /// Posts with mistakes of a kind (nothing: right but for the region); `type` is a number or kNone for all.
    std::vector<PostId> mistakePosts(int row, std::optional<eval::ErrorKind> kind, int type) const;
    /// Posts with the pair of labels, for the system.
    std::vector<PostId> confusedPosts(int gold, int predicted) const;
    std::vector<PostId> surfacePosts(int surface) const;
    /// Posts of a bucket where the layer of a row is wrong; all of the bucket where it is never wrong.
    std::vector<PostId> bucketPosts(int row, int bucket) const;
    /// Posts with an entity of that confidence which is wrong; all of the bin where none is.
    std::vector<PostId> confidencePosts(int row, int bin) const;
    /// Posts of a slice: all (row -1), or those where the system of a row is wrong.
    std::vector<PostId> slicePosts(int row, int slice) const;

    /// Watches a query line; sliceRefused() where it is none, or is watched already.
    void addSlice(const workflow::Slice& slice);
    /// Takes it away; it is kept for restoreSlice().
    void removeSlice(int slice);
    /// Puts the slice that was taken away last where it was.
    void restoreSlice();

Q_SIGNALS:
    void changed();
    void failed(const mnerva::Error& error);
    void sliceAdded(const QString& name);
    /// Nothing is wrong with the query where there is no mistake: it is watched already.
    void sliceRefused(const std::optional<mnerva::query::Mistake>& mistake);
    void sliceRemoved(const QString& name);

private:
    /// The layers as numbers; once made, only the worker's thread looks at them.
    using Source = std::shared_ptr<workflow::ScoreSource>;
    /// Reads something of the project; `done` only where that went well.
    template <class T>
    void read(std::function<T(const project::Project&)> work, std::function<void(std::shared_ptr<T>)> done);
    void readAll();
    void readCorrected();
    /// `update`: a layer to take over before; then the change of the figures is that of a correction.
    void compute(std::shared_ptr<workflow::LayerUpdate> update = {});
    void take(std::shared_ptr<ScoresAnswer> answer, bool isCorrection, quint64 asked);
    void setState(State state);
    /// Lets go of all that was read and of what is on its way.
    void forget();
    void editedLayerChanged();
    std::vector<std::string> systems() const;
    void storeSlices(std::vector<workflow::Slice> slices);
    std::vector<workflow::Slice> slices() const;

    ProjectSession& m_session;
    State m_state = State::NoProject;
    ScoresChoice m_choice;
    std::shared_ptr<const ScoresAnswer> m_answer;
    Source m_source;
    std::vector<workflow::FoundSlice> m_slices;
    quint64 m_sliceEdits = 0;
    std::optional<std::pair<std::size_t, workflow::Slice>> m_removedSlice;  ///< and where it stood
    std::stop_source m_stop;
    QTimer m_correctionDelay, m_layersDelay;
    quint64 m_asked = 0;
    quint64 m_answered = 0;  ///< the last question that came to an end
    bool m_reading = false;
    bool m_wanted = false, m_stale = true, m_splitChosen = false;
    std::string m_layersRead;  ///< names and counts that the source was read with
    SerialWorker m_worker;     ///< last: its thread ends first
};

}  // namespace mnerva::ui
