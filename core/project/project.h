#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/domain/change.h"
#include "core/domain/finding.h"
#include "core/domain/label_set.h"
#include "core/domain/post.h"
#include "core/domain/region.h"
#include "core/project/picture_folder.h"

namespace mnerva::project {

enum class OpenMode { ReadWrite, ReadOnly };

/// What a run said of each word of posts, to the letter.
using RawTags = std::unordered_map<PostId, std::vector<std::string>>;

/// Who holds a project's lock.
struct LockHolder {
    std::string program, host;
    int processId = 0;
};

/// One row of a post list; small, so that 100,000 fit in memory.
struct PostSummary {
    PostId id;
    std::string externalId;
    Split split = Split::None;
    PostStatus status = PostStatus::Open;
    Review review = Review::None;
    std::string preview;  ///< first 100 code points of the text, "…" behind them where it goes on
    /// Absolute path of the first picture as it is named, empty when the post names none or its folder is unknown.
    /// Nobody has looked: whoever reads it asks a PictureFolder.
    std::string imagePath;
    int entityCount = 0;  ///< of what a person sees: corrected if there, else gold
    int comments = 0;     ///< of all layers; of a blind one its own
    bool corrected = false;
};

/// A comment that was written in a layer which is not the one that is edited.
struct OtherComment {
    std::string layer;  ///< "" is the corrected one
    Comment comment;
};

/// A post with all its layers: what the tagging page shows.
struct PostView {
    Post post;
    std::vector<PostImage> images, crops;
    std::vector<Entity> gold;
    PostState state;    ///< entities as seen, suggestions of the asked run
    PostRegions found;  ///< what files and detectors say of its pictures, with gold's links; nothing of the human work
    PostRegions
        regions;  ///< those and the boxes of the layer, best first, with the links as they are seen (grounding.h)
    std::vector<OtherComment> otherComments;  ///< of other layers, by time; those of this one are in `state`
};

enum class LayerKind { Gold, Corrected, Run, Annotator };
struct LayerInfo {
    std::string name;  ///< "gold", "corrected", the run's or the annotator's name
    LayerKind kind = LayerKind::Gold;
    int posts = 0, entities = 0;
    bool isBlind = false;  ///< an annotator's, made without a sight of gold, suggestions and other layers
};

struct ProjectInfo {
    std::filesystem::path folder;
    std::string name;
    LabelSet labels;
    bool readOnly = false;
    std::optional<LockHolder> holder;  ///< who has it, when we are read-only because of a lock
    bool madeByNewerVersion = false;
    /// Why it may not be written, where it is neither the lock nor a newer version: UnsafeTarget, FileUnwritable,
    /// ProjectCorrupt (a schema with parts that are not ours).
    std::optional<Error> blocked;
    std::string networkFileSystem;  ///< "nfs", ...; empty on a disk of this machine
    std::map<Split, int> postsOfSplit, doneOfSplit, skippedOfSplit;
    std::map<Split, std::map<Review, int>> reviewOfSplit;  ///< without posts that nobody is to review
    std::vector<std::filesystem::path> pictureFolders;     ///< of pictures and crops: nothing outside of them is read
};

struct NewProject {
    LabelSet labels;           ///< empty types: learned from what is imported
    bool schemeGiven = false;  ///< false: the first import decides the scheme
};

/// Answer of a durable write.
struct Saved {
    std::chrono::system_clock::time_point at;
    JournalId journal;
    /// What was written, where that is more than was asked: links follow their entities (grounding.h).
    std::optional<Change> written = {};
};

/// A step of the undo history that was just taken back or done again.
struct UndoStep {
    Change applied;  ///< the change that was made to the data (already inverted for undo)
    Saved saved;
};

/// An open project folder. Not thread-safe: use one object a thread (openReader() gives more). Every write is one
/// transaction and one journal row, synchronous=FULL: when a call returns it is on the disk.
/// Errors: those of ErrorCode::Project*, DatabaseFailed, DiskFull.
class Project {
public:
    static std::unique_ptr<Project> create(const std::filesystem::path& folder, const NewProject& options,
                                           const std::string& program);
    /// ReadWrite takes the lock or throws ProjectLocked {path, program, host, pid}; a lock whose process is gone is
    /// taken over. A project that holds links, second names, pipes or devices where Mnerva writes, or a schema with
    /// parts that are not ours, is not opened for writing (UnsafeTarget, ProjectCorrupt); it can be read. `stop` ends
    /// the longest query (Cancelled).
    static std::unique_ptr<Project> open(const std::filesystem::path& folder, OpenMode mode, const std::string& program,
                                         std::stop_token stop = {});
    /// ReadWrite if the lock is free and writing is safe, else ReadOnly with info().holder or info().blocked set: what
    /// the window does.
    static std::unique_ptr<Project> openOrReadOnly(const std::filesystem::path& folder, const std::string& program,
                                                   std::stop_token stop = {});
    ~Project();

    /// A read-only connection of its own for another thread.
    std::unique_ptr<Project> openReader(std::stop_token stop = {}) const;
    /// What ends queries from now on.
    void setStop(std::stop_token stop);
    /// Rows that held what cannot be, as far as they were read through this object: that part was left out, the rest is
    /// used. Each names post and column.
    Findings oddRows() const;

    const std::filesystem::path& folder() const;
    bool isReadOnly() const;
    /// What is done is that of a layer which is edited: the corrected one (""), or one of an annotator.
    ProjectInfo info(const std::string& layer = {}) const;
    LabelSet labels() const;
    /// One undo step. Refuses to remove a type that some entity uses (LabelInUse lists them). OTHER is read as MISC.
    /// Entities change with their label by label_editing.h.
    void setLabels(const LabelSet& labels);

    // --- reading -----------------------------------------------------------------------------------------------
    /// Up to `limit` rows after `after` in project order (0: from the start): page by key.
    /// `layer`: the one that is edited, as in view().
    std::vector<PostSummary> summaries(PostId after, int limit, const std::string& layer = {}) const;
    /// A post as it is edited in the corrected layer (""), or in one of an annotator, which begins without entities. A
    /// blind one shows neither gold, nor suggestions, nor what other layers have linked to boxes (error-analysis.md 6).
    /// Errors: LayerUnknown.
    PostView view(PostId post, const std::string& suggestionLayer = {}, const std::string& layer = {}) const;
    std::vector<Post> posts(std::optional<Split> split) const;
    /// Entities of a layer for a split, in the order of posts(split). "corrected" falls back to gold per untouched
    /// post.
    std::vector<std::vector<Entity>> entities(const std::string& layer, std::optional<Split> split) const;
    /// Tags of a layer for a split: gold gives the source tags to the letter.
    std::vector<std::vector<std::string>> tags(const std::string& layer, std::optional<Split> split) const;
    std::vector<LayerInfo> layers() const;
    /// Posts of a run's layer whose entities were placed by their characters, sorted.
    std::vector<PostId> alignedPosts(const std::string& layer) const;
    /// Boxes in the pictures of a post, best first, with the links as they are seen in a layer that is edited, or those
    /// of gold and of a run. What a person drew is that of an annotator's layer, for all others that of the corrected.
    PostRegions regions(PostId post, const std::string& layer = "corrected") const;
    int regionCount() const;
    /// The pictures and crops of a post, looked for in the folders of the import it came by.
    PostFiles files(PostId post) const;
    /// Doubts about labels that were answered with "not an error", by post. Those about what is no more stay stored,
    /// and hold again where it comes back.
    std::map<PostId, std::vector<Verdict>> verdicts() const;
    /// What was decided where annotators disagree, by post.
    std::map<PostId, std::vector<Decision>> decisions() const;
    /// The comments on a post, of all layers, by time.
    std::vector<OtherComment> comments(PostId post) const;
    std::string setting(const std::string& key, const std::string& fallback = {}) const;
    /// Changes when another connection wrote (PRAGMA data_version): another program, or another Project of this one.
    std::int64_t dataVersion() const;
    /// While the answer lives, everything read from this object is of one moment; nothing may be written through it.
    std::shared_ptr<void> holdSnapshot() const;

    // --- writing -----------------------------------------------------------------------------------------------
    /// `progress` is told how many posts are written, for a change of many; a `stop` before the end leaves everything
    /// as it was (Cancelled).
    Saved apply(const Change& change, const ProgressSink& progress = {}, std::stop_token stop = {});
    /// Each layer that is edited has a history of its own. Errors: LayerUnknown.
    UndoStep undo(const std::string& layer = {});  ///< NothingToUndo
    UndoStep redo(const std::string& layer = {});  ///< NothingToRedo
    bool canUndo(const std::string& layer = {}) const;
    bool canRedo(const std::string& layer = {}) const;
    /// A layer that a person is to make, empty at first. Errors: RunNameInvalid for a name that a run cannot have, or
    /// that of another layer.
    void addAnnotator(const std::string& name, bool isBlind);
    /// Whether a layer that is edited ("": the corrected one) is made blind. Errors: LayerUnknown.
    bool isBlind(const std::string& layer) const;
    void setSetting(const std::string& key, const std::string& value);
    /// Replaces a run's layer by these predictions (entities with confidence), in one transaction. `rawTags`: what the
    /// run said of each word, for posts where that may be more than the entities tell (a predicted X); it is scored and
    /// exported to the letter. `aligned`: posts whose words the run split otherwise, so that its entities were placed
    /// by their characters. Errors: SpanInvalid, also where tags are not as many as words; RunNameInvalid for a name
    /// that a run cannot have (runNameFault) and for that of another layer; Cancelled, and then nothing has changed.
    void storePredictions(const std::string& run,
                          const std::vector<std::pair<PostId, std::vector<Entity>>>& predictions,
                          const RawTags& rawTags = {}, const std::vector<PostId>& aligned = {},
                          const ProgressSink& progress = {}, std::stop_token stop = {});
    /// Takes a run's layer away, in one transaction; what was accepted of it stays. False: there is none. Errors:
    /// RunNameInvalid for a layer that is no run's.
    bool removePredictions(const std::string& run);

    /// What a detector found: replaces what a detector of this name found earlier in these posts (other posts keep
    /// theirs). Regions that were found again keep their ids. `settings` (JSON) goes into the journal. One transaction.
    void storeDetections(const std::string& detector, const std::string& settings,
                         const std::vector<std::pair<PostId, std::vector<Region>>>& found);
    /// The boxes of files for these posts, with links of the gold layer: replaces what files said of them earlier. The
    /// links' region ids are positions in the post's regions, from 1. One transaction.
    void storeFileRegions(const std::filesystem::path& folder,
                          const std::vector<std::pair<PostId, PostRegions>>& boxes);

    // --- used by import ----------------------------------------------------------------------------------------
    /// Appends posts with their gold layer in one transaction; ids are given in order. Types that the project lacks are
    /// added to its labels; the first posts decide the scheme unless it was given.
    class Appender {
    public:
        virtual ~Appender() = default;
        virtual PostId add(const Post& post) = 0;
        /// Boxes of files in the pictures of a post added before; as in storeFileRegions.
        virtual void addRegions(PostId post, const PostRegions& boxes) = 0;
        /// The posts that follow come from another file.
        virtual void startSource(const std::string& sourceFile, const std::filesystem::path& imageFolder,
                                 const std::filesystem::path& cropFolder) = 0;
        virtual void commit() = 0;  ///< without it everything is rolled back
    };
    std::unique_ptr<Appender> append(const std::string& sourceFile, const std::filesystem::path& imageFolder,
                                     const std::filesystem::path& cropFolder);
    /// Makes ready some thousand posts, or a layer, that an older program stored, so that queries skip what cannot
    /// match (find.h); false: nothing is left to do. Queries are right without it, and slower.
    bool prepareQueries();
    /// The name of an imported file with exactly this content.
    std::optional<std::string> importedFile(const std::string& sha256) const;

    struct Impl;  ///< of this library only
    Impl& impl() const { return *m_impl; }
    explicit Project(std::unique_ptr<Impl> impl);

private:
    std::unique_ptr<Impl> m_impl;
};

}  // namespace mnerva::project
