#include "core/engine/messages.h"
#include "core/engine/session.h"
#include "tests/fuzz/target.h"

namespace {

using namespace mnerva;

/// A stream as both ends read it: the engine's session gets every message, the window's readers too.
void run(std::string_view input) {
    engine::FrameDecoder decoder;
    engine::Session session([](const nlohmann::json& answer) { engine::encodeFrame(answer); }, {{"device", "cpu"}});
    decoder.feed(input);
    for (bool more = true; more;) {
        more = false;
        fuzz::read([&] {
            const auto message = decoder.next();
            if (!message) return;
            more = true;
            session.receive(*message);
            const auto result = message->value("result", nlohmann::json::object());
            fuzz::read([&] { engine::predictResultFromJson(result); });
            fuzz::read([&] { engine::detectResultFromJson(result); });
        });
    }
    session.close();
}

const fuzz::Known kKnown("frames", run);

}  // namespace
