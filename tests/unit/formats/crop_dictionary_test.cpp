#include "core/formats/crop_dictionary.h"

#include <archive.h>
#include <archive_entry.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "core/archive/zip.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "tests/support/data.h"

using namespace mnerva;

namespace {

using Names = std::vector<std::string>;

std::string littleEndian(std::uint32_t value) {
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift & 0xFF);
    return bytes;
}
std::string unicode(const std::string& text) {
    return "X" + littleEndian(static_cast<std::uint32_t>(text.size())) + text;
}

/// {"1.jpg": ["a.png", "b.png"], "2.jpg": ["c.png"], "3.jpg": []} the way torch.save writes it.
std::string goodPickle() {
    return "\x80\x02}q" + std::string(1, '\0') + "(" + unicode("1.jpg") + "q\x01]q\x02(" + unicode("a.png") + "q\x03" +
           unicode("b.png") + "q\x04" + "e" + unicode("2.jpg") + "q\x05]q\x06" + unicode("c.png") + "q\x07" + "a" +
           unicode("3.jpg") + "q\x08]q\x09u.";
}

/// A zip file like PyTorch's: members stored, in the folder "archive".
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& members, bool stored = true) {
    std::size_t size = 1 << 20;
    for (const auto& [name, content] : members) size += content.size();
    std::string out(size, '\0');
    std::size_t used = 0;
    ::archive* a = archive_write_new();
    archive_write_set_format_zip(a);
    if (stored) archive_write_set_options(a, "compression=store");
    archive_write_open_memory(a, out.data(), out.size(), &used);
    for (const auto& [name, content] : members) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(a, entry);
        archive_write_data(a, content.data(), content.size());
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    out.resize(used);
    return out;
}

std::string goodArchive() {
    return zipOf({{"archive/data.pkl", goodPickle()}, {"archive/version", "3\n"}});
}

struct Result {
    formats::CropDictionary dictionary;
    Findings findings;
};

Result readBytes(const std::string& bytes) {
    const test::TemporaryFolder folder;
    { std::ofstream(folder / "crops.pth", std::ios::binary) << bytes; }
    Result result;
    result.dictionary = formats::readCropDictionary(folder / "crops.pth", result.findings);
    return result;
}

Error errorOf(const std::string& bytes) {
    try {
        readBytes(bytes);
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorCode::Internal, {"nothing was thrown"});
}

ErrorCode codeOf(const std::string& bytes) {
    return errorOf(bytes).code();
}

}  // namespace

TEST_CASE("Crops.PyTorchArchiveIsRead") {
    const Result result = readBytes(goodArchive());
    CHECK(result.dictionary.size() == 3);
    CHECK(result.dictionary.cropCount() == 3);
    REQUIRE(result.dictionary.find("1.jpg"));
    CHECK(*result.dictionary.find("1.jpg") == Names{"a.png", "b.png"});
    CHECK(*result.dictionary.find("2.jpg") == Names{"c.png"});
    CHECK(result.dictionary.find("3.jpg")->empty());
    CHECK(result.findings.isEmpty());
}
TEST_CASE("Crops.UnknownPictureHasNoList") {
    CHECK(readBytes(goodArchive()).dictionary.find("9.jpg") == nullptr);
}
TEST_CASE("Crops.AnyFolderInTheArchiveWillDo") {
    CHECK(readBytes(zipOf({{"twitter_dict/data.pkl", goodPickle()}})).dictionary.size() == 3);
}
TEST_CASE("Crops.CompressedArchiveIsReadToo") {
    CHECK(readBytes(zipOf({{"archive/data.pkl", goodPickle()}}, false)).dictionary.size() == 3);
}
TEST_CASE("Crops.BarePickleIsRead") {
    CHECK(readBytes(goodPickle()).dictionary.size() == 3);
}
TEST_CASE("Crops.JsonIsRead") {
    const Result result = readBytes(R"({"66031.jpg": ["66031_crop_0.png", "66031_crop_1.png"], "1.jpg": []})");
    CHECK(result.dictionary.size() == 2);
    CHECK(*result.dictionary.find("66031.jpg") == Names{"66031_crop_0.png", "66031_crop_1.png"});
    CHECK(result.findings.isEmpty());
}
TEST_CASE("Crops.JsonMayBeginWithAByteOrderMark") {
    CHECK(readBytes("\xEF\xBB\xBF {\"1.jpg\": []}").dictionary.size() == 1);
}
TEST_CASE("Crops.JsonValuesThatAreNoListsAreFound") {
    const Result result = readBytes(R"({"1.jpg": "a.png", "2.jpg": [1], "3.jpg": ["c.png"]})");
    CHECK(result.dictionary.size() == 1);
    CHECK(result.findings.count("crop-list-invalid") == 2);
}
TEST_CASE("Crops.NamesThatLeaveTheFolderAreLeftOut") {
    const Result result =
        readBytes(R"({"1.jpg": ["../../x.png", "/etc/passwd", "..\\x.png", "good.png", "sub/good.png", ""]})");
    CHECK(*result.dictionary.find("1.jpg") == Names{"good.png", "sub/good.png"});
    CHECK(result.findings.count("unsafe-path") == 4);
}
TEST_CASE("Crops.ListOfFiftyFourIsKept") {
    std::string json = "{\"1.jpg\": [\"c0.png\"";
    for (int i = 1; i < 54; ++i) json += ", \"c" + std::to_string(i) + ".png\"";
    CHECK(readBytes(json + "]}").dictionary.find("1.jpg")->size() == 54);
}
TEST_CASE("Crops.RepeatedPictureTakesTheLaterList") {
    const std::string pickle =
        "\x80\x02}(" + unicode("1.jpg") + "]" + unicode("a") + "a" + unicode("1.jpg") + "]" + unicode("b") + "au.";
    const Result result = readBytes(pickle);
    CHECK(*result.dictionary.find("1.jpg") == Names{"b"});
    CHECK(result.findings.count("repeated-image") == 1);
}
TEST_CASE("Crops.EmptyFileIsFound") {
    CHECK(readBytes("").findings.count("empty-file") == 1);
}
TEST_CASE("Crops.MovedDictionaryStillFinds") {
    Result result = readBytes(goodArchive());
    const formats::CropDictionary moved = std::move(result.dictionary);
    CHECK(moved.find("2.jpg")->size() == 1);
}

TEST_CASE("CropsError.Folder") {
    const test::TemporaryFolder folder;
    Findings findings;
    try {
        formats::readCropDictionary(folder.path(), findings);
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FileIsDirectory);
    }
}
TEST_CASE("CropsError.Missing") {
    Findings findings;
    try {
        formats::readCropDictionary("/no/such.pth", findings);
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::FileMissing);
    }
}
TEST_CASE("CropsError.TruncatedArchiveAtEveryLength") {
    const std::string whole = goodArchive();
    for (std::size_t size = 4; size < whole.size(); ++size) {
        INFO(size);
        REQUIRE(codeOf(whole.substr(0, size)) == ErrorCode::ArchiveTruncated);
    }
}
TEST_CASE("CropsError.DamagedContentFailsItsChecksum") {
    std::string bytes = goodArchive();
    bytes[bytes.find("a.png")] = 'z';
    CHECK(codeOf(bytes) == ErrorCode::ArchiveTruncated);
}
TEST_CASE("CropsError.ArchiveWithoutPickle") {
    const Error error = errorOf(zipOf({{"word/document.xml", "<a/>"}}));
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(std::string(error.what()).find("data.pkl") != std::string::npos);
}
TEST_CASE("CropsError.ForeignFile") {
    CHECK(codeOf("IMGID:1\na\tO\n") == ErrorCode::FormatUnknown);
    CHECK(codeOf("\x89PNG\r\n") == ErrorCode::FormatUnknown);
}
TEST_CASE("CropsError.OldPyTorchFormIsNamed") {
    const Error error = errorOf("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.rest");
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(std::string(error.what()).find("1.6") != std::string::npos);
}
TEST_CASE("CropsError.BrokenJson") {
    CHECK(codeOf("{\"1.jpg\": [\"a\"") == ErrorCode::FormatInvalid);
    CHECK(codeOf("{broken}") == ErrorCode::FormatInvalid);
}
TEST_CASE("CropsError.DeepJsonIsNoCrash") {
    CHECK(codeOf("{\"a\":" + std::string(200000, '[')) == ErrorCode::FormatInvalid);
}
TEST_CASE("CropsError.PickleOfAList") {
    CHECK(codeOf("\x80\x02].") == ErrorCode::FormatInvalid);
}
TEST_CASE("CropsError.PickleOfANewerProtocol") {
    CHECK(codeOf("\x80\x09}.") == ErrorCode::FormatInvalid);
}

TEST_CASE("PickleAttack.GlobalAndReduceAreRefusedByName") {
    const Error error = errorOf(
        "\x80\x02"
        "cos\nsystem\n(X\x02" +
        std::string(3, '\0') + "idtR.");
    CHECK(error.code() == ErrorCode::PickleRefused);
    CHECK(error.args().at(1) == "GLOBAL os.system");
}
TEST_CASE("PickleAttack.InsideAnArchiveToo") {
    CHECK(codeOf(zipOf({{"archive/data.pkl",
                         "\x80\x02"
                         "c__builtin__\neval\n."}})) == ErrorCode::PickleRefused);
}
TEST_CASE("PickleAttack.TensorFilesAreRefused") {
    CHECK(codeOf("\x80\x02}X" + littleEndian(1) + "wctorch._utils\n_rebuild_tensor_v2\n.") == ErrorCode::PickleRefused);
}
TEST_CASE("PickleAttack.EveryOtherOpcodeIsRefused") {
    const std::string allowed = "\x80}]Xqrhj(aesu.";
    for (int code = 0; code < 256; ++code) {
        const char opcode = static_cast<char>(code);
        if (allowed.find(opcode) != std::string::npos) continue;
        INFO(code);
        std::vector<std::string> skipped;
        try {
            archive::readNamePickle(std::string("\x80\x02}") + opcode + std::string(16, '\x01') + ".", "x", &skipped);
            FAIL("accepted");
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::PickleRefused);
        }
    }
}
TEST_CASE("PickleAttack.HugeStringLengthIsNotAllocated") {
    CHECK(codeOf("\x80\x02}X\xff\xff\xff\xff"
                 "a") == ErrorCode::FormatInvalid);
}
TEST_CASE("PickleAttack.HugeMemoSlotIsNotAllocated") {
    CHECK(codeOf("\x80\x02}r\xff\xff\xff\x7f.") == ErrorCode::FormatInvalid);
}
TEST_CASE("PickleAttack.ListThatHoldsItselfIsSkipped") {
    const Result result = readBytes("\x80\x02}" + unicode("1.jpg") +
                                    "]q\x01h\x01"
                                    "as.");
    CHECK(result.dictionary.size() == 0);
    CHECK(result.findings.count("crop-list-invalid") == 1);
}
TEST_CASE("PickleAttack.SharedListCannotBlowUp") {
    // One list of 10,000 names used 300 times would become 3,000,000 names.
    std::string pickle = "\x80\x02}(" + unicode("k") + "]q\x01(" + unicode("n") + "q\x02";
    for (int i = 0; i < 10000; ++i) pickle += "h\x02";
    pickle += "e";
    for (int i = 0; i < 300; ++i) pickle += unicode("k" + std::to_string(i)) + "h\x01";
    CHECK(codeOf(pickle + "u.") == ErrorCode::BoundExceeded);
}
TEST_CASE("PickleAttack.LongNameThatIsUsedOftenCannotBlowUp") {
    // 1 MB of file; a copy of the name for each use would take 100 GB.
    std::string pickle = "\x80\x02}" + unicode("1") + "](" + unicode(std::string(100000, 'x')) + std::string("q\0", 2);
    for (int i = 0; i < 1000000; ++i) pickle += std::string("h\0", 2);
    const Error error = errorOf(zipOf({{"archive/data.pkl", pickle + "es."}}));
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args().at(1).find("a name of 100000 bytes") == 0);
}
TEST_CASE("PickleAttack.ManyUsesOfAnAllowedNameAreBoundedInSum") {
    std::string pickle = "\x80\x02}" + unicode("1") + "](" + unicode(std::string(4000, 'x')) + std::string("q\0", 2);
    for (int i = 0; i < 500000; ++i) pickle += std::string("h\0", 2);
    const Error error = errorOf(pickle + "es.");
    CHECK(error.code() == ErrorCode::BoundExceeded);
    CHECK(error.args().at(1) == "bytes of names");
}
TEST_CASE("PickleAttack.KeyThatIsUsedOftenIsBoundedWhereItsValueIsLeftOut") {
    std::string pickle = "\x80\x02}(" + unicode(std::string(4000, 'x')) + std::string("q\0", 2) + "}q\x01";
    for (int i = 0; i < 300000; ++i) pickle += std::string("h\0h\1", 4);
    CHECK(codeOf(pickle + "u.") == ErrorCode::BoundExceeded);
}
TEST_CASE("PickleAttack.MillionsOfObjectsAreTooMany") {
    CHECK(codeOf("\x80\x02" + std::string(60 << 20, '(') + ".") == ErrorCode::BoundExceeded);
    CHECK(codeOf("\x80\x02" + std::string(60 << 20, ']') + ".") == ErrorCode::BoundExceeded);
}
TEST_CASE("CropsError.ArchiveThatUnpacksToAThousandTimesItsSizeIsRefused") {
    const Error error = errorOf(zipOf({{"archive/data.pkl", "\x80\x02}" + std::string(30 << 20, '(') + "."}}, false));
    CHECK(error.code() == ErrorCode::BoundExceeded);
    CHECK(error.args().at(1) == "bytes in data.pkl");
}
TEST_CASE("CropsError.LongNamesAndDeepListsOfJsonAreRefused") {
    CHECK(codeOf("{\"1.jpg\": [\"" + std::string(5000, 'x') + "\"]}") == ErrorCode::FormatInvalid);
    CHECK(codeOf("{\"" + std::string(5000, 'x') + "\": []}") == ErrorCode::FormatInvalid);
    CHECK(codeOf("{\"a\":" + std::string(200000, '[') + std::string(200000, ']') + "}") == ErrorCode::FormatInvalid);
}
TEST_CASE("PickleAttack.StackMisuseIsAnError") {
    for (const char* body : {".", "a.", "}a.", "u.", "(u.", "}(X", "]s.", "}u.", "}(]u.", "h\x05.", "}](e.", "(", "}}",
                             "((((.", "}X\x01"}) {
        INFO(body);
        CHECK(codeOf(std::string("\x80\x02") + body) == ErrorCode::FormatInvalid);
    }
}
TEST_CASE("PickleFuzz.MutatedPicklesNeverCrash") {
    std::uint32_t state = 99;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string bytes = goodPickle();
        for (std::uint32_t edits = 1 + next() % 4; edits > 0; --edits)
            bytes[next() % bytes.size()] = static_cast<char>(next());
        try {
            archive::readNamePickle(bytes, "fuzz");
        } catch (const Error& error) {
            REQUIRE((error.code() == ErrorCode::PickleRefused || error.code() == ErrorCode::FormatInvalid));
            ++refused;
        }
    }
    CHECK(refused > 100);
}
TEST_CASE("ZipFuzz.MutatedArchivesNeverCrash") {
    const std::string whole = goodArchive();
    std::uint32_t state = 5;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
    int failed = 0;
    for (int round = 0; round < 2000; ++round) {
        std::string bytes = whole;
        for (std::uint32_t edits = 1 + next() % 4; edits > 0; --edits)
            bytes[next() % bytes.size()] = static_cast<char>(next());
        try {
            archive::zipMember(bytes, "data.pkl", 1 << 20, "fuzz");
        } catch (const Error&) {
            ++failed;
        }
    }
    CHECK(failed > 0);
}
TEST_CASE("Zip.MemberAboveTheLimitIsRefused") {
    try {
        archive::zipMember(zipOf({{"a/data.pkl", std::string(100000, 'x')}}, false), "data.pkl", 5000, "bomb");
        FAIL("read");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::BoundExceeded);
    }
}
