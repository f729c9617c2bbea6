#include "core/nn/blocks/threads.h"

#include <ATen/Parallel.h>

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
    for (const char* field : {"threads", "blas", "gemm_gflops", "linear_path", "bf16", "devices", "warnings"})
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
