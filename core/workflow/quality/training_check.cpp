#include "core/workflow/quality/training_check.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/translatable.h"
#include "core/text/tag_scheme.h"
#include "core/workflow/quality/near_duplicates.h"

namespace mnerva::workflow {
namespace {

constexpr double kLeastAlike = 0.8;       // Jaccard similarity of near-duplicate texts
constexpr double kUnreadableShare = 0.1;  // above it a run stops
constexpr std::int64_t kPicturesBetweenReports = 20;
constexpr std::array<Split, 3> kSplits{Split::Train, Split::Valid, Split::Test};

/// Sizes of the published splits (models.md 1.6, 9.4).
struct KnownSizes {
    const char* dataSet;
    std::array<std::int64_t, 3> posts;
    const char* name;
};
constexpr std::array<KnownSizes, 4> kKnown{{
    {"twitter2015", {4000, 1000, 3257}, "TWITTER-2015"},
    {"twitter2017", {3373, 723, 723}, "TWITTER-2017"},
    {"wukong", {36024, 9699, 9700}, "WuKong"},
    {"", {4290, 1432, 1459}, "RpBERT's split of the 2017 tweets (SNAP)"},
}};

struct Sentence {
    const char *code, *text, *advice;
    const char* one = "";  ///< of a single case, where `text` would not do
};
const std::vector<Sentence>& sentences() {
    static const std::vector<Sentence> all{
        {"no-train-posts", MNERVA_TEXT("Check", "There is no post in train"),
         MNERVA_TEXT("Check", "Import posts for the train split first: there is nothing to learn from.")},
        {"no-entity-in-train", MNERVA_TEXT("Check", "None of the {0} posts in train has an entity"),
         MNERVA_TEXT("Check", "Look at the tags of the training file; the model would learn to answer O everywhere.")},
        {"no-valid-posts", MNERVA_TEXT("Check", "There is no post in valid"),
         MNERVA_TEXT(
             "Check",
             "Import a validation file: without one no epoch can be told from another, and the last one is kept.")},
        {"no-test-posts", MNERVA_TEXT("Check", "There is no post in test"),
         MNERVA_TEXT("Check", "The run will end without test scores.")},
        {"valid-equals-test", MNERVA_TEXT("Check", "Valid and test hold the same {0} posts"),
         MNERVA_TEXT("Check",
                     "Import the right file for one of them: the checkpoint would be chosen on the test posts.")},
        {"label-outside-set", MNERVA_TEXT("Check", "{0} tags have a type that the project's labels lack: {1}"),
         MNERVA_TEXT("Check", "Add the types under Data, Labels…, or correct the tags; they would be trained as O."),
         MNERVA_TEXT("Check", "{0} tag has a type that the project's labels lack: {1}")},
        {"pictures-unreadable", MNERVA_TEXT("Check", "{0} of {1} pictures are missing or cannot be read"),
         MNERVA_TEXT("Check", "Check the picture folder of the import; these posts would be trained without picture."),
         MNERVA_TEXT("Check", "{0} of {1} pictures is missing or cannot be read")},
        {"post-in-two-splits", MNERVA_TEXT("Check", "{0} posts stand in two splits ({1})"),
         MNERVA_TEXT("Check", "Remove them from one of the splits: scores would count what was learned by heart."),
         MNERVA_TEXT("Check", "{0} post stands in two splits ({1})")},
        {"text-near-in-two-splits", MNERVA_TEXT("Check", "{0} posts have a near-duplicate text in another split ({1})"),
         MNERVA_TEXT("Check", "Look at the examples; retweets in train and test make scores too high."),
         MNERVA_TEXT("Check", "{0} post has a near-duplicate text in another split ({1})")},
        {"picture-in-two-splits",
         MNERVA_TEXT("Check", "{0} posts share their picture file with a post of another split ({1})"),
         MNERVA_TEXT("Check", "Known of WuKong (texts differ). Elsewhere keep such posts in one split."),
         MNERVA_TEXT("Check", "{0} post shares its picture file with a post of another split ({1})")},
        {"picture-near-in-two-splits",
         MNERVA_TEXT("Check", "{0} posts have a near-duplicate picture in another split ({1})"),
         MNERVA_TEXT("Check", "Look at the examples; copies of a photo in train and test make scores too high."),
         MNERVA_TEXT("Check", "{0} post has a near-duplicate picture in another split ({1})")},
        {"label-not-in-train", MNERVA_TEXT("Check", "Types that only valid or test have: {0}"),
         MNERVA_TEXT("Check", "The model cannot learn them; every such entity counts as missed.")},
        {"orphan-inside-tag", MNERVA_TEXT("Check", "{0} entities begin with an inside tag ({1})"),
         MNERVA_TEXT("Check",
                     "Known of TWITTER-2015. “seqeval, lenient” counts them as entities, “CoNLL, strict” does not."),
         MNERVA_TEXT("Check", "{0} entity begins with an inside tag ({1})")},
        {"split-sizes-differ", MNERVA_TEXT("Check", "{0}/{1}/{2} posts in train/valid/test, but {3} has {4}"),
         MNERVA_TEXT("Check", "Do not compare the scores with published ones of that data set.")},
    };
    return all;
}

/// Empty ones for a code of another version.
Sentence sentenceOf(const std::string& code) {
    for (const Sentence& sentence : sentences())
        if (code == sentence.code) return sentence;
    return {"", "", "", ""};
}

std::string nameOf(const CheckedPost& post) {
    return std::string(splitName(post.split)) + " " + post.id;
}

/// "train/test 3, valid/test 1"
class SplitPairs {
public:
    void add(Split a, Split b) {
        if (b < a) std::swap(a, b);
        ++m_counts[{a, b}];
    }
    std::string text() const {
        std::string out;
        for (const auto& [pair, count] : m_counts) {
            if (!out.empty()) out += ", ";
            out += std::string(splitName(pair.first)) + "/" + std::string(splitName(pair.second)) + " " +
                   std::to_string(count);
        }
        return out;
    }

private:
    std::map<std::pair<Split, Split>, int> m_counts;
};

class Look {
public:
    Look(const std::vector<CheckedPost>& posts, const CheckOptions& options, const ProgressSink& progress,
         const std::stop_token& stop)
        : m_posts(posts), m_options(options), m_progress(progress), m_stop(stop) {
        for (const CheckedPost& post : posts) m_splits.push_back(post.split);
    }

    std::vector<TrainingCheck> run() {
        checkThereIsSomething();
        compareSplits();
        compareTexts();
        comparePictureNames();
        if (m_options.look) lookAtPictures();
        checkTags();
        compareSizes();
        std::vector<TrainingCheck> out;
        for (const std::string& code : trainingCheckCodes())
            if (const auto found = m_found.find(code); found != m_found.end()) out.push_back(found->second);
        return out;
    }

private:
    void tick() const {
        if (m_stop.stop_requested()) throw Cancelled{};
    }

    TrainingCheck& checkOf(const char* code, bool stops) {
        TrainingCheck& check = m_found[code];
        check.code = code;
        check.stops = stops;
        return check;
    }

    static void addExample(TrainingCheck& check, std::string text) {
        if (check.examples.size() < static_cast<std::size_t>(TrainingCheck::kExamples))
            check.examples.push_back(std::move(text));
    }

    /// Each once, those of a pair side by side; posts that the caller gave no row of are left out.
    static void addPosts(TrainingCheck& check, const std::vector<PostId>& concerned) {
        std::set<PostId> told;
        for (const PostId post : concerned)
            if (check.posts.size() < static_cast<std::size_t>(TrainingCheck::kPosts) && post.isValid() &&
                told.insert(post).second)
                check.posts.push_back(post);
    }

    /// All words and the picture as one key.
    static std::string keyOf(const CheckedPost& post, bool withTags) {
        std::string key = post.picture;
        for (const std::string& word : post.words) key += '\n' + word;
        if (withTags)
            for (const std::string& tag : post.tags) key += '\t' + tag;
        return key;
    }

    void checkThereIsSomething() {
        std::map<Split, std::int64_t> posts;
        bool hasEntity = false;
        for (const CheckedPost& post : m_posts) {
            ++posts[post.split];
            hasEntity |= post.split == Split::Train &&
                         std::any_of(post.tags.begin(), post.tags.end(),
                                     [](const auto& tag) { return tag.size() > 2 && tag[1] == '-'; });
        }
        const std::int64_t train = posts[Split::Train];
        if (train == 0) checkOf("no-train-posts", true).count = 1;
        if (train > 0 && !hasEntity) {
            TrainingCheck& check = checkOf("no-entity-in-train", true);
            check.count = train;
            check.args = {std::to_string(train)};
        }
        if (posts[Split::Valid] == 0) checkOf("no-valid-posts", true).count = 1;
        if (posts[Split::Test] == 0) checkOf("no-test-posts", false).count = 1;
    }

    void compareSplits() {
        std::map<Split, std::multiset<std::string>> keys;
        for (const CheckedPost& post : m_posts)
            if (post.split != Split::Train) keys[post.split].insert(keyOf(post, true));
        const auto count = keys[Split::Valid].size();
        if (count == 0 || keys[Split::Valid] != keys[Split::Test]) return;
        TrainingCheck& check = checkOf("valid-equals-test", true);
        check.count = static_cast<std::int64_t>(count);
        check.args = {std::to_string(count)};
        m_validIsTest = true;
    }

    /// Pairs between valid and test say nothing more when the two are one.
    bool known(int item, int twin) const {
        return m_validIsTest && m_splits[static_cast<std::size_t>(item)] != Split::Train &&
               m_splits[static_cast<std::size_t>(twin)] != Split::Train;
    }

    void addPairs(const char* code, bool stops, const std::vector<NearPair>& pairs) {
        SplitPairs where;
        std::int64_t count = 0;
        std::vector<std::string> examples;
        std::vector<PostId> concerned;
        for (const auto [item, twin] : pairs) {
            if (known(item, twin)) continue;
            const CheckedPost &a = m_posts[static_cast<std::size_t>(twin)],
                              &b = m_posts[static_cast<std::size_t>(item)];
            where.add(a.split, b.split);
            ++count;
            examples.push_back(nameOf(b) + " = " + nameOf(a));
            concerned.insert(concerned.end(), {b.row, a.row});
        }
        if (count == 0) return;
        TrainingCheck& check = checkOf(code, stops);
        check.count = count;
        check.args = {std::to_string(count), where.text()};
        for (std::string& example : examples) addExample(check, std::move(example));
        addPosts(check, concerned);
    }

    /// For each post the first earlier post of another split with the same key; an empty key matches nothing.
    template <class KeyOf>
    std::vector<NearPair> equalPairs(const KeyOf& key) const {
        std::unordered_map<std::string, std::map<Split, int>> first;
        std::vector<NearPair> out;
        for (std::size_t i = 0; i < m_posts.size(); ++i) {
            const std::string text = key(m_posts[i]);
            if (text.empty()) continue;
            auto& seen = first[text];
            for (const auto& [split, item] : seen)
                if (split != m_splits[i]) {
                    out.push_back({static_cast<int>(i), item});
                    break;
                }
            seen.emplace(m_splits[i], static_cast<int>(i));
        }
        return out;
    }

    void compareTexts() {
        const std::vector<NearPair> same =
            equalPairs([](const CheckedPost& post) { return post.words.empty() ? "" : keyOf(post, false); });
        addPairs("post-in-two-splits", true, same);
        tick();
        std::vector<std::vector<std::uint64_t>> shingles;
        for (const CheckedPost& post : m_posts) shingles.push_back(textShingles(post.words, post.join));
        tick();
        std::set<int> told;
        for (const NearPair& pair : same) told.insert(pair.item);
        std::vector<NearPair> near = nearTexts(shingles, m_splits, kLeastAlike);
        std::erase_if(near, [&](const NearPair& pair) { return told.contains(pair.item); });
        addPairs("text-near-in-two-splits", false, near);
        tick();
    }

    void comparePictureNames() {
        addPairs("picture-in-two-splits", false, equalPairs([](const CheckedPost& post) { return post.picture; }));
    }

    void lookAtPictures() {
        std::unordered_map<std::string, PictureLook> looks;
        std::vector<const std::string*> wanted;
        for (const CheckedPost& post : m_posts)
            if (!post.picture.empty() && looks.emplace(post.picture, PictureLook{}).second)
                wanted.push_back(&post.picture);
        const auto total = static_cast<std::int64_t>(wanted.size());
        for (std::int64_t i = 0; i < total; ++i) {
            if (i % kPicturesBetweenReports == 0) {
                tick();
                report(m_progress, "checking", i, total);
            }
            const std::string& path = *wanted[static_cast<std::size_t>(i)];
            looks[path] = m_options.look(path);
        }
        report(m_progress, "checking", total, total);
        std::vector<std::string> unreadable;
        for (const std::string* path : wanted)
            if (!looks.at(*path).readable) unreadable.push_back(*path);
        if (!unreadable.empty()) {
            const auto count = static_cast<std::int64_t>(unreadable.size());
            const bool many = static_cast<double>(count) > kUnreadableShare * static_cast<double>(total);
            TrainingCheck& check = checkOf("pictures-unreadable", many);
            check.count = count;
            check.args = {std::to_string(count), std::to_string(total)};
            for (std::string& path : unreadable) addExample(check, std::move(path));
        }
        // One post a picture and split stands for all: a shared file is told already.
        std::vector<std::optional<std::uint64_t>> hashes;
        for (const CheckedPost& post : m_posts)
            hashes.push_back(post.picture.empty() ? std::nullopt : looks.at(post.picture).hash);
        std::vector<NearPair> near = nearPictures(hashes, m_splits);
        std::erase_if(near, [&](const NearPair& pair) {
            return m_posts[static_cast<std::size_t>(pair.item)].picture ==
                   m_posts[static_cast<std::size_t>(pair.twin)].picture;
        });
        addPairs("picture-near-in-two-splits", false, near);
    }

    void checkTags() {
        std::map<Split, std::int64_t> orphans;
        std::map<std::string, std::int64_t> outside;
        std::map<Split, std::set<std::string>> types;
        std::int64_t orphanCount = 0, outsideCount = 0;
        std::vector<std::string> orphanExamples;
        std::vector<PostId> orphanPosts, outsidePosts;
        for (const CheckedPost& post : m_posts) {
            std::string previous;
            for (const std::string& raw : post.tags) {
                const std::string tag = text::canonicalTag(raw);
                const std::string before = std::exchange(previous, tag);
                if (tag.find('-') == std::string::npos) continue;
                const text::TagParts parts = text::splitTag(tag);
                const std::string type(parts.type);
                types[post.split].insert(type);
                if (!m_options.labels.contains(type)) {
                    ++outside[type];
                    ++outsideCount;
                    outsidePosts.push_back(post.row);
                }
                const bool isIob1 = m_options.labels.scheme == text::TagScheme::Iob1;
                if (!isIob1 && !text::opensEntity(tag) && !text::goesOn(before, tag)) {
                    ++orphans[post.split];
                    ++orphanCount;
                    orphanPosts.push_back(post.row);
                    if (orphanExamples.size() < static_cast<std::size_t>(TrainingCheck::kExamples))
                        orphanExamples.push_back(nameOf(post) + ": " + raw);
                }
            }
        }
        if (outsideCount > 0) {
            TrainingCheck& check = checkOf("label-outside-set", true);
            check.count = outsideCount;
            std::string names;
            for (const auto& [type, count] : outside)
                names += (names.empty() ? "" : ", ") + type + " (" + std::to_string(count) + ")";
            check.args = {std::to_string(outsideCount), names};
            addPosts(check, outsidePosts);
        }
        if (orphanCount > 0) {
            TrainingCheck& check = checkOf("orphan-inside-tag", false);
            check.count = orphanCount;
            std::string where;
            for (const auto& [split, count] : orphans)
                where += (where.empty() ? "" : ", ") + std::string(splitName(split)) + " " + std::to_string(count);
            check.args = {std::to_string(orphanCount), where};
            check.examples = orphanExamples;
            addPosts(check, orphanPosts);
        }
        std::set<std::string> unseen;
        for (const Split split : {Split::Valid, Split::Test})
            for (const std::string& type : types[split])
                if (!types[Split::Train].contains(type)) unseen.insert(type);
        if (unseen.empty() || types[Split::Train].empty()) return;
        TrainingCheck& check = checkOf("label-not-in-train", false);
        check.count = static_cast<std::int64_t>(unseen.size());
        std::string names;
        for (const std::string& type : unseen) names += (names.empty() ? "" : ", ") + type;
        check.args = {names};
    }

    void compareSizes() {
        std::array<std::int64_t, 3> found{};
        for (const Split split : m_splits)
            for (std::size_t i = 0; i < kSplits.size(); ++i) found[i] += split == kSplits[i];
        const auto text = [](const std::array<std::int64_t, 3>& sizes) {
            return std::to_string(sizes[0]) + "/" + std::to_string(sizes[1]) + "/" + std::to_string(sizes[2]);
        };
        for (const KnownSizes& known : kKnown) {
            if (m_options.dataSet.empty() || m_options.dataSet != known.dataSet || known.posts == found) continue;
            std::string published = text(known.posts);
            for (const KnownSizes& other : kKnown)
                if (other.posts == found) published += "; these are the sizes of " + std::string(other.name);
            TrainingCheck& check = checkOf("split-sizes-differ", false);
            check.count = 1;
            check.args = {std::to_string(found[0]), std::to_string(found[1]), std::to_string(found[2]), known.name,
                          published};
        }
    }

    const std::vector<CheckedPost>& m_posts;
    const CheckOptions& m_options;
    const ProgressSink& m_progress;
    const std::stop_token& m_stop;
    std::vector<Split> m_splits;
    std::map<std::string, TrainingCheck> m_found;
    bool m_validIsTest = false;
};

}  // namespace

std::vector<TrainingCheck> checkBeforeTraining(const std::vector<CheckedPost>& posts, const CheckOptions& options,
                                               const ProgressSink& progress, const std::stop_token& stop) {
    return Look(posts, options, progress, stop).run();
}

const std::vector<std::string>& trainingCheckCodes() {
    static const std::vector<std::string> codes = [] {
        std::vector<std::string> out;
        for (const Sentence& sentence : sentences()) out.emplace_back(sentence.code);
        return out;
    }();
    return codes;
}

std::string_view trainingCheckText(const std::string& code, std::int64_t count) {
    const Sentence sentence = sentenceOf(code);
    return count == 1 && *sentence.one ? sentence.one : sentence.text;
}

std::string_view trainingCheckAdvice(const std::string& code) {
    return sentenceOf(code).advice;
}

}  // namespace mnerva::workflow
