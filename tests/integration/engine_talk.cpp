#include "tests/integration/engine_talk.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

#include "tests/support/data.h"

namespace mnerva::test {

EngineTalk::EngineTalk(const std::filesystem::path& program) {
    std::array<int, 2> toChild{}, fromChild{};
    REQUIRE(::pipe2(toChild.data(), O_CLOEXEC) == 0);
    REQUIRE(::pipe2(fromChild.data(), O_CLOEXEC) == 0);
    ::signal(SIGPIPE, SIG_IGN);
    m_child = startProgram(program, {"serve", "--threads", "1"}, {toChild[0], fromChild[1], -1});
    ::close(toChild[0]);
    ::close(fromChild[1]);
    m_in = toChild[1];
    m_out = fromChild[0];
}

EngineTalk::~EngineTalk() {
    closeInput();
    ::close(m_out);
    if (m_child > 0) {
        ::kill(m_child, SIGKILL);
        ::waitpid(m_child, nullptr, 0);
    }
}

void EngineTalk::sendBytes(const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t count = ::write(m_in, bytes.data() + sent, bytes.size() - sent);
        if (count <= 0) return;
        sent += static_cast<std::size_t>(count);
    }
}

std::optional<nlohmann::json> EngineTalk::receive() {
    constexpr int kMinuteMs = 60'000;
    std::array<char, 1 << 16> buffer{};
    while (true) {
        if (auto message = m_decoder.next()) return message;
        pollfd input{m_out, POLLIN, 0};
        if (::poll(&input, 1, kMinuteMs) <= 0) return std::nullopt;
        const ssize_t count = ::read(m_out, buffer.data(), buffer.size());
        if (count <= 0) return std::nullopt;
        m_decoder.feed({buffer.data(), static_cast<std::size_t>(count)});
    }
}

nlohmann::json EngineTalk::endOf(std::int64_t id) {
    while (auto message = receive()) {
        if (message->value("id", std::int64_t{-1}) != id) continue;
        if (!message->contains("progress") && !message->contains("part")) return *message;
        m_progress.push_back(*message);
    }
    FAIL("the engine ended or fell silent before it answered request " << id);
    return {};
}

nlohmann::json EngineTalk::ask(nlohmann::json message) {
    const auto id = message.at("id").get<std::int64_t>();
    send(message);
    return endOf(id);
}

void EngineTalk::closeInput() {
    if (m_in >= 0) ::close(m_in);
    m_in = -1;
}

int EngineTalk::wait() {
    int state = 0;
    ::waitpid(m_child, &state, 0);
    m_child = -1;
    return statusOf(state);
}

std::string codeOf(const nlohmann::json& answer) {
    return answer.contains("error") ? answer["error"]["code"].get<std::string>() : std::string();
}

}  // namespace mnerva::test
