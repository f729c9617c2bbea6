#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>

#include "tests/support/data.h"

using namespace mnerva::test;

namespace {

/// What a built program links, by ldd; nothing when it was not built (then the reason is printed).
std::string librariesOf(const std::string& name) {
    const std::filesystem::path program = std::filesystem::path(MNERVA_BIN_DIR) / name;
    if (!std::filesystem::exists(program)) {
        std::cout << "skipped: " << name << " was not built\n";
        return "not built";
    }
    const RunResult result = runProgram("/usr/bin/ldd", {program.string()});
    return result.status == 0 ? result.out : result.err;
}

}  // namespace

// OpenCV brings a BLAS with it, whose threads begin with the program and spin.
TEST_CASE("Linkage.TheWindowLinksNeitherTorchNorOpenCv") {
    const std::string libraries = librariesOf("mnerva");
    CHECK_FALSE(libraries.empty());
    for (const char* heavy : {"libtorch", "libc10", "libopencv", "libopenblas", "libQt5"}) {
        INFO(heavy);
        CHECK(libraries.find(heavy) == std::string::npos);
    }
}

TEST_CASE("Linkage.TheCommandLineLinksNeitherTorchNorOpenCv") {
    const std::string libraries = librariesOf("mnerva-cli");
    CHECK_FALSE(libraries.empty());
    for (const char* heavy : {"libtorch", "libc10", "libopencv", "libopenblas", "libQt"}) {
        INFO(heavy);
        CHECK(libraries.find(heavy) == std::string::npos);
    }
}

TEST_CASE("Linkage.TheEngineLinksNoQt6") {
    const std::string libraries = librariesOf("mnerva-engine");
    CHECK_FALSE(libraries.empty());
    CHECK(libraries.find("libQt6") == std::string::npos);
}
