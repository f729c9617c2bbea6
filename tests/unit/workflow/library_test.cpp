#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/error.h"
#include "core/workflow/library/encoder_facts.h"
#include "core/workflow/library/encoder_places.h"
#include "tests/support/data.h"

namespace {
using namespace mnerva;
using namespace mnerva::workflow;
using mnerva::test::TemporaryFolder;
namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// A folder that has all files of an encoder; nobody loads it.
void writeEncoder(const fs::path& folder, const std::string& config, const std::string& vocabulary) {
    write(folder / "config.json", config);
    write(folder / "vocab.txt", vocabulary);
    write(folder / "model.safetensors", std::string(3000, 'x'));
}

std::string words(const std::vector<std::string>& list, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        for (const std::string& word : list) out += word + "\n";
    return out;
}

/// safetensors with tensors of one value each.
std::string tensors(const std::vector<std::string>& names) {
    std::string header = "{", separator;
    for (std::size_t i = 0; i < names.size(); ++i) {
        header += separator + "\"" + names[i] + R"(":{"dtype":"F32","shape":[1],"data_offsets":[)" +
                  std::to_string(4 * i) + "," + std::to_string(4 * i + 4) + "]}";
        separator = ",";
    }
    header += "}";
    std::string out;
    for (int byte = 0; byte < 8; ++byte) out += static_cast<char>((header.size() >> (8 * byte)) & 0xFF);
    return out + header + std::string(4 * names.size(), '\0');
}

std::string resnet(int blocks, bool isBottleneck) {
    std::vector<std::string> names{"conv1.weight"};
    for (int i = 0; i < blocks; ++i) names.push_back("layer3." + std::to_string(i) + ".conv1.weight");
    if (isBottleneck) names.emplace_back("layer3.0.conv3.weight");
    return tensors(names);
}
}  // namespace

TEST_CASE("EncoderFacts.TellSizesNameAndLanguage") {
    const TemporaryFolder f;
    writeEncoder(f / "english", R"({"model_type":"bert","hidden_size":384,"num_hidden_layers":6})",
                 words({"the", "##ing", "我"}, 9));
    const EncoderFacts english = encoderFacts(f / "english");
    CHECK(english.isWhole());
    CHECK(english.name == "english");
    CHECK(english.modelType == "bert");
    CHECK(english.layers == 6);
    CHECK(english.hidden == 384);
    CHECK(english.bytes == 3000);
    CHECK(english.languages == std::vector<std::string>{"zh"});  // a third of its words
    writeEncoder(f / "plain", R"({"model_type":"bert"})", words({"the", "##ing", "a", "b", "c", "我"}, 9));
    CHECK(encoderFacts(f / "plain").languages == std::vector<std::string>{"en"});
    const fs::path cached = f / "models--org--some-bert" / "snapshots" / "abc";
    writeEncoder(cached, R"({"model_type":"bart","d_model":1024,"encoder_layers":12})", "a\n");
    const EncoderFacts bart = encoderFacts(cached);
    CHECK(bart.name == "org/some-bert");
    CHECK(bart.layers == 12);
    CHECK(bart.hidden == 1024);
    write(cached / "README.md", "---\ntags:\n- x\nlanguage:\n- de\n- \"fr\"\nlicense: mit\n---\nlanguage: xx\n");
    CHECK(encoderFacts(cached).languages == std::vector<std::string>{"de", "fr"});
    write(cached / "README.md", "---\nlanguage: [en, zh, de, fr]\n---\n");
    CHECK(encoderFacts(cached).languages == std::vector<std::string>{"multilingual"});
}

TEST_CASE("EncoderFacts.OfABrokenFolderSayWhatIsWrong") {
    const TemporaryFolder f;
    CHECK(encoderFacts(f / "nowhere").missing.size() == 3);
    fs::create_directories(f / "empty");
    CHECK_FALSE(encoderFacts(f / "empty").isWhole());
    write(f / "some" / "config.json", "[1]");
    const EncoderFacts odd = encoderFacts(f / "some");
    REQUIRE(odd.fault);
    CHECK(odd.fault->code() == ErrorCode::FormatInvalid);
    write(f / "some" / "config.json", "{");
    CHECK(encoderFacts(f / "some").fault);
    write(f / "some" / "config.json", R"({"hidden_size":"wide","num_hidden_layers":-3,"model_type":7})");
    const EncoderFacts wrong = encoderFacts(f / "some");
    CHECK(wrong.hidden == 0);
    CHECK(wrong.layers == 0);
    CHECK(wrong.modelType.empty());
    write(f / "😀" / "vocab.txt", "\xff\xfe\n\xf0\n");
    CHECK(encoderFacts(f / "😀").name == "😀");
}

TEST_CASE("PictureEncoderFacts.TellTheDepthByTheNamesOfTensors") {
    const TemporaryFolder f;
    const std::vector<std::pair<int, std::string>> kinds{{18, resnet(2, false)},
                                                         {34, resnet(6, false)},
                                                         {50, resnet(6, true)},
                                                         {101, resnet(23, true)},
                                                         {152, resnet(36, true)}};
    for (const auto& [depth, content] : kinds) {
        write(f / "r.safetensors", content);
        const PictureEncoderFacts facts = pictureEncoderFacts(f / "r.safetensors");
        CHECK(facts.depth == depth);
        CHECK(facts.isWhole());
        CHECK(facts.bytes == content.size());
    }
    write(f / "other.safetensors", tensors({"encoder.weight"}));
    CHECK(pictureEncoderFacts(f / "other.safetensors").fault);
    write(f / "broken.pth", "no weights");
    CHECK(pictureEncoderFacts(f / "broken.pth").fault);
    CHECK(pictureEncoderFacts(f / "nowhere.pth").fault);
}

TEST_CASE("EncoderPlaces.AreLookedThroughAndFoldersOfEncodersNotEntered") {
    const TemporaryFolder f;
    writeEncoder(f / "a" / "bert", "{}", "x\n");
    writeEncoder(f / "a" / "bert" / "inner", "{}", "x\n");
    writeEncoder(f / "b", "{}", "x\n");
    write(f / "b2" / "config.json", "{}");
    write(f / "torch" / "resnet50-1.pth", "x");
    write(f / "torch" / "vgg.pth", "x");
    CHECK(encodersIn(f.path(), {}) == std::vector<fs::path>{f / "a" / "bert", f / "b"});
    CHECK(encodersIn(f / "b", {}) == std::vector<fs::path>{f / "b"});
    CHECK(encodersIn(f / "nowhere", {}).empty());
    CHECK(pictureEncodersIn(f.path(), {}) == std::vector<fs::path>{f / "torch" / "resnet50-1.pth"});
    std::stop_source stop;
    stop.request_stop();
    CHECK_THROWS_AS(encodersIn(f.path(), stop.get_token()), Cancelled);
}
