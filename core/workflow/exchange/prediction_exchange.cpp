#include "core/workflow/exchange/prediction_exchange.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/domain/entity.h"
#include "core/project/project_internal.h"
#include "core/text/utf8.h"
#include "core/workflow/exchange/export.h"
#include "core/workflow/exchange/import.h"

namespace mnerva::workflow {
namespace {

/// Source tags as every reader takes them, one a word.
std::vector<std::string> canonical(std::vector<std::string> tags, std::size_t words) {
    for (std::string& tag : tags) tag = text::canonicalTag(tag);
    tags.resize(words, "O");
    return tags;
}

}  // namespace

PredictionExchange exportPredictions(const project::Project& project, const std::string& layer, Split split,
                                     const formats::Format& format, const std::filesystem::path& path, bool replace) {
    requireFreeTargets(project, {path}, replace);
    const auto snapshot = project.holdSnapshot();
    const project::Project::Impl& impl = project.impl();
    const bool isRun = impl.layerOrThrow(layer).kind == "run";
    const std::vector<std::vector<std::string>> gold = project.tags("gold", split);
    const project::RawTags rawTags = isRun ? project::rawTagsOf(impl, layer) : project::RawTags{};
    const text::TagScheme scheme = project::schemeOf(rawTags, project.labels().scheme);
    PredictionExchange out;
    std::vector<formats::PredictionBlock> blocks;
    std::size_t row = 0;
    project::eachInLayer(
        impl, layer, split, [&](const store::StoredPost& stored, const std::vector<Entity>& entities, bool isCovered) {
            const std::vector<std::string>& truth = gold[row++];
            const Post& post = stored.post;
            if (isRun && !isCovered) {
                out.findings.add({"not-in-layer", path.string(), 0, post.externalId});
                return true;
            }
            const std::size_t words = post.words.size();
            formats::PredictionBlock block;
            block.image = post.images.empty() ? post.externalId : post.images.front();
            for (const std::string& word : post.words) block.text += (block.text.empty() ? "" : " ") + word;
            block.predicted =
                canonical(project::predictedTags(stored, entities, layer, isCovered, scheme, rawTags), words);
            block.gold = canonical(truth, words);
            ++out.posts;
            out.words += static_cast<int>(words);
            out.entities += static_cast<int>(entities.size());
            blocks.push_back(std::move(block));
            return true;
        });
    if (row == 0) throw Error(ErrorCode::SplitEmpty, {std::string(splitName(split))});
    formats::writePredictions(path, blocks, format);
    return out;
}

PredictionExchange importPredictions(project::Project& project, const std::filesystem::path& path,
                                     const formats::Format& format, Split split, const std::string& layer,
                                     bool strict) {
    text::requireUtf8Path(path);
    const std::vector<Post> posts = project.posts(split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {std::string(splitName(split))});
    const std::vector<std::vector<std::string>> gold = project.tags("gold", split);
    formats::PredictionFile file = formats::readFittingPredictions(path, &format);
    const bool namesPictures = format.as<formats::PredictionKind>()->namesPictures;
    PredictionExchange out;
    out.findings = std::move(file.findings);
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    project::RawTags rawTags;
    const std::size_t count = std::min(posts.size(), file.blocks.size());
    for (std::size_t i = 0; i < count; ++i) {
        const formats::PredictionBlock& block = file.blocks[i];
        const auto find = [&](const char* code, const std::string& what) {
            out.findings.add({code, path.string(), block.line, what});
        };
        const std::size_t words = posts[i].words.size();
        if (block.predicted.size() != words) {
            find("word-count-differs", posts[i].externalId + ": " + std::to_string(block.predicted.size()) + " tags, " +
                                           std::to_string(words) + " words");
            continue;
        }
        if (namesPictures && !posts[i].images.empty() &&
            std::filesystem::path(block.image).stem() != std::filesystem::path(posts[i].images.front()).stem()) {
            find("picture-differs", posts[i].externalId + ": " + block.image);
            continue;
        }
        if (canonical(block.gold, words) != canonical(gold[i], words)) find("gold-differs", posts[i].externalId);
        rawTags[posts[i].id] = canonical(block.predicted, words);
        predictions.emplace_back(posts[i].id, entitiesFromTags(rawTags[posts[i].id]));
        ++out.posts;
        out.words += static_cast<int>(words);
        out.entities += static_cast<int>(predictions.back().second.size());
    }
    for (std::size_t i = count; i < posts.size(); ++i)
        out.findings.add({"posts-left-over", path.string(), 0, posts[i].externalId});
    for (std::size_t i = count; i < file.blocks.size(); ++i)
        out.findings.add({"blocks-left-over", path.string(), file.blocks[i].line, file.blocks[i].text});
    if (strict && lossesIn(out.findings) > 0)
        throw Error(ErrorCode::ImportTooLossy, {std::to_string(lossesIn(out.findings))});
    if (predictions.empty()) {
        std::string reason = "none of its " + std::to_string(file.blocks.size()) + " blocks fits a post of the " +
                             std::string(splitName(split)) + " split";
        if (!out.findings.list().empty()) {
            const Finding& first = out.findings.list().front();
            reason += " (line " + std::to_string(first.line) + ": " + first.code + ", " + first.text + ")";
        }
        throw Error(ErrorCode::NothingImported, {path.string(), reason});
    }
    project.storePredictions(layer, predictions, rawTags);
    return out;
}

}  // namespace mnerva::workflow
