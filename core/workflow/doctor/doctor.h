#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/domain/finding.h"
#include "core/domain/verdict.h"
#include "core/eval/learning_dynamics.h"
#include "core/project/editing.h"
#include "core/project/project.h"

namespace mnerva::workflow {

/// What a system says of the words of one post.
struct WordOdds {
    std::vector<float> probabilities;  ///< [words, classes of the DoctorInput], rows sum to 1
    bool isInSample = false;           ///< the system was trained on this post: it may have learnt its errors by heart
};

/// How a model learnt an entity that it was trained on (error-analysis.md 5).
struct LearntEntity {
    PostId post;
    std::string id;  ///< of the post, as the files called it then
    int words = 0;   ///< of the post
    Entity entity;   ///< as it was labelled
    eval::LearningDynamics dynamics;
    int epochs = 0;
    /// What the model says in its place: most often among the later half of the epochs that were wrong. Neither: all of
    /// these were right.
    std::optional<Entity> said;
    bool saysNothing = false;  ///< it finds no entity there
};

/// Whose labels are examined, and by what.
struct DoctorInput {
    std::string layer = "corrected";  ///< what a person sees; or "gold"
    std::optional<Split> split;
    std::vector<std::string> classes;  ///< tags; holds O where there are odds
    std::unordered_map<PostId, WordOdds> odds;
    std::vector<std::string> systems;  ///< layers of runs to hold the labels against; fewer than two say nothing
    std::vector<std::string> heldOutSystems = {};  ///< those of them that had not seen the posts of which they speak
    std::vector<LearntEntity> learnt = {};         ///< by the run whose learning dynamics are looked at
    Findings odd = {};                             ///< what was wrong with what was read for this
};

/// One place where a label may be wrong (error-analysis.md 5).
struct Suspect {
    PostId post;
    std::string id;  ///< as the files call the post
    Split split = Split::None;
    std::string queue;                ///< one of doctorQueues()
    int first = 0, last = 0;          ///< words it is about, both ends included
    std::string words;                ///< these, joined
    std::optional<Entity> given;      ///< as it is labelled
    std::optional<Entity> suggested;  ///< what it should be, where that is known
    /// 0..1, the more the likelier an error; comparable within a queue only. By odds: (1 + p of what is suggested - p
    /// of what is given) / 2, the least of the words for either.
    double score = 0;
    double selfConfidence = 1;  ///< by odds: the least p of what is given
    double postScore = 1;       ///< softmin of the words' self-confidence: low where the post is doubtful
    bool isInSample = false;
    bool saysNone = false;                           ///< what is suggested is that there is no entity
    std::optional<eval::LearningDynamics> dynamics;  ///< of what was never learnt
    /// Numbers and names for people: "LOC 7 of 8 times", the other post. English, with places {0}, {1}, ... (context
    /// "Doctor" of the translations); detail() fills it.
    std::string_view detailTemplate;
    std::vector<std::string> detailArgs;
    Verdict verdict;  ///< what "not an error" would be written as

    std::string detail() const;
};

struct DoctorReport {
    std::vector<Suspect> suspects;  ///< queue by queue in their order, the likeliest first
    int posts = 0, words = 0;
    int withOdds = 0, inSample = 0;  ///< posts
    int dismissed = 0;               ///< suspects that a person said are no errors; not listed
    int expectedWords = 0;           ///< words given a wrong tag, as the confident joint estimates
    /// Those of the input that stand as they were learnt, on posts as they were: the points of the scatter.
    std::vector<LearntEntity> learnt;
    Findings odd;  ///< of the input, and posts that have changed since: "dynamics-post-gone", "dynamics-other-set", ...
};

/// The queues in their order: the four reasons by probabilities ("wrong-type", "wrong-edge", "missing", "spurious"; one
/// list, mixed), then "hard-to-learn", "systems-agree", "string-types", "orphan-inside", "rare-type",
/// "invisible-characters", "near-duplicate".
const std::vector<std::string>& doctorQueues();
/// English: what the queue says of a suspect.
std::string_view queueSentence(std::string_view queue);

/// Looks at a layer. Odds of another number of words than the post's are passed over. Errors: LayerUnknown. Throws
/// Cancelled.
DoctorReport examineLabels(const project::Project& project, const DoctorInput& input, const ProgressSink& progress = {},
                           const std::stop_token& stop = {});

/// Whether a person has said that this doubt is none: "no entity here" answers whatever is said to be missing at these
/// words, the others only the very same doubt.
bool isAnswered(const Verdict& doubt, const std::vector<Verdict>& verdicts);

/// Whether what a suspect is about is still so on the post as it is now.
bool stands(const PostState& state, const Suspect& suspect);

/// The change that does what a suspect suggests, on the post as it is now; a Refusal where that no longer fits or
/// nothing is suggested. An orphan is taken over as it is: the corrected layer writes its first tag as it should be.
project::Edit fixOf(const PostState& state, const Suspect& suspect);

/// A suspect's name for scripts, "17:entity:3-4:PER": the post's number, and its verdict.
std::string suspectKey(PostId post, const Verdict& verdict);
/// Nothing for what is no such name.
std::optional<std::pair<PostId, Verdict>> suspectFromKey(std::string_view key);

}  // namespace mnerva::workflow
