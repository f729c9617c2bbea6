#include "core/vision/detect/onnx_header.h"

#include <optional>
#include <set>

#include "core/base/error.h"

namespace mnerva::vision {
namespace {

struct Broken {};

/// A detector has one input, a few outputs and a dozen notes; tensors have four sides.
constexpr std::size_t kMostValues = 4096, kMostNotes = 4096, kMostSides = 64, kMostWeights = std::size_t{1} << 20;

/// One field of a protobuf message: a number, or bytes (a text or a message of its own).
struct Field {
    std::uint64_t number = 0, value = 0;
    std::string_view bytes;
};

/// Walks the fields of one message. Throws Broken where the bytes are no message.
class Message {
public:
    explicit Message(std::string_view bytes) : m_bytes(bytes) {}

    std::optional<Field> next() {
        if (m_at >= m_bytes.size()) return std::nullopt;
        const std::uint64_t key = varint();
        Field field;
        field.number = key >> 3;
        if (field.number == 0) throw Broken{};
        switch (key & 7) {
            case 0:
                field.value = varint();
                break;
            case 1:
                take(8);
                break;
            case 2:
                field.bytes = take(varint());
                break;
            case 5:
                take(4);
                break;
            default:
                throw Broken{};
        }
        return field;
    }

private:
    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_at >= m_bytes.size()) throw Broken{};
            const auto byte = static_cast<unsigned char>(m_bytes[m_at++]);
            value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
            if (byte < 0x80) return value;
        }
        throw Broken{};
    }
    std::string_view take(std::uint64_t count) {
        if (count > m_bytes.size() - m_at) throw Broken{};
        const std::string_view taken = m_bytes.substr(m_at, static_cast<std::size_t>(count));
        m_at += static_cast<std::size_t>(count);
        return taken;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
};

/// Calls `use` for every field of a message.
template <class Use>
void eachField(std::string_view bytes, Use use) {
    Message message(bytes);
    while (const auto field = message.next()) use(*field);
}

// Numbers of fields: onnx.proto of the ONNX project, frozen since its version 3.

void readShape(std::string_view bytes, std::vector<std::int64_t>& shape) {
    eachField(bytes, [&](const Field& dimension) {
        if (dimension.number != 1) return;
        if (shape.size() == kMostSides) throw Broken{};
        shape.push_back(-1);
        eachField(dimension.bytes, [&](const Field& field) {
            const auto value = static_cast<std::int64_t>(field.value);
            if (field.number == 1 && value > 0) shape.back() = value;
        });
    });
}

OnnxHeader::Value readValue(std::string_view bytes) {
    OnnxHeader::Value value;
    eachField(bytes, [&](const Field& field) {
        if (field.number == 1) value.name = field.bytes;
        if (field.number != 2) return;
        eachField(field.bytes, [&](const Field& kind) {
            if (kind.number != 1) return;  // no tensor
            eachField(kind.bytes, [&](const Field& tensor) {
                if (tensor.number == 1) value.elementType = static_cast<int>(tensor.value & 0xff);
                if (tensor.number == 2) readShape(tensor.bytes, value.shape);
            });
        });
    });
    return value;
}

/// Gives the number of nodes.
int readGraph(std::string_view bytes, OnnxHeader& header) {
    int nodes = 0;
    std::set<std::string> weights;
    eachField(bytes, [&](const Field& field) {
        if (field.number == 1) ++nodes;
        if (field.number == 5)
            eachField(field.bytes, [&](const Field& tensor) {
                if (tensor.number == 8) weights.emplace(tensor.bytes);
                if (weights.size() > kMostWeights) throw Broken{};
            });
        if (header.inputs.size() + header.outputs.size() > kMostValues) throw Broken{};
        if (field.number == 11) header.inputs.push_back(readValue(field.bytes));
        if (field.number == 12) header.outputs.push_back(readValue(field.bytes));
    });
    std::erase_if(header.inputs, [&](const OnnxHeader::Value& input) { return weights.contains(input.name); });
    return nodes;
}

}  // namespace

OnnxHeader readOnnxHeader(std::string_view bytes, const std::string& file) {
    OnnxHeader header;
    int nodes = 0;
    bool hasVersion = false;
    try {
        eachField(bytes, [&](const Field& field) {
            if (field.number == 1 && field.value > 0) hasVersion = true;
            if (field.number == 7) nodes = readGraph(field.bytes, header);
            if (field.number != 14) return;
            std::string key, value;
            eachField(field.bytes, [&](const Field& part) {
                if (part.number == 1) key = part.bytes;
                if (part.number == 2) value = part.bytes;
            });
            header.notes[key] = value;
            if (header.notes.size() > kMostNotes) throw Broken{};
        });
    } catch (const Broken&) {
        nodes = 0;
    }
    if (nodes == 0 || !hasVersion)
        throw Error(ErrorCode::FormatInvalid, {file, "no ONNX model", "a YOLO detector as an ONNX file"});
    return header;
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (std::int64_t side : shape) {
        if (!text.empty()) text += " x ";
        text += side < 0 ? std::string("?") : std::to_string(side);
    }
    return text.empty() ? "no shape" : text;
}

std::vector<std::string> namesOfNote(std::string_view text) {
    std::vector<std::string> names;
    if (text.size() < 2 || (text.front() != '{' && text.front() != '[')) return {};
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char quote = text[at];
        if (quote != '\'' && quote != '"') continue;
        std::string name;
        for (++at; at < text.size() && text[at] != quote; ++at) {
            if (text[at] == '\\' && at + 1 < text.size()) ++at;
            if (static_cast<unsigned char>(text[at]) >= ' ') name += text[at];
        }
        if (at >= text.size()) return {};  // no end
        names.push_back(std::move(name));
    }
    return names;
}

}  // namespace mnerva::vision
