#include "core/archive/zip.h"

#include <catch2/catch.hpp>

#include "core/archive/tensor_file.h"
#include "core/base/error.h"
#include "core/base/file.h"

using namespace mnerva;

namespace {

std::string weights() {
    return readFile(std::string(MNERVA_SOURCE_DIR) + "/tests/golden/nn_state.pth", 1 << 20);
}

ErrorCode codeOf(const std::string& bytes) {
    try {
        archive::readTensors(bytes, nullptr, "w.pth");
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("Zip.MembersComeInOrderWithTheirContent") {
    const std::string bytes = weights();
    archive::ZipReader zip(bytes, "w.pth");
    int members = 0;
    bool seen = false;
    while (const auto member = zip.next()) {
        ++members;
        if (archive::baseName(*member) != "data.pkl") continue;
        seen = true;
        CHECK(zip.readAll(1 << 20).starts_with("\x80\x02"));
    }
    CHECK(seen);
    CHECK(members > 3);
}

TEST_CASE("Zip.WeightsWithoutTheDirectoryAtTheEndAreTruncated") {
    // Every member is whole; only a download that broke off looks so.
    const std::string bytes = weights();
    CHECK(codeOf(bytes) == ErrorCode::Internal);
    CHECK(codeOf(bytes.substr(0, bytes.rfind("PK\x05\x06"))) == ErrorCode::ArchiveTruncated);
    CHECK(codeOf(bytes.substr(0, bytes.size() - 1)) == ErrorCode::ArchiveTruncated);
}

TEST_CASE("Zip.BaseNameIsWhatStandsBehindTheFolders") {
    CHECK(archive::baseName("archive/data.pkl") == "data.pkl");
    CHECK(archive::baseName("data.pkl") == "data.pkl");
    CHECK(archive::baseName("data/") == "");
}
