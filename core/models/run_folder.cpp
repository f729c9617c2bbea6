#include <algorithm>
#include <array>
#include <sstream>

#include "core/base/check.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/models/options.h"
#include "core/models/registry_internal.h"
#include "core/models/run_folder_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/nn/encoders/bart.h"
#include "core/nn/encoders/encoder.h"
#include "core/nn/weights/weights.h"
#include "core/text/tokenizer.h"
#include "core/vision/coco_names.h"

namespace mnerva::models {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr int kFormat = 1;
constexpr std::array kVocabularyFiles{"vocab.txt", "vocab.json", "merges.txt", "sentencepiece.bpe.model"};

constexpr std::size_t kMostTags = 1024;

json readObject(const fs::path& path) {
    json value = readJson(path);
    if (!value.is_object()) throw Error(ErrorCode::FormatInvalid, {path.string(), "something else", "a JSON object"});
    return value;
}

bool isRandomResNet(const std::string& source) {
    return source.rfind("random", 0) == 0;
}

nn::BertConfig tinyConfigOf(const json& options, int vocabularySize) {
    nn::BertConfig config = nn::tinyConfig(vocabularySize);
    config.hidden = wholeNumber<int>(options.at("tiny_hidden"));
    config.layers = wholeNumber<int>(options.at("tiny_layers"));
    config.heads = wholeNumber<int>(options.at("tiny_heads"));
    config.intermediate = 4 * config.hidden;
    if (config.hidden % config.heads != 0)
        throw Error(ErrorCode::OptionInvalid, {"tiny_heads", std::to_string(config.heads), "a divisor of tiny_hidden"});
    return config;
}

bool wantsBart(const json& options) {
    return options.value("backbone", "") == "bart";
}

nn::BartConfig tinyBartOf(const nn::BertConfig& encoder) {
    nn::BartConfig config;
    config.vocabularySize = encoder.vocabularySize;
    config.width = encoder.hidden;
    config.encoderLayers = config.decoderLayers = encoder.layers;
    config.encoderHeads = config.decoderHeads = encoder.heads;
    config.encoderFeedForward = config.decoderFeedForward = encoder.intermediate;
    config.maxPositions = encoder.maxPositions;
    config.padId = encoder.padId;
    return config;
}

/// What the rest has to know of a BART's encoder.
nn::BertConfig encoderOf(const nn::BartConfig& bart) {
    nn::BertConfig config;
    config.vocabularySize = bart.vocabularySize;
    config.hidden = bart.width;
    config.layers = bart.encoderLayers;
    config.heads = bart.encoderHeads;
    config.intermediate = bart.encoderFeedForward;
    config.maxPositions = bart.maxPositions;
    config.hiddenDropout = bart.dropout;
    config.attentionDropout = bart.attentionDropout;
    config.padId = bart.padId;
    config.typeVocabulary = 1;
    return config;
}

using Widths = std::array<int, 4>;

/// Sizes that follow from the options and the parts; the same for a new run and for one that is read back.
void buildModel(RunParts& parts, const Widths& widths, const Widths& promptWidths) {
    parts.shape.pictures = systemCode(parts.shape.system, parts.shape.variant).pictures(parts.shape.options, widths);
    PictureLayout& pictures = parts.shape.pictures;
    pictures.promptWidths = parts.promptResnet.used() ? promptWidths : widths;
    pictures.pixels = pictures.use && !parts.shape.options.value("freeze_resnet", true);
    parts.shape.resnet = parts.resnet.kind;
    parts.model = makeModel(parts.shape);
}

/// Builds what "--resnet" or the option "prompt_resnet" names; `name` is what it is called in the run folder.
nn::ResNet openNew(const nn::ResNetState& state, const std::string& source, const std::string& name,
                   ResNetOrigin& origin) {
    nn::ResNet resnet(state);
    origin.kind = state.kind;
    origin.source = isRandomResNet(source) ? source : name + fs::path(source).extension().string();
    origin.fingerprint = resnet.fingerprint();
    return resnet;
}

json toJson(const ResNetOrigin& origin, const Widths& widths) {
    if (!origin.used()) return nullptr;
    return {{"source", origin.source},
            {"fingerprint", origin.fingerprint},
            {"widths", widths},
            {"kind", nn::resNetName(origin.kind)}};
}

Widths fromJson(const json& value, ResNetOrigin& origin) {
    if (value.is_null()) return {};
    origin.source = value.at("source").get<std::string>();
    origin.fingerprint = value.at("fingerprint").get<std::string>();
    if (const auto kind = nn::resNetKindOf(value.value("kind", ""))) origin.kind = *kind;
    const Widths widths = value.at("widths").get<Widths>();
    if (widths != nn::stageWidths(origin.kind))
        throw Error(ErrorCode::FormatInvalid,
                    {"config.json", "another ResNet's widths", "those of " + nn::resNetName(origin.kind)});
    return widths;
}

std::string promptSourceOf(const json& options) {
    return options.value("prompt_resnet", std::string());
}

/// Names the file of word vectors that a system with these options reads; empty: none.
std::string wordVectorFileOf(const std::string& system, const json& options) {
    return systemCode(system, "").wordVectors ? options.at("word_vectors").get<std::string>() : std::string();
}

/// Reads the vectors of a new run or of one in `folder`; their length is part of the model's shape.
void openWordVectors(const fs::path& file, RunParts& parts) {
    parts.wordVectors = std::make_shared<const WordVectors>(WordVectors::load(file));
    parts.shape.wordVectorSize = parts.wordVectors->dimension();
}

PieceReader piecesOf(const RunParts& parts) {
    return [tokenizer = parts.tokenizer](const std::string& word) {
        std::vector<int> pieces;
        tokenizer->appendIds(word, pieces);
        return pieces;
    };
}

/// Each word of the posts once, in the order in which they come.
std::vector<std::string> vocabularyOf(const std::vector<const std::vector<std::string>*>& posts) {
    std::vector<std::string> out;
    std::set<std::string_view> seen;
    for (const std::vector<std::string>* post : posts)
        for (const std::string& word : *post)
            if (seen.insert(word).second) out.push_back(word);
    return out;
}

std::string vectorFileOf(const json& options) {
    return options.value("word_vectors", std::string());
}

/// Copies a file that the run is made with; another content than the one that was read for it is no copy.
void keepFile(const fs::path& from, const fs::path& to, const std::string& expected,
              std::map<std::string, std::string>& digests) {
    const std::string name = to.filename().string();
    if (digests.contains(name)) return;
    const std::string digest = copyFileAtomic(from, to);
    if (!expected.empty() && digest != expected)
        throw Error(ErrorCode::RunDamaged,
                    {to.parent_path().filename().string(), from.string() + " changed while it was read"});
    digests[name] = digest;
}

/// Refuses a run whose configuration promises an encoder out of all proportion to its weights, before one is made: a
/// kilobyte of config.json must not take gigabytes.
void requireWeightsOfSize(const fs::path& folder, std::uint64_t parameters) {
    constexpr std::uint64_t kAlwaysAllowed = std::uint64_t{1} << 26;
    if (parameters <= kAlwaysAllowed) return;
    std::uint64_t bytes = 0;
    for (const char* name : {kWeightsFile, kStateFile}) {
        std::error_code missing;
        const auto size = fs::file_size(folder / name, missing);
        if (!missing) bytes = std::max<std::uint64_t>(bytes, size);
    }
    if (bytes < parameters)
        throw Error(ErrorCode::FormatInvalid,
                    {(folder / "config.json").string(), "an encoder of " + std::to_string(parameters) + " parameters",
                     "one that fits weights of " + std::to_string(bytes) + " bytes"});
}

/// The vocabulary of a folder, which the encoder must have a row for each id of. Errors: those of loadTokenizer,
/// EncoderInvalid.
std::shared_ptr<const text::Tokenizer> fittingTokenizer(const fs::path& folder, const nn::BertConfig& encoder,
                                                        std::optional<bool> lowerCase) {
    auto tokenizer = text::loadTokenizer(folder, {encoder.modelType, lowerCase});
    if (tokenizer->size() > encoder.vocabularySize)
        throw Error(ErrorCode::EncoderInvalid,
                    {folder.string(), "a vocabulary of " + std::to_string(tokenizer->size()) + " ids",
                     "at most " + std::to_string(encoder.vocabularySize) + ", the vocab_size of config.json"});
    // Padding is told by its id where positions skip it.
    if (encoder.firstPosition() > 0 && tokenizer->pad() != encoder.padId)
        throw Error(ErrorCode::EncoderInvalid,
                    {folder.string(), "a vocabulary whose <pad> is " + std::to_string(tokenizer->pad()),
                     std::to_string(encoder.padId) + ", the pad_token_id of config.json"});
    return tokenizer;
}

}  // namespace

RunParts makeRunParts(const RunSources& sources, std::uint64_t seed, RunResNets& resnets) {
    RunParts parts;
    parts.shape.system = sources.system;
    parts.shape.variant = sources.variant;
    parts.shape.options = sources.options;
    parts.shape.classes = classesFor(sources.tagNames, unitModeOf(sources.options));
    const bool tiny = sources.encoder == "tiny";
    const bool onBart = wantsBart(sources.options);
    std::optional<nn::Encoder> encoder;
    nn::Bart bart{nullptr};
    if (tiny) {
        parts.tokenizer = std::make_shared<text::WordPiece>(tinyWordPiece(sources.posts));
        parts.shape.encoder = tinyConfigOf(sources.options, parts.tokenizer->size());
        if (onBart) parts.shape.bart = tinyBartOf(parts.shape.encoder);
    } else if (onBart) {
        bart = nn::loadBart(sources.encoder);
        parts.shape.bart = bart->config();
        parts.shape.encoder = encoderOf(bart->config());
        parts.tokenizer = fittingTokenizer(sources.encoder, parts.shape.encoder, std::nullopt);
    } else {
        encoder = nn::loadEncoder(sources.encoder);
        parts.shape.encoder = encoder->config;
        parts.tokenizer = fittingTokenizer(sources.encoder, parts.shape.encoder, std::nullopt);
    }
    Widths widths{}, promptWidths{};
    nn::ResNetState state;
    if (systemCode(sources.system, sources.variant).pictures(sources.options, widths).use) {
        if (sources.resnet.empty())
            throw Error(ErrorCode::OptionInvalid,
                        {"--resnet", "nothing", "a torchvision file, random18 to random152, or text_only=true"});
        state = nn::openResNetState(sources.resnet);
        resnets.main = openNew(state, sources.resnet, "resnet", parts.resnet);
        widths = resnets.main->widths();
        if (const std::string prompt = promptSourceOf(sources.options); !prompt.empty()) {
            resnets.prompt = openNew(nn::openResNetState(prompt), prompt, "prompt-resnet", parts.promptResnet);
            promptWidths = resnets.prompt->widths();
        }
    }
    if (const fs::path file = wordVectorFileOf(sources.system, sources.options); !file.empty()) {
        openWordVectors(file, parts);
        parts.vectorOrigin = {"word-vectors" + file.extension().string(), sha256OfFile(file)};
    }
    const bool augments = wantsAugmentation(sources.options);
    const std::string vectorFile = vectorFileOf(sources.options);
    if (augments && !vectorFile.empty())
        parts.augmenter = std::make_shared<WordAugmenter>(WordVectors::load(vectorFile));
    if (augments)
        parts.shape.augmentationWidth = parts.augmenter ? parts.augmenter->width() : parts.shape.encoder.hidden;
    torch::manual_seed(seed);
    buildModel(parts, widths, promptWidths);
    if (nn::TrainedResNet learning = parts.model->resnet()) {
        nn::loadInto(*learning, state.tensors, state.source);
        resnets.main.reset();
    }
    if (encoder) nn::loadInto(parts.model->encoder(), nn::stateOf(*encoder->bert), sources.encoder);
    if (augments && vectorFile.empty())
        parts.augmenter = std::make_shared<WordAugmenter>(
            nn::stateOf(parts.model->encoder()).at("embeddings.word_embeddings.weight").clone(), piecesOf(parts),
            vocabularyOf(sources.posts));
    if (bart) nn::loadInto(parts.model->encoder(), nn::stateOf(*bart), sources.encoder);
    parts.model->startFromEncoder();
    if (tiny) return parts;  // vectors that were never trained have no meaning to start from
    parts.model->startFromPhrases([&](const std::string& phrase) {
        std::istringstream words(phrase);
        std::vector<int> pieces;
        for (std::string word; words >> word;) parts.tokenizer->appendIds(word, pieces);
        return std::vector<std::int64_t>(pieces.begin(), pieces.end());
    });
    return parts;
}

std::map<std::string, std::string> writeRunParts(const fs::path& folder, RunParts& parts, const RunSources& sources) {
    std::map<std::string, std::string> digests;
    const auto keep = [&](const ResNetOrigin& origin, const std::string& source) {
        if (origin.used() && !isRandomResNet(origin.source)) keepFile(source, folder / origin.source, {}, digests);
    };
    if (!parts.model->resnet()) keep(parts.resnet, sources.resnet);  // one that learns is in the model's weights
    keep(parts.promptResnet, promptSourceOf(sources.options));
    json vectors;
    if (const WordVectorOrigin& origin = parts.vectorOrigin; !origin.source.empty()) {
        keepFile(wordVectorFileOf(sources.system, sources.options), folder / origin.source, origin.sha256, digests);
        vectors = {{"source", origin.source}, {"sha256", origin.sha256}};
    }
    if (parts.augmenter) {
        parts.augmentation = keepAugmentation(folder, *parts.augmenter, vectorFileOf(sources.options));
        digests[parts.augmentation.source] = parts.augmentation.sha256;
    }
    const json config{{"format", kFormat},
                      {"system", parts.shape.system},
                      {"variant", parts.shape.variant},
                      {"options", parts.shape.options},
                      {"encoder", parts.shape.bart ? parts.shape.bart->toJson() : parts.shape.encoder.toJson()},
                      {"resnet", toJson(parts.resnet, parts.shape.pictures.widths)},
                      {"prompt_resnet", toJson(parts.promptResnet, parts.shape.pictures.promptWidths)},
                      {"word_vectors", vectors},
                      {"augmentation", toJson(parts.augmentation)}};
    parts.tokenizer->save(folder);
    writeFileAtomic(folder / "labels.json", json{{"tags", parts.shape.classes}}.dump(1) + "\n");
    writeFileAtomic(folder / "config.json", config.dump(1) + "\n");
    std::error_code ignored;
    for (const char* name : kVocabularyFiles)
        if (fs::is_regular_file(folder / name, ignored)) digests[name] = sha256OfFile(folder / name);
    digests["labels.json"] = sha256OfFile(folder / "labels.json");
    return digests;
}

void requireWholeRun(const fs::path& folder) {
    std::error_code ignored;
    const fs::path record = folder / "run.json";
    if (!fs::is_regular_file(record, ignored)) return;
    const json body = tryParseJson(readFile(record));
    if (!body.is_object() || !body.contains("files") || !body["files"].is_object()) return;
    for (const auto& [name, digest] : body["files"].items()) {
        const bool known = staysInside(name) && digest.is_string();
        if (!known || sha256OfFile(folder / name) != digest.get<std::string>())
            throw Error(ErrorCode::RunDamaged, {folder.filename().string(),
                                                "its file " + name + " is not the one that the run was made with"});
    }
}

RunParts readRunParts(const fs::path& folder) {
    const fs::path path = folder / "config.json";
    const json config = readObject(path);
    requireWholeRun(folder);  // says more than what a reader makes of half a file
    const json labels = readObject(folder / "labels.json");
    try {
        if (wholeNumber<int>(config.at("format")) > kFormat)
            throw Error(ErrorCode::RunIncompatible, {folder.filename().string(), "format " + config.at("format").dump(),
                                                     "format " + std::to_string(kFormat) + " or older; update Mnerva"});
        RunParts parts;
        const SystemInfo& system = systemByName(config.at("system").get<std::string>());
        parts.shape.system = system.name;
        parts.shape.variant = variantOf(system, config.at("variant").get<std::string>());
        parts.shape.options = completeOptions(variantInfo(system, parts.shape.variant), config.at("options"));
        if (wantsBart(parts.shape.options)) {
            parts.shape.bart = nn::BartConfig::fromJson(config.at("encoder"), path);
            parts.shape.encoder = encoderOf(*parts.shape.bart);
        } else {
            parts.shape.encoder = nn::BertConfig::fromJson(config.at("encoder"), path);
        }
        parts.shape.classes = labels.at("tags").get<std::vector<std::string>>();
        if (parts.shape.classes.size() > kMostTags)
            throw Error(ErrorCode::BoundExceeded,
                        {(folder / "labels.json").string(), "tags", std::to_string(kMostTags)});
        requireWeightsOfSize(folder,
                             parts.shape.bart ? parts.shape.bart->parameters() : parts.shape.encoder.parameters());
        if (std::find(parts.shape.classes.begin(), parts.shape.classes.end(), "O") == parts.shape.classes.end())
            throw Error(ErrorCode::FormatInvalid, {(folder / "labels.json").string(), "tags without O", "a tag O"});
        // Runs of the first versions say here, and not in tokenizer_config.json, whether words are lowered.
        parts.tokenizer =
            fittingTokenizer(folder, parts.shape.encoder, config.at("encoder").value("do_lower_case", true));
        const Widths widths = fromJson(config.at("resnet"), parts.resnet);
        const Widths promptWidths = fromJson(config.value("prompt_resnet", json()), parts.promptResnet);
        if (const json vectors = config.value("word_vectors", json()); !vectors.is_null()) {
            parts.vectorOrigin = {vectors.at("source").get<std::string>(), vectors.at("sha256").get<std::string>()};
            if (!staysInside(parts.vectorOrigin.source))
                throw Error(ErrorCode::FormatInvalid,
                            {path.string(), parts.vectorOrigin.source, "a file of the run folder"});
            const fs::path file = folder / parts.vectorOrigin.source;
            if (sha256OfFile(file) != parts.vectorOrigin.sha256)
                throw Error(ErrorCode::RunIncompatible,
                            {folder.filename().string(), "other word vectors", "those that the run was trained with"});
            openWordVectors(file, parts);
        }
        parts.augmentation = augmentationFromJson(config.value("augmentation", json()));
        parts.shape.augmentationWidth = parts.augmentation.width;
        if (!parts.augmentation.source.empty())
            parts.augmenter = openAugmentation(folder, parts.augmentation, piecesOf(parts));
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
    if (parts.resnet.used() && !parts.model->resnet()) out.main = open(parts.resnet);
    if (parts.promptResnet.used()) out.prompt = open(parts.promptResnet);
    return out;
}

void writeModelWeights(const fs::path& folder, const NerModel& model,
                       const std::map<std::string, std::string>& metadata) {
    nn::saveSafetensors(nn::stateOf(model), folder / kWeightsFile, metadata);
}

std::map<std::string, std::string> readModelWeights(const fs::path& folder, NerModel& model) {
    const nn::WeightFile file = nn::WeightFile::open(folder / kWeightsFile);
    nn::loadInto(model, file);
    return file.metadata();
}

void readLastWeights(const fs::path& folder, NerModel& model) {
    nn::loadInto(model, nn::WeightFile::open(folder / kStateFile), kStateModelPrefix);
}

FeatureOptions featureOptionsOf(const RunParts& parts) {
    FeatureOptions options;
    options.half = parts.shape.options.at("feature_dtype") == "f16";
    if (parts.shape.options.value("boxes_as_crops", false))
        options.boxCrops = parts.shape.pictures.classedBoxes ? BoxCrops::ByClass : BoxCrops::Best;
    return options;
}

EncodedPost encodeInput(const RunParts& parts, const PostInput& post, int longest, const TextLayout& layout) {
    if (!parts.shape.options.at("auxiliary_text").get<bool>())
        return encodePost(*parts.tokenizer, post.words, longest, layout);
    return encodePost(*parts.tokenizer, post.words, post.auxiliary, longest, layout);
}

void addExtras(RunParts& parts, const PostInput& input, EncodedPost& encoded) {
    if (parts.augmenter) encoded.wordRows = parts.augmenter->rowsOf(input.words);
    if (parts.shape.pictures.labels == 0) return;
    for (const RegionInput& region : input.regions) {
        const int id = vision::cocoClass(region.label);
        if (id > 0)
            encoded.objects.push_back(id);
        else
            ++encoded.unknownObjects;
    }
}

TextLayout textLayoutOf(const RunParts& parts) {
    TextLayout layout;
    layout.augmenter = parts.augmenter.get();
    layout.mode = unitModeOf(parts.shape.options);
    layout.padId = parts.tokenizer->pad();
    layout.special = specialsOf(parts.shape.classes);
    layout.wordVectors = parts.wordVectors.get();
    layout.oddWordsUnknown = parts.shape.options.value("clean_words", false);
    // Where values of padding matter, as in the public code of MPCFN, every post has exactly this length.
    const bool fixed = systemCode(parts.shape.system, parts.shape.variant).fixedLength;
    if (fixed || !parts.shape.options.value("pad_to_longest", true)) layout.length = longestSequence(parts.shape);
    return layout;
}

}  // namespace mnerva::models
