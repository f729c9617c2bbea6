#include "core/nn/blocks/threads.h"

#include <ATen/Parallel.h>

#include <thread>

#include "core/nn/blocks/graphics_card.h"
#include "core/nn/blocks/linear.h"
#include "tests/unit/nn/nn_test.h"

using namespace mnerva;
using namespace mnerva::nn;
using namespace mnerva::test;

TEST_CASE("Threads.ChoiceSetsTorchsPoolAndNamesThePath") {
    const int before = at::get_num_threads();
    const SpeedReport report = chooseThreads({2, false});
    CHECK(at::get_num_threads() == report.threads);
    CHECK(report.threads == 2);
    CHECK(report.linearPath == linearPathName(linearPath()));
    CHECK(report.linear.empty());
    CHECK_FALSE(report.blas.empty());
    at::set_num_threads(before);
    setLinearPath(LinearPath::Blas);
}

TEST_CASE("Threads.ReportHasTheFieldsThatDoctorShows") {
    SpeedReport report;
    report.warnings = {"slow"};
    report.linear = {{"blas", 2, 384, 10.0}};
    const nlohmann::json json = toJson(report);
    for (const char* field : {"threads", "blas", "gemm_gflops", "linear_path", "bf16", "devices", "warnings",
                              "blas_threads", "instructions", "limits"})
        CHECK(json.contains(field));
    CHECK(json["warnings"][0] == "slow");
    CHECK(json["linear"][0]["rows"] == 384);
}

TEST_CASE("Threads.AtLeastOneCoreAndTheCpuAreThere") {
    CHECK(usableCores() >= 1);
    CHECK(deviceNames().front() == "cpu");
}

TEST_CASE("Device.UnknownOnesListWhatIsHere") {
    CHECK(requireDevice("cpu") == "cpu");
    CHECK_FALSE(requireDevice("auto").empty());
    const Error error = errorOf([] { requireDevice("cuda:97"); });
    CHECK(error.code() == ErrorCode::DeviceMissing);
    CHECK(error.args()[0] == "cuda:97");
    CHECK(error.args()[1].find("cpu") != std::string::npos);
}

TEST_CASE("Threads.ALoneThreadSharesNoWorkAndTheOthersStillDo") {
    const int before = at::get_num_threads();
    at::set_num_threads(2);
    int lone = 0;
    std::thread other([&] {
        keepThisThreadSingle();
        lone = at::get_num_threads();
    });
    other.join();
    CHECK(lone == 1);
    CHECK(at::get_num_threads() == 2);
    at::set_num_threads(before);
}

TEST_CASE("Card.WhatPreventsItsUseIsTold") {
    const auto code = [](const CardReport& report) -> std::string {
        const auto trouble = cardTrouble(report, "cuda:0");
        return trouble ? std::string(errorName(trouble->code())) : "";
    };
    CHECK(code({}) == "");
    CHECK(code({true, true, 1, 12040, 12040}) == "");
    CHECK(code({true, false, 0, 12040, 0}) == "build-without-cuda");
    CHECK(code({true, true, 0, 11040, 12060}) == "driver-too-old");
    CHECK(code({true, true, 0, 12020, 12060}) == "card-unusable");
    CHECK(code({true, true, 0, 0, 12060}) == "card-unusable");
    const CardReport unusable{true, true, 0, 11040, 12060}, usable{true, true, 1, 12040, 12040};
    CHECK(cardLeftAside(unusable, "auto", "cpu"));  // the choice was ours, so we say what we left
    CHECK(cardLeftAside(unusable, "", "cpu"));
    CHECK_FALSE(cardLeftAside(unusable, "cpu", "cpu"));
    CHECK_FALSE(cardLeftAside(usable, "auto", "cuda:0"));
    CHECK_FALSE(cardLeftAside({}, "auto", "cpu"));
    const auto old = cardTrouble({true, true, 0, 11040, 12060}, "cuda");
    REQUIRE(old);
    CHECK(old->args() == std::vector<std::string>{"cuda", "11.4", "12.6"});
}
