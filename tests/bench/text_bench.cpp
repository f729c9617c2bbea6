// Speed of the text layer on the real files, one thread; prints one JSON object. Compare with
// `python tests/reference/tokenizer_digests.py DATA --time` in the same minute on the same machine.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/eval/score.h"
#include "core/formats/mner_reader.h"
#include "core/formats/mner_writer.h"
#include "core/formats/prediction_files.h"
#include "core/text/wordpiece.h"
#include "tests/support/data.h"

namespace {

using namespace mnerva;

/// Seconds of the fastest of seven runs.
double bestOf(const std::function<void()>& work) {
    double best = 1e9;
    for (int i = 0; i < 7; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

void benchFile(nlohmann::json& out, const std::string& file, const std::string& vocabulary) {
    const auto path = test::realData(file), vocabularyPath = test::realData("vocab/" + vocabulary + ".txt");
    if (!path || !vocabularyPath) return;
    Findings findings;
    const std::vector<Post> posts = formats::readMnerPosts(*path, findings);
    std::size_t words = 0;
    for (const Post& post : posts) words += post.words.size();
    const text::WordPiece wordPiece = text::WordPiece::load(*vocabularyPath, true);
    std::vector<int> ids;
    const double tokenising = bestOf([&] {
        ids.clear();
        for (const Post& post : posts)
            for (const std::string& word : post.words) wordPiece.appendIds(word, ids);
    });
    const double reading = bestOf([&] {
        Findings again;
        formats::readMner(
            *path, [](Post&&, int) {}, again);
    });
    std::string written;
    const double writing = bestOf([&] {
        written.clear();
        for (const Post& post : posts) formats::appendMnerPost(written, post, post.sourceTags);
    });
    const auto perSecond = [](std::size_t n, double seconds) {
        return static_cast<long>(static_cast<double>(n) / seconds);
    };
    out[file] = {{"posts", posts.size()},
                 {"words", words},
                 {"wordpiece_words_per_s", perSecond(words, tokenising)},
                 {"read_posts_per_s", perSecond(posts.size(), reading)},
                 {"write_posts_per_s", perSecond(posts.size(), writing)},
                 {"vocabulary_load_ms", 1e3 * bestOf([&] { text::WordPiece::load(*vocabularyPath, true); })}};
}

void benchScoring(nlohmann::json& out) {
    const auto path = test::realData("predictions/mpcfn-wukong-test.pre.txt");
    if (!path) return;
    const formats::PredictionFile file = formats::readBlocks(*path, false);
    const double seconds = bestOf([&] {
        for (const auto rule : {eval::Rule::SeqevalLenient, eval::Rule::ConllStrict, eval::Rule::SpecialToO}) {
            eval::Scorer scorer(rule, text::TagScheme::Bmes);
            for (const auto& block : file.blocks) scorer.add(block.gold, block.predicted);
            scorer.score();
        }
    });
    out["scoring"] = {{"posts", file.blocks.size()}, {"three_rules_ms", 1e3 * seconds}};
}

}  // namespace

int main() {
    nlohmann::json out;
    benchFile(out, "twitter2015/train.txt", "bert-base-uncased");
    benchFile(out, "twitter2017/train.txt", "bert-base-uncased");
    benchFile(out, "wukong/valid.txt", "bert-base-chinese");
    benchScoring(out);
    std::cout << out.dump(2) << "\n";
}
