#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/workflow/bulk/many.h"

namespace mnerva::workflow {

/// A mention that equals the one that is asked about, or nearly.
struct Mention {
    PostId post;
    std::string externalId;
    int first = 0, last = 0;           ///< words, both ends included
    std::string before, words, after;  ///< as they stand in the post; the context is cut to some words
    std::optional<std::string> label;  ///< of the entity with just these words in the layer
    bool isNear = false;               ///< one edit away, not equal
};

/// Which mentions are looked for.
struct MentionQuestion {
    std::string text;        ///< a mention as it is written
    std::string layer = {};  ///< whose entities count: the corrected layer, or an annotator's
    bool alsoNear = true;    ///< one edit away too, where it has text::kShortestNear characters
};

/// Finds the mentions of a project that equal one (text::mentionForm: case, width, hashtag, script), or differ by one
/// edit, a little at a time, as project::Finder does and on the same thread. They come in project order. Mentions that
/// lie inside of a larger entity, or across the end of one, are left alone and counted. Hashtags are looked for joined
/// and cut where a capital follows a small letter.
class MentionSearch {
public:
    /// Errors: LayerUnknown.
    MentionSearch(const project::Project& project, MentionQuestion question);
    ~MentionSearch();

    /// Looks at some more posts, for a few milliseconds, and appends what it finds. False: that was the end.
    bool next(std::vector<Mention>& found);
    double fraction() const;  ///< 0..1 of the posts
    /// Mentions left alone so far, as another entity is in their way.
    int inTheWay() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What becomes of mentions.
struct MentionStep {
    std::string type;        ///< the label they get; empty: the entities with just these words go
    std::string layer = {};  ///< as MentionQuestion::layer
    bool overrides = false;  ///< those that carry another label too
};

/// The change that labels mentions, or takes their entities away, from what the project holds now: what does not fit
/// any more, or has the label, is left as it is and counted. One step of undo. Errors: LabelUnknown.
ManyChange labelMentions(const project::Project& project, const std::vector<Mention>& mentions,
                         const MentionStep& step);

}  // namespace mnerva::workflow
