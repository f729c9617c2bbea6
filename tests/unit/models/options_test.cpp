#include "core/models/options.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "core/base/error.h"

using namespace mnerva;
using namespace mnerva::models;

namespace {

const SystemInfo& mpcfn() {
    return systemByName("mpcfn");
}

ErrorCode codeOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("Options: each has a default that its own rule accepts, and a sentence") {
    std::set<std::string> names;
    for (const OptionSpec& option : mpcfn().options) {
        INFO(option.name);
        CHECK_NOTHROW(checkOption(option, option.fallback));
        CHECK(option.sentence.size() > 10);
        CHECK(option.sentence.back() == '.');
        CHECK(names.insert(option.name).second);
    }
}

TEST_CASE("Options: every value of every preset belongs to an option and fits it") {
    for (const Preset& preset : mpcfn().presets) {
        INFO(preset.name);
        CHECK_NOTHROW(completeOptions(mpcfn(), preset.values));
    }
}

TEST_CASE("Options: presets carry the flood levels of the paper") {
    CHECK(resolveOptions(mpcfn(), "twitter2015", {})["flood_b"] == 0.3);
    CHECK(resolveOptions(mpcfn(), "twitter2017", {})["flood_b"] == 0.5);
    CHECK(resolveOptions(mpcfn(), "wukong", {})["flood_b"] == 0.6);
    CHECK(resolveOptions(mpcfn(), "wukong", {})["lr"] == 1e-5);
}

TEST_CASE("Options: an assignment beats the preset, the preset beats the default") {
    CHECK(resolveOptions(mpcfn(), "", {})["epochs"] == 50);
    CHECK(resolveOptions(mpcfn(), "wukong", {})["epochs"] == 10);
    CHECK(resolveOptions(mpcfn(), "wukong", {{"epochs", "2"}})["epochs"] == 2);
}

TEST_CASE("Options: an unknown option is refused with the list of those that exist") {
    try {
        resolveOptions(mpcfn(), "", {{"flod_b", "0.3"}});
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::OptionUnknown);
        CHECK(std::string(error.what()).find("flood_b") != std::string::npos);
    }
}

TEST_CASE("Options: an unknown preset, system or variant is refused with those that exist") {
    try {
        resolveOptions(mpcfn(), "twitter2016", {});
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find("twitter2015, twitter2017, wukong, sample") != std::string::npos);
    }
    CHECK(codeOf([] { systemByName("mpcf"); }) == ErrorCode::OptionInvalid);
    CHECK(codeOf([] { variantOf(mpcfn(), "papier"); }) == ErrorCode::OptionInvalid);
    CHECK(variantOf(mpcfn(), "") == "paper");
}

TEST_CASE("Options: values of the wrong type, out of range or not finite are refused") {
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"epochs", "two"},
                                                                                      {"epochs", "0"},
                                                                                      {"epochs", "1.5"},
                                                                                      {"lr", "-1"},
                                                                                      {"lr", "nan"},
                                                                                      {"lr", "1e-5x"},
                                                                                      {"cp", "perhaps"},
                                                                                      {"subtoken", "last"},
                                                                                      {"flood_b", "inf"},
                                                                                      {"batch", ""}}) {
        INFO(name << "=" << value);
        CHECK(codeOf([&] { resolveOptions(mpcfn(), "", {{name, value}}); }) == ErrorCode::OptionInvalid);
    }
}

namespace {

bool offers(const std::string& system, const std::string& option) {
    const auto& options = systemByName(system).options;
    return std::any_of(options.begin(), options.end(),
                       [&](const OptionSpec& one) { return one.name == option && one.isOffered; });
}

std::string titleOf(const std::string& system, const std::string& option) {
    for (const OptionSpec& one : systemByName(system).options)
        if (one.name == option) return one.title;
    return {};
}

}  // namespace

TEST_CASE("Options: a system offers only what acts on a part it has") {
    for (const char* textOnly : {"bert", "bert-crf"}) {
        INFO(textOnly);
        CHECK_FALSE(offers(textOnly, "wd_vision"));
        CHECK(offers(textOnly, "crf_lr"));
    }
    CHECK(titleOf("bert-crf", "crf_lr") == "Learning rate of the CRF");
    for (const char* option : {"crf_lr", "wd_crf"}) {
        CHECK(titleOf("bert", option).find("CRF") == std::string::npos);  // each tag for itself
        CHECK_FALSE(offers("gmner", option));                             // writes a sequence
        CHECK(offers("mpcfn", option));
    }
    CHECK(offers("gmner", "wd_vision"));
    CHECK(offers("umt", "wd_vision"));
}

TEST_CASE("Options: what is not offered can still be set, and stored runs that name it load") {
    CHECK(resolveOptions(systemByName("bert"), "", {{"wd_vision", "0.5"}})["wd_vision"] == 0.5);
    CHECK(completeOptions(systemByName("gmner"), {{"crf_lr", 0.001}})["crf_lr"] == 0.001);
    for (const SystemInfo& system : systems())
        for (const Preset& preset : system.presets) {
            INFO(system.name << " " << preset.name);
            CHECK_NOTHROW(completeOptions(system, preset.values));
        }
}

TEST_CASE("Options: an assignment needs an equals sign and a name") {
    CHECK(splitAssignment("a=b=c") == std::pair<std::string, std::string>{"a", "b=c"});
    CHECK(codeOf([] { splitAssignment("epochs"); }) == ErrorCode::OptionInvalid);
    CHECK(codeOf([] { splitAssignment("=3"); }) == ErrorCode::OptionInvalid);
}

TEST_CASE("Options: stored options of an older program get the defaults of new ones") {
    const auto options = completeOptions(mpcfn(), {{"epochs", 3}});
    CHECK(options["epochs"] == 3);
    CHECK(options["batch"] == 8);
    // Where an older program did otherwise, what it did.
    CHECK(options["cell_positions"] == "batch");
    CHECK(resolveOptions(mpcfn(), "", {})["cell_positions"] == "post");
    CHECK(codeOf([] { completeOptions(mpcfn(), {{"epochs", "3"}}); }) == ErrorCode::OptionInvalid);
}

TEST_CASE("Systems: the JSON names each option with type, default and sentence") {
    const auto json = systemsJson();
    REQUIRE(json.at("systems").size() == systems().size());
    const auto& system = json["systems"][0];
    CHECK(system["name"] == "mpcfn");
    CHECK(system["variants"][0] == "paper");
    CHECK(system["presets"].contains("sample"));
    for (const auto& option : system["options"]) CHECK((option.contains("default") && option.contains("sentence")));
}

TEST_CASE("Options: a run that is older than an option goes on as it was") {
    CHECK(completeOptions(mpcfn(), nlohmann::json::object()).at("pictures") == 1);
    CHECK(completeOptions(mpcfn(), {{"pictures", 3}}).at("pictures") == 3);
    CHECK(resolveOptions(mpcfn(), "", {}).at("pictures") == 4);
}
