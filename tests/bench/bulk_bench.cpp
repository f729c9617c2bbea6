// Times what is done to many posts at once: bulk_bench PROJECT, a project of find_bench --make. The project is changed
// and changed back.

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/project/find.h"
#include "core/workflow/bulk/bulk.h"
#include "core/workflow/bulk/mentions.h"

namespace {

using namespace mnerva;
using Clock = std::chrono::steady_clock;

double msSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Mentions like one: when the first comes, and all.
void search(const char* folder, const std::string& mention, bool alsoNear) {
    const auto project = project::Project::open(folder, project::OpenMode::ReadOnly, "bulk_bench");
    const auto start = Clock::now();
    workflow::MentionSearch search(*project, {mention, {}, alsoNear});
    std::vector<workflow::Mention> found;
    bool more = true;
    while (more && found.empty()) more = search.next(found);
    const double first = msSince(start);
    while (more) more = search.next(found);
    std::printf("%-14s%s  %8zu mentions  first %8.1f ms  all %8.1f ms\n", mention.c_str(), alsoNear ? " ~" : "  ",
                found.size(), first, msSince(start));
}

void conflicts(const char* folder) {
    const auto project = project::Project::open(folder, project::OpenMode::ReadOnly, "bulk_bench");
    const auto start = Clock::now();
    project::Finder finder(*project, std::get<query::Query>(project::understand(*project, "conflict:yes")));
    std::vector<PostId> found;
    bool more = true;
    while (more && found.empty()) more = finder.next(found);
    const double first = msSince(start);
    while (more) more = finder.next(found);
    std::printf("conflict:yes      %8zu posts     first %8.1f ms  all %8.1f ms\n", found.size(), first, msSince(start));
}

void step(const char* folder, const std::string& query, const workflow::BulkStep& step) {
    const auto project = project::Project::open(folder, project::OpenMode::ReadWrite, "bulk_bench");
    auto start = Clock::now();
    const workflow::BulkPlan plan = workflow::planBulk(*project, query, step);
    const double planned = msSince(start);
    start = Clock::now();
    project->apply(plan.many.change);
    const double written = msSince(start);
    start = Clock::now();
    project->undo();
    std::printf("%-16s  %8zu posts     plan %9.1f ms  write %6.1f ms  undo %.1f ms\n", plan.many.change.action.c_str(),
                plan.many.posts(), planned, written, msSince(start));
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 2) return 2;
    using Kind = workflow::BulkStep::Kind;
    for (const char* mention : {"name4999", "#Name12", "word17", "zzzzzz"})
        for (const bool alsoNear : {false, true}) search(argv[1], mention, alsoNear);
    conflicts(argv[1]);
    step(argv[1], "name12", {.kind = Kind::Relabel, .from = "PER", .to = "ORG", .text = "name12"});
    step(argv[1], "label:PER id:99", {.kind = Kind::SetStatus, .stage = PostStage::Done});
    step(argv[1], "id:77", {.kind = Kind::Clear});
} catch (const mnerva::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
