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

/// For each of so many posts other ones: the next in an order that the seed gives; as many as there are, at most three.
std::vector<std::vector<std::size_t>> exchanges(std::size_t posts, std::uint64_t seed) {
    std::vector<std::size_t> order(posts);
    for (std::size_t i = 0; i < posts; ++i) order[i] = i;
    std::mt19937_64 random(seed);
    for (std::size_t i = posts; i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    std::vector<std::vector<std::size_t>> out;
    for (std::size_t step = 1; step <= protocol::kLentPictures && step < posts; ++step) {
        out.emplace_back(posts);
        for (std::size_t i = 0; i < posts; ++i) out.back()[order[i]] = order[(i + step) % posts];
    }
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
    void add(PictureEffect effect, double change) {
        add(effect);
        addChange(change);
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

/// What a run says of the posts that have a picture, and y of each gold entity (explanation.md 1).
struct Asked {
    std::vector<Prediction> predictions;
    models::TargetLogs logs;
};

/// One post's answers: with its picture, without, with those of others.
struct Answers {
    const Prediction& with;
    const std::vector<double>& logsWith;
    const Asked& without;
    const std::vector<Asked>& swapped;
    std::size_t at;  ///< of the post in `without` and `swapped`
};

template <class IsRight>
bool isRightWithOthers(const Answers& answers, const IsRight& isRight) {
    return std::all_of(answers.swapped.begin(), answers.swapped.end(),
                       [&](const Asked& asked) { return isRight(asked.predictions[answers.at].entities); });
}

/// The sums over entities, by what they are compared with.
struct EntityCounts {
    Counts both, without, swapped;
};

protocol::PostInfluence judged(const Post& post, const std::vector<Entity>& gold, const Answers& answers,
                               EntityCounts& counts) {
    using Entities = std::vector<Entity>;
    protocol::PostInfluence out{post.externalId, post.id.value, {}, 0, {}};
    if (!answers.with.relevance.empty()) out.relevance = answers.with.relevance.front();
    const Entities& blind = answers.without.predictions[answers.at].entities;
    for (std::size_t e = 0; e < gold.size(); ++e) {
        const auto isRight = [&](const Entities& entities) { return has(entities, gold[e]); };
        const bool with = isRight(answers.with.entities), without = isRight(blind);
        const bool others = isRightWithOthers(answers, isRight);
        const PictureEffect effect = eval::pictureEffect(with, without, others);
        const double log = answers.logsWith[e], change = log - answers.without.logs.logs[answers.at][e];
        double lent = 0;
        for (const Asked& asked : answers.swapped)
            lent += (log - asked.logs.logs[answers.at][e]) / static_cast<double>(answers.swapped.size());
        out.entities.push_back({gold[e].type, gold[e].first, gold[e].last, std::string(eval::pictureEffectName(effect)),
                                std::string(eval::pictureEffectName(eval::pictureEffect(with, without))),
                                std::string(eval::pictureEffectName(eval::pictureEffect(with, others))), change, lent});
        counts.both.add(effect, change);
        counts.without.add(eval::pictureEffect(with, without), change);
        counts.swapped.add(eval::pictureEffect(with, others), lent);
        out.change += change / static_cast<double>(gold.size());
    }
    const auto isRight = [&](const Entities& entities) { return eval::areSameEntities(gold, entities); };
    out.effect = eval::pictureEffectName(
        eval::pictureEffect(isRight(answers.with.entities), isRight(blind), isRightWithOthers(answers, isRight)));
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
    const std::vector<std::vector<Entity>> gold = project.entities(request.layer, request.split);
    const models::Wanted wanted{false, false, true, {}};
    models::TargetLogs logsWith{gold, {}};
    const auto with = predictor.predictMany(inputs, wanted, progress, stop, &logsWith);
    std::vector<std::size_t> seen;  // posts whose picture could be read
    for (std::size_t i = 0; i < posts.size(); ++i)
        if (with[i].hasPicture) seen.push_back(i);
    const auto ask = [&](const auto& inputOf) {
        Asked asked;
        std::vector<PostInput> questions;
        for (std::size_t s = 0; s < seen.size(); ++s) {
            asked.logs.targets.push_back(gold[seen[s]]);
            questions.push_back(inputOf(s));
        }
        asked.predictions = predictor.predictMany(questions, wanted, progress, stop, &asked.logs);
        return asked;
    };
    const Asked without = ask([&](std::size_t s) { return withoutPicture(inputs[seen[s]]); });
    std::vector<Asked> swapped;
    for (const std::vector<std::size_t>& others : exchanges(seen.size(), request.seed))
        swapped.push_back(ask([&](std::size_t s) { return withPictureOf(inputs[seen[s]], inputs[seen[others[s]]]); }));
    protocol::Influence out;
    out.run = request.run;
    out.layer = request.layer;
    out.split = request.split ? std::string(splitName(*request.split)) : std::string();
    out.seed = request.seed;
    out.withoutPicture = static_cast<std::int64_t>(posts.size() - seen.size());
    Counts ofPosts;
    EntityCounts ofEntities;
    for (std::size_t s = 0; s < seen.size(); ++s) {
        const std::size_t i = seen[s];
        out.list.push_back(judged(posts[i], gold[i], {with[i], logsWith.logs[i], without, swapped, s}, ofEntities));
        ofPosts.add(*eval::pictureEffectFromName(out.list.back().effect));
        if (!gold[i].empty()) ofPosts.addChange(out.list.back().change);
    }
    out.posts = ofPosts.finish();
    out.entities = ofEntities.both.finish();
    out.withoutEntities = ofEntities.without.finish();
    out.swappedEntities = ofEntities.swapped.finish();
    return out;
}

std::string influenceText(const protocol::Influence& influence) {
    return summaryLine("posts", influence.posts) + summaryLine("entities", influence.entities) +
           summaryLine("entities with their picture against none", influence.withoutEntities) +
           summaryLine("entities with their picture against other posts'", influence.swappedEntities) +
           fmt::format("{} posts without a picture\n", influence.withoutPicture);
}

}  // namespace mnerva::app
