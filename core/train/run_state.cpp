#include <torch/cuda.h>

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/nn/weights/weights.h"
#include "core/train/run_state_internal.h"

namespace mnerva::train {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

constexpr int kStateFormat = 1;

at::Generator generatorOf(const torch::Device& device) {
    return at::globalContext().defaultGenerator(device);
}

void addPrefixed(nn::TensorMap& to, const std::string& prefix, const nn::TensorMap& from) {
    for (const auto& [name, tensor] : from) to.emplace(prefix + name, tensor);
}

/// Biases and layer norms by Hugging Face's and this program's names.
bool isBiasOrNorm(const std::string& name) {
    const auto endsWith = [&](const std::string& tail) {
        return name.size() >= tail.size() && name.compare(name.size() - tail.size(), tail.size(), tail) == 0;
    };
    const bool batchNorm = name.find(".bn") != std::string::npos || name.find(".downsample.1.") != std::string::npos;
    return endsWith(".bias") || batchNorm || name.find("LayerNorm.") != std::string::npos ||
           name.find("norm.") != std::string::npos;
}

}  // namespace

json toJson(const RunState& state) {
    return {{"format", kStateFormat},
            {"epoch", state.epoch},
            {"step", state.step},
            {"best_epoch", state.bestEpoch},
            {"best_f1", state.bestF1},
            {"finished", state.finished},
            {"history", state.history},
            {"event_bytes", state.eventBytes},
            {"arithmetic", state.arithmetic},
            {"parts", {{"train", state.trainPart}, {"eval", state.evalPart}}}};
}

RunState runStateFromJson(const json& value) {
    RunState state;
    state.epoch = wholeNumber<int>(value.at("epoch"));
    state.step = wholeNumber<std::int64_t>(value.at("step"));
    state.bestEpoch = wholeNumber<int>(value.at("best_epoch"));
    state.bestF1 = value.at("best_f1").get<double>();
    state.finished = value.at("finished").get<bool>();
    state.history = value.at("history");
    state.eventBytes = wholeNumber<std::int64_t>(value.at("event_bytes"));
    state.arithmetic = value.at("arithmetic");
    if (value.contains("parts")) {  // not in checkpoints of 0.1.0
        state.trainPart = wholeNumber<std::size_t>(value.at("parts").at("train"));
        state.evalPart = wholeNumber<std::size_t>(value.at("parts").at("eval"));
    }
    return state;
}

bool hasState(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / kStateFile, ignored);
}

void writeState(const fs::path& folder, const RunState& state, const models::NerModel& model,
                const nn::Optimiser& optimiser, const torch::Device& device) {
    nn::TensorMap tensors;
    addPrefixed(tensors, models::kStateModelPrefix, nn::stateOf(model));
    addPrefixed(tensors, "optimiser.", optimiser.state());
    tensors.emplace("random.cpu", generatorOf(torch::kCPU).get_state());
    if (device.is_cuda()) tensors.emplace("random.cuda", generatorOf(device).get_state());
    const std::string text = toJson(state).dump();
    nn::saveSafetensors(tensors, folder / kStateFile, {{"state", text}});
    writeFileAtomic(folder / "state.json", toJson(state).dump(1) + "\n");
}

RunState readState(const fs::path& folder, models::NerModel& model, nn::Optimiser& optimiser,
                   const torch::Device& device) {
    const nn::WeightFile file = nn::WeightFile::open(folder / kStateFile);
    const auto text = file.metadata().find("state");
    const json value = text == file.metadata().end() ? json() : tryParseJson(text->second);
    if (!value.is_object() || value.value("format", kStateFormat + 1) > kStateFormat)
        throw Error(ErrorCode::FormatInvalid,
                    {file.path().string(), "no training state that this program knows", "a checkpoint"});
    nn::loadInto(model, file, models::kStateModelPrefix);
    nn::TensorMap moments;
    const std::string prefix = "optimiser.";
    for (const std::string& name : file.names())
        if (name.rfind(prefix, 0) == 0) moments.emplace(name.substr(prefix.size()), file.tensor(name));
    optimiser.loadState(moments, file.path().string());
    generatorOf(torch::kCPU).set_state(file.tensor("random.cpu").to(torch::kUInt8));
    if (device.is_cuda() && file.has("random.cuda"))
        generatorOf(device).set_state(file.tensor("random.cuda").to(torch::kUInt8));
    try {
        return runStateFromJson(value);
    } catch (const json::exception& error) {
        throw Error(ErrorCode::FormatInvalid, {file.path().string(), error.what(), "a checkpoint"});
    }
}

std::vector<nn::ParameterGroup> parameterGroups(const models::NerModel& model, const json& options) {
    const double lr = options.at("lr").get<double>();
    const bool decayNorms = options.value("decay_norms", true);
    std::vector<nn::ParameterGroup> all(6);
    all[0] = {"text", {}, lr, options.at("wd_text").get<double>()};
    all[1] = {"vision", {}, lr, options.at("wd_vision").get<double>()};
    all[2] = {"crf", {}, options.at("crf_lr").get<double>(), options.at("wd_crf").get<double>()};
    for (std::size_t g = 0; g < 3; ++g) all[g + 3] = {all[g].name, {}, all[g].learningRate, 0};
    for (const auto& item : model.named_parameters()) {
        const std::string group = model.groupOf(item.key());
        const bool spared = !decayNorms && isBiasOrNorm(item.key());
        for (std::size_t g = 0; g < 3; ++g)
            if (all[g].name == group) all[spared ? g + 3 : g].parameters.emplace_back(item.key(), item.value());
    }
    std::vector<nn::ParameterGroup> used;
    for (nn::ParameterGroup& group : all)
        if (!group.parameters.empty()) used.push_back(std::move(group));
    return used;
}

nn::OptimiserOptions optimiserOptionsOf(const json& options) {
    return options.value("optimiser", "adamw") == "bert-adam" ? nn::OptimiserOptions::bertAdam()
                                                              : nn::OptimiserOptions{};
}

nn::Schedule scheduleOf(const json& options) {
    const std::string name = options.value("schedule", "linear");
    if (name == "bert-adam") return nn::Schedule::BertAdam;
    if (name == "constant") return nn::Schedule::Constant;
    return name == "decay" ? nn::Schedule::Decay : nn::Schedule::Linear;
}

}  // namespace mnerva::train
