#include "core/protocol/messages.h"
#include "core/protocol/session.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

/// A stream as both ends read it: the engine's session gets every message, the window's readers too.
void run(std::string_view input) {
    protocol::FrameDecoder decoder;
    protocol::Session session([](const nlohmann::json& answer) { protocol::encodeFrame(answer); }, {{"device", "cpu"}});
    decoder.feed(input);
    for (bool more = true; more;) {
        more = false;
        fuzz::read([&] {
            const auto message = decoder.next();
            if (!message) return;
            more = true;
            session.receive(*message);
            const auto result = message->value("result", nlohmann::json::object());
            fuzz::read([&] { protocol::predictResultFromJson(result); });
            fuzz::read([&] { protocol::detectResultFromJson(result); });
        });
    }
    session.close();
}

const fuzz::Known kKnown("frames", run);

}  // namespace
