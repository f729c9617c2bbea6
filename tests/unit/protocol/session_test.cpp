#include "core/protocol/session.h"

#include <catch2/catch.hpp>
#include <new>
#include <thread>

using namespace mnerva;
using namespace mnerva::protocol;
using nlohmann::json;

namespace {

/// A session whose answers are kept.
struct Talk {
    std::vector<json> sent;
    Session session{[this](const json& message) { sent.push_back(message); }, {{"program", "test"}}};

    void greet() { session.receive({{"id", 1}, {"type", "hello"}, {"version", kProtocolVersion}}); }
    const json& last() const { return sent.back(); }
    std::string lastCode() const { return last().contains("error") ? last()["error"]["code"].get<std::string>() : ""; }
    void load(int id) { session.receive({{"id", id}, {"type", "load"}, {"runFolder", "r"}}); }
};

}  // namespace

TEST_CASE("Session.HelloAnswersVersionAndProgram") {
    Talk talk;
    talk.greet();
    CHECK(talk.last() == json{{"id", 1}, {"result", {{"version", kProtocolVersion}, {"program", "test"}}}});
}

TEST_CASE("Session.AnotherVersionIsAClearErrorAndNothingElseIsDone") {
    Talk talk;
    talk.session.receive({{"id", 1}, {"type", "hello"}, {"version", 99}});
    CHECK(talk.lastCode() == "engine-version");
    CHECK(talk.last()["error"]["args"] == json::array({"99", std::to_string(kProtocolVersion)}));
    talk.load(2);
    CHECK(talk.lastCode() == "protocol-invalid");
}

TEST_CASE("Session.RequestsBeforeHelloAreRefused") {
    Talk talk;
    talk.load(5);
    CHECK(talk.last()["id"] == 5);
    CHECK(talk.lastCode() == "protocol-invalid");
}

TEST_CASE("Session.UnknownTypesAreNamed") {
    Talk talk;
    talk.greet();
    talk.session.receive({{"id", 3}, {"type", "dance"}});
    CHECK(talk.last()["id"] == 3);
    CHECK(talk.last()["error"]["args"][0].get<std::string>().find("dance") != std::string::npos);
}

TEST_CASE("Session.RequestsWithoutIdOrTypeAreAnsweredUnderZeroOrTheirId") {
    Talk talk;
    talk.session.receive({{"type", "hello"}});
    CHECK(talk.last()["id"] == 0);
    talk.session.receive({{"id", "one"}, {"type", "hello"}});
    CHECK(talk.last()["id"] == 0);
    talk.session.receive({{"id", 4}});
    CHECK(talk.last()["id"] == 4);
    CHECK(talk.lastCode() == "protocol-invalid");
}

TEST_CASE("Session.BadContentIsAnErrorOfItsRequest") {
    Talk talk;
    talk.greet();
    talk.session.receive({{"id", 2}, {"type", "predict"}, {"words", 3}});
    CHECK(talk.last()["error"]["args"] == json::array({"predict.words is number, wanted a list"}));
}

TEST_CASE("Session.JobsAreTakenInOrderAndEndOnce") {
    Talk talk;
    talk.greet();
    talk.load(2);
    talk.session.receive({{"id", 3}, {"type", "predict"}, {"words", {"a"}}});
    const auto first = talk.session.take();
    REQUIRE(first);
    CHECK(std::holds_alternative<LoadRequest>(first->request));
    talk.session.finish(*first, [](const ProgressSink&) { return json{{"ok", 1}}; });
    CHECK(talk.last() == json{{"id", 2}, {"result", {{"ok", 1}}}});
    const auto second = talk.session.take();
    REQUIRE(second);
    CHECK(std::get<PredictRequest>(second->request).post.words == std::vector<std::string>{"a"});
}

TEST_CASE("Session.FailuresOfTheWorkBecomeErrors") {
    Talk talk;
    talk.greet();
    const auto codeOf = [&](const std::function<json(const ProgressSink&)>& work) {
        talk.load(2);
        talk.session.finish(*talk.session.take(), work);
        return talk.lastCode();
    };
    CHECK(codeOf([](const ProgressSink&) -> json { throw Error(ErrorCode::RunMissing, {"a", "b"}); }) == "run-missing");
    CHECK(codeOf([](const ProgressSink&) -> json { throw std::bad_alloc(); }) == "memory-exhausted");
    CHECK(codeOf([](const ProgressSink&) -> json { throw std::runtime_error("odd"); }) == "internal");
    CHECK(talk.last()["error"]["args"] == json::array({"odd"}));
}

TEST_CASE("Session.WorkThatStopsIsCancelled") {
    Talk talk;
    talk.greet();
    talk.load(2);
    talk.session.finish(*talk.session.take(), [](const ProgressSink&) -> json { throw Cancelled{}; });
    CHECK(talk.last() == cancelledMessage(2));
}

TEST_CASE("Session.CancelReachesTheRunningJob") {
    Talk talk;
    talk.greet();
    talk.load(2);
    const auto job = talk.session.take();
    talk.session.receive({{"id", 3}, {"type", "cancel"}, {"target", 2}});
    CHECK(talk.last() == json{{"id", 3}, {"result", {{"found", true}}}});
    CHECK(job->stop.stop_requested());
}

TEST_CASE("Session.CancelTakesAQueuedJobOut") {
    Talk talk;
    talk.greet();
    talk.load(2);
    talk.load(3);
    talk.session.receive({{"id", 4}, {"type", "cancel"}, {"target", 3}});
    CHECK(talk.sent[talk.sent.size() - 2] == cancelledMessage(3));
    CHECK(talk.session.take()->id == 2);
    talk.session.close();
    CHECK_FALSE(talk.session.take());
}

TEST_CASE("Session.CancelOfNothingSaysSo") {
    Talk talk;
    talk.greet();
    talk.session.receive({{"id", 4}, {"type", "cancel"}, {"target", 77}});
    CHECK(talk.last()["result"]["found"] == false);
}

TEST_CASE("Session.AnIdInUseIsRefused") {
    Talk talk;
    talk.greet();
    talk.load(2);
    talk.load(2);
    CHECK(talk.lastCode() == "protocol-invalid");
}

TEST_CASE("Session.ProgressCarriesTheIdAndIsThinnedOut") {
    Talk talk;
    talk.greet();
    talk.load(2);
    talk.session.finish(*talk.session.take(), [](const ProgressSink& progress) {
        for (int i = 0; i <= 1000; ++i) progress({"loading", i, 1000});
        return json::object();
    });
    const auto isProgress = [](const json& m) { return m.contains("progress") && m["id"] == 2; };
    const auto count = std::count_if(talk.sent.begin(), talk.sent.end(), isProgress);
    CHECK(count >= 2);
    CHECK(count < 100);
    CHECK(talk.sent[talk.sent.size() - 2]["progress"]["done"] == 1000);
}

TEST_CASE("Session.QuitCancelsWhatWaitsAndAnswers") {
    Talk talk;
    talk.greet();
    talk.load(2);
    CHECK(talk.session.receive({{"id", 3}, {"type", "quit"}}) == Session::After::Quit);
    CHECK(talk.sent[talk.sent.size() - 2] == cancelledMessage(2));
    CHECK(talk.last() == resultMessage(3, json::object()));
    CHECK_FALSE(talk.session.take());
}

TEST_CASE("Session.ClosingWakesAWaitingWorker") {
    Talk talk;
    bool gotJob = true;
    {
        std::jthread worker([&] { gotJob = talk.session.take().has_value(); });
        talk.session.close();
    }
    CHECK_FALSE(gotJob);
    CHECK(talk.session.waitIdle(std::chrono::milliseconds(0)));
}

TEST_CASE("Session.WaitIdleGivesUpOnAJobThatGoesOn") {
    Talk talk;
    talk.greet();
    talk.load(2);
    const auto job = talk.session.take();
    talk.session.close();
    CHECK(job->stop.stop_requested());
    CHECK_FALSE(talk.session.waitIdle(std::chrono::milliseconds(5)));
}

TEST_CASE("Session.AFloodOfRequestsIsRefused") {
    Talk talk;
    talk.greet();
    for (int id = 2; id < 5000; ++id) talk.load(id);
    CHECK(talk.lastCode() == "protocol-invalid");
    CHECK(talk.sent.size() < 1000);  // the first 4,096 wait without an answer
}
