// What a program does to a project, one step a call, without a model and without a window: the body of the fault and
// kill tests.
//
//   mnerva-test-work create P | import P FILE | edit P SEED COUNT | predict P | export P FILE | digest P | check P
//
// edit writes "saved K DIGEST" when its K-th change is stored. A failure is one line on stderr, "error CODE: sentence",
// and status 1.

#include <unistd.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/project/editing.h"
#include "core/project/project.h"
#include "core/workflow/exchange/export.h"
#include "core/workflow/exchange/import.h"
#include "core/workflow/quality/statistics.h"

namespace {

using namespace mnerva;
using namespace mnerva::project;
using namespace mnerva::workflow;

constexpr auto kProgram = "mnerva-test-work";
constexpr int kAll = 100000;

/// One write for the whole line: what was read of us is what had happened.
void print(const std::string& line) {
    const std::string whole = line + "\n";
    if (::write(STDOUT_FILENO, whole.data(), whole.size()) < 0) ::_exit(3);
}

/// The run whose suggestions are part of a post's state, once there is one.
std::string layerOf(const Project& project) {
    for (const auto& layer : project.layers())
        if (layer.name == "run1") return layer.name;
    return {};
}

std::string digestOf(const Project& project) {
    std::string all;
    for (const auto& row : project.summaries(PostId{}, kAll)) {
        const PostView view = project.view(row.id, layerOf(project));
        all += row.externalId + "|" + std::string(statusName(view.state.status)) + (view.state.corrected ? "|c" : "|g");
        for (const auto* list : {&view.state.entities, &view.state.suggestions}) {
            all += "|";
            for (const Entity& e : *list)
                all += e.type + " " + std::to_string(e.first) + "-" + std::to_string(e.last) + ",";
        }
        all += "\n";
    }
    return sha256(all).substr(0, 16);
}

void import(const std::string& folder, const std::string& file) {
    const auto project = Project::open(folder, OpenMode::ReadWrite, kProgram);
    ImportOptions options;
    options.files = {file};
    importFiles(project.get(), options);
}

/// The same changes for the same seed.
void edit(const std::string& folder, unsigned seed, int count) {
    const auto project = Project::open(folder, OpenMode::ReadWrite, kProgram);
    const auto rows = project->summaries(PostId{}, kAll);
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) { return static_cast<int>(random() % n); };
    const std::vector<std::string> types = project->labels().types;
    for (int saved = 0; saved < count;) {
        const auto& row = rows[static_cast<std::size_t>(below(rows.size()))];
        const PostState state = project->view(row.id, layerOf(*project)).state;
        Edit wanted;
        const int what = below(10);
        if (what < 6) {
            const int first = below(static_cast<std::size_t>(state.wordCount));
            wanted = labelSpan(state, first, first, types[static_cast<std::size_t>(below(types.size()))]);
        } else if (what < 8) {
            wanted = setStatus(state, static_cast<PostStatus>(below(4)));
        } else if (what == 8 && !state.suggestions.empty()) {
            wanted = rejectSuggestion(state, state.suggestions.front());
        } else if (project->canUndo()) {
            project->undo();
            print("saved " + std::to_string(++saved) + " " + digestOf(*project));
            continue;
        }
        const auto* change = std::get_if<Change>(&wanted);
        if (!change || change->isEmpty()) continue;
        project->apply(*change);
        print("saved " + std::to_string(++saved) + " " + digestOf(*project));
    }
}

void predict(const std::string& folder) {
    const auto project = Project::open(folder, OpenMode::ReadWrite, kProgram);
    std::vector<std::pair<PostId, std::vector<Entity>>> predictions;
    for (const auto& row : project->summaries(PostId{}, kAll))
        predictions.emplace_back(row.id, std::vector<Entity>{{project->labels().types.front(), 0, 0, 0.9}});
    project->storePredictions("run1", predictions);
}

void exportTo(const std::string& folder, const std::string& file) {
    const auto project = Project::open(folder, OpenMode::ReadOnly, kProgram);
    ExportOptions options;
    options.target = file;
    exportProject(*project, options);
}

int check(const std::string& folder) {
    const auto project = Project::open(folder, OpenMode::ReadOnly, kProgram);
    const Findings findings = checkProject(*project);
    for (const auto& finding : findings.list()) print(finding.code + ": " + finding.text);
    return findings.isEmpty() ? 0 : 1;
}

int run(const std::vector<std::string>& words) {
    const std::string& what = words.at(0);
    const std::string& folder = words.at(1);
    if (what == "create") {
        NewProject options;
        options.labels.types = {"PER", "LOC", "ORG", "MISC"};
        Project::create(folder, options, kProgram);
    } else if (what == "import") {
        import(folder, words.at(2));
    } else if (what == "edit") {
        edit(folder, static_cast<unsigned>(std::stoul(words.at(2))), std::stoi(words.at(3)));
    } else if (what == "predict") {
        predict(folder);
    } else if (what == "export") {
        exportTo(folder, words.at(2));
    } else if (what == "digest") {
        print(digestOf(*Project::open(folder, OpenMode::ReadOnly, kProgram)));
    } else if (what == "check") {
        return check(folder);
    } else {
        return 2;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const Error& error) {
        std::fprintf(stderr, "error %s: %s\n", std::string(errorName(error.code())).c_str(), error.what());
        return 1;
    }
}
