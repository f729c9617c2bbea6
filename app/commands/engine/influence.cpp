#include "app/commands/engine/influence.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "core/base/error.h"
#include "core/eval/picture_effect.h"

namespace mnerva::app {
namespace {

using eval::PictureEffect;
using models::PostInput;
using models::Prediction;
using protocol::InfluenceSummary;

/// The question without all that is of its picture.
PostInput withoutPicture(PostInput input) {
    input.imagePath.clear();
    input.imageBytes.clear();
    input.cropPaths.clear();
    input.regions.clear();
    input.seconds.reset();
    input.morePictures.clear();
    input.oddPictures.clear();
    return input;
}

/// The question with what another post shows.
PostInput withPictureOf(PostInput input, const PostInput& other) {
    PostInput out = other;
    out.words = std::move(input.words);
    out.auxiliary = std::move(input.auxiliary);
    return out;
}

/// For each of so many posts another one: the next in an order that the seed gives.
std::vector<std::size_t> exchange(std::size_t posts, std::uint64_t seed) {
    std::vector<std::size_t> order(posts), out(posts);
    for (std::size_t i = 0; i < posts; ++i) order[i] = i;
    std::mt19937_64 random(seed);
    for (std::size_t i = posts; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (std::size_t i = 0; i < posts; ++i) out[order[i]] = order[(i + 1) % posts];
    return out;
}

bool has(const std::vector<Entity>& entities, const Entity& wanted) {
    return std::find(entities.begin(), entities.end(), wanted) != entities.end();
}

/// Counts of effects; the changes are summed up until finish().
struct Counts {
    InfluenceSummary summary;
    std::int64_t changes = 0;

    void add(PictureEffect effect) {
        switch (effect) {
            case PictureEffect::Helped:
                ++summary.helped;
                break;
            case PictureEffect::Hurt:
                ++summary.hurt;
                break;
            case PictureEffect::SameRight:
                ++summary.sameRight;
                break;
            case PictureEffect::SameWrong:
                ++summary.sameWrong;
                break;
        }
    }
    void addChange(double change) {
        summary.change += change;
        ++changes;
    }
    InfluenceSummary finish() {
        if (changes > 0) summary.change /= static_cast<double>(changes);
        return summary;
    }
};

/// One post's three answers.
struct Answers {
    const Prediction &with, &without, &swapped;
    /// y of each gold entity (explanation.md 1).
    const std::vector<double>&logsWith, &logsWithout, &logsSwapped;
};

protocol::PostInfluence judged(const Post& post, const std::vector<Entity>& gold, const Answers& answers,
                               Counts& entities, Counts& swapped) {
    protocol::PostInfluence out{post.externalId, post.id.value, {}, 0, {}};
    for (std::size_t e = 0; e < gold.size(); ++e) {
        const Entity& entity = gold[e];
        const bool isRight = has(answers.with.entities, entity);
        const PictureEffect effect = eval::pictureEffect(isRight, has(answers.without.entities, entity));
        const PictureEffect other = eval::pictureEffect(isRight, has(answers.swapped.entities, entity));
        const double with = answers.logsWith[e];
        out.entities.push_back({entity.type, entity.first, entity.last, std::string(eval::pictureEffectName(effect)),
                                std::string(eval::pictureEffectName(other)), with - answers.logsWithout[e],
                                with - answers.logsSwapped[e]});
        entities.add(effect);
        entities.addChange(out.entities.back().change);
        swapped.add(other);
        swapped.addChange(out.entities.back().swappedChange);
        out.change += out.entities.back().change / static_cast<double>(gold.size());
    }
    out.effect = eval::pictureEffectName(eval::pictureEffect(eval::areSameEntities(gold, answers.with.entities),
                                                             eval::areSameEntities(gold, answers.without.entities)));
    return out;
}

std::string summaryLine(const std::string& what, const InfluenceSummary& of) {
    return fmt::format("{}: {} helped, {} hurt, {} right and {} wrong either way; mean change of y {:+.4f}\n", what,
                       of.helped, of.hurt, of.sameRight, of.sameWrong, of.change);
}

}  // namespace

protocol::Influence influenceOf(models::Predictor& predictor, const project::Project& project,
                                const std::vector<Post>& posts, const std::vector<PostInput>& inputs,
                                const InfluenceRequest& request, const ProgressSink& progress,
                                const std::stop_token& stop) {
    const std::vector<std::string> explains = predictor.explains();
    if (std::find(explains.begin(), explains.end(), "marginals") == explains.end())
        throw Error(ErrorCode::RunIncompatible,
                    {request.run, predictor.system(), "a system that tells the probability of each tag"});
    const std::vector<std::vector<Entity>> gold = project.entities(request.layer, request.split);
    const models::Wanted wanted{false, false, true, {}};
    models::TargetLogs logsWith{gold, {}}, logsWithout, logsSwapped;
    const auto with = predictor.predictMany(inputs, wanted, progress, stop, &logsWith);
    std::vector<std::size_t> seen;  // posts whose picture could be read
    for (std::size_t i = 0; i < posts.size(); ++i)
        if (with[i].hasPicture) seen.push_back(i);
    const std::vector<std::size_t> others = exchange(seen.size(), request.seed);
    std::vector<PostInput> blind, exchanged;
    for (std::size_t s = 0; s < seen.size(); ++s) {
        logsWithout.targets.push_back(gold[seen[s]]);
        blind.push_back(withoutPicture(inputs[seen[s]]));
        exchanged.push_back(withPictureOf(inputs[seen[s]], inputs[seen[others[s]]]));
    }
    logsSwapped.targets = logsWithout.targets;
    const auto without = predictor.predictMany(blind, wanted, progress, stop, &logsWithout);
    const auto swapped = predictor.predictMany(exchanged, wanted, progress, stop, &logsSwapped);
    protocol::Influence out;
    out.run = request.run;
    out.layer = request.layer;
    out.split = request.split ? std::string(splitName(*request.split)) : std::string();
    out.seed = request.seed;
    out.withoutPicture = static_cast<std::int64_t>(posts.size() - seen.size());
    Counts ofPosts, ofEntities, ofSwapped;
    for (std::size_t s = 0; s < seen.size(); ++s) {
        const std::size_t i = seen[s];
        out.list.push_back(
            judged(posts[i], gold[i],
                   {with[i], without[s], swapped[s], logsWith.logs[i], logsWithout.logs[s], logsSwapped.logs[s]},
                   ofEntities, ofSwapped));
        ofPosts.add(*eval::pictureEffectFromName(out.list.back().effect));
        if (!gold[i].empty()) ofPosts.addChange(out.list.back().change);
    }
    out.posts = ofPosts.finish();
    out.entities = ofEntities.finish();
    out.swappedEntities = ofSwapped.finish();
    return out;
}

std::string influenceText(const protocol::Influence& influence) {
    return summaryLine("posts with their picture against none", influence.posts) +
           summaryLine("entities with their picture against none", influence.entities) +
           summaryLine("entities with their picture against another post's", influence.swappedEntities) +
           fmt::format("{} posts without a picture\n", influence.withoutPicture);
}

}  // namespace mnerva::app
