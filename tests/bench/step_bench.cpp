// Seconds and memory of a training step (forward, backward, update) at BERT-base: what tests/bench/step_speed.py
// compares with the same mathematics in Python. Picture rows are given, as in training, where they are cached. "bert":
// BERT-base forwards alone, posts of 48 sub-tokens. usage: step_bench mpcfn|hvpnet|bert THREADS STEPS [bf16] [answer]
// [profile] [memory] [device=cuda:0] [posts=8]     "answer": in place of a step, entities with confidences, marginals
// and the attention of all fusion layers; "profile": also what share of a step each operation takes; "memory": also
// what holds memory (it slows the step)
#include <malloc.h>

#if __has_include(<ATen/DeviceAccelerator.h>)
#include <ATen/DeviceAccelerator.h>
#endif

#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>

#include "core/base/machine_limits.h"
#include "core/models/options.h"
#include "core/models/registry_internal.h"
#include "core/models/text/classes_internal.h"
#include "core/nn/blocks/kept_memory.h"
#include "core/nn/blocks/precision.h"
#include "core/nn/blocks/threads.h"
#include "core/nn/blocks/weight_gradient.h"
#include "core/nn/encoders/bert.h"
#include "core/nn/optim/optimiser.h"
#include "core/train/run_state_internal.h"
#include "tests/bench/memory_profile.h"
#include "tests/bench/op_profile.h"

using namespace mnerva;

namespace {

constexpr int kLengths = 8, kObjects = 3;
constexpr std::array<int, 4> kWidths{256, 512, 1024, 2048};  // ResNet-50 and larger

/// Post b has 16 + b words, the ninth as many as the first; word w has 1 + (w + b) % 3 pieces.
models::EncodedPost postOf(int number) {
    const int b = number % kLengths;
    models::EncodedPost post;
    post.ids.push_back(101);
    for (int w = 0; w < 16 + b; ++w) {
        const int pieces = 1 + (w + b) % 3;
        post.words.push_back({static_cast<int>(post.ids.size()), pieces});
        for (int p = 0; p < pieces; ++p) post.ids.push_back(2000 + 37 * w + 11 * b + p);
        post.tags.push_back((w + b) % 9);
    }
    post.ids.push_back(102);
    return post;
}

models::PostPictures picturesOf() {
    const int width = kWidths[0] + kWidths[1] + kWidths[2] + kWidths[3];
    models::PostPictures out;
    out.grid = torch::randn({49, width});
    for (int k = 0; k < kObjects; ++k) out.crops.push_back(torch::randn({4, width}));
    for (int k = 0; k < 1 + kObjects; ++k) out.prompts.push_back(torch::randn({4, width}));
    out.hasPicture = true;
    return out;
}

/// Of a device that is not the CPU, as far as this libtorch tells.
double peakMebibytesOn([[maybe_unused]] const torch::Device& device) {
#if __has_include(<ATen/DeviceAccelerator.h>)
    if (!device.is_cpu()) {
        const auto index = std::max<c10::DeviceIndex>(device.index(), 0);
        const auto stats = at::getDeviceAllocator(device.type())->getDeviceStats(index);
        return static_cast<double>(stats.allocated_bytes[0].peak) / (1 << 20);
    }
#endif
    return 0;
}

void line(double bytes, const std::string& what) {
    std::cout << std::fixed << std::setprecision(1) << std::setw(9) << bytes / (1 << 20) << " MiB " << what << "\n";
}

/// Of malloc: what torch's own reports do not know.
void printHeap() {
    const struct mallinfo2 heap = ::mallinfo2();
    line(static_cast<double>(heap.arena + heap.hblkhd), "of heap");
    line(static_cast<double>(heap.fordblks), "of it in holes and at its end");
}

/// Weights by the part of the model.
void printWeights(const torch::nn::Module& model) {
    std::map<std::string, double> parts;
    for (const auto& item : model.named_parameters()) {
        const std::string& name = item.key();
        const std::size_t first = name.find('.');
        const std::size_t second = name.rfind("bert", 0) == 0 ? name.find('.', first + 1) : first;
        parts[name.substr(0, second)] += static_cast<double>(item.value().nbytes());
    }
    for (const auto& [name, bytes] : parts) line(bytes, "weights of " + name);
}

/// Seconds of each of some passes, without the first.
std::vector<double> forwardSeconds(const torch::Device& device, int posts, int steps) {
    nn::BertConfig config;
    config.vocabularySize = 30522;
    nn::Bert bert(config);
    bert->to(device);
    bert->eval();
    const torch::NoGradGuard noGradients;
    const auto options = torch::TensorOptions(device);
    const torch::Tensor ids = torch::randint(0, 30000, {posts, 48}, options.dtype(torch::kInt64));
    const torch::Tensor mask = torch::ones({posts, 48}, options.dtype(torch::kBool));
    std::vector<double> seconds;
    for (int step = 0; step < steps + 1; ++step) {
        const auto began = std::chrono::steady_clock::now();
        bert->forward(ids, {}, mask).sum().item<float>();  // waits for the device
        if (step > 0)
            seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

/// Seconds of each of some answers with everything that the window shows of a post, without the first.
std::vector<double> answerSeconds(models::NerModel& model, const models::Batch& batch, const models::Question& asked,
                                  int steps) {
    model.eval();
    const torch::NoGradGuard noGradients;
    std::vector<double> seconds;
    for (int step = 0; step < steps + 1; ++step) {
        const auto began = std::chrono::steady_clock::now();
        const models::Answers answers = model.answer(batch, asked);
        for (const torch::Tensor& map : answers.explanation.textToImage) map.to(torch::kCPU);
        if (step > 0)
            seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + std::min(argc, 4), argv + argc);
    const auto has = [&](const char* word) { return std::find(words.begin(), words.end(), word) != words.end(); };
    const bool profiled = has("profile"), rounded = has("bf16"), remembered = has("memory"), answered = has("answer");
    const auto valueOf = [&](const std::string& name, const std::string& otherwise) {
        for (const std::string& word : words)
            if (word.rfind(name + "=", 0) == 0) return word.substr(name.size() + 1);
        return otherwise;
    };
    const torch::Device device(valueOf("device", "cpu"));
    const int count = std::stoi(valueOf("posts", "8"));
    const auto isKnown = [](const std::string& word) {
        return word == "profile" || word == "bf16" || word == "memory" || word == "answer" ||
               word.rfind("device=", 0) == 0 || word.rfind("posts=", 0) == 0;
    };
    if (argc < 4 || count < 1 || !std::all_of(words.begin(), words.end(), isKnown)) {
        std::cerr << "usage: step_bench mpcfn|hvpnet|bert THREADS STEPS [bf16] [answer] [profile] [memory] "
                     "[device=cuda:0] [posts=8]\n";
        return 2;
    }
    const nn::PrecisionScope precision(rounded ? nn::Precision::BFloat16 : nn::Precision::Float32, device);
    const int threads = std::stoi(argv[2]), steps = std::stoi(argv[3]);
    nn::chooseThreads({threads, false});
    nn::keepFreedMemory();
    torch::manual_seed(1);
    if (std::string(argv[1]) == "bert") {
        const std::vector<double> seconds = forwardSeconds(device, count, steps);
        std::cout << nlohmann::json{{"system", "bert"},
                                    {"threads", threads},
                                    {"precision", nn::precisionName(nn::currentPrecision())},
                                    {"device", device.str()},
                                    {"posts", count},
                                    {"positions", 48},
                                    {"median", seconds[seconds.size() / 2]},
                                    {"least", seconds.front()},
                                    {"mebibytes", peakMebibytes()}}
                  << "\n";
        return 0;
    }
    models::ModelShape shape;
    shape.system = argv[1];
    const models::SystemInfo& info = models::systemByName(shape.system);
    shape.variant = models::variantOf(info, "");
    shape.encoder.vocabularySize = 30522;
    shape.options = models::resolveOptions(info, "twitter2017", {{"threads", argv[2]}});
    shape.pictures = models::systemCode(shape.system, shape.variant).pictures(shape.options, kWidths);
    shape.pictures.promptWidths = kWidths;
    shape.classes = models::classesFor({"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"},
                                       models::unitModeOf(shape.options));
    const auto model = models::makeModel(shape);
    model->startFromEncoder();
    model->to(device);
    model->train();
    nn::Optimiser optimiser(train::parameterGroups(*model, shape.options), {});

    std::vector<models::EncodedPost> posts;
    std::vector<const models::EncodedPost*> pointers;
    std::vector<models::PostPictures> pictures;
    for (int b = 0; b < count; ++b) posts.push_back(postOf(b));
    for (const models::EncodedPost& post : posts) {
        pointers.push_back(&post);
        pictures.push_back(picturesOf());
    }
    models::TextLayout text;
    text.mode = models::unitModeOf(shape.options);
    text.special = models::specialsOf(shape.classes);
    const models::Batch batch = models::makeBatch(pointers, pictures, shape.pictures, text).to(device);
    if (answered) {
        models::Question asked{pointers, shape.classes, text.mode};
        asked.explain = asked.confidence = asked.marginals = true;
        const std::vector<double> times = answerSeconds(*model, batch, asked, steps);
        std::cout << nlohmann::json{{"system", shape.system},
                                    {"what", "answer"},
                                    {"threads", threads},
                                    {"precision", nn::precisionName(nn::currentPrecision())},
                                    {"device", device.str()},
                                    {"posts", count},
                                    {"positions", batch.text.ids.size(1)},
                                    {"median", times[times.size() / 2]},
                                    {"least", times.front()}}
                  << "\n";
        return 0;
    }
    std::vector<double> seconds, processor;  // the processor's of all threads: what a busy machine disturbs little
    double loss = 0;
    std::optional<bench::OpProfile> profile;
    if (profiled || remembered) profile.emplace();
    std::optional<bench::MemoryProfile> memory;
    if (remembered) {
        printWeights(*model);
        line((1 << 20) * peakMebibytes(), "of the process so far, at most");
        memory.emplace(&bench::OpProfile::place);
    }
    for (int step = 0; step < steps + 1; ++step) {
        if (step == 1 && profile) profile->clear();
        const auto began = std::chrono::steady_clock::now();
        const std::clock_t worked = std::clock();
        if (memory) memory->clear();
        const torch::Tensor value = model->loss(batch);
        if (memory && step == steps) {
            line(static_cast<double>(memory->held()), "beside the weights, with what waits for the way back:");
            memory->print(0.005);
            printHeap();
        }
        {
            const nn::GradientsInPlace inPlace;
            optimiser.stepThrough(value, 0.1);
        }
        if (memory && step == steps) {
            line(static_cast<double>(memory->most()), "beside the weights, at most in the step");
            line(static_cast<double>(memory->held()), "beside the weights, after the step");
        }
        loss = value.item<double>();
        if (step == 0) continue;  // it makes the optimiser's state
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
        processor.push_back(static_cast<double>(std::clock() - worked) / CLOCKS_PER_SEC);
    }
    std::sort(seconds.begin(), seconds.end());
    std::sort(processor.begin(), processor.end());
    std::cout << nlohmann::json{{"system", shape.system},
                                {"threads", threads},
                                {"precision", nn::precisionName(nn::currentPrecision())},
                                {"positions", batch.text.ids.size(1)},
                                {"median", seconds[seconds.size() / 2]},
                                {"least", seconds.front()},
                                {"processor", processor.front()},
                                {"device", device.str()},
                                {"posts", count},
                                {"mebibytes", peakMebibytes()},
                                {"device_mebibytes", peakMebibytesOn(device)},
                                {"loss", loss}}
              << "\n";
    if (profiled) profile->print(steps, 0.004);
}
