#include "core/workflow/exchange/prediction_exchange.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/domain/entity.h"
#include "core/project/project_internal.h"
#include "core/text/utf8.h"
#include "core/text/word_alignment.h"
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

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

/// Which block belongs to which post: by their order, or by their picture alone where the format says so.
class BlockOrder {
public:
    BlockOrder(const std::vector<Post>& posts, std::size_t blocks, bool isByPicture)
        : m_posts(posts), m_common(std::min(posts.size(), blocks)), m_isByPicture(isByPicture) {
        if (!isByPicture) return;
        for (std::size_t i = 0; i < posts.size(); ++i)
            if (!posts[i].images.empty()) m_postsOfPicture.emplace(stem(posts[i].images.front()), i);
    }
    /// Each post once: of several with a picture the first that is left.
    const Post* take(std::size_t block, const std::string& image) {
        if (!m_isByPicture) return block < m_common ? &m_posts[block] : nullptr;
        const auto found = m_postsOfPicture.lower_bound(stem(image));
        if (found == m_postsOfPicture.end() || found->first != stem(image)) return nullptr;
        const std::size_t post = found->second;
        m_postsOfPicture.erase(found);
        return &m_posts[post];
    }
    static std::string stem(const std::string& image) { return std::filesystem::path(image).stem().string(); }

private:
    const std::vector<Post>& m_posts;
    std::size_t m_common;
    bool m_isByPicture;
    std::multimap<std::string, std::size_t> m_postsOfPicture;
};

/// Takes the blocks of a file one by one for their posts.
class PredictionImport {
public:
    PredictionImport(const std::filesystem::path& path, bool namesPictures, int system)
        : m_path(path.string()), m_namesPictures(namesPictures), m_system(system) {}

    void take(const Post& post, const std::vector<std::string>& goldTags, const formats::PredictionBlock& block) {
        const std::vector<std::string>& predicted = chosen(block);
        const std::size_t words = post.words.size();
        // As many words are no proof: "Durant 's" and "Durant's" may be made up for elsewhere.
        const std::vector<std::string> blockWords = fittingWords(block, predicted.size());
        const auto alignment = blockWords == post.words || blockWords.size() != predicted.size()
                                   ? std::nullopt
                                   : text::alignWords(blockWords, post.words);
        const bool fits = predicted.size() == words && !alignment;
        if (!fits && !alignment) {
            find("word-count-differs", block,
                 post.externalId + ": " + std::to_string(predicted.size()) + " tags, " + std::to_string(words) +
                     " words");
            return;
        }
        if (m_namesPictures && !post.images.empty() &&
            BlockOrder::stem(block.image) != BlockOrder::stem(post.images.front())) {
            find("picture-differs", block, post.externalId + ": " + block.image);
            return;
        }
        std::vector<Entity> entities;
        if (fits) {
            if (canonical(block.gold, words) != canonical(goldTags, words))
                find("gold-differs", block, post.externalId);
            rawTags[post.id] = canonical(predicted, words);
            entities = entitiesFromTags(rawTags[post.id]);
        } else {
            find("aligned-by-characters", block, post.externalId);
            aligned.push_back(post.id);
            const auto gold = placed(entitiesFromTags(block.gold), *alignment, nullptr);
            if (gold != entitiesFromTags(canonical(goldTags, words))) find("gold-differs", block, post.externalId);
            entities = placed(entitiesFromTags(predicted), *alignment, &block);
        }
        ++out.posts;
        out.words += static_cast<int>(words);
        out.entities += static_cast<int>(entities.size());
        predictions.emplace_back(post.id, std::move(entities));
    }

    void find(const char* code, const formats::PredictionBlock& block, const std::string& what) {
        out.findings.add({code, m_path, block.line, what});
    }

    PredictionExchange out;
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    project::RawTags rawTags;
    std::vector<PostId> aligned;

private:
    const std::vector<std::string>& chosen(const formats::PredictionBlock& block) const {
        if (block.systems.empty() && m_system == 1) return block.predicted;
        if (m_system < 1 || m_system > static_cast<int>(block.systems.size()))
            throw Error(ErrorCode::OptionInvalid,
                        {"--system", std::to_string(m_system),
                         "1 to " + std::to_string(std::max<std::size_t>(block.systems.size(), 1))});
        return block.systems[static_cast<std::size_t>(m_system) - 1];
    }

    /// The words that the tags are of, where the text of the block still tells them.
    static std::vector<std::string> fittingWords(const formats::PredictionBlock& block, std::size_t tags) {
        std::vector<std::string> words = wordsOf(block.text);
        return words.size() == tags ? words : std::vector<std::string>{};
    }

    /// Entities of the block's words as those of the post's; one that began or ended inside a word takes all of it.
    std::vector<Entity> placed(const std::vector<Entity>& entities, const std::vector<text::WordRange>& alignment,
                               const formats::PredictionBlock* told) {
        std::vector<Entity> placedOnes;
        int free = 0;
        for (const Entity& entity : entities) {
            int first = -1, last = -1;
            bool isWhole = true;
            for (int word = entity.first; word <= entity.last; ++word) {
                const text::WordRange& range = alignment[static_cast<std::size_t>(word)];
                if (range.first < 0) continue;
                if (first < 0) first = range.first;
                last = range.last;
                isWhole = isWhole && range.isWhole;
            }
            if (first < free) {  // nothing visible, or a word that an entity before has taken
                if (told) find("entity-unplaced", *told, entity.type);
                continue;
            }
            if (!isWhole && told) find("entity-widened", *told, entity.type);
            placedOnes.push_back({entity.type, first, last, {}});
            free = last + 1;
        }
        return placedOnes;
    }

    std::string m_path;
    bool m_namesPictures;
    int m_system;
};

/// Why no block of a file fits, as part of a sentence.
std::string whyNone(std::size_t blocks, Split split, const Findings& findings) {
    std::string reason = "none of its " + std::to_string(blocks) + " blocks fits a post of the " +
                         std::string(splitName(split)) + " split";
    if (findings.list().empty()) return reason;
    const Finding& first = findings.list().front();
    return reason + " (line " + std::to_string(first.line) + ": " + first.code + ", " + first.text + ")";
}

}  // namespace

PredictionExchange exportPredictions(const project::Project& project, const std::string& layer, Split split,
                                     const formats::Format& format, const std::filesystem::path& path, bool replace) {
    requireFreeTargets(project, {path}, replace);
    const auto snapshot = project.holdSnapshot();
    const project::Project::Impl& impl = project.impl();
    const bool isRun = impl.layerOrThrow(layer).isPartial();
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
                                     const PredictionImportOptions& options) {
    text::requireUtf8Path(path);
    const std::vector<Post> posts = project.posts(split);
    if (posts.empty()) throw Error(ErrorCode::SplitEmpty, {std::string(splitName(split))});
    const std::vector<std::vector<std::string>> gold = project.tags("gold", split);
    formats::PredictionFile file = formats::readFittingPredictions(path, &format);
    const formats::PredictionKind& kind = *format.as<formats::PredictionKind>();
    PredictionImport import(path, kind.namesPictures, options.system);
    import.out.findings = std::move(file.findings);
    BlockOrder order(posts, file.blocks.size(), kind.isByPicture);
    std::vector<bool> isTaken(posts.size());
    for (std::size_t i = 0; i < file.blocks.size(); ++i) {
        const formats::PredictionBlock& block = file.blocks[i];
        const Post* post = order.take(i, block.image);
        if (!post) {
            import.find("blocks-left-over", block, block.text);
            continue;
        }
        const auto row = static_cast<std::size_t>(post - posts.data());
        isTaken[row] = true;
        import.take(*post, gold[row], block);
    }
    // A file that goes by pictures speaks of a choice of posts: the others are no loss.
    for (std::size_t i = 0; i < posts.size() && !kind.isByPicture; ++i)
        if (!isTaken[i]) import.out.findings.add({"posts-left-over", path.string(), 0, posts[i].externalId});
    if (options.strict && lossesIn(import.out.findings) > 0)
        throw Error(ErrorCode::ImportTooLossy, {std::to_string(lossesIn(import.out.findings))});
    if (import.predictions.empty())
        throw Error(ErrorCode::NothingImported,
                    {path.string(), whyNone(file.blocks.size(), split, import.out.findings)});
    project.storePredictions(layer, import.predictions, import.rawTags, import.aligned);
    return std::move(import.out);
}

}  // namespace mnerva::workflow
