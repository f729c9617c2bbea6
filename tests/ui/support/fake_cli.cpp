// A stand-in for mnerva-cli with scripted behaviour, so that the window's side of pipes and events can be tested
// without a model. `mnerva-fake-cli serve|train|systems|doctor|predict|explain|detect ...`; the scenario is the
// argument after the command, else what the environment variable MNERVA_FAKE says ("train=crash;predict=fail"), else
// "good".
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/protocol/map_index.h"
#include "core/protocol/messages.h"
#include "core/protocol/run_estimate.h"

namespace {

using mnerva::FloatArray;
using nlohmann::json;

constexpr int kWords = 3;  // the least number of words a scripted answer has maps for

struct Arguments {
    std::string command, scenario = "good";
    std::vector<std::string> rest;
    std::string after(const std::string& option) const {
        for (std::size_t i = 0; i + 1 < rest.size(); ++i)
            if (rest[i] == option) return rest[i + 1];
        return {};
    }
};

std::string scenarioFromEnvironment(const std::string& command) {
    const char* given = std::getenv("MNERVA_FAKE");
    std::string text = given ? given : "";
    const auto at = text.find(command + "=");
    if (at == std::string::npos) return "good";
    text = text.substr(at + command.size() + 1);
    return text.substr(0, text.find(';'));
}

void writeAll(const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t count = ::write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (count <= 0) std::_Exit(0);
        done += static_cast<std::size_t>(count);
    }
}

void pauseMs(int ms) {
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
}

/// Attention whose every weight can be told from its place: row r, column c weigh (1 + (r + c) % columns), scaled to
/// sum 1.
FloatArray attention(int heads, int rows, int columns) {
    FloatArray tensor;
    tensor.shape = {heads, rows, columns};
    const double sum = columns * (columns + 1) / 2.0;
    for (int h = 0; h < heads; ++h)
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c)
                tensor.values.push_back(static_cast<float>((1 + (r + c + h) % columns) / sum));
    return tensor;
}

json predictAnswer(const json& request, const std::string& scenario) {
    mnerva::protocol::PredictResult result;
    result.hasPicture = !request.value("imagePath", std::string()).empty();
    const int words = std::max<int>(kWords, static_cast<int>(request.at("words").size()));
    result.tags.assign(static_cast<std::size_t>(words), "O");
    result.tags[0] = "B-PER";
    result.entities = {{"PER", 0, 0, 0.97}};
    // Each covered cell takes a tenth of its sureness; without a picture it is another type.
    const json covered = request.value("cover", json::object()).value("cells", json::array());
    result.entities[0].confidence = 0.97 - 0.1 * static_cast<double>(covered.size());
    if (!result.hasPicture && scenario == "good") result.entities[0].type = "LOC";
    // A block for each picture of the request; a box of it is where the entity is.
    const int pictures = 1 + static_cast<int>(request.value("morePictures", json::array()).size());
    for (int picture = 0; picture < pictures; ++picture) {
        result.pictureOf.push_back(picture);
        result.relevance.push_back(0.83 - 0.5 * picture);
        result.relevance.push_back(0.40);
    }
    result.visualGate.assign(static_cast<std::size_t>(words), 0.25);
    result.visualGate[0] = 0.75;
    const int regions = static_cast<int>(request.value("regions", json::array()).size());
    if (regions > 0) {
        mnerva::Grounding grounding{regions - 1, {}};
        for (int region = 0; region < regions; ++region) {
            result.regions.push_back(region);
            grounding.weights.push_back(region == regions - 1 ? 0.6 : 0.3 / (regions - 1));
        }
        grounding.weights.push_back(0.1);
        result.groundings = {grounding};
    }
    result.levelGates = {{0.1, 0.2, 0.3, 0.4}, {0.4, 0.3, 0.2, 0.1}};
    for (int layer = 0; layer < 2; ++layer) {
        result.textToImage.push_back(attention(2, words, pictures * (49 + 4)));
        result.imageToText.push_back(attention(2, pictures * (49 + 4), words + 2));
    }
    // A system with one layer and words that look at regions alone, and one that makes no map.
    if (scenario == "one-direction" || scenario == "mapless") result.imageToText.clear();
    if (scenario == "one-direction") result.textToImage.resize(1);
    if (scenario == "mapless") result.textToImage.clear();
    if (scenario == "unreadable") result.hasPicture = false;
    if (scenario == "cut")
        result.findings = {{"words-cut", "", 0, "3 of 9 words"}, {"picture-damaged", "/p/b.jpg", 0, ""}};
    result.marginals.shape = {words, 2};
    result.marginals.values.assign(static_cast<std::size_t>(2 * words), 0.5f);
    result.tagNames = {"O", "B-PER"};
    return toJson(result);
}

class FakeEngine {
public:
    explicit FakeEngine(const Arguments& arguments) : m_arguments(arguments), m_scenario(arguments.scenario) {}

    int run() {
        mnerva::protocol::FrameDecoder decoder;
        std::vector<char> buffer(1 << 16);
        while (true) {
            const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            if (count <= 0) return 0;
            decoder.feed({buffer.data(), static_cast<std::size_t>(count)});
            while (const auto message = decoder.next())
                if (!answer(*message)) return 0;
        }
    }

private:
    void send(const json& message) {
        const std::string frame = mnerva::protocol::encodeFrame(message);
        if (m_scenario != "partial") return writeAll(frame);
        for (std::size_t i = 0; i < frame.size(); i += 7) {
            writeAll(frame.substr(i, 7));
            if (i % 1400 == 0) pauseMs(1);
        }
    }

    bool answer(const json& message) {
        const std::string type = message.at("type");
        const json id = message.at("id");
        if (type == "hello") {
            if (m_scenario == "mute") return true;
            if (m_scenario == "die-at-start") return die();
            send({{"id", id}, {"result", {{"version", m_scenario == "version" ? 99 : 1}}}});
        } else if (type == "load") {
            ++m_loads;
            if (m_scenario == "slow-load")
                for (int i = 0; i < 12; ++i)
                    send({{"id", id}, {"progress", {{"stage", "loading"}, {"done", 0}, {"total", 1}}}}), pauseMs(60);
            if (m_scenario == "load-error")
                send({{"id", id}, {"error", {{"code", "weight-missing"}, {"args", {"model.safetensors", "crf"}}}}});
            else
                send({{"id", id}, {"result", {{"loads", m_loads}}}});
        } else if (type == "cancel") {
            if (!m_held.is_null() && m_held == message.at("target")) send({{"id", m_held}, {"cancelled", true}});
            send({{"id", id}, {"result", json::object()}});
        } else if (type == "quit") {
            return m_scenario == "stubborn";
        } else if (type == "predict") {
            return predict(id, message);
        } else if (type == "explain") {
            return explain(id, message);
        } else {
            send({{"id", id}, {"result", {{"echo", type}}}});
        }
        return true;
    }

    bool predict(const json& id, const json& message) {
        if (const char* log = std::getenv("MNERVA_FAKE_LOG"))  // what was asked, a line each
            std::ofstream(log, std::ios::app) << message.dump() << "\n";
        if (m_scenario == "die" || (m_scenario == "die-once" && firstTime())) return die();
        // Heard: whoever waits for this knows that the prediction is on its way.
        if (m_scenario == "silent" || m_scenario == "cancel")
            send({{"id", id}, {"progress", {{"stage", "predicting"}, {"done", 0}, {"total", 1}}}});
        if (m_scenario == "silent") return true;
        if (m_scenario == "garbage") return writeAll(std::string("\x04\0\0\0\xff\xff\xff\xff", 8)), true;
        if (m_scenario == "no-map") return send(json::array({1, 2})), true;
        if (m_scenario == "huge") return writeAll("\xff\xff\xff\xff huge"), true;
        if (m_scenario == "cancel") return m_held = id, true;
        if (m_scenario == "odd-result") return send({{"id", id}, {"result", {{"tags", 5}}}}), true;
        if (m_scenario == "error")
            return send({{"id", id}, {"error", {{"code", "image-unreadable"}, {"args", {"a.jpg"}}}}}), true;
        if (m_scenario == "late") send({{"id", 9999}, {"result", {{"tags", json::array()}}}});
        if (m_scenario == "busy")
            for (int i = 1; i <= 3; ++i)
                send({{"id", id}, {"progress", {{"stage", "features"}, {"done", i}, {"total", 3}}}}), pauseMs(60);
        json result = predictAnswer(message, m_scenario);
        result["loads"] = m_loads;
        send({{"id", id}, {"result", result}});
        return true;
    }

    /// Each method by itself, then all; "occlusion" takes its time, "grad-cam" is not served. Cell c of a method that
    /// stands at place m weighs (c + m) % 49 - 24.
    bool explain(const json& id, const json& message) {
        if (const char* log = std::getenv("MNERVA_FAKE_LOG"))
            std::ofstream(log, std::ios::app) << message.dump() << "\n";
        if (m_scenario == "explain-die") return die();
        mnerva::protocol::ExplainResult all;
        const int first = message.value("first", 0), last = message.value("last", 0);
        all.target = {first, last, message.value("targetType", std::string("PER")), -0.25, "span", {}};
        if (m_scenario != "one-direction") all.target.byLayer = {-2.5, -0.25};
        int place = 0;
        for (const mnerva::AttributionMethod& method : mnerva::attributionMethods()) {
            ++place;
            bool isAsked = false;
            for (const json& asked : message.value("methods", json::array()))
                isAsked = isAsked || asked == std::string(method.id);
            if (!isAsked) continue;
            if (m_scenario == "explain-hold" && method.id == "occlusion") {
                send({{"id", id}, {"progress", {{"stage", "occlusion"}, {"done", 12}, {"total", 48}}}});
                return m_held = id, true;
            }
            mnerva::Attribution one;
            one.method = method.id;
            one.isSigned = method.isSigned;
            one.seconds = 0.5;
            if (method.id == "grad-cam") {
                one.unavailable = "This system reads no picture stage.";
            } else if (method.isOfCells) {
                for (int cell = 0; cell < 49; ++cell) one.cells.push_back(static_cast<float>((cell + place) % 49 - 24));
            } else {
                one.words.assign(message.at("words").size(), 0.5f);
                one.words.back() = -0.25f;
                for (const json& exchange : message.value("exchanges", json::array()))
                    one.exchanges.push_back({exchange.value("type", std::string()),
                                             exchange.value("words", std::vector<std::string>()), 1.5});
            }
            all.attributions.push_back(one);
            mnerva::protocol::ExplainResult part = all;
            part.attributions = {one};
            send({{"id", id}, {"part", toJson(part)}});
        }
        send({{"id", id}, {"result", toJson(all)}});
        return true;
    }

    static bool die() {
        std::fputs("loading\nlibtorch: no kernel image for this device\n", stderr);
        std::_Exit(3);
    }

    bool firstTime() const {
        const std::string file = m_arguments.rest.empty() ? std::string() : m_arguments.rest.front();
        if (std::ifstream(file)) return false;
        std::ofstream(file) << "here\n";
        return true;
    }

    const Arguments& m_arguments;
    std::string m_scenario;
    json m_held;
    int m_loads = 0;
};

json scoreOf(double f1, int support) {
    return {{"p", f1}, {"r", f1}, {"f1", f1}, {"support", support}};
}

// The events have the members that the real trainer sends, no more and no fewer: ui_train_stream_test compares them.
json evalEvent(int epoch, const char* split, double f1) {
    return {{"event", "eval"},
            {"epoch", epoch},
            {"split", split},
            {"rule", "seqeval-lenient"},
            {"micro", {{"p", f1}, {"r", f1}, {"f1", f1}}},
            {"types", {{"PER", scoreOf(f1 + 0.05, 12)}, {"LOC", scoreOf(f1 - 0.05, 8)}}},
            {"gold", 20},
            {"predicted", 19}};
}

json check(const char* code, bool stops, bool overruled, const json& args, const json& examples) {
    return {{"code", code}, {"stops", stops},           {"overruled", overruled}, {"count", 3},
            {"args", args}, {"text", "What was found"}, {"advice", "What to do"}, {"examples", examples}};
}

class FakeTraining {
public:
    FakeTraining(std::string scenario, bool overruled, std::vector<std::string> arguments)
        : m_scenario(std::move(scenario)), m_arguments(std::move(arguments)), m_overruled(overruled) {
        if (m_scenario == "endless") m_epochs = 100'000;  // till it is told to stop
        const auto folds = std::find(m_arguments.begin(), m_arguments.end(), "--folds");
        if (folds != m_arguments.end() && folds + 1 != m_arguments.end()) m_folds = std::stoi(*(folds + 1));
        m_ofFold = m_epochs;
        m_epochs *= std::max(1, m_folds);  // counted through, as the trainer does
    }

    int run() {
        const json checks =
            json::array({check("valid-equals-test", true, m_overruled, {"7"}, json::array()),
                         check("orphan-inside-tag", false, false, {"3", "train 3"}, {"train 12: I-PER"})});
        if (m_scenario == "checks" && !m_overruled) {
            emit({{"event", "checks"}, {"checks", checks}});
            emit({{"event", "end"},
                  {"outcome", "failed"},
                  {"error",
                   {{"code", "checks-stopped"}, {"args", {"live", "valid-equals-test"}}, {"text", "Not started."}}}});
            return 1;
        }
        if (m_scenario == "early") {
            std::cout << "{\n  \"error\": {\n    \"code\": \"encoder-incomplete\",\n    \"args\": [\"/x\", "
                         "\"config.json\"]\n  }\n}\n";
            std::cerr << "mnerva-cli: The encoder folder /x lacks config.json.\n";
            return 1;
        }
        if (m_scenario == "arguments") {
            json start = startEvent(json::array());
            start["options"]["arguments"] = m_arguments;
            emit(start);
            return end("succeeded", 0);
        }
        emit({{"event", "checks"}, {"checks", m_scenario == "checks" ? checks : json::array()}});
        emit(startEvent(m_scenario == "checks" ? checks : json::array()));
        emit({{"event", "features"}, {"done", 1}, {"total", 2}});
        emit({{"event", "warning"}, {"code", "words-cut"}, {"count", 2}, {"text", "train"}});
        if (m_scenario == "garbage") writeAll("Segmentation what?\n{\"event\": \n[1,2]\n\xff\xfe\n");
        if (m_scenario == "unknown") emit({{"event", "moon-phase"}, {"phase", 3}});
        for (int epoch = 1; epoch <= m_epochs; ++epoch) {
            if (m_folds > 0 && (epoch - 1) % m_ofFold == 0)
                emit({{"event", "fold"}, {"fold", (epoch - 1) / m_ofFold + 1}, {"folds", m_folds}, {"posts", 1}});
            if (!trainEpoch(epoch)) return end("cancelled", 130);
            if (m_finish) break;
        }
        if (m_scenario == "fail") return fail();
        if (m_scenario == "exit") return 0;
        if (m_folds > 0) return end("succeeded", 0);
        emit(evalEvent(m_bestEpoch, "test", 0.77));
        emit({{"event", "predictions"}, {"split", "test"}, {"file", "predictions-test.jsonl"}});
        return end("succeeded", 0);
    }

private:
    static constexpr int kSteps = 10;

    json startEvent(const json& checks) const {
        return {{"event", "start"},
                {"run", "live"},
                {"checks", checks},
                {"boxes", "all"},
                {"system", "mpcfn"},
                {"variant", "paper"},
                {"preset", "sample"},
                {"encoder", "tiny"},
                {"resnet", "random18"},
                {"device", "cpu"},
                {"options", {{"flood_b", 0.3}}},
                {"seed", 1},
                {"data", json::object()},
                {"tags", {"O", "B-PER"}},
                {"versions", {{"torch", "1.13.1"}, {"format", 1}}},
                {"parameters", {{"text", 1000}, {"total", 1500}}},
                {"resumed", false},
                {"epoch", 0},
                {"epochs", m_epochs},
                {"steps", m_epochs * kSteps},
                {"arithmetic", 1}};
    }

    bool trainEpoch(int epoch) {
        emit({{"event", "epoch_start"}, {"epoch", epoch}, {"epochs", m_epochs}});
        for (int step = 1; step <= kSteps; ++step) {
            if (!obey()) return false;
            ++m_step;
            emit({{"event", "step"},
                  {"epoch", epoch},
                  {"step", m_step},
                  {"steps", m_epochs * kSteps},
                  {"loss", 3.0 / m_step},
                  {"flooded", 0.5},
                  {"lr", 3e-5},
                  {"posts_per_second", 12.5},
                  {"memory_mb", 321.0},
                  {"seconds_left", double(m_epochs * kSteps - m_step)}});
            if (m_scenario == "crash" && m_step == 5) {
                std::fputs("terminate called after throwing an instance of 'c10::Error'\n  what(): out of memory\n",
                           stderr);
                std::abort();
            }
            if (m_scenario == "long" || m_scenario == "endless") pauseMs(10);
        }
        emit(evalEvent(epoch, "valid", 0.5 + 0.1 * epoch));
        m_bestEpoch = epoch;
        emit({{"event", "checkpoint"},
              {"epoch", epoch},
              {"file", "state.safetensors"},
              {"best", true},
              {"loss", 1.5},
              {"seconds", 0.5}});
        return true;
    }

    bool untilInputEnds() const {
        return std::find(m_arguments.begin(), m_arguments.end(), "--until-input-ends") != m_arguments.end();
    }

    /// False when told to stop.
    bool obey() {
        do {
            pollfd input{STDIN_FILENO, POLLIN, 0};
            if (::poll(&input, 1, m_paused ? 20 : 0) <= 0) continue;
            char buffer[256];
            const ssize_t count = ::read(STDIN_FILENO, buffer, sizeof buffer);
            if (count <= 0 && untilInputEnds()) return false;  // the window is gone
            if (count <= 0) return true;
            m_words.append(buffer, static_cast<std::size_t>(count));
            for (auto at = m_words.find('\n'); at != std::string::npos; at = m_words.find('\n')) {
                const std::string word = m_words.substr(0, at);
                m_words.erase(0, at + 1);
                if (word == "stop") return false;
                if (word == "finish") m_finish = true;
                if (word == "pause") m_paused = true, emit({{"event", "paused"}});
                if (word == "resume") m_paused = false, emit({{"event", "resumed"}, {"seconds", 0.1}});
            }
        } while (m_paused);
        return true;
    }

    void emit(json event) {
        event["time"] = 1700000000.0 + m_step;
        const std::string line = event.dump() + "\n";
        if (m_scenario != "partial") return writeAll(line);
        const std::size_t half = line.size() / 2;
        writeAll(line.substr(0, half));
        pauseMs(2);
        writeAll(line.substr(half));
    }

    int end(const char* outcome, int status) {
        json event{{"event", "end"},
                   {"outcome", outcome},
                   {"best_epoch", m_bestEpoch},
                   {"best_f1", 0.5 + 0.1 * m_bestEpoch},
                   {"time", 1700000999.0}};
        if (status == 0) event["test"] = {{"micro", {{"p", 0.77}, {"r", 0.77}, {"f1", 0.77}}}};
        writeAll(event.dump() + (m_scenario == "no-line-feed" ? "" : "\n"));
        return status;
    }

    int fail() {
        emit({{"event", "end"},
              {"outcome", "failed"},
              {"error", {{"code", "number-not-finite"}, {"args", {"the loss of epoch 2"}}, {"text", "x"}}}});
        return 1;
    }

    std::string m_scenario, m_words;
    int m_epochs = 3, m_step = 0, m_bestEpoch = 0, m_folds = 0, m_ofFold = 0;
    std::vector<std::string> m_arguments;
    bool m_paused = false, m_finish = false, m_overruled = false;
};

int systems() {
    const json options = json::array({{{"name", "epochs"},
                                       {"group", "essential"},
                                       {"type", "int"},
                                       {"default", 50},
                                       {"minimum", 1},
                                       {"maximum", 10000},
                                       {"unit", "epochs"},
                                       {"sentence", "How often the training posts are gone through."}},
                                      {{"name", "lr"},
                                       {"group", "essential"},
                                       {"type", "real"},
                                       {"default", 3e-5},
                                       {"minimum", 1e-9},
                                       {"maximum", 1},
                                       {"unit", ""},
                                       {"sentence", "Learning rate of the encoder and of the fusion layers."}},
                                      {{"name", "layer"},
                                       {"group", "training"},
                                       {"type", "choice"},
                                       {"default", "gold"},
                                       {"choices", {"gold", "corrected"}},
                                       {"unit", ""},
                                       {"sentence", "x"}},
                                      {{"name", "precision"},
                                       {"group", "training"},
                                       {"type", "choice"},
                                       {"default", "fp32"},
                                       {"choices", {"fp32", "bf16"}},
                                       {"unit", ""},
                                       {"sentence", "x"}},
                                      {{"name", "cp"},
                                       {"group", "ablation"},
                                       {"type", "bool"},
                                       {"default", true},
                                       {"unit", ""},
                                       {"sentence", "x"}}});
    const json presets{{"sample", {{"epochs", 8}, {"lr", 3e-4}}}, {"twitter2017", {{"epochs", 50}}}};
    std::cout << json{{"systems",
                       {{{"name", "mpcfn"},
                         {"title", "MPCFN"},
                         {"variants", {"paper"}},
                         {"options", options},
                         {"presets", presets},
                         {"explains", {"attention", "marginals"}}},
                        {{"name", "umt"},
                         {"title", "UMT"},
                         {"variants", {"paper"}},
                         {"options", options},
                         {"presets", presets},
                         {"explains", {"attention"}}}}}}
                     .dump(2)
              << "\n";
    return 0;
}

/// `train --measure`; the scenario is that of "measure".
int measure(const Arguments& arguments) {
    const std::string scenario = scenarioFromEnvironment("measure");
    if (scenario == "wait")
        while (true) pauseMs(1000);
    if (scenario == "fail") {
        std::cout << json{{"error", {{"code", "memory-exhausted"}, {"args", {"training"}}}}}.dump(2) << "\n";
        return 1;
    }
    std::fprintf(stderr, "measuring 20 of 40\n");
    mnerva::protocol::RunEstimate estimate;
    estimate.device = arguments.after("--device");
    estimate.steps = 12;
    estimate.epochs = 8;
    estimate.secondsEpoch = 95;
    estimate.secondsScoring = 5;
    estimate.peakMebibytes = scenario == "large" ? 40960 : 1536;
    estimate.availableMebibytes = 18432;
    std::cout << mnerva::protocol::toJson(estimate).dump(2) << "\n";
    return 0;
}

int predictCommand(const Arguments& arguments) {
    if (arguments.scenario == "fail") {
        std::cout << json{{"error", {{"code", "run-missing"}, {"args", {"r", "none"}}}}}.dump(2) << "\n";
        return 1;
    }
    if (arguments.scenario == "wait")
        while (true) pauseMs(1000);
    if (arguments.scenario == "crash") std::abort();
    if (arguments.scenario == "no-json") return std::puts("not json"), 0;
    std::fputs("predicting 1 of 2\npredicting 2 of 2\n", stderr);
    if (const std::string file = arguments.after("--output"); !file.empty())
        std::ofstream(file) << R"({"post": 1, "entities": [{"type": "PER", "first": 0, "last": 0, "confidence": 0.9}]})"
                            << "\n";
    std::cout << json{{"posts", 2}, {"arguments", arguments.rest}}.dump() << "\n";
    return 0;
}

/// `explain --maps`: leaves maps of the entities "Ann" of the third post and, as if the split had it, "Kevin" of the
/// first, of two layers with two heads and their mean. Each has a cell of its own in every set.
int mapsCommand(const Arguments& arguments) {
    std::fputs("mapping 1 of 2\n", stderr);
    const std::filesystem::path run = std::filesystem::path(arguments.rest.at(0)) / "runs" / arguments.after("--run");
    mnerva::protocol::MapIndex index;
    index.run = arguments.after("--run");
    index.method = arguments.after("--method");
    index.split = arguments.after("--split");
    index.boxes = "all";
    index.posts = 1;
    index.weights = mnerva::protocol::weightsNameOf(run);
    for (int layer = 1; layer <= 2; ++layer)
        for (int head = 0; head <= 2; ++head) index.sets.push_back({layer, head});
    if (index.method == "relevancy") index.sets = {{0, 0}};
    index.entities = {{"c", 3, 0, 0, "PER", "Ann"}, {"a", 1, 0, 0, "LOC", "Kevin"}};
    for (std::size_t entity = 0; entity < 2; ++entity)
        for (std::size_t set = 0; set < index.sets.size(); ++set) {
            std::vector<float> cells(49, entity == 0 ? 0.01F : 0.5F);
            cells[10 * entity + set] = 1;
            index.addMap(cells);
        }
    const auto file = mnerva::protocol::mapIndexFile(run, index.method, index.split);
    std::ofstream(file, std::ios::binary) << mnerva::protocol::mapIndexBytes(index);
    std::cout << json{{"entities", 2}}.dump(2) << "\n";
    return 0;
}

/// `explain --bench`: leaves the figures of two methods in the folder of the run; `--maps`: see above.
int explainCommand(const Arguments& arguments) {
    if (arguments.scenario == "fail") {
        std::cout << json{{"error", {{"code", "split-empty"}, {"args", {"test"}}}}}.dump(2) << "\n";
        return 1;
    }
    if (arguments.scenario == "wait")
        while (true) pauseMs(1000);
    if (std::find(arguments.rest.begin(), arguments.rest.end(), "--maps") != arguments.rest.end())
        return mapsCommand(arguments);
    std::fputs("measuring 1 of 2\n", stderr);
    const json figure{{"mean", 0.35}, {"low", 0.25}, {"high", 0.4}, {"count", 8}};
    const json found{{"format", 1},
                     {"run", arguments.after("--run")},
                     {"split", arguments.after("--split")},
                     {"entities", 8},
                     {"grounded", 8},
                     {"chance", 0.125},
                     {"methods",
                      {{{"method", "relevancy"},
                        {"pointing", {{"mean", 0.75}, {"low", 0.5}, {"high", 1}, {"count", 8}}},
                        {"deletion", figure},
                        {"insertion", figure},
                        {"randomised", {figure, {{"mean", 0.0042}, {"low", -0.1}, {"high", 0.1}, {"count", 8}}}}},
                       {{"method", "rollout"}, {"deletion", figure}},
                       {{"method", "grad-cam"}, {"unavailable", "No stage."}}}}};
    std::ofstream(arguments.rest.at(0) + "/runs/" + arguments.after("--run") + "/explanation.json") << found.dump();
    std::cout << found.dump() << "\n";
    return 0;
}

/// Two boxes in the first picture of post 1; the detector's name is that of the asked one.
int detectCommand(const Arguments& arguments) {
    const std::string& scenario = arguments.scenario;
    if (scenario == "fail") {
        std::cout << json{{"error",
                           {{"code", "format-invalid"},
                            {"args", {arguments.after("--detector"), "no ONNX graph", "a YOLO detector"}}}}}
                         .dump(2)
                  << "\n";
        return 1;
    }
    if (scenario == "wait") {
        std::fputs("detecting 1 of 4\n", stderr);
        while (true) pauseMs(1000);
    }
    const bool blind = scenario == "unusable" || scenario == "no-pictures";
    std::fputs("detecting 1 of 2\ndetecting 2 of 2\n", stderr);
    std::ofstream file(arguments.after("--output"));
    if (scenario == "torn") file << R"({"post": 1, "boxes": [{"image": 0, "left": )";
    if (scenario == "flat")
        file << R"({"post": 1, "boxes": [{"image": 0, "left": 1, "top": 2, "width": 0, "height": 9,)"
             << R"( "label": "face", "score": 0.5}]})"
             << "\n";
    if (scenario == "good")
        file << R"({"post": 1, "boxes": [{"image": 0, "left": 200, "top": 60, "width": 60, "height": 90, "label": )"
             << R"("face", "score": 0.75}, {"image": 0, "left": 10, "top": 20, "width": 30, "height": 40, "label": )"
             << R"("face", "score": 0.5}]})"
             << "\n";
    file.close();
    json findings = json::array();
    if (scenario == "unusable")
        findings.push_back({{"code", "picture-missing"}, {"file", "/nowhere/a.jpg"}, {"line", 0}, {"text", ""}});
    std::string name = arguments.after("--detector");
    name = name.substr(name.rfind('/') + 1);
    json report{{"detector", name.substr(0, name.rfind('.'))},
                {"fingerprint", "00ff"},
                {"settings", {{"minScore", std::stod(arguments.after("--min-score"))}}},
                {"posts", 2},
                {"pictures", blind ? 0 : 1},
                {"unusablePictures", scenario == "unusable" ? 3 : 0},
                {"boxes", blind ? 0 : 2},
                {"labels", blind ? json::object() : json{{"face", 2}}},
                {"findings", findings}};
    if (scenario == "odd-report") report.erase("labels");
    std::cout << report.dump(2) << "\n";
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    arguments.command = argc > 1 ? argv[1] : "";
    arguments.scenario = scenarioFromEnvironment(arguments.command);
    int first = 2;
    if (argc > 2 && std::string(argv[2]).rfind("scenario:", 0) == 0) {
        arguments.scenario = std::string(argv[2]).substr(9);
        first = 3;
    }
    for (int i = first; i < argc; ++i) arguments.rest.emplace_back(argv[i]);
    try {
        if (arguments.command == "serve") return FakeEngine(arguments).run();
        if (arguments.command == "train" &&
            std::find(arguments.rest.begin(), arguments.rest.end(), "--measure") != arguments.rest.end())
            return measure(arguments);
        if (arguments.command == "train") {
            const bool overruled = arguments.after("--overrule") == "valid-equals-test";
            return FakeTraining(arguments.scenario, overruled, arguments.rest).run();
        }
        if (arguments.command == "systems") return systems();
        if (arguments.command == "doctor")
            return std::cout << R"({"devices": ["cpu", "cuda:0"], "encoders": [],
                                    "precisions": {"cpu": ["fp32", "bf16"], "cuda:0": ["fp32"]}})"
                             << "\n",
                   0;
        if (arguments.command == "predict") return predictCommand(arguments);
        if (arguments.command == "explain") return explainCommand(arguments);
        if (arguments.command == "detect") return detectCommand(arguments);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "mnerva-fake-cli: %s\n", error.what());
        return 1;
    }
    return 2;
}
