#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/store/comment_repository.h"
#include "core/store/decision_repository.h"
#include "core/store/journal_repository.h"
#include "core/store/layer_repository.h"
#include "core/store/post_repository.h"
#include "core/store/project_lock.h"
#include "core/store/region_repository.h"
#include "core/store/setting_repository.h"
#include "core/store/verdict_repository.h"

namespace mnerva::project {

inline constexpr const char* kProjectFile = "project.mnerva";

/// What an open project is made of. Used by the .cpp files of this folder only.
struct Project::Impl {
    Impl(std::filesystem::path projectFolder, std::unique_ptr<store::Connection> opened);

    std::filesystem::path folder;
    std::unique_ptr<store::ProjectLock> lock;  ///< let go after the connection has closed
    std::unique_ptr<store::Connection> connection;
    std::optional<LockHolder> holder;
    std::optional<Error> blocked;
    int version = 0;
    store::PostRepository posts;
    store::LayerRepository layers;
    store::RegionRepository regions;
    store::VerdictRepository verdicts;
    store::DecisionRepository decisions;
    store::CommentRepository comments;
    store::JournalRepository journal;
    store::SettingRepository settings;
    std::map<std::int64_t, store::UndoStacks> stacks;     ///< by layer
    std::map<std::string, PictureFolder> pictureFolders;  ///< by their stored names

    bool isReadOnly() const { return connection->access() == store::Access::ReadOnly; }
    /// Throws ProjectNewer, ProjectReadOnly, or ProjectLocked where another host has taken the lock over.
    void requireWritable() const;
    /// What a person sees of a post, without suggestions and comments; in a layer of an annotator only what that layer
    /// holds.
    PostState stateOf(const store::StoredPost& stored, LayerId layer = store::kCorrectedLayer) const;
    /// How many comments whoever edits a layer sees on the posts from `first` to `last`; without those that have none.
    std::map<PostId, int> commentCounts(LayerId layer, PostId first, PostId last) const;
    /// A post as nobody has touched it in the corrected layer.
    PostState untouchedState(const Post& post) const;
    /// Adds what a person drew and linked; the entities are there.
    void readBoxes(PostState& state, LayerId layer, int images) const;
    /// What files and detectors say of a post's pictures, with gold's links.
    PostRegions foundRegions(const Post& post) const;
    /// The layer that is edited under a name: the corrected one, or one of an annotator. Throws LayerUnknown.
    LayerId editedLayer(const std::string& name) const;
    /// Entities of a layer that words exist for and that are disjoint; the others are noted and left out.
    std::vector<Entity> fitting(PostId post, int wordCount, std::vector<Entity> entities) const;
    std::vector<Entity> fitting(const Post& post, std::vector<Entity> entities) const {
        return fitting(post.id, static_cast<int>(post.words.size()), std::move(entities));
    }
    /// Boxes in pictures that the post has, links of words that it has; the others are noted and left out.
    void keepFitting(const Post& post, PostRegions& regions) const;
    store::LayerRow layerOrThrow(const std::string& name) const;

    /// A folder as it is stored, and back.
    std::string storedFolder(const std::filesystem::path& path) const;
    std::filesystem::path folderOf(const std::string& stored) const;
    /// The same with what is known of the pictures in it.
    PictureFolder& picturesIn(const std::string& stored);
    PostFiles filesOf(const store::StoredPost& stored);
};

/// Gets each post of a split in project order with its entities in a layer; `isCovered`: the layer itself speaks about
/// the post (gold shows through an untouched corrected post, a run's layer is silent about the others). False stops.
using LayerSink = std::function<bool(const store::StoredPost& stored, std::vector<Entity>&& entities, bool isCovered)>;
void eachInLayer(const Project::Impl& impl, const std::string& layer, std::optional<Split> split, const LayerSink& use);

/// The tags of a post in a layer: the source tags to the letter where gold shows, else tags made of the entities.
std::vector<std::string> tagsInLayer(const store::StoredPost& stored, const std::vector<Entity>& entities,
                                     const std::string& layer, bool isCovered, text::TagScheme scheme);

/// Where and how a project keeps which posts of a layer were placed by their characters: ids with a space between.
/// A note of the journal; what is no UTF-8 in it is replaced.
std::string noteOf(const nlohmann::json& body);
std::string alignedKey(const std::string& layer);
std::string alignedValue(std::vector<PostId> posts);

/// The kept tags of a run's layer.
RawTags rawTagsOf(const Project::Impl& impl, const std::string& layer);

/// The scheme that kept tags speak for, else `fallback`: a run may have learned another than the project's is now.
text::TagScheme schemeOf(const RawTags& rawTags, text::TagScheme fallback);

/// What a run said of a post's words: its kept tags, where they still speak of these entities, else the tags that the
/// entities spell.
std::vector<std::string> predictedTags(const store::StoredPost& stored, const std::vector<Entity>& entities,
                                       const std::string& layer, bool isCovered, text::TagScheme scheme,
                                       const RawTags& rawTags);

/// Tags that spell just these entities, but not as `scheme` spells them.
bool tellsMoreThan(const std::vector<Entity>& entities, const std::vector<std::string>& tags, text::TagScheme scheme);

/// Makes `wanted` the regions of one origin (of a detector: of its name) that a post has. A region that is stored
/// already keeps its id, and so what else is linked to it. The links' region ids are positions in `wanted.regions`,
/// from 1.
void replaceRegions(Project::Impl& impl, PostId post, RegionOrigin origin, const std::string& detector,
                    const PostRegions& wanted);

/// The state after a post's part of a change. Throws ConflictingChange naming the post when it does not fit `before`.
PostState stateAfter(const PostState& before, const PostChange& change, const std::string& name);

std::int64_t toMilliseconds(std::chrono::system_clock::time_point time);

/// The types of a project after posts with these types (in order of appearance) came in: known ones keep their places;
/// a project without types gets PER, LOC, ORG, MISC, GPE first, as far as they appear.
std::vector<std::string> withNewTypes(const std::vector<std::string>& known, const std::vector<std::string>& seen);

}  // namespace mnerva::project
