#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/models/options.h"
#include "core/models/system.h"
#include "core/train/trainer.h"
#include "core/vision/decode/picture.h"
#include "tests/support/data.h"

namespace mnerva::train::test {

/// Eight posts whose name "jordan" is a person in a red picture, a place in a green one and a firm in a blue one; each
/// post also holds a two-word name that the text decides. Pictures are real files.
struct Toy {
    mnerva::test::TemporaryFolder folder;
    TrainingData data;

    /// `textTells`: the first word gives the type of "jordan" away, for systems that see no picture.
    explicit Toy(int posts = 8, bool textTells = false) {
        const std::vector<std::string> types{"PER", "LOC", "ORG"};
        data.tagNames = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"};
        for (int kind = 0; kind < 3; ++kind) {
            const auto colour = [&](int channel) { return static_cast<std::uint8_t>(channel == kind ? 230 : 20); };
            vision::writePicture(folder / (types[static_cast<std::size_t>(kind)] + ".png"),
                                 vision::filledPicture(224, 224, colour(0), colour(1), colour(2)));
        }
        for (int i = 0; i < posts; ++i) {
            const std::string type = types[static_cast<std::size_t>(i % 3)];
            TrainingPost post;
            const std::vector<std::string> hints{"mister", "in", "buy"};
            const std::string first = textTells ? hints[static_cast<std::size_t>(i % 3)] : "see";
            post.input.words = {first, "jordan", "with", "anna", "lee"};
            if (i % 2 == 1) post.input.words.insert(post.input.words.begin(), "today");
            for (const std::string& word : post.input.words)
                post.tags.push_back(word == "jordan" ? "B-" + type
                                    : word == "anna" ? "B-PER"
                                    : word == "lee"  ? "I-PER"
                                                     : "O");
            post.input.imagePath = (folder / (type + ".png")).string();
            data.train.push_back(post);
        }
        data.valid = data.train;
        data.test = data.train;
    }

    /// Goes through the same training posts `times` an epoch: fewer checkpoints for as many steps.
    void repeat(int times) {
        const std::vector<TrainingPost> once = data.train;
        for (int i = 1; i < times; ++i) data.train.insert(data.train.end(), once.begin(), once.end());
    }

    RunConfig config(const std::string& run, const std::vector<std::string>& assignments = {}) const {
        return configOf("mpcfn", run, assignments);
    }

    /// Of any system: small, quick and, where it has such options, without what only big data needs.
    RunConfig configOf(const std::string& system, const std::string& run,
                       const std::vector<std::string>& assignments = {}, const std::string& variant = "") const {
        RunConfig out;
        out.run = run;
        out.system = system;
        out.variant = models::variantOf(models::systemByName(system), variant);
        const models::SystemInfo& info = models::variantInfo(models::systemByName(system), out.variant);
        std::vector<std::pair<std::string, std::string>> pairs;
        const std::vector<std::pair<std::string, std::string>> usual{
            {"tiny_hidden", "32"},     {"epochs", "2"},         {"batch", "4"},
            {"lr", "0.003"},           {"crf_lr", "0.01"},      {"warmup", "0.1"},
            {"objects", "1"},          {"optimiser", "adamw"},  {"schedule", "linear"},
            {"first_eval_epoch", "1"}, {"prompt_norm", "true"}, {"lstm_hidden", "32"},
            {"graph_layers", "2"},     {"graph_dim", "32"},     {"graph_heads", "2"},
            {"graph_dropout", "0.1"},  {"unit_width", "64"},    {"unit_norm", "true"},
            {"freeze_resnet", "true"}, {"region_norm", "true"}, {"normalize", "false"},
            {"grid_norm", "true"},     {"fusion_dropout", "0"}};
        for (const auto& pair : usual)
            if (std::any_of(info.options.begin(), info.options.end(),
                            [&](const auto& o) { return o.name == pair.first; }))
                pairs.push_back(pair);
        for (const std::string& text : assignments) pairs.push_back(models::splitAssignment(text));
        out.options = models::resolveOptions(info, "", pairs);
        out.runFolder = folder / "runs" / run;
        out.cacheFolder = folder / "cache";
        return out;
    }
};

/// Whether a system looks at pictures where nothing else is asked of it.
inline bool readsPictures(const std::string& system, const std::string& variant = {}) {
    const models::SystemInfo& info = models::variantInfo(models::systemByName(system), variant);
    return models::readsPictures(system, variant, models::resolveOptions(info, "", {}));
}

inline TrainingResult trained(const Toy& toy, const RunConfig& config, const EventSink& events = {}) {
    Control control;
    return runTraining(toy.data, config, events, control, {});
}

inline ErrorCode failureOf(const Toy& toy, const RunConfig& config) {
    try {
        trained(toy, config);
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace mnerva::train::test
