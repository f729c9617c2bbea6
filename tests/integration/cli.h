#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/data.h"

namespace mnerva::test {

/// The program that these tests drive.
extern const std::filesystem::path kProgram;

/// mnerva-cli as a script runs it.
RunResult cli(const std::vector<std::string>& arguments);
/// The same, which must succeed.
RunResult cliDone(const std::vector<std::string>& arguments);
/// What it says with --json; it must end with this status.
nlohmann::json jsonOf(std::vector<std::string> arguments, int status = 0);

/// A sample data set, and a project that it was imported into; made by the program itself.
struct SampleProject {
    TemporaryFolder folder;
    std::string data = (folder / "data").string(), project = (folder / "project").string();

    SampleProject(int posts, int seed, bool crops = true);
    std::filesystem::path run(const std::string& name) const { return std::filesystem::path(project) / "runs" / name; }
};

/// Arguments of `train` for a run that takes seconds: MPCFN with a tiny encoder.
std::vector<std::string> tinyTraining(const std::string& project, const std::string& run, const std::string& epochs,
                                      const std::vector<std::string>& more = {});

}  // namespace mnerva::test
