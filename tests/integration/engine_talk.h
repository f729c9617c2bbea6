#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/protocol/messages.h"

namespace mnerva::test {

/// A hand-written client: `mnerva-cli serve` at the other end of two pipes.
class EngineTalk {
public:
    explicit EngineTalk(const std::filesystem::path& program);
    ~EngineTalk();  ///< kills what is still there
    EngineTalk(const EngineTalk&) = delete;
    EngineTalk& operator=(const EngineTalk&) = delete;

    void sendBytes(const std::string& bytes);
    void send(const nlohmann::json& message) { sendBytes(protocol::encodeFrame(message)); }
    /// The next message; nothing when the engine closed its output or said nothing for a minute.
    std::optional<nlohmann::json> receive();
    /// Messages up to the end (result, error or cancelled) of a request; that end.
    nlohmann::json endOf(std::int64_t id);
    nlohmann::json ask(nlohmann::json message);
    nlohmann::json greet() { return ask({{"id", 1}, {"type", "hello"}, {"version", protocol::kProtocolVersion}}); }
    void closeInput();
    /// Exit status, or 128 + signal.
    int wait();
    /// Progress and parts so far.
    const std::vector<nlohmann::json>& progress() const { return m_progress; }

private:
    pid_t m_child = -1;
    int m_in = -1, m_out = -1;
    protocol::FrameDecoder m_decoder;
    std::vector<nlohmann::json> m_progress;
};

/// `code` of an error answer, "" for other answers.
std::string codeOf(const nlohmann::json& answer);

}  // namespace mnerva::test
