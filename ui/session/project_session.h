#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/domain/change.h"
#include "core/project/editing.h"
#include "core/project/post_order.h"
#include "core/project/project.h"
#include "core/query/query.h"
#include "ui/session/post_rows.h"

namespace mnerva::ui {

class AnswerShelf;
class RunLibrary;

/// The open project as all pages see it: the same posts, the same current post. Lives on the GUI thread; reading and
/// writing happen on two threads of its own, results come back as signals. There is one per window, made in
/// main_window.
class ProjectSession : public QObject {
    Q_OBJECT
public:
    explicit ProjectSession(QObject* parent = nullptr);
    ~ProjectSession() override;

    /// Opens in the background (read-only when another program holds the lock); answers opened() or openFailed().
    /// `first` is made current if it is still there, else the first post is.
    void open(const QString& folder, PostId first = {});
    void create(const QString& folder, const project::NewProject& options);
    /// Writes what waits, then lets the project go. Gives the first error where something could not be written and is
    /// lost now: ask saveNow() before, while the person can still choose.
    std::optional<Error> close();

    /// The runs of the open project.
    RunLibrary& runs() { return *m_runs; }
    /// What runs answered about its posts lately.
    AnswerShelf& answers() { return *m_answers; }

    bool isOpen() const;
    bool isReadOnly() const;
    const project::ProjectInfo& info() const;
    const LabelSet& labels() const;
    QString folder() const;

    /// All rows in project order; grows while they are being read (summariesGrew).
    const PostRows& summaries() const;
    int rowOf(PostId post) const;  ///< -1: not there

    PostId currentPost() const;
    /// The post that was asked for last: where steps begin, while it is still being read.
    PostId wantedPost() const;
    /// Makes a post current; currentPostChanged() follows when its view has been read (neighbours are read ahead).
    void setCurrentPost(PostId post);
    void step(int delta);  ///< J and K: next, previous row of the list as it is filtered

    /// The current post with the edits of this session in it, ahead of the disk by at most one write.
    const project::PostView& view() const;
    bool hasView() const;

    /// The layer that is edited: the corrected one (""), or that of an annotator; remembered for the project. view()
    /// and summaries() are of it, and each layer has a history of its own. False: something could not be saved before.
    QString editedLayer() const;
    bool setEditedLayer(const QString& layer);
    /// It is made without a sight of gold, suggestions and other layers (error-analysis.md 6): none of them is read.
    bool isBlind() const;

    /// What the window keeps with the project, whoever opens it and wherever it is moved: "edited", "cases/layers",
    /// "cases/reference", "views" (ui/session/saved_views.h). Nothing: it was never kept.
    std::optional<QString> kept(const QString& key) const;
    void keep(const QString& key, const QString& value);

    /// Layer whose entities are shown as suggestions ("" for none).
    QString suggestionLayer() const;
    void setSuggestionLayer(const QString& layer);
    const std::vector<project::LayerInfo>& layers() const;

    /// Applies at once in memory and queues the durable write; saved() or saveFailed() follow. Refusals are signalled.
    bool apply(const project::Edit& edit);
    void undo();
    void redo();
    bool canUndo() const;
    bool canRedo() const;
    /// After a write failed for a reason that may pass (disk full): edits are refused until the same write has
    /// succeeded.
    bool isSaveFailed() const;
    void retrySave();
    /// True while something that was applied is not on the disk yet.
    bool isSaving() const;
    /// Waits until everything that was applied is on the disk. The first error otherwise: what failed and what stands
    /// behind it waits still (isSaveFailed(), retrySave()), or was dropped and told by saveFailed().
    std::optional<Error> saveNow();
    /// Program name in the lock; tests use another one.
    static QString programName();

    /// Re-reads info, layers, labels and summaries (after import, predict, or an outside change).
    void refresh();
    /// The query line (core/query): rows that match are shown as they are found, all of them where it is empty. What
    /// was shown stays where the text is no query (filterMistaken()).
    void setFilter(const QString& query);
    const std::vector<int>& visibleRows() const;
    /// Shows just these posts, in place of a filter, until a filter is set; none: shows all again.
    void showOnly(const std::vector<PostId>& posts);
    bool isShowingOnly() const;
    /// Whether posts are being looked at still; what was found is shown already.
    bool isFiltering() const;
    double filterFraction() const;   ///< 0..1 of them
    int filterMilliseconds() const;  ///< since it began
    /// Ends it; what was found stays.
    void stopFiltering();
    /// The words of the query that a text is to show, in search form (query::placesOf).
    const std::vector<std::string>& foundWords() const;
    /// How many rows the query has found: those that are shown, and those that are to be put in order still.
    std::size_t foundCount() const;

    /// In which order the visible rows stand, and whoever steps from one to the next goes. All posts are looked at in
    /// the background; what was shown stays until then. The order is that of the moment: rows do not jump while one
    /// works, sortAgain() makes it anew. A blind layer is not put in order by what runs say.
    void setOrder(const project::PostOrder& order);
    const project::PostOrder& order() const;
    void sortAgain();
    bool isSorting() const;
    double sortFraction() const;   ///< 0..1 of the posts
    int sortMilliseconds() const;  ///< since it began
    /// Ends it; the order that was shown stays.
    void stopSorting();
    /// Whether a row stands before another one in the order that is shown.
    bool comesBefore(int row, int other) const;
    /// Place of a post in visibleRows(), -1 where it is not among them.
    int placeOf(PostId post) const;
    /// What the runs of the project have to put posts in order by.
    const std::vector<project::RunNumbers>& runNumbers() const;
    /// Layers and labels that a query may name, as far as they have been read.
    const query::Names& queryNames() const;

    QString filter() const;
    /// True once every row has been read.
    bool isFullyLoaded() const;

    /// Runs `work` with a read-only project on the reader thread, then `done` on the GUI thread (dropped when closed).
    /// An Error thrown by `work` is signalled by readFailed() and `done` is not called.
    void read(std::function<void(const project::Project&)> work, std::function<void()> done = {});
    /// A step over many posts: `make` says, on the writer's thread and from what the project holds there, what is to be
    /// changed in the layer that is edited; that is written as one step. `done` gets the change that was written; an
    /// error; or neither, where `stop` came before the end. Nothing may be edited meanwhile.
    void applyMany(std::function<Change(const project::Project&)> make, const ProgressSink& progress,
                   std::stop_token stop, std::function<void(std::optional<Error>, std::optional<Change>)> done);
    /// Runs `work` with the writing project on the writer thread (import); `done` gets the error, if any.
    void write(std::function<void(project::Project&)> work, std::function<void(std::optional<Error>)> done);

Q_SIGNALS:
    void opened();
    void openFailed(const mnerva::Error& error);
    void closed();
    void infoChanged();
    void summariesReset();
    void summariesGrew(int first, int last);
    void summaryChanged(int row);
    void visibleRowsChanged();
    void filterChanged();     ///< filter() is another text
    void filterProgressed();  ///< isFiltering() or filterFraction() changed
    void orderChanged();      ///< order() is another one
    void sortProgressed();    ///< isSorting() or sortFraction() changed
    void filterMistaken(const mnerva::query::Mistake& mistake);
    void currentPostChanged();
    void stateChanged();  ///< the current view's entities, suggestions or status changed
    void layersChanged();
    void editedLayerChanged();
    void refused(const mnerva::project::Refusal& refusal);
    void saved(const QDateTime& at);
    void saveFailed(const mnerva::Error& error);
    void readFailed(const mnerva::Error& error);
    void damageFound(const QString& what);  ///< a row held what cannot be; that part was left out, the rest is shown
    void undoStateChanged();                ///< canUndo() or canRedo() changed
    void undone(const mnerva::Change& change);  ///< after undo or redo: what changed, to make it pulse

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    RunLibrary* m_runs;
    AnswerShelf* m_answers;
};

}  // namespace mnerva::ui
