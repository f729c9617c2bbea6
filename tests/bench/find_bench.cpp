// Times queries over a project: find_bench PROJECT [QUERY...]. Without queries a list for the posts that
// tests/bench/RESULTS.md describes. Each query is asked of a project that was just opened.
// find_bench --orders PROJECT times the orders of posts, and says which posts come first.
// find_bench --make PROJECT POSTS [RUNS] makes such posts, with so many runs (two) whose predictions are like gold but
// for some entities.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/project/find.h"
#include "core/project/post_order.h"

namespace {

using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of the processor: what a query costs on a machine that does other things too.
double workSince(std::clock_t start) {
    return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::size_t residentMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) / 1024;
}

std::vector<std::string> usualQueries(const mnerva::project::Project& project) {
    std::vector<std::string> queries{
        "word17",
        "name4999",
        "id:999999",
        "zzzz",
        "word99999",
        "\"word17 word18\"",
        "\"name12 word1\"",
        "苹果",
        "text:word4999 text:name4999 text:word1",
        "label:PER",
        "not label:*",
        "label:PER word4321",
        "gold:PER not label:PER",
        "len>16",
        "status:done",
        "flag:yes or edited:yes",
        "split:test",
        "img:missing",
    };
    std::vector<std::string> runs;
    for (const auto& layer : project.layers())
        if (layer.kind == mnerva::project::LayerKind::Run) runs.push_back(layer.name);
    if (!runs.empty())
        for (const char* query : {"conf<0.5", "conf<0.00001", "wrong(A)", "error(A):type", "pred(A):PER word77"}) {
            std::string text = query;
            if (const auto at = text.find("(A)"); at != std::string::npos) text.replace(at + 1, 1, runs[0]);
            queries.push_back(text);
        }
    if (runs.size() > 1) queries.push_back("disagree(" + runs[0] + "," + runs[1] + ")");
    return queries;
}

constexpr int kWords = 16, kVocabulary = 5000;

mnerva::Post generated(int number, std::mt19937& random) {
    mnerva::Post post;
    post.externalId = std::to_string(number);
    post.split = mnerva::Split::Train;
    post.images = {post.externalId + ".jpg"};
    const char* types[] = {"PER", "LOC", "ORG", "MISC"};
    for (int w = 0; w < kWords; ++w) {
        const bool isName = random() % 8 == 0;
        post.words.push_back((isName ? "name" : "word") + std::to_string(random() % kVocabulary));
        post.sourceTags.push_back(isName ? std::string("B-") + types[random() % 4] : "O");
    }
    return post;
}

/// What a run says of a post: gold, but for about one entity of a hundred, with confidences from .3 on.
std::vector<mnerva::Entity> predicted(std::vector<mnerva::Entity> entities, std::mt19937& random) {
    for (mnerva::Entity& entity : entities) {
        entity.confidence = 1 - static_cast<double>(random() % 700) / 1000;
        if (random() % 100 == 0) entity.type = "MISC";
    }
    if (random() % 100 == 0 && !entities.empty()) entities.pop_back();
    return entities;
}

int make(const char* folder, int posts, int runs) {
    std::mt19937 random(1);
    const auto project = mnerva::project::Project::create(folder, {}, "find_bench");
    std::vector<std::pair<mnerva::PostId, std::vector<mnerva::Entity>>> gold;
    const auto appender = project->append("generated", {}, {});
    for (int i = 0; i < posts; ++i) {
        const mnerva::Post post = generated(i, random);
        gold.emplace_back(appender->add(post), mnerva::entitiesFromTags(post.sourceTags));
    }
    appender->commit();
    for (int run = 0; run < runs; ++run) {
        auto said = gold;
        for (auto& [post, entities] : said) entities = predicted(std::move(entities), random);
        project->storePredictions("run" + std::to_string(run + 1), said);
    }
    return 0;
}

/// What each post is put in order by, from a plain look at what every layer says; empty for what it cannot tell.
std::vector<double> plainKeys(const mnerva::project::Project& opened, const mnerva::project::PostOrder& order) {
    using namespace mnerva;
    using project::OrderKey;
    std::vector<double> keys;
    const auto add = [&](const std::vector<Entity>& entities) {
        double least = 1, logs = 0;
        for (const Entity& entity : entities) {
            least = std::min(least, *entity.confidence);
            logs -= std::log(*entity.confidence) / static_cast<double>(entities.size());
        }
        const double value = order.key == OrderKey::LeastConfidence ? 1 - least : logs;
        keys.push_back(entities.empty() ? std::numeric_limits<double>::quiet_NaN() : value);
    };
    if (order.key == OrderKey::Length)
        for (const Post& post : opened.posts(std::nullopt)) keys.push_back(static_cast<double>(post.words.size()));
    if (order.key == OrderKey::Entities)
        for (const auto& said : opened.entities("corrected", std::nullopt))
            keys.push_back(static_cast<double>(said.size()));
    if (order.key == OrderKey::LeastConfidence || order.key == OrderKey::MeanUncertainty)
        for (const auto& said : opened.entities(order.run, std::nullopt)) add(said);
    if (order.key == OrderKey::Disagreement) {  // of two runs: a bit for each span that one alone has
        const auto runs = project::runNumbers(opened);
        if (runs.size() != 2) return {};
        const auto a = opened.entities(runs[0].run, std::nullopt), b = opened.entities(runs[1].run, std::nullopt);
        const auto alone = [](const std::vector<Entity>& those, const std::vector<Entity>& others) {
            return std::count_if(those.begin(), those.end(), [&](const Entity& one) {
                return std::none_of(others.begin(), others.end(), [&](const Entity& o) { return o.sameAs(one); });
            });
        };
        for (std::size_t i = 0; i < a.size(); ++i)
            keys.push_back(static_cast<double>(alone(a[i], b[i]) + alone(b[i], a[i])));
    }
    return keys;
}

/// Whether the keys are those of the plain look, and the places a stable order of them.
const char* verdictOn(const mnerva::project::Project& opened, const mnerva::project::PostOrder& order,
                      const std::vector<double>& keys, const std::vector<std::int32_t>& places) {
    const auto at = [&](std::size_t i) { return keys[static_cast<std::size_t>(places[i])]; };
    for (std::size_t i = 1; i < places.size(); ++i) {
        const bool isLess = at(i) < at(i - 1) || (std::isnan(at(i)) && !std::isnan(at(i - 1)));
        const bool isSame = at(i) == at(i - 1) || (std::isnan(at(i)) && std::isnan(at(i - 1)));
        if (!isLess && !(isSame && places[i - 1] < places[i])) return "NOT IN ORDER";
    }
    const std::vector<double> plain = plainKeys(opened, order);
    if (plain.empty()) return "in order";
    if (plain.size() != keys.size()) return "OTHER POSTS";
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (std::isnan(plain[i]) != std::isnan(keys[i]) || std::abs(plain[i] - keys[i]) > 1e-9) return "OTHER NUMBERS";
    return "as a plain look at all posts says";
}

/// Every order, read in steps as the window does: all of it, the longest step, and putting the numbers in order.
int orders(const char* folder) {
    using namespace mnerva;
    using project::OrderKey;
    const auto opened = project::Project::open(folder, project::OpenMode::ReadOnly, "find_bench");
    std::string run;
    for (const auto& numbers : project::runNumbers(*opened))
        if (run.empty() && numbers.hasConfidence) run = numbers.run;
    for (int i = 0; i < project::kOrderKeys; ++i) {
        const project::PostOrder order{static_cast<OrderKey>(i), true, run};
        if (project::isOfOneRun(order.key) && run.empty()) continue;
        const auto start = Clock::now();
        project::PostSorter sorter(*opened, order);
        double longest = 0;
        bool more = true;
        for (auto step = start; more; step = Clock::now()) {
            more = sorter.next();
            longest = std::max(longest, msSince(step));
        }
        const auto keys = sorter.take();
        const double read = msSince(start);
        const auto sorting = Clock::now();
        const auto places = project::placesInOrder(keys.values, true);
        std::printf("%9.1f ms read, longest step %6.1f ms, %6.1f ms to sort  %-16s first:", read, longest,
                    msSince(sorting), std::string(project::orderKeyName(order.key)).c_str());
        for (std::size_t at = 0; at < std::min<std::size_t>(3, places.size()); ++at) {
            const auto place = static_cast<std::size_t>(places[at]);
            std::printf(" %lld (%.4g)", static_cast<long long>(keys.posts[place].value), keys.values[place]);
        }
        const std::size_t megabytes = residentMegabytes();  // before the plain look, which takes far more
        std::printf("  %zu MB; ", megabytes);
        std::fflush(stdout);
        if (const pid_t child = fork(); child == 0) {
            const auto again = project::Project::open(folder, project::OpenMode::ReadOnly, "find_bench");
            std::printf("%s\n", verdictOn(*again, order, keys.values, places));
            std::fflush(stdout);
            _exit(0);
        } else {
            waitpid(child, nullptr, 0);
        }
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    using namespace mnerva;
    if (argc < 2) return 2;
    if (argc >= 4 && std::string(argv[1]) == "--make")
        return make(argv[2], std::atoi(argv[3]), argc > 4 ? std::atoi(argv[4]) : 2);
    if (argc == 3 && std::string(argv[1]) == "--orders") return orders(argv[2]);
    const auto open = [&] { return project::Project::open(argv[1], project::OpenMode::ReadOnly, "find_bench"); };
    std::vector<std::string> queries(argv + 2, argv + argc);
    if (queries.empty()) queries = usualQueries(*open());
    std::vector<double> firsts;
    for (const std::string& text : queries) {
        const auto project = open();
        const auto start = Clock::now();
        const std::clock_t startOfWork = std::clock();
        auto understood = project::understand(*project, text);
        if (const auto* mistake = std::get_if<query::Mistake>(&understood)) {
            std::printf("%s: %s\n", text.c_str(), query::sentenceOf(*mistake).c_str());
            continue;
        }
        project::Finder finder(*project, std::move(std::get<query::Query>(understood)));
        std::vector<PostId> found;
        bool more = true;
        while (more && found.empty()) more = finder.next(found);
        firsts.push_back(msSince(start));
        const double firstWork = workSince(startOfWork);
        while (more) more = finder.next(found);
        std::printf("%8.1f ms first, %8.1f ms all (processor %.1f, %.1f), %8zu posts  %s\n", firsts.back(),
                    msSince(start), firstWork, workSince(startOfWork), found.size(), text.c_str());
        std::fflush(stdout);
    }
    if (firsts.empty()) return 1;
    std::sort(firsts.begin(), firsts.end());
    const auto p95 = static_cast<std::size_t>(static_cast<double>(firsts.size() - 1) * 0.95 + 0.5);
    std::printf("%zu queries: first rows p95 %.1f ms, worst %.1f ms; %zu MB at most\n", firsts.size(), firsts[p95],
                firsts.back(), residentMegabytes());
    return 0;
} catch (const mnerva::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
