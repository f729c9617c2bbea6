#include "tests/fuzz/mutators.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>

namespace mnerva::fuzz {
namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t count) {
    return count == 0 ? 0 : random() % count;
}

/// The bytes as a text, and back where they fit; what does not fit is cut.
std::size_t put(const std::string& text, std::uint8_t* data, std::size_t room) {
    const std::size_t size = std::min(text.size(), room);
    std::memcpy(data, text.data(), size);
    return size;
}

std::string changedPlainly(std::string text, const PlainMutation& plain) {
    const std::size_t before = text.size();
    text.resize(before + 64);
    text.resize(plain(reinterpret_cast<std::uint8_t*>(text.data()), before, text.size()));
    return text;
}

std::string little(std::uint64_t value, std::size_t bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
    return out;
}

std::uint64_t little(std::string_view text, std::size_t at, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = bytes; i-- > 0;)
        value = value << 8 | (at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0);
    return value;
}

/// Numbers at which arithmetic goes wrong.
std::uint64_t oddNumber(Random& random) {
    static constexpr std::array<std::uint64_t, 16> kOdd{
        0,           1,           2,          3,          7,          255,        1u << 16,   0x7FFFFFFFu,
        0x80000000u, 0xFFFFFFFFu, 1ull << 40, 1ull << 48, 1ull << 61, 1ull << 62, 1ull << 63, ~0ull};
    return kOdd[below(random, kOdd.size())] + (random() % 4 == 0 ? random() % 5 : 0);
}

// --- pickle ---

std::string textOpcode(std::string_view text) {
    return "X" + little(text.size(), 4) + std::string(text);
}

std::string storageOpcodes(Random& random) {
    static constexpr std::array<std::string_view, 4> kKinds{"Float", "Half", "BFloat16", "Long"};
    return "(" + textOpcode("storage") + "ctorch\n" + std::string(kKinds[below(random, 4)]) + "Storage\n" +
           textOpcode(random() % 2 ? "0" : "1") + textOpcode("cpu") + "\x8a\x08" + little(oddNumber(random), 8) + "tQ";
}

std::string tensorOpcodes(Random& random) {
    const auto number = [&] {
        return random() % 2 ? "K" + little(random() % 8, 1) : "\x8a\x08" + little(oddNumber(random), 8);
    };
    std::string shape = "(", strides = "(";
    for (std::size_t i = below(random, 4); i-- > 0;) {
        shape += number();
        strides += number();
    }
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + storageOpcodes(random) + number() + shape + "t" + strides +
           "t\x89}tR";
}

/// One opcode or a phrase of several, as torch.save and Python write them.
std::string phrase(Random& random) {
    switch (random() % 20) {
        case 0:
            return "}";
        case 1:
            return "]";
        case 2:
            return "(";
        case 3:
            return std::string(1, "tuesabQRN0)."[below(random, 12)]);
        case 4:
            return std::string(1, static_cast<char>(0x85 + random() % 5));
        case 5:
            return "h" + little(random() % 4, 1);
        case 6:
            return "q" + little(random() % 4, 1);
        case 7:
            return "j" + little(oddNumber(random), 4);
        case 8:
            return "r" + little(oddNumber(random), 4);
        case 9:
            return textOpcode(std::string(below(random, 12), 'n'));
        case 10:
            return "X" + little(oddNumber(random), 4);
        case 11:
            return "J" + little(oddNumber(random), 4);
        case 12:
            return "\x8a" + little(random() % 10, 1) + little(oddNumber(random), 8);
        case 13:
            return storageOpcodes(random);
        case 14:
        case 15:
            return textOpcode("layer." + std::to_string(random() % 3)) + tensorOpcodes(random) + "s";
        case 16:
            return "ccollections\nOrderedDict\n)R";
        case 17:
            return textOpcode("state_dict") + "}" + textOpcode("w") + tensorOpcodes(random) + "ss";
        case 18:
            return std::string("\x94") + "\x93";
        default:
            return textOpcode("post.jpg") + "](" + textOpcode("crop.jpg") + "es";
    }
}

std::string changedPickle(std::string text, Random& random, const PlainMutation& plain) {
    switch (random() % 6) {
        case 0:
            return changedPlainly(std::move(text), plain);
        case 1:  // repeat a piece
        {
            const std::size_t from = below(random, text.size()),
                              count = below(random, std::min<std::size_t>(64, text.size() - from) + 1);
            const std::string piece = text.substr(from, count);
            text.insert(below(random, text.size() + 1), piece);
            return text;
        }
        case 2:  // take a piece out
            text.erase(below(random, text.size()), 1 + below(random, 8));
            return text;
        default: {
            // Most often before the end, where the stack is as the file left it.
            const bool atEnd = random() % 2 && text.ends_with('.');
            text.insert(atEnd ? text.size() - 1 : below(random, text.size() + 1), phrase(random));
            return text;
        }
    }
}

// --- zip ---

struct Member {
    std::string name, content;
};

std::uint32_t checksum(std::string_view bytes) {
    static const std::array<std::uint32_t, 256> table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t i = 0; i < 256; ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
            made[i] = value;
        }
        return made;
    }();
    std::uint32_t sum = ~0u;
    for (const char c : bytes) sum = sum >> 8 ^ table[(sum ^ static_cast<unsigned char>(c)) & 0xFF];
    return ~sum;
}

/// Stored members of an archive, as far as its local headers are whole.
std::vector<Member> membersOf(std::string_view bytes) {
    std::vector<Member> members;
    for (std::size_t at = 0; bytes.substr(at, 4) == "PK\x03\x04" && at + 30 <= bytes.size();) {
        const std::size_t size = little(bytes, at + 18, 4), name = little(bytes, at + 26, 2),
                          extra = little(bytes, at + 28, 2);
        const std::size_t begin = at + 30 + name + extra;
        if (little(bytes, at + 8, 2) != 0 || begin > bytes.size() || size > bytes.size() - begin) break;
        members.push_back({std::string(bytes.substr(at + 30, name)), std::string(bytes.substr(begin, size))});
        at = begin + size;
    }
    return members;
}

std::string zipOf(const std::vector<Member>& members) {
    std::string out, directory;
    for (const Member& member : members) {
        const std::string common = little(0, 2) + little(0, 2) + little(0, 4) + little(checksum(member.content), 4) +
                                   little(member.content.size(), 4) + little(member.content.size(), 4) +
                                   little(member.name.size(), 2) + little(0, 2);
        directory += "PK\x01\x02" + little(20, 2) + little(20, 2) + common + little(0, 2) + little(0, 2) +
                     little(0, 2) + little(0, 4) + little(out.size(), 4) + member.name;
        out += "PK\x03\x04" + little(20, 2) + common + member.name + member.content;
    }
    const std::string end = "PK\x05\x06" + little(0, 4) + little(members.size(), 2) + little(members.size(), 2) +
                            little(directory.size(), 4) + little(out.size(), 4) + little(0, 2);
    return out + directory + end;
}

}  // namespace

std::size_t mutatePickle(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                         const PlainMutation& plain) {
    Random random(seed);
    return put(changedPickle({reinterpret_cast<const char*>(data), size}, random, plain), data, room);
}

std::size_t mutateZip(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                      const PlainMutation& plain) {
    Random random(seed);
    std::vector<Member> members = membersOf({reinterpret_cast<const char*>(data), size});
    if (members.empty()) members = {{"archive/data.pkl", "\x80\x02}."}, {"archive/data/0", std::string(32, '\1')}};
    Member& member = members[below(random, members.size())];
    const bool isPickle = member.name.ends_with(".pkl");
    switch (random() % 8) {
        case 0:
            members.push_back({"archive/data/" + std::to_string(random() % 3), std::string(below(random, 64), '\2')});
            break;
        case 1:
            if (members.size() > 1)
                members.erase(members.begin() + static_cast<std::ptrdiff_t>(below(random, members.size())));
            break;
        case 2:
            member.name = changedPlainly(member.name, plain);
            break;
        case 3:
            member.content.resize(below(random, 2 * member.content.size() + 2));
            break;
        default:
            member.content =
                isPickle ? changedPickle(member.content, random, plain) : changedPlainly(member.content, plain);
    }
    return put(zipOf(members), data, room);
}

std::size_t mutateSafetensors(std::uint8_t* data, std::size_t size, std::size_t room, unsigned seed,
                              const PlainMutation& plain) {
    Random random(seed);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t length = std::min<std::size_t>(size < 8 ? 0 : little(bytes, 0, 8), size < 8 ? 0 : size - 8);
    std::string header(size < 8 ? "{}" : bytes.substr(8, length));
    std::string values(size < 8 ? "" : bytes.substr(8 + length));
    switch (random() % 6) {
        case 0:
            header = changedPlainly(header, plain);
            break;
        case 1: {  // another number
            const std::size_t from = header.find_first_of("0123456789", below(random, header.size() + 1));
            if (from == header.npos) break;
            const std::size_t end = std::min(header.find_first_not_of("0123456789", from), header.size());
            header.replace(from, end - from, std::to_string(oddNumber(random)));
            break;
        }
        case 2: {  // one more tensor that fits
            const std::size_t end = header.find_last_of('}');
            if (end == header.npos) break;
            static constexpr std::array<std::string_view, 6> kTypes{"F32", "F16", "BF16", "I64", "U8", "BOOL"};
            const std::string at = std::to_string(values.size());
            header.insert(end, std::string(end > 1 ? "," : "") + "\"t" + std::to_string(random() % 9) +
                                   "\":{\"dtype\":\"" + std::string(kTypes[below(random, 6)]) + "\",\"shape\":[" +
                                   std::to_string(oddNumber(random)) + ",0],\"data_offsets\":[" + at + "," + at + "]}");
            break;
        }
        case 3: {  // deeper
            const std::size_t at = header.find('[', below(random, header.size() + 1));
            if (at != header.npos) header.insert(at, std::string(below(random, 200), '['));
            break;
        }
        case 4:
            values.resize(below(random, 2 * values.size() + 8));
            break;
        default:
            return put(little(oddNumber(random), 8) + header + values, data, room);
    }
    return put(little(header.size(), 8) + header + values, data, room);
}

}  // namespace mnerva::fuzz
