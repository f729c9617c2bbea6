#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/domain/entity.h"
#include "core/domain/post.h"
#include "core/eval/errors.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// What a layer says of one post.
struct LaneReading {
    std::string layer;
    project::LayerKind kind = project::LayerKind::Run;
    bool isCovered = true;   ///< the layer speaks of this post: without that, no entity means "not looked at"
    bool isAligned = false;  ///< its words were split otherwise, so its entities were placed by their characters
    std::vector<Entity> entities;

    /// Neither gold nor the corrected layer: a run or an annotator, which is compared with them.
    bool isSystem() const { return kind == project::LayerKind::Run || kind == project::LayerKind::Annotator; }
};

/// An entity of a lane and how it stands to the reference lane; of a missed one, that of the reference.
struct LaneEntity {
    Entity entity;
    std::optional<eval::ErrorKind> error;  ///< none: right, or there is nothing to hold it against
    bool isMissed() const { return error == eval::ErrorKind::Missed; }
};

/// One layer of a case.
struct Lane {
    LaneReading reading;
    bool isReference = false;
    bool isJudged = false;             ///< held against the reference lane
    std::vector<LaneEntity> entities;  ///< in text order, missed ones among them

    bool hasError() const;
};

/// Words at which lanes say something: entities that overlap, both ends included.
struct Place {
    int first = 0, last = 0;
    bool isDisagreement = false;  ///< a system is wrong there; without reference: the systems differ
    bool operator==(const Place&) const = default;
};

/// One post with its lanes under one text (annotation.md 4.3).
struct Case {
    PostId post;
    std::string externalId;
    Split split = Split::None;
    JoinRule join = JoinRule::Space;
    std::vector<std::string> words;
    std::optional<project::PostImage> image;  ///< the first picture, where the post names one
    std::vector<Lane> lanes;                  ///< in the order of the readings
    std::vector<Place> places;                ///< in text order, disjoint
    bool hasReference = false;                ///< the reference lane speaks of this post

    const Lane* reference() const;
    int disagreements() const;
};

/// Judges every reading by the one of `reference` (error-analysis.md 1, five kinds). Without that among the readings,
/// or where it does not speak of the post, nothing is right or wrong. The picture is left to the caller.
Case makeCase(const Post& post, std::vector<LaneReading> readings, const std::string& reference);

/// The entities of a lane itself that overlap words first to last (missed ones are not its own).
std::vector<Entity> entitiesAt(const Lane& lane, int first, int last);

/// What a lane is called by a number: 0 gold, 1.. the systems in order; -1 for a lane that has none.
int laneNumber(const Case& shown, std::size_t lane);

/// The first disagreement after (delta 1) or before (-1) the word `from`; null: there is none on that side.
const Place* nextDisagreement(const Case& shown, int from, int delta);

}  // namespace mnerva::workflow
