#include "core/protocol/cbor_shape.h"
#include "core/protocol/messages.h"
#include "core/protocol/refusal_internal.h"

namespace mnerva::protocol {
namespace {

constexpr std::size_t kHeaderBytes = 4;

std::uint32_t lengthAt(std::string_view bytes) {
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < kHeaderBytes; ++i)
        length |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    return length;
}

nlohmann::json parsed(std::string_view body) {
    if (!isSaneCbor(body)) refuseMessage("a frame that holds no CBOR");
    try {
        auto message = nlohmann::json::from_cbor(body.begin(), body.end());
        if (!message.is_object()) refuseMessage("a message that is no map");
        return message;
    } catch (const nlohmann::json::exception& failure) {
        refuseMessage(failure.what());
    }
}

}  // namespace

std::string encodeFrame(const nlohmann::json& message) {
    std::string frame(kHeaderBytes, '\0');
    nlohmann::json::to_cbor(message, frame);
    const std::size_t length = frame.size() - kHeaderBytes;
    if (length > kMaxFrameBytes)
        throw Error(ErrorCode::ProtocolTooLarge, {std::to_string(length), std::to_string(kMaxFrameBytes)});
    for (std::size_t i = 0; i < kHeaderBytes; ++i) frame[i] = static_cast<char>(length >> (8 * i) & 0xff);
    return frame;
}

void FrameDecoder::feed(std::string_view bytes) {
    // Handed-out bytes go in one step, so that a stream of many small frames is not moved again for each of them.
    if (m_taken > 0) {
        m_buffer.erase(0, m_taken);
        m_taken = 0;
    }
    m_buffer.append(bytes);
}

std::optional<nlohmann::json> FrameDecoder::next() {
    const std::string_view rest = std::string_view(m_buffer).substr(m_taken);
    if (rest.size() < kHeaderBytes) return std::nullopt;
    const std::uint32_t length = lengthAt(rest);
    if (length > kMaxFrameBytes)
        throw Error(ErrorCode::ProtocolTooLarge, {std::to_string(length), std::to_string(kMaxFrameBytes)});
    if (rest.size() - kHeaderBytes < length) return std::nullopt;
    m_taken += kHeaderBytes + length;
    return parsed(rest.substr(kHeaderBytes, length));
}

}  // namespace mnerva::protocol
