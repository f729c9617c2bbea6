#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/project/editing.h"
#include "core/project/project.h"
#include "core/workflow/exchange/export.h"
#include "core/workflow/exchange/import.h"
#include "core/workflow/quality/statistics.h"
#include "tests/support/data.h"
#include "tests/support/errors.h"

namespace mnerva::test {

using namespace project;  // what a test of either folder speaks of
using namespace workflow;

/// Two posts, Kevin Durant PER and Toronto LOC in the first, an orphan I-ORG and OTHER in the second.
inline const std::string kTweets =
    "IMGID:1\nKevin\tB-PER\nDurant\tI-PER\nflies\tO\nto\tO\nToronto\tB-LOC\n\n"
    "IMGID:2\nNew\tI-ORG\nYork\tI-ORG\nTimes\tI-ORG\nreads\tO\nBible\tB-OTHER\n\n";
inline const std::string kChinese = "IMGID:7\n多\tB-LOC\n伦\tM-LOC\n多\tE-LOC\n很\tO\n冷\tO\n\n";

/// A project in a folder of its own, filled from text.
struct ProjectFixture {
    TemporaryFolder folder;
    std::filesystem::path projectFolder = folder / "project";

    std::filesystem::path write(const std::string& name, const std::string& content) const {
        writeFileAtomic(folder / name, content);
        return folder / name;
    }
    std::unique_ptr<Project> create(const NewProject& options = {}) const {
        return Project::create(projectFolder, options, "test");
    }
    std::unique_ptr<Project> open(OpenMode mode = OpenMode::ReadWrite) const {
        return Project::open(projectFolder, mode, "test");
    }
    ImportReport import(Project& project, const std::string& text, const std::string& name = "train.txt") const {
        ImportOptions options;
        options.files = {write(name, text)};
        return importFiles(&project, options);
    }
    /// A project with a text imported.
    std::unique_ptr<Project> filled(const std::string& text = kTweets) const {
        auto project = create();
        import(*project, text);
        return project;
    }
    std::string exported(const Project& project, const std::string& layer, const std::string& name = "out.txt") const {
        ExportOptions options;
        options.target = folder / name;
        options.layer = layer;
        options.replace = true;
        exportProject(project, options);
        return readFile(options.target);
    }
};

inline PostId postAt(const Project& project, std::size_t index) {
    return project.summaries({}, 1000).at(index).id;
}
inline PostState stateAt(const Project& project, std::size_t index) {
    return project.view(postAt(project, index)).state;
}
inline Change changeOf(const Edit& edit) {
    return std::get<Change>(edit);
}
/// Labels a span of the post at an index and waits for the disk.
inline Saved label(Project& project, std::size_t index, int first, int last, const std::string& type) {
    return project.apply(changeOf(labelSpan(stateAt(project, index), first, last, type)));
}

}  // namespace mnerva::test
