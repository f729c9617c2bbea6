#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <iostream>
#include <random>

#include "core/project/find.h"
#include "tests/support/project_fixture.h"

// Hidden from the usual run: `unit_workflow [speed]` prints what tests/bench/RESULTS.md holds.

namespace {
using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;
using namespace mnerva::test;
using Clock = std::chrono::steady_clock;

constexpr int kPosts = 100000;

double msSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::string generated() {
    std::mt19937 random(1);
    std::string text;
    for (int i = 0; i < kPosts; ++i) {
        text += "IMGID:" + std::to_string(i) + "\n";
        for (int w = 0; w < 16; ++w) {
            const bool isEntity = random() % 10 == 0;
            text += (isEntity ? "Name" : "word") + std::to_string(random() % 5000) + (isEntity ? "\tB-PER\n" : "\tO\n");
        }
        text += "\n";
    }
    return text;
}

void print(const std::string& what, double value, const std::string& unit) {
    std::cout << what << ": " << value << " " << unit << "\n";
}

double percentile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(part * static_cast<double>(values.size() - 1)));
}
}  // namespace

TEST_CASE("Speed.AHundredThousandPosts", "[.][speed]") {
    const ProjectFixture f;
    ImportOptions options;
    options.files = {f.write("train.txt", generated())};
    options.dryRun = true;
    auto start = Clock::now();
    importFiles(nullptr, options);
    print("parsed", 1000.0 * kPosts / msSince(start), "posts/s");
    const auto project = f.create();
    options.dryRun = false;
    start = Clock::now();
    CHECK(importFiles(project.get(), options).posts == kPosts);
    print("parsed and stored", 1000.0 * kPosts / msSince(start), "posts/s");

    std::vector<double> pages;
    std::size_t rows = 0;
    for (PostId after;;) {
        start = Clock::now();
        const auto page = project->summaries(after, 1000);
        pages.push_back(msSince(start));
        if (page.empty()) break;
        rows += page.size();
        after = page.back().id;
    }
    CHECK(rows == kPosts);
    print("page of 1000 summaries, p50", percentile(pages, 0.5), "ms");
    print("page of 1000 summaries, p99", percentile(pages, 0.99), "ms");

    for (const char* needle : {"name4999", "\"NAME12 word1\"", "\"nothing like it\""}) {
        start = Clock::now();
        const auto found = find(*project, needle);
        print(std::string("query ") + needle + ", " + std::to_string(found.size()) + " found", msSince(start), "ms");
    }

    std::vector<double> commits, views;
    std::mt19937 random(2);
    for (int i = 0; i < 1000; ++i) {
        const PostId post{static_cast<std::int64_t>(random() % kPosts) + 1};
        start = Clock::now();
        const PostState state = project->view(post).state;
        views.push_back(msSince(start));
        const Change change = changeOf(labelSpan(state, 3, 3, "PER"));
        start = Clock::now();
        project->apply(change);
        commits.push_back(msSince(start));
    }
    print("view, p99", percentile(views, 0.99), "ms");
    print("durable change, p50", percentile(commits, 0.5), "ms");
    print("durable change, p99", percentile(commits, 0.99), "ms");

    start = Clock::now();
    f.exported(*project, "corrected");
    print("export with reading again", 1000.0 * kPosts / msSince(start), "posts/s");
    start = Clock::now();
    statistics(*project);
    print("statistics", msSince(start), "ms");
    start = Clock::now();
    CHECK(checkProject(*project).isEmpty());
    print("check", msSince(start), "ms");
    start = Clock::now();
    project->openReader()->info();
    print("open and info", msSince(start), "ms");
}
