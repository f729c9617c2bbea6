#include <catch2/catch.hpp>
#include <random>

#include "core/protocol/cbor_shape.h"
#include "core/protocol/messages.h"

using namespace mnerva;
using namespace mnerva::protocol;
using nlohmann::json;

namespace {

std::string lengthHeader(std::uint32_t length) {
    std::string out;
    for (int shift : {0, 8, 16, 24}) out += static_cast<char>(length >> shift & 0xff);
    return out;
}

std::string framed(const std::string& body) {
    return lengthHeader(static_cast<std::uint32_t>(body.size())) + body;
}

ErrorCode codeOf(FrameDecoder& decoder) {
    try {
        decoder.next();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::Internal;
}

}  // namespace

TEST_CASE("Frame.StartsWithItsLengthLittleEndian") {
    const std::string frame = encodeFrame({{"id", 1}});
    CHECK(frame.substr(0, 4) == lengthHeader(static_cast<std::uint32_t>(frame.size() - 4)));
}

TEST_CASE("FrameDecoder.GivesNothingBeforeTheLastByte") {
    const std::string frame = encodeFrame({{"id", 7}, {"type", "hello"}});
    FrameDecoder decoder;
    for (std::size_t i = 0; i + 1 < frame.size(); ++i) {
        decoder.feed(frame.substr(i, 1));
        REQUIRE_FALSE(decoder.next());
    }
    decoder.feed(frame.substr(frame.size() - 1));
    const auto message = decoder.next();
    REQUIRE(message);
    CHECK(message->at("id") == 7);
    CHECK_FALSE(decoder.next());
}

TEST_CASE("FrameDecoder.CutsSeveralFramesOfOnePiece") {
    std::string stream;
    for (int i = 0; i < 50; ++i) stream += encodeFrame({{"id", i}});
    FrameDecoder decoder;
    decoder.feed(stream);
    for (int i = 0; i < 50; ++i) CHECK(decoder.next()->at("id") == i);
    CHECK_FALSE(decoder.next());
}

TEST_CASE("FrameDecoder.AFrameMayArriveWithTheStartOfTheNext") {
    const std::string one = encodeFrame({{"id", 1}}), two = encodeFrame({{"id", 2}});
    FrameDecoder decoder;
    decoder.feed(one + two.substr(0, 3));
    CHECK(decoder.next()->at("id") == 1);
    CHECK_FALSE(decoder.next());
    decoder.feed(two.substr(3));
    CHECK(decoder.next()->at("id") == 2);
}

TEST_CASE("FrameDecoder.RefusesALengthOverTheLimitAtOnce") {
    FrameDecoder decoder;
    decoder.feed(lengthHeader(kMaxFrameBytes + 1));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolTooLarge);
    FrameDecoder text;
    text.feed("Traceback (most recent call last)");  // a program that prints where frames should be
    CHECK(codeOf(text) == ErrorCode::ProtocolTooLarge);
}

TEST_CASE("FrameDecoder.GarbageInAFrameIsInvalidAndTheNextFrameIsRead") {
    FrameDecoder decoder;
    decoder.feed(framed("\xff\xff\xff") + encodeFrame({{"id", 3}}));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
    CHECK(decoder.next()->at("id") == 3);
}

TEST_CASE("FrameDecoder.AMessageThatIsNoMapIsInvalid") {
    FrameDecoder decoder;
    decoder.feed(framed("\x83\x01\x02\x03") + framed("\x18\x2a") +
                 framed("\x63"
                        "abc") +
                 framed(""));
    for (int i = 0; i < 4; ++i) CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
    CHECK_FALSE(decoder.next());
}

TEST_CASE("FrameDecoder.BytesAfterTheMapAreInvalid") {
    FrameDecoder decoder;
    decoder.feed(framed("\xa0\xa0"));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
}

TEST_CASE("FrameDecoder.DeepNestingIsRefusedNotRecursedInto") {
    FrameDecoder decoder;
    decoder.feed(framed(std::string("\xa1\x61x") + std::string(5'000'000, '\x81')));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
}

TEST_CASE("FrameDecoder.MillionsOfOneByteItemsAreRefused") {
    // 4 MB of zeros in a list would become 64 MB of values and more while it grows; a whole frame of them 8 GB.
    FrameDecoder decoder;
    decoder.feed(framed("\xa1\x61x\x9f" + std::string(4 << 20, '\0') + "\xff"));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
    decoder.feed(framed("\xa1\x61x\x9f" + std::string(100'000, '\0') + "\xff"));
    CHECK(decoder.next()->at("x").size() == 100'000);
}

TEST_CASE("FrameDecoder.AHugeDeclaredCountIsRefused") {
    FrameDecoder decoder;
    decoder.feed(framed(std::string("\xa1\x61x\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", 12)));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
    decoder.feed(framed(std::string("\xbb\xff\xff\xff\xff\xff\xff\xff\xff", 9)));
    CHECK(codeOf(decoder) == ErrorCode::ProtocolInvalid);
}

TEST_CASE("FrameDecoder.RandomBytesNeverCrash") {
    std::mt19937 random(11);
    int refused = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string body(random() % 40, '\0');
        for (char& c : body) c = static_cast<char>(random());
        if (!body.empty() && round % 2) body[0] = '\xa2';  // often at least a map begins
        FrameDecoder decoder;
        decoder.feed(framed(body));
        try {
            const auto message = decoder.next();
            REQUIRE(message);
            REQUIRE(message->is_object());
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::ProtocolInvalid);
            ++refused;
        }
    }
    CHECK(refused > 15000);
}

TEST_CASE("FrameDecoder.DamagedMessagesAreReadOrRefused") {
    PredictResult result;
    result.tags = {"B-PER", "O", "O"};
    result.entities = {{"PER", 0, 0, 0.5}};
    result.marginals = {{3, 2}, {1, 2, 3, 4, 5, 6}};
    const std::string whole = encodeFrame(toJson(result));
    std::mt19937 random(3);
    int handled = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 3; ++i) damaged[4 + random() % (damaged.size() - 4)] = static_cast<char>(random());
        FrameDecoder decoder;
        decoder.feed(damaged);
        try {
            predictResultFromJson(decoder.next().value());
        } catch (const Error& error) {
            REQUIRE(error.code() == ErrorCode::ProtocolInvalid);
        }
        ++handled;
    }
    CHECK(handled == 5000);
}

TEST_CASE("CborShape.AcceptsWhatTheEncoderWrites") {
    const json message{{"a", {1, -5, 2.5, true, nullptr, "x"}},
                       {"b", {{"c", json::binary({1, 2, 3})}}},
                       {"d", std::string(70000, 'q')}};
    std::string bytes;
    json::to_cbor(message, bytes);
    CHECK(isSaneCbor(bytes));
    CHECK_FALSE(isSaneCbor(bytes.substr(0, bytes.size() - 1)));
}

TEST_CASE("CborShape.ReadsIndefiniteLengths") {
    CHECK(
        isSaneCbor("\xbf\x61"
                   "a\x9f\x01\x02\xff\xff"));
    CHECK(
        isSaneCbor("\x7f\x61"
                   "a\x61"
                   "b\xff"));
    CHECK_FALSE(isSaneCbor("\x7f\x01\xff"));
    CHECK_FALSE(
        isSaneCbor("\xbf\x61"
                   "a\x01"));
    CHECK_FALSE(isSaneCbor("\xff"));
}

TEST_CASE("CborShape.CountsDepth") {
    CHECK(isSaneCbor(std::string(10, '\x81') + "\x01", 10));
    CHECK_FALSE(isSaneCbor(std::string(11, '\x81') + "\x01", 10));
}
