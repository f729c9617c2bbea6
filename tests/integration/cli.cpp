#include "tests/integration/cli.h"

#include <catch2/catch.hpp>

namespace mnerva::test {

const std::filesystem::path kProgram = std::filesystem::path(MNERVA_BIN_DIR) / "mnerva-cli";

RunResult cli(const std::vector<std::string>& arguments) {
    return runProgram(kProgram, arguments);
}

RunResult cliDone(const std::vector<std::string>& arguments) {
    RunResult result = cli(arguments);
    INFO(arguments.front() << ": " << result.err);
    REQUIRE(result.status == 0);
    return result;
}

nlohmann::json jsonOf(std::vector<std::string> arguments, int status) {
    arguments.push_back("--json");
    const RunResult result = cli(arguments);
    INFO(arguments.front() << ": " << result.err);
    REQUIRE(result.status == status);
    return nlohmann::json::parse(result.out);
}

SampleProject::SampleProject(int posts, int seed, bool crops) {
    cliDone({"sample", data, "--posts", std::to_string(posts), "--seed", std::to_string(seed)});
    cliDone({"init", project});
    std::vector<std::string> import{"import",           project,    data + "/train.txt", data + "/valid.txt",
                                    data + "/test.txt", "--images", data + "/images"};
    if (crops) import.insert(import.end(), {"--crops", data + "/crops.json", "--crop-dir", data + "/crops"});
    cliDone(import);
}

std::vector<std::string> tinyTraining(const std::string& project, const std::string& run, const std::string& epochs,
                                      const std::vector<std::string>& more) {
    std::vector<std::string> out{"train",    project,          "--system", "mpcfn",  "--encoder", "tiny",
                                 "--resnet", "random18",       "--preset", "sample", "--set",     "epochs=" + epochs,
                                 "--set",    "tiny_hidden=32", "--run",    run};
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace mnerva::test
