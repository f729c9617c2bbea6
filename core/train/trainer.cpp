#include <fmt/format.h>

#include "core/train/trainer.h"

#include <torch/version.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/domain/entity.h"
#include "core/models/model/inference_internal.h"
#include "core/nn/blocks/threads.h"
#include "core/train/training_internal.h"

namespace mnerva::train {
using nlohmann::json;
namespace {

json splitFingerprint(const std::vector<TrainingPost>& posts) {
    std::string all;
    std::map<std::string, int> entities;
    for (const TrainingPost& post : posts) {
        for (std::size_t i = 0; i < post.input.words.size(); ++i)
            all += post.input.words[i] + "\t" + post.tags[i] + "\n";
        all += "image\t" + std::filesystem::path(post.input.imagePath).filename().string() + "\n";
        for (const std::string& crop : post.input.cropPaths)
            all += "crop\t" + std::filesystem::path(crop).filename().string() + "\n";
        for (const PictureInput& more : post.input.morePictures) {
            all += "image\t" + std::filesystem::path(more.path).filename().string() + "\n";
            for (const std::string& crop : more.cropPaths)
                all += "crop\t" + std::filesystem::path(crop).filename().string() + "\n";
        }
        for (const AuxiliaryText& text : post.input.auxiliary) {
            all += "text\t" + text.source;
            for (const std::string& word : text.words) all += "\t" + word;
            all += "\n";
        }
        for (const EntityBoxes& of : post.boxes)
            for (const models::RegionInput& box : of.boxes)
                all += fmt::format("box\t{} {} {} {} {} {}\n", of.first, of.last, box.left, box.top, box.right,
                                   box.bottom);
        all += "\n";
        for (const Entity& entity : entitiesFromTags(post.tags)) ++entities[entity.type];
    }
    return {{"inputs_sha256", sha256(all)}, {"posts", posts.size()}, {"entities", entities}};
}

}  // namespace

json dataFingerprint(const TrainingData& data) {
    json out{{"train", splitFingerprint(data.train)},
             {"valid", splitFingerprint(data.valid)},
             {"test", splitFingerprint(data.test)}};
    for (const auto& [split, fingerprint] : data.fingerprints)
        if (out.contains(split)) out[split]["fingerprint"] = fingerprint;
    return out;
}

protocol::RunRecord runRecord(const RunConfig& config, const TrainingData& data) {
    json seen = dataFingerprint(data);
    if (const std::string relations = config.options.value("relation_file", ""); !relations.empty())
        seen["relations"] = sha256OfFile(relations);
    protocol::RunRecord record;
    record.run = config.run;
    record.checks = config.checks;
    record.boxes = config.boxes;
    record.system = config.system;
    record.variant = config.variant;
    record.preset = config.preset;
    record.encoder = config.encoder;
    record.resnet = config.resnet;
    record.device = config.device;
    record.options = config.options;
    record.seed = config.options.at("seed");
    record.data = std::move(seen);
    record.tags = data.tagNames;
    record.versions = {{"torch", TORCH_VERSION}, {"format", 1}};
    return record;
}

bool isTaken(const std::filesystem::path& runFolder) {
    const auto record = runFolder / "run.json";
    std::error_code ignored;
    if (!std::filesystem::exists(record, ignored)) return false;
    if (hasState(runFolder)) return true;
    const auto found = protocol::readRunRecord(runFolder);
    return !found || found->outcome != "failed";
}

std::vector<std::string> deviceNames() {
    return nn::deviceNames();
}

TrainingResult runTraining(const TrainingData& data, const RunConfig& config, const EventSink& events, Control& control,
                           const std::stop_token& stop) {
    Training training(data, config, events, control, stop);  // keeps the run's lock until its failure is told
    const std::string doing = "training on " + config.device;
    try {
        return models::guarded(doing, [&] { return training.run(); });
    } catch (const std::bad_alloc&) {
        const Error error(ErrorCode::MemoryExhausted, {doing});
        training.fail(error);
        throw error;
    } catch (const Error& error) {
        training.fail(error);
        throw;
    }
}

}  // namespace mnerva::train
