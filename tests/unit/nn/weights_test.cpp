#include "core/nn/weights/weights.h"

#include <cmath>
#include <fstream>

#include "core/archive/state_dict_pickle.h"
#include "core/base/file.h"
#include "core/nn/blocks/linear.h"
#include "tests/support/data.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;
using torch::Tensor;

namespace {

std::filesystem::path put(const TemporaryFolder& folder, const std::string& name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
}

Error openError(const std::filesystem::path& path) {
    return errorOf([&] { WeightFile::open(path); });
}

/// A safetensors file from a header and values, right or wrong.
std::string safetensors(const std::string& header, size_t valueBytes) {
    std::string out;
    for (size_t i = 0; i < 8; ++i) out += static_cast<char>(header.size() >> (8 * i) & 0xFF);
    return out + header + std::string(valueBytes, '\0');
}

/// Pickle of an OrderedDict with one tensor "w" of 4 floats in storage "0", with its parts replaceable.
std::string pickle(const std::string& size = "K\x04\x85", const std::string& stride = "K\x01\x85",
                   const std::string& offset = std::string("K\0", 2)) {
    return "\x80\x02}X\x01" + std::string(3, '\0') + "wctorch._utils\n_rebuild_tensor_v2\n((X\x07" +
           std::string(3, '\0') + "storagectorch\nFloatStorage\nX\x01" + std::string(3, '\0') + "0X\x03" +
           std::string(3, '\0') + "cpuK\x04tQ" + offset + size + stride + "\x89}tRs.";
}

std::filesystem::path zipWith(const TemporaryFolder& folder, const std::string& bytes, size_t storageBytes = 16) {
    writeZip(folder / "w.pth", {{"archive/data.pkl", bytes}, {"archive/data/0", std::string(storageBytes, '\0')}});
    return folder / "w.pth";
}

void checkState(const std::filesystem::path& path) {
    const WeightFile file = WeightFile::open(path);
    const Tensor base = formula("base", {6, 4});
    CHECK(difference(file.tensor("plain"), base) == 0);
    CHECK(difference(file.tensor("transposed"), base.t()) == 0);
    CHECK(difference(file.tensor("column"), base.select(1, 1)) == 0);
    CHECK(difference(file.tensor("tail"), base.slice(0, 3)) == 0);
    CHECK(difference(file.tensor("parameter"), formula("parameter", {3})) == 0);
    CHECK(difference(file.tensor("half"), formula("half", {2, 3}).to(torch::kFloat16).to(torch::kFloat32)) == 0);
    CHECK(difference(file.tensor("brain"), formula("brain", {5}).to(torch::kBFloat16).to(torch::kFloat32)) == 0);
    CHECK(file.tensor("count").scalar_type() == torch::kInt64);
    CHECK(file.tensor("count")[2].item<int64_t>() == int64_t{1} << 40);
    CHECK(file.tensor("scalar").dim() == 0);
    CHECK(file.tensor("empty").sizes() == at::IntArrayRef({0, 3}));
    CHECK(file.names().size() == 12);
}

}  // namespace

TEST_CASE("WeightFile.ReadsWhatTorchSaveWrote") {
    checkState(golden("nn_state.pth"));
}

TEST_CASE("WeightFile.ReadsWhatTheSafetensorsLibraryWrote") {
    checkState(golden("nn_state.safetensors"));
    CHECK(WeightFile::open(golden("nn_state.safetensors")).metadata().at("format") == "pt");
}

TEST_CASE("WeightFile.NamesOfHuggingFaceAreNormalised") {
    const WeightFile file = WeightFile::open(golden("nn_state.pth"), WeightNames::HuggingFace);
    CHECK(file.has("encoder.LayerNorm.weight"));
    CHECK(file.has("encoder.LayerNorm.bias"));
    CHECK_FALSE(file.has("bert.encoder.LayerNorm.gamma"));
    CHECK(WeightFile::open(golden("nn_state.pth")).has("bert.encoder.LayerNorm.gamma"));
}

TEST_CASE("WeightFile.UnwrapsTheStateDictOfACheckpoint") {
    CHECK(difference(WeightFile::open(golden("nn_checkpoint.pth")).tensor("w"), formula("base", {6, 4})) == 0);
}

TEST_CASE("WeightFile.TensorsOutliveTheFile") {
    Tensor kept;
    {
        const WeightFile file = WeightFile::open(golden("nn_state.safetensors"));
        kept = file.tensor("plain");
    }
    CHECK(difference(kept, formula("base", {6, 4})) == 0);
}

TEST_CASE("WeightFile.ReadsTheFormOfBeforeOneSix") {
    const WeightFile file = WeightFile::open(golden("nn_legacy.pth"));
    CHECK(file.names() == std::vector<std::string>{"w"});
    CHECK(difference(file.tensor("w"), formula("base", {6, 4})) == 0);
}

TEST_CASE("WeightFile.EveryTruncationOfTheOldFormIsAnError") {
    const TemporaryFolder folder;
    const std::string whole = readFile(golden("nn_legacy.pth"));
    for (size_t size = 1; size < whole.size(); size += 3) {
        const ErrorCode code = openError(put(folder, "cut.bin", whole.substr(0, size))).code();
        const bool clear = code == ErrorCode::ArchiveTruncated || code == ErrorCode::FormatUnknown;
        CHECK(clear);
    }
}

TEST_CASE("WeightFile.ABarePickleSaysTheWayOut") {
    const TemporaryFolder folder;
    const Error error = openError(put(folder, "bare.bin", "\x80\x02}q\x01."));
    CHECK(error.code() == ErrorCode::FormatUnknown);
    CHECK(error.args()[1].find("torch.save") != std::string::npos);
}

TEST_CASE("WeightFile.ForeignFilesAreNamedForWhatTheyAre") {
    const TemporaryFolder folder;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {std::string("\x89HDF\r\n\x1a\n", 8), "HDF5"},
        {"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "LFS"},
        {"<!DOCTYPE html><html></html>", "web page"},
        {std::string("\x1f\x8b\x08\0\0\0\0\0\0\0", 10), "gzip"},
        {"GGUF1234567890", "GGUF"},
        {"hello world, no weights", "no weights"}};
    for (const auto& [bytes, word] : cases) {
        const Error error = openError(put(folder, "f.bin", bytes));
        CHECK(error.code() == ErrorCode::FormatUnknown);
        CHECK(error.args()[1].find(word) != std::string::npos);
    }
}

TEST_CASE("WeightFile.MissingFolderAndEmptyFilesAreTold") {
    const TemporaryFolder folder;
    CHECK(openError(folder / "none.pth").code() == ErrorCode::FileMissing);
    CHECK(openError(folder.path()).code() == ErrorCode::FileIsDirectory);
    CHECK(openError(put(folder, "empty.pth", "")).code() == ErrorCode::ArchiveTruncated);
}

TEST_CASE("WeightFile.EveryTruncationOfAZipIsAnError") {
    const TemporaryFolder folder;
    const std::string whole = readFile(golden("nn_state.pth"));
    for (size_t size = 0; size < whole.size() / 2; size += 37) {
        const Error error = openError(put(folder, "cut.pth", whole.substr(0, size)));
        const bool clear = error.code() == ErrorCode::ArchiveTruncated || error.code() == ErrorCode::FormatUnknown ||
                           error.code() == ErrorCode::FormatInvalid;
        CHECK(clear);
    }
}

TEST_CASE("WeightFile.EveryTruncationOfSafetensorsIsAnError") {
    const TemporaryFolder folder;
    const std::string whole = readFile(golden("nn_state.safetensors"));
    for (size_t size = 1; size < whole.size(); size += 29) {
        const Error error = openError(put(folder, "cut.safetensors", whole.substr(0, size)));
        const bool clear = error.code() == ErrorCode::ArchiveTruncated || error.code() == ErrorCode::FormatUnknown;
        CHECK(clear);
    }
}

TEST_CASE("WeightFile.NoDamagedByteCrashes") {
    const TemporaryFolder folder;
    for (const char* name : {"nn_state.pth", "nn_state.safetensors", "nn_legacy.pth"}) {
        const std::string whole = readFile(golden(name));
        int refused = 0;
        for (size_t at = 0; at < whole.size(); at += 13) {
            std::string damaged = whole;
            damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)) ^ 0x41);
            try {
                const WeightFile file = WeightFile::open(put(folder, "damaged", damaged));
                for (const std::string& tensor : file.names()) file.tensor(tensor);
            } catch (const Error&) {
                ++refused;
            }
        }
        CHECK(refused > 10);
    }
}

TEST_CASE("WeightFile.ZipOfSomethingElseIsToldApart") {
    const TemporaryFolder folder;
    writeZip(folder / "photos.zip", {{"photo.txt", "x"}});
    CHECK(openError(folder / "photos.zip").args()[1].find("photo.txt") != std::string::npos);
    writeZip(folder / "script.pt",
             {{"m/data.pkl", pickle()}, {"m/constants.pkl", "x"}, {"m/data/0", std::string(16, '\0')}});
    CHECK(openError(folder / "script.pt").args()[1].find("TorchScript") != std::string::npos);
}

TEST_CASE("Pickle.WithCodeIsRefusedByName") {
    const TemporaryFolder folder;
    const Error error = openError(zipWith(folder,
                                          "\x80\x02"
                                          "cos\nsystem\nX\x04" +
                                              std::string(3, '\0') + "true\x85R."));
    CHECK(error.code() == ErrorCode::PickleRefused);
    CHECK(error.args()[1] == "name os system");
}

TEST_CASE("Pickle.BuiltinsAreRefusedThroughStackGlobalToo") {
    const TemporaryFolder folder;
    const Error error = openError(zipWith(folder,
                                          "\x80\x04\x8c\x08"
                                          "builtins\x8c\x04"
                                          "eval\x93."));
    CHECK(error.code() == ErrorCode::PickleRefused);
    CHECK(error.args()[1] == "name builtins eval");
}

TEST_CASE("Pickle.UnknownOpcodesAreRefused") {
    for (const char* opcode : {"i", "o", "\x81", "\x92", "P", "S", "I", "\x82", "B", "\x97"}) {
        const Error error = errorOf([&] { archive::readStateDictPickle(std::string("\x80\x02") + opcode + ".", "f"); });
        CHECK(error.code() == ErrorCode::PickleRefused);
    }
}

TEST_CASE("Pickle.CallOfAStorageClassIsRefused") {
    CHECK(errorOf([] {
              archive::readStateDictPickle(
                  "\x80\x02"
                  "ctorch\nFloatStorage\n)R.",
                  "f");
          }).code() == ErrorCode::PickleRefused);
}

TEST_CASE("Pickle.BrokenStacksAreFormatErrors") {
    for (const std::string& bytes :
         {std::string("\x80\x02."), std::string("\x80\x02t."), std::string("\x80\x02}s."),
          std::string("\x80\x02h\x05."), std::string("\x80\x02Na."), std::string("\x80\x02}.")}) {
        CHECK(errorOf([&] { archive::readStateDictPickle(bytes, "f"); }).code() == ErrorCode::FormatInvalid);
    }
}

TEST_CASE("Pickle.WithoutEndIsTruncated") {
    CHECK(errorOf([] { archive::readStateDictPickle("\x80\x02}", "f"); }).code() == ErrorCode::ArchiveTruncated);
    CHECK(errorOf([] {
              archive::readStateDictPickle(std::string("\x80\x02X\xff\xff\xff\x7f", 7) + "abc", "f");
          }).code() == ErrorCode::ArchiveTruncated);
}

TEST_CASE("Pickle.DeepNestingDoesNotExhaustTheStack") {
    std::string deep = "\x80\x02";
    deep += std::string(200000, ']');
    deep += std::string(199999, 'a');
    CHECK(errorOf([&] { archive::readStateDictPickle(deep + ".", "f"); }).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.TensorOutsideItsStorageIsRefused") {
    const TemporaryFolder folder;
    CHECK(WeightFile::open(zipWith(folder, pickle())).shape("w") == std::vector<int64_t>{4});
    CHECK(openError(zipWith(folder, pickle("K\x05\x85"))).code() == ErrorCode::FormatInvalid);
    CHECK(openError(zipWith(folder, pickle("K\x04\x85", "K\x02\x85"))).code() == ErrorCode::FormatInvalid);
    CHECK(openError(zipWith(folder, pickle("K\x04\x85", "K\x01\x85", "K\x01"))).code() == ErrorCode::FormatInvalid);
    CHECK(openError(zipWith(folder, pickle("J\xff\xff\xff\xff\x85"))).code() == ErrorCode::FormatInvalid);
    // 2^62 elements through a stride of 0.
    CHECK(
        openError(zipWith(folder, pickle(std::string("\x8a\x08\0\0\0\0\0\0\0\x40\x85", 11), std::string("K\0\x85", 3))))
            .code() == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.StorageWhoseBytesOverflowIsRefused") {
    // 2^62 elements of four bytes are 2^64, which is 0 in 64 bits; a view at 2^40 lies inside so many elements.
    const TemporaryFolder folder;
    const auto number = [](uint64_t value) {
        std::string out = "\x8a\x08";
        for (int i = 0; i < 8; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
        return out;
    };
    for (const int bits : {62, 61, 48, 40}) {
        std::string bytes = pickle("K\x04\x85", "K\x01\x85", number(uint64_t{1} << 39));
        bytes.replace(bytes.find("K\x04tQ"), 2, number(uint64_t{1} << bits));
        const Error error = openError(zipWith(folder, bytes, 0));
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args()[0] == (folder / "w.pth").string());
        CHECK(error.args()[1].find(std::to_string(uint64_t{1} << bits)) != std::string::npos);
    }
}

TEST_CASE("Pickle.StorageOfTwoTypesOrSizesIsRefused") {
    const TemporaryFolder folder;
    const std::string one = pickle();
    const auto withSecond = [&](const std::string& from, const std::string& to) {
        // The dict's pair again under the name "v", with one part replaced.
        std::string pair = one.substr(3, one.size() - 4);
        pair[5] = 'v';
        pair.replace(pair.find(from), from.size(), to);
        return "\x80\x02}" + one.substr(3, one.size() - 4) + pair + ".";
    };
    CHECK(WeightFile::open(zipWith(folder, withSecond("tRs", "tRs"))).names().size() == 2);
    CHECK(openError(zipWith(folder, withSecond("FloatStorage", "HalfStorage"))).code() == ErrorCode::FormatInvalid);
    CHECK(openError(zipWith(folder, withSecond("FloatStorage", "LongStorage"))).code() == ErrorCode::FormatInvalid);
    CHECK(openError(zipWith(folder, withSecond("K\x04tQ", "K\x05tQ"))).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.OldFormWithAStorageOfTwoTypesIsRefused") {
    // Floats are read where half as many bytes stand, when the type seen last counts.
    const TemporaryFolder folder;
    const std::string one = pickle(), body = one.substr(3, one.size() - 4);
    std::string half = body;
    half[5] = 'z';
    half.replace(half.find("FloatStorage"), 12, "HalfStorage");
    const std::string magic = readFile(golden("nn_legacy.pth")).substr(0, 21);
    const std::string keys = "\x80\x02](X\x01" + std::string(3, '\0') + "0e.";
    const std::string file = magic + "\x80\x02}." + "\x80\x02}" + body + half + "." + keys + "\x04" +
                             std::string(7, '\0') + std::string(8, '\0');
    CHECK(openError(put(folder, "legacy.pth", file)).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.MillionsOfValuesStepsOrLongNamesAreRefused") {
    const auto code = [](const std::string& bytes) {
        return errorOf([&] { archive::readStateDictPickle(bytes, "f"); }).code();
    };
    const std::string start = "\x80\x02";
    CHECK(code(start + std::string(60 << 20, 'N') + ".") == ErrorCode::BoundExceeded);
    CHECK(code(start + std::string(60 << 20, '(') + ".") == ErrorCode::BoundExceeded);
    std::string recalls = start + "}q\x01";
    for (int i = 0; i < 5'000'000; ++i) recalls += "h\x01";
    CHECK(code(recalls + ".") == ErrorCode::BoundExceeded);
    std::string slots = start + "}";
    for (unsigned i = 0; i < 1'100'000; ++i)
        slots += {'r', static_cast<char>(i & 0xFF), static_cast<char>(i >> 8 & 0xFF), static_cast<char>(i >> 16), 0};
    CHECK(code(slots + ".") == ErrorCode::BoundExceeded);
    std::string longName = pickle();
    longName.replace(longName.find("X\x01"), 6, std::string("X\0\0\1\0", 5) + std::string(65536, 'n'));
    CHECK(code(longName) == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.ADictNamedOftenIsLookedAtOnce") {
    // A root of 100,000 entries "state_dict", each the same dict of 100,000 entries that are no tensors: 10^10 steps.
    std::string bytes = "\x80\x02}(X\x0a" + std::string(3, '\0') + "state_dictq\x01}q\x02(Nq\x03";
    for (int i = 0; i < 199'999; ++i) bytes += "h\x03";
    bytes += "u";
    for (int i = 0; i < 100'000; ++i) bytes += "h\x01h\x02";
    CHECK(errorOf([&] { archive::readStateDictPickle(bytes + "u.", "f"); }).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("Pickle.CallsWithHugeArgumentsCostNothing") {
    // A tuple of 500,000 values as the arguments of 400,000 calls.
    std::string bytes = std::string("\x80\x02") + "ctorch._utils\n_rebuild_parameter\nq\x01(";
    bytes += std::string(500'000, 'N') + "tq\x02";
    for (int i = 0; i < 400'000; ++i) bytes += "h\x01h\x02R";
    CHECK(errorOf([&] { archive::readStateDictPickle(bytes + ".", "f"); }).code() == ErrorCode::FormatInvalid);
}

TEST_CASE("WeightFile.SharedStoragesAreBoundedInSum") {
    // Each storage is no larger than the file; all of them are.
    const TemporaryFolder folder;
    std::string entries;
    std::vector<std::pair<std::string, std::string>> members{{"archive/data.pkl", {}}};
    for (int i = 0; i < 8; ++i) {
        std::string pair = pickle();
        pair = pair.substr(3, pair.size() - 4);
        pair[5] = static_cast<char>('a' + i);
        pair[pair.find("0X\x03")] = static_cast<char>('0' + i);
        pair.replace(pair.find("K\x04tQ"), 2, std::string("J\0\2\0\0", 5));  // 512 floats
        entries += pair;
        members.emplace_back("archive/data/" + std::to_string(i), std::string(16, '\0'));
    }
    members[0].second = "\x80\x02}" + entries + ".";
    writeZip(folder / "sum.pth", members);
    const Error error = openError(folder / "sum.pth");
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args()[2].find("no more in all") == 0);
}

TEST_CASE("Pickle.MissingOrShortStorageIsTruncated") {
    const TemporaryFolder folder;
    CHECK(openError(zipWith(folder, pickle(), 12)).code() == ErrorCode::ArchiveTruncated);
    writeZip(folder / "w.pth", {{"archive/data.pkl", pickle()}});
    CHECK(openError(folder / "w.pth").code() == ErrorCode::ArchiveTruncated);
}

TEST_CASE("Safetensors.WrongHeadersSayWhatWasFound") {
    const TemporaryFolder folder;
    const auto code = [&](const std::string& header, size_t bytes) {
        return openError(put(folder, "h.safetensors", safetensors(header, bytes))).code();
    };
    CHECK(code(R"({"w":)", 0) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[2]}})", 8) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F4","shape":[2],"data_offsets":[0,8]}})", 8) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0) ==
          ErrorCode::FormatInvalid);
    CHECK(
        code(
            R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"v":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
            12) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 9) == ErrorCode::FormatInvalid);
    CHECK(code(R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 7) == ErrorCode::ArchiveTruncated);
}

TEST_CASE("Safetensors.WithoutATensorAreNoWeights") {
    const TemporaryFolder folder;
    for (const char* header : {"{}", R"({"__metadata__":{"format":"pt"}})"}) {
        const Error error = openError(put(folder, "empty.safetensors", safetensors(header, 0)));
        CHECK(error.code() == ErrorCode::FormatInvalid);
        CHECK(error.args()[0] == (folder / "empty.safetensors").string());
        CHECK(error.args()[1] == "no tensor");
    }
}

TEST_CASE("Safetensors.DeepWideAndEmptyHugeShapesAreRefused") {
    const TemporaryFolder folder;
    const auto open = [&](const std::string& shape) {
        return openError(put(folder, "h.safetensors",
                             safetensors(R"({"a":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":[0,0]}})", 0)));
    };
    CHECK(open(std::string(200000, '[') + std::string(200000, ']')).code() == ErrorCode::FormatInvalid);
    CHECK(open("[0,1,1,1,1,1,1,1,1,1]").code() == ErrorCode::FormatInvalid);
    // No values, but strides of 2^96.
    CHECK(open("[0,281474976710656,281474976710656]").code() == ErrorCode::FormatInvalid);
    const Error many = open("[" + std::string(20 << 20, ',') + "]");
    CHECK(many.code() == ErrorCode::FormatInvalid);
    CHECK(many.args()[1].find("more than") != std::string::npos);
}

TEST_CASE("Safetensors.SaveAndLoadAreEqualForEveryType") {
    const TemporaryFolder folder;
    TensorMap tensors{{"a", formula("a", {3, 5}).t()},
                      {"b", torch::tensor({1, 2, 3}, torch::kInt64)},
                      {"c", torch::empty({0})},
                      {"d", formula("d", {3}).to(torch::kFloat16)},
                      {"e", torch::tensor({1, 0, 1}).to(torch::kUInt8)},
                      {"f", formula("f", {})}};
    saveSafetensors(tensors, folder / "t.safetensors", {{"key", "value ü"}});
    const WeightFile file = WeightFile::open(folder / "t.safetensors");
    for (const auto& [name, tensor] : tensors) CHECK(difference(file.tensor(name), tensor) == 0);
    CHECK(file.metadata().at("key") == "value ü");
}

TEST_CASE("Safetensors.EqualTensorsGiveEqualBytes") {
    const TemporaryFolder folder;
    const TensorMap tensors{{"b", formula("b", {4})}, {"a", torch::tensor({7}, torch::kInt64)}};
    saveSafetensors(tensors, folder / "1");
    saveSafetensors(tensors, folder / "2");
    CHECK(readFile(folder / "1") == readFile(folder / "2"));
}

TEST_CASE("Safetensors.UnwritableFolderIsTold") {
    const TemporaryFolder folder;
    CHECK(errorOf([&] { saveSafetensors({}, folder / "none" / "t.safetensors"); }).code() == ErrorCode::FileUnwritable);
}

TEST_CASE("LoadInto.MissingAndMisshapenTensorsAreNamed") {
    const TemporaryFolder folder;
    saveSafetensors({{"weight", torch::zeros({3, 2})}}, folder / "t");
    const WeightFile file = WeightFile::open(folder / "t");
    Dense right(2, 3), wrong(2, 4);
    const Error missing = errorOf([&] { loadInto(*right, file); });
    CHECK(missing.code() == ErrorCode::WeightMissing);
    CHECK(missing.args()[1] == "bias");
    const Error shape = errorOf([&] { loadInto(*wrong, file); });
    CHECK(shape.code() == ErrorCode::WeightShape);
    CHECK(shape.args() == std::vector<std::string>{(folder / "t").string(), "weight", "[3, 2]", "[4, 2]"});
}

TEST_CASE("LoadInto.NaNIsRefusedWithTheTensorsName") {
    const TemporaryFolder folder;
    saveSafetensors({{"weight", torch::zeros({3, 2})}, {"bias", torch::tensor({0.0F, NAN, 0.0F})}}, folder / "t");
    Dense dense(2, 3);
    const Error error = errorOf([&] { loadInto(*dense, WeightFile::open(folder / "t")); });
    CHECK(error.code() == ErrorCode::FormatInvalid);
    CHECK(error.args() == std::vector<std::string>{(folder / "t").string(), "NaN in tensor bias", "finite numbers"});
    saveSafetensors({{"weight", torch::full({3, 2}, INFINITY)}, {"bias", torch::zeros({3})}}, folder / "t");
    CHECK(errorOf([&] { loadInto(*dense, WeightFile::open(folder / "t")); }).args()[1] == "infinity in tensor weight");
}

TEST_CASE("LoadInto.PrefixSelectsAPartOfTheFile") {
    const TemporaryFolder folder;
    Dense a(2, 3), b(2, 3);
    saveSafetensors(stateOf(*a, "head."), folder / "t");
    loadInto(*b, WeightFile::open(folder / "t"), "head.");
    CHECK(difference(a->weight, b->weight) == 0);
    CHECK(parameterCount(*b) == 9);
}
