#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/models/classes_internal.h"
#include "core/models/options.h"
#include "core/models/run_folder_internal.h"
#include "core/models/system_internal.h"
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

using Widths = std::array<int, 4>;

/// Sizes that follow from the options and the parts; the same for a new run and for one that is read back.
void buildModel(RunParts& parts, const Widths& widths, const Widths& promptWidths) {
    parts.shape.pictures = systemCode(parts.shape.system).pictures(parts.shape.options, widths);
    parts.shape.pictures.promptWidths = parts.promptResnet.used() ? promptWidths : widths;
    parts.model = makeModel(parts.shape);
}

/// Opens what "--resnet" or the option "prompt_resnet" names; `name` is what it is called in the run folder.
nn::ResNet openNew(const std::string& source, const std::string& name, ResNetOrigin& origin) {
    nn::ResNet resnet = nn::ResNet::open(source);
    origin.source = isRandomResNet(source) ? source : name + fs::path(source).extension().string();
    origin.fingerprint = resnet.fingerprint();
    return resnet;
}

json toJson(const ResNetOrigin& origin, const Widths& widths) {
    if (!origin.used()) return nullptr;
    return {{"source", origin.source}, {"fingerprint", origin.fingerprint}, {"widths", widths}};
}

Widths fromJson(const json& value, ResNetOrigin& origin) {
    if (value.is_null()) return {};
    origin.source = value.at("source").get<std::string>();
    origin.fingerprint = value.at("fingerprint").get<std::string>();
    return value.at("widths").get<Widths>();
}

std::string promptSourceOf(const json& options) {
    return options.value("prompt_resnet", std::string());
}

void linkOrCopy(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::create_hard_link(from, to, failed);
    if (failed) fs::copy_file(from, to, fs::copy_options::overwrite_existing, failed);
    if (failed) throw Error(ErrorCode::FileUnwritable, {to.string(), failed.message()});
}

}  // namespace

RunParts makeRunParts(const RunSources& sources, std::uint64_t seed, RunResNets& resnets) {
    RunParts parts;
    parts.shape.system = sources.system;
    parts.shape.variant = sources.variant;
    parts.shape.options = sources.options;
    parts.shape.classes = classesFor(sources.tagNames, unitModeOf(sources.options));
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
    Widths widths{}, promptWidths{};
    if (systemCode(sources.system).pictures(sources.options, widths).use) {
        if (sources.resnet.empty())
            throw Error(ErrorCode::OptionInvalid,
                        {"--resnet", "nothing", "a torchvision file, random18 to random152, or text_only=true"});
        resnets.main = openNew(sources.resnet, "resnet", parts.resnet);
        widths = resnets.main->widths();
        if (const std::string prompt = promptSourceOf(sources.options); !prompt.empty()) {
            resnets.prompt = openNew(prompt, "prompt-resnet", parts.promptResnet);
            promptWidths = resnets.prompt->widths();
        }
    }
    torch::manual_seed(seed);
    buildModel(parts, widths, promptWidths);
    if (encoder) nn::loadInto(*parts.model->bert(), nn::stateOf(*encoder->bert), sources.encoder);
    parts.model->startFromEncoder();
    return parts;
}

void writeRunParts(const fs::path& folder, RunParts& parts, const RunSources& sources) {
    json encoder = parts.shape.encoder.toJson();
    encoder["do_lower_case"] = parts.wordPiece->lowerCase();
    const auto keep = [&](const ResNetOrigin& origin, const std::string& source) {
        if (origin.used() && !isRandomResNet(origin.source) && !fs::exists(folder / origin.source))
            linkOrCopy(source, folder / origin.source);
    };
    keep(parts.resnet, sources.resnet);
    keep(parts.promptResnet, promptSourceOf(sources.options));
    const json config{{"format", kFormat},
                      {"system", parts.shape.system},
                      {"variant", parts.shape.variant},
                      {"options", parts.shape.options},
                      {"encoder", encoder},
                      {"resnet", toJson(parts.resnet, parts.shape.pictures.widths)},
                      {"prompt_resnet", toJson(parts.promptResnet, parts.shape.pictures.promptWidths)}};
    parts.wordPiece->save(folder / "vocab.txt");
    writeFileAtomic(folder / "labels.json", json{{"tags", parts.shape.classes}}.dump(1) + "\n");
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
        parts.shape.classes = labels.at("tags").get<std::vector<std::string>>();
        if (std::find(parts.shape.classes.begin(), parts.shape.classes.end(), "O") == parts.shape.classes.end())
            throw Error(ErrorCode::FormatInvalid, {(folder / "labels.json").string(), "tags without O", "a tag O"});
        parts.wordPiece = std::make_shared<text::WordPiece>(
            text::WordPiece::load(folder / "vocab.txt", config.at("encoder").value("do_lower_case", true)));
        if (parts.wordPiece->size() > parts.shape.encoder.vocabularySize)
            throw Error(ErrorCode::EncoderInvalid,
                        {folder.string(), std::to_string(parts.wordPiece->size()) + " lines in vocab.txt",
                         "at most " + std::to_string(parts.shape.encoder.vocabularySize)});
        const Widths widths = fromJson(config.at("resnet"), parts.resnet);
        const Widths promptWidths = fromJson(config.value("prompt_resnet", json()), parts.promptResnet);
        buildModel(parts, widths, promptWidths);
        return parts;
    } catch (const json::exception& error) {
        throw Error(ErrorCode::FormatInvalid, {path.string(), error.what(), "the description of a trained run"});
    }
}

RunResNets openRunResNets(const fs::path& folder, const RunParts& parts) {
    const auto open = [&](const ResNetOrigin& origin) {
        const bool random = isRandomResNet(origin.source);
        if (!random && !staysInside(origin.source))
            throw Error(ErrorCode::FormatInvalid,
                        {(folder / "config.json").string(), origin.source, "a file of the run folder"});
        nn::ResNet resnet = nn::ResNet::open(random ? origin.source : (folder / origin.source).string());
        if (resnet.fingerprint() != origin.fingerprint)
            throw Error(ErrorCode::RunIncompatible,
                        {folder.filename().string(), "another ResNet (" + resnet.fingerprint().substr(0, 12) + ")",
                         origin.fingerprint.substr(0, 12)});
        return resnet;
    };
    RunResNets out;
    if (parts.resnet.used()) out.main = open(parts.resnet);
    if (parts.promptResnet.used()) out.prompt = open(parts.promptResnet);
    return out;
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
    options.half = parts.shape.options.at("feature_dtype") == "f16";
    return options;
}

TextLayout textLayoutOf(const RunParts& parts) {
    TextLayout layout;
    layout.mode = unitModeOf(parts.shape.options);
    layout.padId = parts.wordPiece->pad();
    layout.special = specialsOf(parts.shape.classes);
    // Where values of padding matter, as in the public code of MPCFN, every post has exactly this length.
    if (parts.shape.options.value("pad_to_longest", true)) return layout;
    layout.length = longestSequence(parts.shape);
    return layout;
}

}  // namespace mnerva::models
