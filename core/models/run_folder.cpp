#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/options.h"
#include "core/models/run_folder_internal.h"
#include "core/nn/encoder.h"
#include "core/nn/weights.h"

namespace mnerva::models {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr const char* kWeights = "model.safetensors";

json readJson(const fs::path& path) {
    const json value = json::parse(readFile(path), nullptr, false);
    if (value.is_discarded() || !value.is_object())
        throw Error(ErrorCode::FormatInvalid, {path.string(), "something else", "a JSON object"});
    return value;
}

bool isRandomResNet(const std::string& source) {
    return source.rfind("random", 0) == 0;
}

nn::BertConfig tinyConfigOf(const json& options, int vocabularySize) {
    nn::BertConfig config = nn::tinyConfig(vocabularySize);
    config.hidden = options.at("tiny_hidden").get<int>();
    config.layers = options.at("tiny_layers").get<int>();
    config.heads = options.at("tiny_heads").get<int>();
    config.intermediate = 4 * config.hidden;
    if (config.hidden % config.heads != 0)
        throw Error(ErrorCode::OptionInvalid, {"tiny_heads", std::to_string(config.heads), "a divisor of tiny_hidden"});
    return config;
}

/// Sizes that follow from the options and the parts; the same for a new run and for one that is read back.
void buildModel(RunParts& parts, std::array<int, 4> widths) {
    parts.shape.pictures = pictureLayoutOf(parts.shape.options, widths);
    parts.shape.tags = static_cast<int>(parts.tagNames.size());
    parts.model = makeModel(parts.shape);
}

void linkOrCopy(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::create_hard_link(from, to, failed);
    if (failed) fs::copy_file(from, to, fs::copy_options::overwrite_existing, failed);
    if (failed) throw Error(ErrorCode::FileUnwritable, {to.string(), failed.message()});
}

}  // namespace

RunParts makeRunParts(const RunSources& sources, std::uint64_t seed, std::optional<nn::ResNet>& resnet) {
    RunParts parts;
    parts.shape.system = sources.system;
    parts.shape.variant = sources.variant;
    parts.shape.options = sources.options;
    parts.tagNames = sources.tagNames;
    const bool tiny = sources.encoder == "tiny";
    std::optional<nn::Encoder> encoder;
    if (tiny) {
        parts.wordPiece = std::make_shared<text::WordPiece>(tinyWordPiece(sources.posts));
        parts.shape.encoder = tinyConfigOf(sources.options, parts.wordPiece->size());
    } else {
        encoder = nn::loadEncoder(sources.encoder);
        parts.wordPiece =
            std::make_shared<text::WordPiece>(text::WordPiece::load(encoder->vocabularyPath, encoder->lowerCase));
        parts.shape.encoder = encoder->config;
    }
    std::array<int, 4> widths{};
    if (!sources.options.at("text_only").get<bool>()) {
        if (sources.resnet.empty())
            throw Error(ErrorCode::OptionInvalid,
                        {"--resnet", "nothing", "a torchvision file, random18 to random152, or text_only=true"});
        resnet = nn::ResNet::open(sources.resnet);
        parts.resnet =
            isRandomResNet(sources.resnet) ? sources.resnet : "resnet" + fs::path(sources.resnet).extension().string();
        parts.resnetFingerprint = resnet->fingerprint();
        widths = resnet->widths();
    }
    torch::manual_seed(seed);
    buildModel(parts, widths);
    if (encoder) nn::loadInto(*parts.model->bert(), nn::stateOf(*encoder->bert), sources.encoder);
    parts.model->startFromEncoder();
    return parts;
}

void writeRunParts(const fs::path& folder, RunParts& parts, const std::string& resnetSource) {
    json encoder = parts.shape.encoder.toJson();
    encoder["do_lower_case"] = parts.wordPiece->lowerCase();
    json resnet = nullptr;
    if (!parts.resnet.empty())
        resnet = {{"source", parts.resnet},
                  {"fingerprint", parts.resnetFingerprint},
                  {"widths", parts.shape.pictures.widths}};
    if (!parts.resnet.empty() && !isRandomResNet(parts.resnet) && !fs::exists(folder / parts.resnet))
        linkOrCopy(resnetSource, folder / parts.resnet);
    const json config{{"format", kFormat},
                      {"system", parts.shape.system},
                      {"variant", parts.shape.variant},
                      {"options", parts.shape.options},
                      {"encoder", encoder},
                      {"resnet", resnet}};
    parts.wordPiece->save(folder / "vocab.txt");
    writeFileAtomic(folder / "labels.json", json{{"tags", parts.tagNames}}.dump(1) + "\n");
    writeFileAtomic(folder / "config.json", config.dump(1) + "\n");
}

RunParts readRunParts(const fs::path& folder) {
    const fs::path path = folder / "config.json";
    const json config = readJson(path), labels = readJson(folder / "labels.json");
    try {
        if (config.at("format").get<int>() > kFormat)
            throw Error(ErrorCode::RunIncompatible, {folder.filename().string(), "format " + config.at("format").dump(),
                                                     "format " + std::to_string(kFormat) + " or older; update Mnerva"});
        RunParts parts;
        const SystemInfo& system = systemByName(config.at("system").get<std::string>());
        parts.shape.system = system.name;
        parts.shape.variant = variantOf(system, config.at("variant").get<std::string>());
        parts.shape.options = completeOptions(system, config.at("options"));
        parts.shape.encoder = nn::BertConfig::fromJson(config.at("encoder"), path);
        parts.tagNames = labels.at("tags").get<std::vector<std::string>>();
        if (std::find(parts.tagNames.begin(), parts.tagNames.end(), "O") == parts.tagNames.end())
            throw Error(ErrorCode::FormatInvalid, {(folder / "labels.json").string(), "tags without O", "a tag O"});
        parts.wordPiece = std::make_shared<text::WordPiece>(
            text::WordPiece::load(folder / "vocab.txt", config.at("encoder").value("do_lower_case", true)));
        if (parts.wordPiece->size() > parts.shape.encoder.vocabularySize)
            throw Error(ErrorCode::EncoderInvalid,
                        {folder.string(), std::to_string(parts.wordPiece->size()) + " lines in vocab.txt",
                         "at most " + std::to_string(parts.shape.encoder.vocabularySize)});
        std::array<int, 4> widths{};
        if (const json& resnet = config.at("resnet"); !resnet.is_null()) {
            parts.resnet = resnet.at("source").get<std::string>();
            parts.resnetFingerprint = resnet.at("fingerprint").get<std::string>();
            widths = resnet.at("widths").get<std::array<int, 4>>();
        }
        buildModel(parts, widths);
        return parts;
    } catch (const json::exception& error) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), error.what(), "the description of a trained run"});
    }
}

nn::ResNet openRunResNet(const fs::path& folder, const RunParts& parts) {
    MNERVA_CHECK(!parts.resnet.empty());
    if (!isRandomResNet(parts.resnet) && !staysInside(parts.resnet))
        throw Error(ErrorCode::FormatInvalid,
                    {(folder / "config.json").string(), parts.resnet, "a file of the run folder"});
    nn::ResNet resnet =
        nn::ResNet::open(isRandomResNet(parts.resnet) ? parts.resnet : (folder / parts.resnet).string());
    if (resnet.fingerprint() != parts.resnetFingerprint)
        throw Error(ErrorCode::RunIncompatible,
                    {folder.filename().string(), "another ResNet (" + resnet.fingerprint().substr(0, 12) + ")",
                     parts.resnetFingerprint.substr(0, 12)});
    return resnet;
}

void writeModelWeights(const fs::path& folder, const NerModel& model,
                       const std::map<std::string, std::string>& metadata) {
    nn::saveSafetensors(nn::stateOf(model), folder / kWeights, metadata);
}

std::map<std::string, std::string> readModelWeights(const fs::path& folder, NerModel& model) {
    const nn::WeightFile file = nn::WeightFile::open(folder / kWeights);
    nn::loadInto(model, file);
    return file.metadata();
}

FeatureOptions featureOptionsOf(const RunParts& parts) {
    FeatureOptions options;
    options.objects = parts.shape.pictures.objects;
    options.objectSide = 1;
    while (options.objectSide * options.objectSide < parts.shape.pictures.objectRows) ++options.objectSide;
    options.half = parts.shape.options.at("feature_dtype") == "f16";
    return options;
}

}  // namespace mnerva::models
